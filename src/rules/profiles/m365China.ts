import type { Profile, ResponseRow, Severity, WeekHours } from '../profile.ts';

const hourMs = 3_600_000;

/** 09:00-24:00 on each of 365 days (C-26). */
const nineToMidnight = [[540, 1440]] as const;
const daily = [
  nineToMidnight,
  nineToMidnight,
  nineToMidnight,
  nineToMidnight,
  nineToMidnight,
  nineToMidnight,
  nineToMidnight,
] as const satisfies WeekHours;

const response = {
  A: { kind: 'elapsed', ms: hourMs, facts: ['C-18', 'C-20', 'C-25', 'A-04'] },
  B: {
    kind: 'businessDays',
    days: 1,
    day: nineToMidnight,
    zone: 'Asia/Shanghai',
    facts: ['C-18', 'C-20', 'C-26', 'A-01', 'A-02'],
  },
  C: {
    kind: 'businessDays',
    days: 3,
    day: nineToMidnight,
    zone: 'Asia/Shanghai',
    facts: ['C-18', 'C-20', 'C-26', 'A-01', 'A-02'],
  },
} as const satisfies Record<Severity, ResponseRow>;

const reachableContact = { id: 'reachableContact', facts: ['C-20'] } as const;

/** Microsoft 365 operated by 21Vianet (facts C). Zone Asia/Shanghai: no clock changes since 1991. */
export const m365China = {
  id: 'm365China',
  facts: ['C-01', 'C-02', 'C-03'],
  zone: 'Asia/Shanghai',
  healthFirst: { facts: ['G-07', 'A-21'] },
  selfServiceFirst: { facts: ['C-37', 'C-36'] },
  eligibility: {
    facts: ['C-02', 'C-03', 'C-27', 'C-33', 'C-34', 'C-35', 'A-08', 'A-09'],
    notAdministrator: {
      instead: ['ownAdministrator', 'communityForums', 'selfServiceHelp'],
      facts: ['C-27', 'C-28', 'C-33', 'C-06'],
    },
    adminCenterDenied: null,
    directSubscription: null,
    anySubscription: { instead: ['communityForums', 'selfServiceHelp'], facts: ['C-27', 'C-02', 'C-06', 'A-08'] },
  },
  boundary: [
    { origin: 'customerNetwork', instead: ['ownNetworkTeam'], facts: ['C-05'] },
    { origin: 'thirdParty', instead: ['communityForums'], facts: ['C-15'] },
    { origin: 'otherProduct', instead: ['productVendor'], facts: ['C-04'] },
  ],
  categories: [
    {
      category: 'technical',
      facts: ['C-01', 'C-13', 'C-14'],
      examples: [],
      groups: [
        {
          id: 'exchangeOnline',
          facts: ['C-14'],
          examples: [
            { id: 'mailboxMigration', facts: ['C-14a'] },
            { id: 'recipientConfiguration', facts: ['C-14b'] },
            { id: 'autodiscover', facts: ['C-14c'] },
          ],
        },
        {
          id: 'sharePointOnline',
          facts: ['C-14'],
          examples: [
            { id: 'permissionsAndGroups', facts: ['C-14d'] },
            { id: 'externalUsers', facts: ['C-14e'] },
          ],
        },
        {
          id: 'skypeForBusinessOnline',
          facts: ['C-14'],
          examples: [{ id: 'skypeInstallation', facts: ['C-14f'] }],
        },
        { id: 'appsForEnterprise', facts: ['C-14'], examples: [{ id: 'appsInstallation', facts: ['C-14g'] }] },
        {
          id: 'serviceConfiguration',
          facts: ['C-14'],
          examples: [
            { id: 'singleSignOn', facts: ['C-14h'] },
            { id: 'directorySync', facts: ['C-14i'] },
          ],
        },
      ],
    },
    {
      category: 'billing',
      facts: ['C-01', 'C-11', 'C-12'],
      examples: [
        { id: 'trialOrPurchase', facts: ['C-12'] },
        { id: 'trialToPaid', facts: ['C-12'] },
        { id: 'understandBill', facts: ['C-12'] },
        { id: 'renewal', facts: ['C-12'] },
        { id: 'licences', facts: ['C-12'] },
        { id: 'cancellation', facts: ['C-12'] },
      ],
      groups: [],
    },
    {
      category: 'preSales',
      facts: ['C-01', 'C-07'],
      examples: [
        { id: 'featuresAndBenefits', facts: ['C-07'] },
        { id: 'planComparison', facts: ['C-07'] },
        { id: 'pricingAndLicensing', facts: ['C-07'] },
        { id: 'rightSolution', facts: ['C-07'] },
        { id: 'findPartner', facts: ['C-07'] },
        { id: 'purchase', facts: ['C-07'] },
        { id: 'trialSignUp', facts: ['C-07'] },
      ],
      groups: [],
    },
  ],
  severity: {
    setBySupport: { facts: ['C-16', 'A-11'] },
    mayBeLowered: { facts: ['C-21', 'A-10'] },
    levels: [
      {
        severity: 'A',
        label: 'critical',
        facts: ['C-17', 'C-20'],
        examples: [
          { id: 'widespreadMailProblems', facts: ['C-17'] },
          { id: 'sharePointSiteDown', facts: ['C-17'] },
          { id: 'nobodyCanMeetOrCall', facts: ['C-17'] },
        ],
        duties: [
          { id: 'impactStatement', facts: ['C-20'] },
          { id: 'namedResource', facts: ['C-20'] },
          reachableContact,
        ],
        locks: [
          { id: 'technicalOnly', cap: 'B', facts: ['C-23', 'C-24'] },
          { id: 'needsAdvancedAgreement', cap: 'B', facts: ['C-22', 'A-04'] },
        ],
      },
      {
        severity: 'B',
        label: 'high',
        facts: ['C-17', 'C-20'],
        examples: [
          { id: 'sendButtonGarbled', facts: ['C-17'] },
          { id: 'settingOnlyInPowerShell', facts: ['C-17'] },
        ],
        duties: [reachableContact],
        locks: [],
      },
      {
        severity: 'C',
        label: 'nonCritical',
        facts: ['C-17', 'C-20', 'A-13'],
        examples: [
          { id: 'passwordNeverExpires', facts: ['C-17', 'A-13'] },
          { id: 'cannotDeleteContact', facts: ['C-17'] },
        ],
        duties: [reachableContact],
        locks: [],
      },
    ],
  },
  response: {
    categories: ['technical'],
    byPlan: false,
    rows: { standard: response, premium: response },
    facts: ['C-18', 'C-20', 'A-05'],
  },
  hours: [
    { category: 'technical', severities: ['A'], kind: 'always', facts: ['C-25'] },
    { category: 'technical', kind: 'weekly', zone: 'Asia/Shanghai', week: daily, facts: ['C-26', 'A-03'] },
    {
      category: 'billing',
      kind: 'withoutTimes',
      zone: 'Asia/Shanghai',
      weekdays: [0, 1, 2, 3, 4],
      facts: ['C-10', 'A-06'],
    },
    { category: 'preSales', kind: 'withoutTimes', zone: null, weekdays: [0, 1, 2, 3, 4], facts: ['C-08', 'A-06'] },
  ],
  // The duties of the chosen severity come on top (C-20).
  fields: [],
  queryPrefix: null,
  channels: [
    {
      id: 'portal',
      categories: ['technical', 'billing'],
      facts: ['C-02', 'C-03', 'C-11', 'C-29'],
      steps: [
        { id: 'openAdminCenter', facts: ['C-29'] },
        { id: 'newServiceRequest', facts: ['C-29'] },
      ],
    },
    {
      id: 'phone',
      categories: ['technical', 'billing', 'preSales'],
      number: '+864000890365',
      fallback: true,
      facts: ['C-02', 'C-09', 'C-11', 'C-30', 'C-31'],
      steps: [],
    },
  ],
  links: [
    { id: 'adminCenter', url: null, facts: ['C-29'] },
    { id: 'learnAbout21Vianet', url: null, facts: ['C-06'] },
    { id: 'assignAdminRoles', url: null, facts: ['C-34'] },
    { id: 'serviceDescription', url: null, facts: ['C-39'] },
    { id: 'weChatUpdates', url: null, facts: ['C-40'] },
  ],
  notes: [
    { id: 'followUpRhythm', facts: ['C-19'] },
    { id: 'severityAUntilResolved', facts: ['C-20'] },
    { id: 'sharedResponsibility', facts: ['C-32'] },
    { id: 'administratorIs', facts: ['C-35'] },
    { id: 'administratorRole', facts: ['C-36', 'C-37'] },
    { id: 'supportRole', facts: ['C-38'] },
  ],
} as const satisfies Profile;
