import assert from 'node:assert/strict';
import fc from 'fast-check';
import { IANAZone } from 'luxon';
import { describe, it } from 'mocha';
import { runs } from './support/runs.ts';
import {
  dayMs,
  instantFrom,
  isInstant,
  maxInstant,
  minInstant,
  offsetAt,
  type Zone,
  zoneOf,
} from '../../src/rules/zone.ts';

const names = Intl.supportedValuesOf('timeZone');

function zone(name: string): Zone {
  const found = zoneOf(name);
  assert.ok(found);
  return found;
}
/** A zone with offsets of its own, and the instants it was asked about. */
function madeUp(offsetOf: (instant: number) => number): { readonly made: Zone; readonly asked: readonly number[] } {
  const asked: number[] = [];
  const ask = (instant: number): number => {
    asked.push(instant);
    return offsetOf(instant);
  };
  return { made: { name: 'made up', start: 0, end: 0, offset: 0, blocks: new Map(), ask }, asked };
}
const at = (text: string): number => Date.parse(text);
const luxonOffset = (name: string, instant: number): number =>
  Math.round(IANAZone.create(name).offset(instant) * 60_000);

describe('zoneOf', () => {
  for (const name of ['', 'Mars/Olympus', 'Europe/Prague ', '__proto__', '+25:00']) {
    it(`knows no zone ${JSON.stringify(name)}`, () => {
      assert.equal(zoneOf(name), undefined);
    });
  }
  it('gives the same zone again', () => {
    assert.equal(zone('Europe/Riga'), zone('Europe/Riga'));
    assert.equal(zone('Europe/Riga').name, 'Europe/Riga');
  });
});

describe('isInstant', () => {
  for (const [value, expected] of [
    [0, true],
    [maxInstant, true],
    [minInstant, true],
    [maxInstant + 1, false],
    [minInstant - 1, false],
    [0.5, false],
    [Number.NaN, false],
    [Infinity, false],
  ] as const) {
    it(`${String(value)}: ${String(expected)}`, () => {
      assert.equal(isInstant(value), expected);
    });
  }
});

describe('offsets of a zone', () => {
  for (const [name, before, change, after] of [
    ['Europe/Prague', 60, '2026-03-29T01:00:00Z', 120],
    ['Europe/Prague', 120, '2026-10-25T01:00:00Z', 60],
    ['Asia/Shanghai', 540, '1991-09-14T17:00:00Z', 480],
    ['Pacific/Apia', -600, '2011-12-30T10:00:00Z', 840],
    ['America/St_Johns', -210, '2009-03-08T03:31:00Z', -150],
    ['Europe/Prague', 60, '9999-03-28T01:00:00Z', 120],
  ] as const) {
    it(`${name} changes at ${change}`, () => {
      assert.equal(offsetAt(zone(name), at(change) - 1), before * 60_000);
      assert.equal(offsetAt(zone(name), at(change)), after * 60_000);
      // Both stretches again, the other way round: nothing depends on what was asked before.
      assert.equal(offsetAt(zone(name), at(change) - 1), before * 60_000);
    });
  }

  it('have seconds where local mean time had them', () => {
    assert.equal(offsetAt(zone('Asia/Shanghai'), at('1850-01-01T00:00:00Z')), (8 * 3600 + 5 * 60 + 43) * 1000);
    assert.equal(offsetAt(zone('Africa/Monrovia'), at('1906-01-01T00:00:00Z')), -(43 * 60 + 8) * 1000);
  });

  it('are asked for in the years 1800 to 2500 only, and once, however far one looks', () => {
    const { made, asked } = madeUp(() => 0);
    const look = (): void => {
      for (let instant = minInstant; instant <= maxInstant; instant += 300 * dayMs) offsetAt(made, instant);
    };
    look();
    assert.ok(asked.every(instant => instant > at('1797-01-01') && instant < at('2503-01-01')));
    const before = asked.length;
    look();
    assert.equal(asked.length, before);
  });
  it('are those of the zone itself to the end of 2499, and repeat after 400 years from there', () => {
    const noon = at('2499-12-31T12:00:00Z');
    const { made } = madeUp(instant => (instant >= at('2499-12-31T00:00:00Z') ? 3_600_000 : 0));
    assert.equal(offsetAt(made, noon - dayMs), 0);
    assert.equal(offsetAt(made, noon), 3_600_000);
    assert.equal(offsetAt(made, at('2899-12-30T12:00:00Z')), 0);
    assert.equal(offsetAt(made, at('2899-12-31T12:00:00Z')), 3_600_000);
  });

  it('are those of luxon in every zone from 1900 to 2499', () => {
    const instants = fc.integer({ min: Date.UTC(1900, 0, 1) / 1000, max: Date.UTC(2500, 0, 1) / 1000 });
    fc.assert(
      fc.property(fc.constantFrom(...names), instants, (name, seconds) => {
        assert.equal(offsetAt(zone(name), seconds * 1000), luxonOffset(name, seconds * 1000));
      }),
      runs,
    );
  }).timeout(120_000);

  it('are those of luxon at any instant of a few zones, to the ends of time', () => {
    const few = fc.constantFrom('Europe/Prague', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'UTC');
    const instants = fc.integer({ min: minInstant, max: maxInstant });
    fc.assert(
      fc.property(few, instants, (name, instant) => {
        assert.equal(offsetAt(zone(name), instant), luxonOffset(name, instant));
      }),
      runs,
    );
  }).timeout(120_000);

  it('are those of luxon within an hour of every change of 2020 to 2030, in every zone', () => {
    for (const name of names) {
      const found = zone(name);
      let instant = at('2020-01-01T00:00:00Z');
      while (instant < at('2030-01-01T00:00:00Z')) {
        offsetAt(found, instant);
        instant = found.end;
        for (const near of [-3_600_000, -1000, 0, 3_600_000]) {
          assert.equal(offsetAt(found, instant + near), luxonOffset(name, instant + near), name);
        }
        offsetAt(found, instant);
      }
    }
  }).timeout(120_000);
});

describe('instantFrom', () => {
  const local = (text: string): number => at(`${text}Z`);
  for (const [name, shown, expected, why] of [
    ['Asia/Shanghai', '2026-03-07T00:00', '2026-03-06T16:00:00Z', 'an ordinary midnight'],
    ['Asia/Beirut', '2026-03-29T00:00', '2026-03-28T22:00:00Z', 'a midnight the clock skips is the change'],
    ['Asia/Beirut', '2026-10-25T00:00', '2026-10-24T22:00:00Z', 'a midnight shown twice is the second'],
    [
      'Europe/Prague',
      '2026-10-25T02:00',
      '2026-10-25T00:00:00Z',
      'the start of an hour shown twice, earlier never again',
    ],
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00:00Z', 'a day that never was'],
    ['Pacific/Apia', '2011-12-31T00:00', '2011-12-30T10:00:00Z', 'the end of a day that never was'],
    ['Europe/Prague', '2026-10-25T02:30', '2026-10-25T01:30:00Z', 'an hour shown twice'],
  ] as const) {
    it(`${name} ${shown}: ${why}`, () => {
      assert.equal(instantFrom(zone(name), local(shown)), at(expected));
    });
  }
  it('is the instant itself where a clock shows a time once', () => {
    const few = fc.constantFrom('Asia/Shanghai', 'UTC', 'Asia/Kathmandu');
    fc.assert(
      fc.property(few, fc.integer({ min: at('2000-01-01'), max: at('2100-01-01') }), (name, instant) => {
        assert.equal(instantFrom(zone(name), instant + offsetAt(zone(name), instant)), instant);
      }),
      runs,
    );
  });
});
