import assert from 'node:assert/strict';
import { supportZoneOf } from '../../src/policy/zone.ts';

describe('the zone of support for a team (A-07)', () => {
  for (const [what, place, expected] of [
    ['the zone it states', { supportZone: 'Europe/Riga', supportCountry: 'CZ' }, 'Europe/Riga'],
    ['the zone of its country', { supportZone: '', supportCountry: 'CZ' }, 'Europe/Prague'],
    ['none for a country of several zones', { supportCountry: 'US' }, undefined],
    ['none where nothing is stated', { supportZone: '', supportCountry: '' }, undefined],
    ['none for a country that no zone is known of', { supportCountry: 'BV' }, undefined],
    ['none where nothing is known', {}, undefined],
  ] as const) {
    it(what, () => assert.equal(supportZoneOf(place), expected));
  }
});
