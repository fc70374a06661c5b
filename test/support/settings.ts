import type { Settings } from '../../src/host/settingsSchema.ts';

/** Settings of an administrator of the 21Vianet offer; a test says what is different. */
export const settingsWith = (different: Partial<Settings> = {}): Settings => ({
  profile: 'm365China',
  plan: 'standard',
  reading: 'weekday',
  holidays: [],
  advancedAgreement: false,
  directSubscriptions: 1,
  partnerSubscriptions: 0,
  supportCountry: '',
  supportZone: '',
  officeHours: null,
  highestSeverity: {},
  adminRoles: [],
  links: {},
  contacts: {},
  role: 'admin',
  person: 'Anna Kivi',
  singleKeys: true,
  services: ['Exchange Online', 'SharePoint Online'],
  defaultService: 'Exchange Online',
  queries: [],
  language: 'auto',
  ...different,
});
