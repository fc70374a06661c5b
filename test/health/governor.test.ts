import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as fc from 'fast-check';
import {
  firstPlan,
  graphLimits,
  intervalFor,
  mayReadByHand,
  nextPlan,
  usualInterval,
  usualPeople,
} from '../../src/health/governor.ts';

const minute = 60_000;
const hour = 60 * minute;
const messagesHold = 61 * minute;
const start = Date.UTC(2026, 10, 26);

/** Numbers that look random and are the same in each run. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

interface Person {
  due: number;
  slower: number;
  messages: number;
}
interface Simulated {
  /** Most requests in any minute and in any hour of the day. */
  readonly perMinute: number;
  readonly perHour: number;
  readonly refused: number;
  readonly asked: number;
  /** The same once all have read for an hour: most in any minute and any hour, and the average of an hour. */
  readonly later: { readonly perMinute: number; readonly perHour: number; readonly average: number };
}
interface Circumstances {
  /** Whether Graph refuses what goes beyond its limits; a refused request counts too. */
  readonly strict?: boolean;
  /** Whether who is refused becomes slower. */
  readonly learns?: boolean;
  readonly seed?: number;
}

/** The most of these instants within any `span`. */
function most(instants: readonly number[], span: number): number {
  let [found, from] = [0, 0];
  for (const [at, instant] of instants.entries()) {
    while ((instants[from] ?? 0) <= instant - span) from++;
    found = Math.max(found, at - from + 1);
  }
  return found;
}

/** A day of `many` people who say that they are `told`, and begin as `begins` has it. */
function simulate(
  many: number,
  told: number,
  begins: (person: number) => number,
  { strict = false, learns = true, seed = 7 }: Circumstances = {},
): Simulated {
  const chance = chances(seed);
  const people = Array.from({ length: many }, (_, index): Person => {
    const plan = firstPlan(start + begins(index), told, chance());
    return { ...plan, messages: -Infinity };
  });
  const requests: number[] = [];
  let refused = 0;
  for (;;) {
    const next = people.reduce((soonest, one) => (one.due < soonest.due ? one : soonest));
    if (next.due > start + 24 * hour) break;
    const now = next.due;
    const within = (span: number): number => requests.length - requests.findLastIndex(at => at <= now - span) - 1;
    const full = strict && (within(hour) >= graphLimits.perHour || within(minute) >= graphLimits.perMinute);
    requests.push(now);
    if (full) refused++;
    else if (now - next.messages >= messagesHold) {
      requests.push(now);
      next.messages = now;
    }
    const outcome = full ? ({ code: 'throttled', until: now + 5 * minute } as const) : 'read';
    const plan = nextPlan(now, learns ? outcome : 'read', next.slower, told, chance());
    Object.assign(next, plan);
  }
  const settled = start + Math.max(...people.map((_, index) => begins(index))) + hour;
  const after = requests.filter(at => at > settled);
  const average = after.length / ((start + 24 * hour - settled) / hour);
  const later = { perMinute: most(after, minute), perHour: most(after, hour), average };
  return { perMinute: most(requests, minute), perHour: most(requests, hour), refused, asked: requests.length, later };
}

const together = () => 9 * hour;
const spread = (person: number) => (person * 24 * hour) / 200;

describe('how often health is read', () => {
  it('is each 15 minutes for up to 120 people, and less often for more', () => {
    const rows = [1, 50, usualPeople, 120, 150, 200, 300, 1_000].map(people => [people, intervalFor(people) / minute]);
    assert.deepEqual(rows, [
      [1, 15],
      [50, 15],
      [100, 15],
      [120, 15],
      [150, 20],
      [200, 30],
      [300, 60],
      [1_000, 200],
    ]);
  });

  for (const [what, begins] of [
    ['all beginning in the same instant', together],
    ['beginning over the day', spread],
  ] as const) {
    it(`200 people stay below the limits for 24 hours, ${what}`, () => {
      const { perMinute, perHour } = simulate(200, 200, begins);
      assert.ok(perMinute < graphLimits.perMinute, `${String(perMinute)} a minute`);
      assert.ok(perHour < graphLimits.perHour, `${String(perHour)} an hour`);
      // Some is left for what is asked by hand.
      assert.ok(perHour <= graphLimits.perHour * 0.75, `${String(perHour)} an hour`);
    });
  }

  it('200 people would not with 15 minutes: that is why the interval follows their number', () => {
    assert.ok(simulate(200, 100, together).perHour > graphLimits.perHour);
  });

  it('200 people who do not say so are slowed down by what they are refused, whatever chance says', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { refused, asked, later } = simulate(200, usualPeople, together, { strict: true, seed });
      const said = `seed ${String(seed)}: ${String(refused)} of ${String(asked)} refused, then ${JSON.stringify(later)}`;
      // Who is slowed down is near the limit and below it; without that every sixth request and more is refused.
      assert.ok(refused > 0 && refused < asked / 20, said);
      assert.ok(later.average < graphLimits.perHour && later.perHour < graphLimits.perHour * 1.05, said);
      assert.ok(later.perMinute < graphLimits.perMinute, said);
    }
    const { refused, asked } = simulate(200, usualPeople, together, { strict: true, learns: false });
    assert.ok(refused > asked / 6, `${String(refused)} of ${String(asked)} refused`);
  });

  it('any number of people up to 300 stays below the limit of an hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 3_600_000 }), (people, within) => {
        const { perHour } = simulate(people, people, person => 9 * hour + ((person * 7919) % (within + 1)));
        return perHour <= graphLimits.perHour * 0.75;
      }),
      { numRuns: 12, seed: 1 },
    );
  });

  it('is never before the time that the source told, whatever chance says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (later, chance) => {
        const { due, slower } = nextPlan(start, { code: 'throttled', until: start + later }, 1, 1, chance);
        return due > start + later && due > start + usualInterval && slower === 2;
      }),
    );
  });

  it('is slower after each refusal, up to a bound, and recovers', () => {
    let slower = 1;
    for (let time = 0; time < 10; time++)
      slower = nextPlan(start, { code: 'throttled', until: start }, slower, 1, 0).slower;
    assert.equal(slower, 16);
    for (let time = 0; time < 200; time++) slower = nextPlan(start, 'read', slower, 1, 0).slower;
    assert.equal(slower, 1);
  });

  it('is rare for what only a person can mend', () => {
    const wait = (code: 'noAdminRole' | 'unreachable') => (nextPlan(start, { code }, 1, 1, 0).due - start - 1) / minute;
    assert.deepEqual([wait('noAdminRole'), wait('unreachable')], [60, 15]);
  });

  it('by hand is once in a minute, and not while the source asks for quiet', () => {
    const quiet = { code: 'throttled', until: start + 1 } as const;
    assert.equal(mayReadByHand(start, undefined, undefined), true);
    assert.equal(mayReadByHand(start, start - 59_999, undefined), false);
    assert.equal(mayReadByHand(start, start - 60_000, undefined), true);
    assert.equal(mayReadByHand(start, start + 86_400_000, undefined), true);
    assert.equal(mayReadByHand(start, undefined, quiet), false);
    assert.equal(mayReadByHand(start + 1, undefined, quiet), true);
  });

  it('by hand is at once where nobody was signed in or there was no network', () => {
    for (const code of ['signedOut', 'unreachable'] as const) assert.equal(mayReadByHand(start, start, { code }), true);
    assert.equal(mayReadByHand(start, start, { code: 'noAdminRole' }), false);
  });
});
