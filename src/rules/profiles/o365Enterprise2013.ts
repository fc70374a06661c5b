import type { Profile, ResponseRow, Severity } from '../profile.ts';

const hourMs = 3_600_000;

/** Elapsed hours without pauses; standard severity C has no number, only "handled at any time". */
const standard = {
  A: { kind: 'elapsed', ms: hourMs, facts: ['E-12', 'E-13a', 'A-15'] },
  B: { kind: 'elapsed', ms: 8 * hourMs, facts: ['E-12', 'E-13c', 'A-15'] },
  C: { kind: 'none', facts: ['E-12', 'E-13e', 'A-14'] },
} as const satisfies Record<Severity, ResponseRow>;
const premium = {
  A: { kind: 'elapsed', ms: hourMs, facts: ['E-12', 'E-13b', 'A-15'] },
  B: { kind: 'elapsed', ms: 2 * hourMs, facts: ['E-12', 'E-13d', 'A-15'] },
  C: { kind: 'elapsed', ms: 4 * hourMs, facts: ['E-12', 'E-13f', 'A-15'] },
} as const satisfies Record<Severity, ResponseRow>;

/** Office 365 for enterprises, 2013 (facts E). No zone is stated or needed: all of it is elapsed time. */
export const o365Enterprise2013 = {
  id: 'o365Enterprise2013',
  facts: ['E-01', 'E-02'],
  zone: 'UTC',
  healthFirst: { facts: ['G-07', 'A-21'] },
  selfServiceFirst: null,
  eligibility: {
    facts: ['E-01'],
    notAdministrator: { instead: ['ownAdministrator'], facts: ['E-01'] },
    adminCenterDenied: null,
    directSubscription: null,
    anySubscription: null,
  },
  boundary: [],
  categories: [{ category: 'technical', facts: ['E-01'], examples: [], groups: [] }],
  severity: {
    setBySupport: null,
    mayBeLowered: null,
    levels: [
      {
        severity: 'A',
        label: 'unnamed',
        facts: ['E-12', 'E-13'],
        examples: [{ id: 'serviceDown', facts: ['E-13'] }],
        duties: [],
        locks: [],
      },
      {
        severity: 'B',
        label: 'unnamed',
        facts: ['E-12', 'E-13'],
        examples: [{ id: 'serviceDegraded', facts: ['E-13'] }],
        duties: [],
        locks: [],
      },
      {
        severity: 'C',
        label: 'unnamed',
        facts: ['E-12', 'E-13'],
        examples: [{ id: 'noCurrentEffect', facts: ['E-13'] }],
        duties: [],
        locks: [],
      },
    ],
  },
  response: { categories: ['technical'], byPlan: true, rows: { standard, premium }, facts: ['E-12', 'E-13', 'A-16'] },
  hours: [{ category: 'technical', kind: 'always', facts: ['E-13'] }],
  fields: [{ fields: ['text'], facts: ['E-03', 'E-06'] }],
  queryPrefix: null,
  channels: [
    {
      id: 'portal',
      categories: ['technical'],
      facts: ['E-01', 'E-02', 'E-05'],
      steps: [
        { id: 'openAdminPage', facts: ['E-05'] },
        { id: 'newRequest', facts: ['E-05'] },
        { id: 'fillRequiredFields', facts: ['E-03', 'E-06'] },
        { id: 'attachFilesAndSubmit', facts: ['E-06'] },
      ],
    },
    {
      id: 'phone',
      categories: ['technical'],
      facts: ['E-01', 'E-11'],
      steps: [
        { id: 'signInMaybeEnglish', facts: ['E-11'] },
        { id: 'supportOverview', facts: ['E-11'] },
      ],
    },
  ],
  links: [
    { id: 'adminCenter', url: null, facts: ['E-05'] },
    { id: 'gettingOffice365Support', url: null, facts: ['E-14'] },
    { id: 'articleFeedback', url: null, facts: ['E-14'] },
  ],
  notes: [
    { id: 'answerByEmail', facts: ['E-04'] },
    { id: 'answerAssignedToYou', facts: ['E-07'] },
    { id: 'viewStatus', facts: ['E-08'] },
    { id: 'addNotesAndFiles', facts: ['E-09'] },
    { id: 'closeRequest', facts: ['E-10', 'A-17'] },
  ],
} as const satisfies Profile;
