import type { Profile } from '../profile.ts';

/** Volume licensing inside Microsoft 365 for business (facts V). No severities, targets or hours are stated. */
export const m365VolumeLicensing = {
  id: 'm365VolumeLicensing',
  facts: ['V-01'],
  zone: 'UTC',
  healthFirst: { facts: ['G-07', 'A-21'] },
  selfServiceFirst: { facts: ['V-03', 'V-04'] },
  eligibility: {
    facts: ['V-01', 'V-06', 'A-09', 'A-19'],
    notAdministrator: { instead: ['publicSupportPage'], facts: ['G-04', 'G-06', 'V-01'] },
    adminCenterDenied: 'volumeLicensingForm',
    directSubscription: null,
    anySubscription: null,
  },
  boundary: [],
  categories: [
    { category: 'billing', facts: ['V-01'], examples: [], groups: [] },
    { category: 'technical', facts: ['V-01'], examples: [], groups: [] },
  ],
  severity: null,
  response: null,
  hours: [],
  fields: [
    { fields: ['text'], facts: ['V-05'] },
    { fields: ['licenceId', 'agreementNumber'], facts: ['V-05'] },
    { fields: ['phone'], facts: ['V-05'] },
    { fields: ['email'], facts: ['V-05'] },
    { fields: ['contactMethod'], facts: ['V-05'] },
  ],
  queryPrefix: { text: 'manage volume licensing', facts: ['V-03'] },
  channels: [
    {
      id: 'adminCenter',
      categories: ['technical', 'billing'],
      facts: ['V-01', 'V-02'],
      steps: [
        { id: 'helpAndSupport', facts: ['V-02'] },
        { id: 'typeVolumeLicensingQuestion', facts: ['V-03'] },
        { id: 'contactSupport', facts: ['V-04'] },
        { id: 'describeLicenceAndConfirmContact', facts: ['V-05'] },
      ],
    },
    {
      id: 'volumeLicensingForm',
      categories: ['technical', 'billing'],
      fallback: true,
      facts: ['V-06', 'A-19'],
      steps: [{ id: 'createOnlineRequest', facts: ['V-06'] }],
    },
  ],
  links: [
    { id: 'adminCenter', url: 'https://admin.cloud.microsoft', facts: ['V-02', 'G-11'] },
    { id: 'volumeLicensingForm', url: null, facts: ['V-06', 'A-19'] },
  ],
  notes: [{ id: 'dedicatedTeam', facts: ['V-01'] }],
} as const satisfies Profile;
