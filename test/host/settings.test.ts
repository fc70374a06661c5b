import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import { settingsShape, withPolicy, type SettingName } from '../../src/host/settingsSchema.ts';
import type { Policy } from '../../src/policy/shape.ts';
import { profileIds } from '../../src/rules/profile.ts';
import { maxHolidays } from '../../src/rules/calendar.ts';
import { settingsWith } from '../support/settings.ts';

const desk = { id: 'ours', name: 'Ours', origin: 'https://desk.example.com', kind: 'team', signIn: 'token' };
const graph = { kind: 'graph', cloud: 'china', signIn: 'microsoft' };
const wrong: Readonly<Record<SettingName, readonly unknown[]>> = {
  profile: ['m365', 7, null],
  plan: ['gold'],
  reading: ['tomorrow', []],
  holidays: [
    'none',
    [{ date: '2026-13-01', name: 'x' }],
    [{ date: '2026-02-30', name: 'x' }],
    [{ date: '2026-01-01' }],
    [{ date: '2026-01-01', name: 'x', __proto__: null, extra: 1 }],
    Array.from({ length: maxHolidays + 1 }, () => ({ date: '2026-01-01', name: 'x' })),
  ],
  advancedAgreement: ['true', 1],
  directSubscriptions: [-1, 1.5, '1'],
  partnerSubscriptions: [-1, Number.NaN],
  supportCountry: ['China', 'cn', 'XX', 86],
  supportZone: ['Mars/Olympus', 8, null],
  officeHours: [
    {},
    { start: '9:00', end: '17:00' },
    { start: '09:00', end: '25:00' },
    { start: '17:00', end: '09:00' },
    '09:00',
  ],
  highestSeverity: [{ technical: 'D' }, { sales: 'B' }, 'B'],
  adminRoles: ['Helpdesk', [''], [7]],
  links: [
    { volumeLicensingForm: 'http://example.com' },
    { volumeLicensingForm: 'https://ann@example.com/' },
    { volumeLicensingForm: 'command:casebook.newCase' },
    { nowhere: 'https://example.com' },
    ['https://example.com'],
  ],
  contacts: [
    { ann: 'Ann' },
    { ann: {} },
    { 'Ann Lee': { name: 'Ann' } },
    { ann: { name: 'Ann', email: 'ann' } },
    { ann: { name: 'Ann', fax: '1' } },
  ],
  role: ['owner'],
  person: [['x'], 'x'.repeat(101)],
  singleKeys: ['yes', 1],
  services: ['Exchange', [''], [1]],
  defaultService: [1],
  queries: [
    {},
    [{}],
    [{ name: '' }],
    [{ name: 'x', status: ['draft'] }],
    [{ name: 'x', severity: ['D'] }],
    [{ name: 'x', url: 'y' }],
  ],
  healthSources: [
    {},
    [{ kind: 'graph', cloud: 'mars', signIn: 'microsoft' }],
    [{ kind: 'graph', cloud: 'china', signIn: 'microsoft', origin: 'https://evil.test' }],
    [{ kind: 'graph', cloud: 'china' }],
    [graph, { ...graph, signIn: 'token' }],
    [{ kind: 'desk', name: 'x', origin: 'https://status.example' }],
    ...[
      'status.example',
      'http://status.example',
      'https://status.example/',
      'https://status.example/path',
      'https://STATUS.example',
      'https://ann@status.example',
      'https://status.example:443',
      'https://ѕtatus.example',
      'command:casebook.newCase',
    ].map(origin => [{ kind: 'statuspage', name: 'x', origin }]),
    [{ kind: 'statuspage', name: '', origin: 'https://status.example' }],
    Array.from({ length: 21 }, (_, at) => ({ kind: 'statuspage', name: 'x', origin: `https://s${at}.example` })),
  ],
  language: ['de', 'EN'],
  healthKeys: ['', [], { ada: 'secret' }, { 'a b': `MCowBQYDK2VwAyEA${'A'.repeat(43)}=` }, { ada: 7 }],
  healthPeople: [0, -1, 1.5, 100_001, '100', null],
  suggestedDesk: [
    'desk.example.com',
    'ftp://desk.example.com',
    'https://ann@desk.example.com',
    'https://desk.example.com/cases',
    'https://desk.example.com\\evil.test',
    'command:casebook.newCase',
  ],
  connections: [
    {},
    [{ ...desk, token: 'abc' }],
    [{ ...desk, id: 'A B' }],
    [{ ...desk, name: '' }],
    [{ ...desk, origin: 'https://desk.example.com/' }],
    [{ ...desk, origin: 'https://ann@desk.example.com' }],
    [{ ...desk, kind: 'other' }],
    [{ ...desk, signIn: 'password' }],
    [{ ...desk, scopes: 'all' }],
    [desk, { ...desk, origin: 'https://other.example.com' }],
    [desk, { ...desk, id: 'other' }],
    Array.from({ length: 21 }, (_, at) => ({ ...desk, id: `d${at}`, origin: `https://d${at}.example.com` })),
  ],
  quietHours: [{}, { start: '22:00' }, { start: '22:00', end: '24:00' }, { start: '07:00', end: '07:00' }, '22:00'],
};

describe('settings', () => {
  for (const [name, values] of Object.entries(wrong)) {
    it(`refuse a wrong casebook.${name}`, () => {
      for (const value of values) {
        assert.equal(z.safeParse(settingsShape[name as SettingName], value).success, false, JSON.stringify(value));
      }
    });
  }

  it('clean the names people give', () => {
    assert.equal(z.parse(settingsShape.person, '  Ann\u202e\u0000 Lee '), 'Ann Lee');
  });

  const reading = { settings: settingsWith({ reading: 'supportDay' }), problems: ['plan', 'holidays'] as const };

  it("take a team's word first, and their own where it says nothing", () => {
    const holidays = [{ date: '2026-10-01', name: 'National Day' }];
    assert.deepEqual(withPolicy(reading, { version: 1, holidays, advancedAgreement: true }), {
      settings: { ...reading.settings, holidays, advancedAgreement: true },
      problems: ['plan'],
    });
    assert.deepEqual(withPolicy(reading, {}), reading);
  });

  it('work in the only zone of the country, unless a zone is stated', () => {
    const zone = (policy: Policy) => withPolicy(reading, policy).settings.supportZone;
    assert.equal(zone({ supportCountry: 'FI' }), 'Europe/Helsinki');
    assert.equal(zone({ supportCountry: 'FI', supportZone: 'Asia/Tokyo' }), 'Asia/Tokyo');
    assert.equal(zone({ supportCountry: 'US' }), '');
  });

  it('take the offer of the policy', () => {
    for (const profile of profileIds) assert.equal(withPolicy(reading, { profile }).settings.profile, profile);
  });
});
