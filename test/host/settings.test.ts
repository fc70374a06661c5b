import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import { settingsShape, type SettingName } from '../../src/host/settingsSchema.ts';

const wrong: Readonly<Record<SettingName, readonly unknown[]>> = {
  profile: ['m365Business', 7, null],
  plan: ['gold'],
  reading: ['tomorrow', []],
  holidays: [
    'none',
    [{ date: '2026-13-01', name: 'x' }],
    [{ date: '2026-02-30', name: 'x' }],
    [{ date: '2026-01-01' }],
    [{ date: '2026-01-01', name: 'x', __proto__: null, extra: 1 }],
    Array.from({ length: 1_001 }, () => ({ date: '2026-01-01', name: 'x' })),
  ],
  advancedAgreement: ['true', 1],
  directSubscriptions: [-1, 1.5, '1'],
  partnerSubscriptions: [-1, Number.NaN],
  role: ['owner'],
  person: [['x'], 'x'.repeat(101)],
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
  language: ['de', 'EN'],
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
});
