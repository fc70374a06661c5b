import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, it } from 'mocha';
import { BadUse } from '../../src/cli/fault.ts';
import { readInstant, readZone } from '../../src/cli/instant.ts';
import { isoIn, isoUtc } from '../../src/cli/show.ts';
import { runs } from '../rules/support/runs.ts';

const zones = ['Asia/Shanghai', 'Europe/Prague', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];
const zone = fc.constantFrom(...zones);
// Whole seconds from 1972, when every zone here had whole minutes, to 2099.
const second = fc.integer({ min: 63_072_000, max: 4_102_444_800 });

describe('readInstant', () => {
  it('reads back whatever is shown, in UTC and in a zone', () => {
    fc.assert(
      fc.property(second, zone, (seconds, name) => {
        const at = seconds * 1000;
        assert.equal(readInstant('at', isoUtc(at)).at, at);
        assert.equal(readInstant('at', isoIn(at, name)).at, at);
      }),
      runs,
    );
  });

  it('reads local times as luxon does: the first of two, none in a gap', () => {
    // Around a change of the clocks, where it matters.
    const near = fc.constantFrom(
      ...['2026-03-29T01:00', '2026-10-25T00:30', '2026-03-08T06:30', '2026-11-01T05:00', '2026-04-04T14:30'],
      ...['2026-10-03T15:00', '2011-12-30T09:30', '1986-05-03T18:00'],
    );
    fc.assert(
      fc.property(near, fc.integer({ min: -2_000, max: 2_000 }), zone, (around, minutes, name) => {
        const text = new Date(Date.parse(`${around}Z`) + minutes * 60_000).toISOString().slice(0, 16);
        const local = DateTime.fromISO(text, { zone: name });
        const possible = local.getPossibleOffsets().map(one => one.toMillis());
        if (local.toFormat("yyyy-MM-dd'T'HH:mm") !== text) {
          const refused = (error: unknown) => error instanceof BadUse && error.fault.code === 'instantSkipped';
          assert.throws(() => readInstant('at', text, readZone('zone', name)), refused, `${text} ${name}`);
        } else {
          const expected = { at: Math.min(...possible), twice: possible.length > 1 };
          assert.deepEqual(readInstant('at', text, readZone('zone', name)), expected, `${text} ${name}`);
        }
      }),
      runs,
    );
  });
});
