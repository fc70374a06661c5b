import type { Profile, WeekHours } from '../profile.ts';

const nineToFive = [[540, 1020]] as const;
const weekdays = [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []] as const satisfies WeekHours;

/**
 * Microsoft 365 for business, worldwide (facts G). No severities, no targets (T-12). Billing hours are local to the
 * country called, so their zone comes from the person.
 */
export const m365Business = {
  id: 'm365Business',
  facts: ['G-04', 'G-08'],
  zone: 'UTC',
  healthFirst: { facts: ['G-07', 'A-21'] },
  selfServiceFirst: { facts: ['G-14', 'G-15'] },
  eligibility: {
    facts: ['G-04', 'G-09', 'G-10', 'G-12', 'A-08', 'A-09', 'A-20'],
    notAdministrator: { instead: ['publicSupportPage'], facts: ['G-04', 'G-06'] },
    adminCenterDenied: { instead: ['adminPermissionsHelp'], facts: ['G-12'] },
    directSubscription: {
      partnerOnly: { instead: ['partner'], facts: ['G-09', 'G-10'] },
      none: { instead: ['selfServiceHelp'], facts: ['G-09', 'G-01', 'G-02'] },
    },
    anySubscription: null,
  },
  boundary: [],
  categories: [
    { category: 'technical', facts: ['G-22'], examples: [], groups: [] },
    { category: 'billing', facts: ['G-20'], examples: [], groups: [] },
  ],
  severity: null,
  response: null,
  hours: [
    { category: 'technical', kind: 'always', facts: ['G-22'] },
    { category: 'billing', kind: 'weekly', zone: null, week: weekdays, facts: ['G-20', 'G-21', 'A-07'] },
  ],
  fields: [
    { fields: ['text'], facts: ['G-16'] },
    { fields: ['phone'], facts: ['G-16'] },
    { fields: ['email'], facts: ['G-16'] },
    { fields: ['contactMethod'], facts: ['G-16'] },
  ],
  queryPrefix: null,
  channels: [
    {
      id: 'adminCenter',
      categories: ['technical', 'billing'],
      facts: ['G-08', 'G-11'],
      steps: [
        { id: 'openAdminCenter', facts: ['G-11'] },
        { id: 'helpAndSupportAtEndSide', facts: ['G-13'] },
        { id: 'typeQuestion', facts: ['G-14'] },
        { id: 'contactSupport', facts: ['G-15'] },
        { id: 'describeAndConfirmContact', facts: ['G-16'] },
        { id: 'expectedWait', facts: ['G-17'] },
      ],
    },
    {
      id: 'phone',
      categories: ['technical', 'billing'],
      facts: ['G-18', 'G-20', 'G-21', 'G-22'],
      steps: [{ id: 'findNumberInGlobalList', facts: ['G-18'] }],
      notices: [
        { id: 'accountDetails', facts: ['G-03', 'G-25'] },
        { id: 'pinCode', when: 'numberNotRegistered', facts: ['G-26', 'G-27', 'A-18'] },
        { id: 'neighbourOrUsa', when: 'countryNotListed', facts: ['G-19'] },
      ],
    },
  ],
  links: [
    { id: 'adminCenter', url: 'https://admin.cloud.microsoft', facts: ['G-11'] },
    { id: 'smallBusinessHelp', url: null, facts: ['G-01'] },
    { id: 'youTube', url: null, facts: ['G-02'] },
    { id: 'adminRoles', url: null, facts: ['G-05'] },
    { id: 'publicSupportPage', url: null, facts: ['G-06'] },
    { id: 'serviceHealth', url: null, facts: ['G-07'] },
    { id: 'whoHasAdminPermissions', url: null, facts: ['G-12'] },
    { id: 'globalPhoneNumbers', url: null, facts: ['G-18'] },
    { id: 'businessAssist', url: null, facts: ['G-29'] },
    { id: 'documentsAndTraining', url: null, facts: ['G-30'] },
    { id: 'employeeQuickSetup', url: null, facts: ['G-30'] },
    { id: 'businessPremiumSetup', url: null, facts: ['G-30'] },
  ],
  notes: [{ id: 'businessAssist', facts: ['G-28', 'G-29'] }],
} as const satisfies Profile;
