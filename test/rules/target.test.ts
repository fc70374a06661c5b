import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { runs } from './support/runs.ts';
import type { Holiday, Plan, Profile, Reading, Severity } from '../../src/rules/profile.ts';
import { readings, severities } from '../../src/rules/profile.ts';
import { m365China } from '../../src/rules/profiles/m365China.ts';
import { o365Enterprise2013 } from '../../src/rules/profiles/o365Enterprise2013.ts';
import {
  type AllTargets,
  type DueTarget,
  remainingOpenTime,
  responseTarget,
  targetState,
  targetUnderAllReadings,
  type TargetInput,
} from '../../src/rules/target.ts';
import { maxInstant } from '../../src/rules/zone.ts';

const hourMs = 3_600_000;
const beijing = (text: string): number => Date.parse(`${text}:00+08:00`);
const golden: readonly Holiday[] = [1, 2, 3, 4, 5, 6, 7].map(day => ({
  date: `2026-10-0${String(day)}`,
  name: 'National Day',
}));

function china(openedAt: number, severity: Severity, more: Partial<TargetInput> = {}): TargetInput {
  return { openedAt, severity, category: 'technical', ...more };
}
function due(input: TargetInput, profile: Profile = m365China): DueTarget {
  const target = responseTarget(input, profile);
  assert.ok(target.kind === 'due');
  return target;
}
function all(input: TargetInput, profile: Profile = m365China): AllTargets {
  const targets = targetUnderAllReadings(input, profile);
  assert.ok(targets.kind === 'due');
  return targets;
}

describe('responseTarget, m365China', () => {
  it('T-24: severity A is one elapsed hour, at any hour of any day (C-20, C-25, A-04)', () => {
    const target = due(china(Date.parse('2026-03-06T19:30:00Z'), 'A'));
    assert.equal(target.due, Date.parse('2026-03-06T20:30:00Z'));
    assert.equal(target.startsAt, Date.parse('2026-03-06T19:30:00Z'));
    assert.equal(target.reading, 'elapsed');
    assert.equal(target.zone, 'Asia/Shanghai');
    assert.ok(target.facts.includes('C-20') && target.facts.includes('C-25'));
  });

  // The table of A-01, in Beijing time.
  for (const [opened, severity, startsAt, supportDay, weekday, endOfWeekday] of [
    ['2026-03-04T10:00', 'B', '2026-03-04T10:00', '2026-03-05T10:00', '2026-03-05T10:00', '2026-03-05T24:00'],
    ['2026-03-04T10:00', 'C', '2026-03-04T10:00', '2026-03-07T10:00', '2026-03-09T10:00', '2026-03-09T24:00'],
    ['2026-03-06T20:00', 'B', '2026-03-06T20:00', '2026-03-07T20:00', '2026-03-09T20:00', '2026-03-09T24:00'],
    ['2026-03-06T20:00', 'C', '2026-03-06T20:00', '2026-03-09T20:00', '2026-03-11T20:00', '2026-03-11T24:00'],
    ['2026-03-07T03:00', 'B', '2026-03-09T09:00', '2026-03-07T24:00', '2026-03-09T24:00', '2026-03-09T24:00'],
    ['2026-03-08T23:30', 'B', '2026-03-09T09:00', '2026-03-09T23:30', '2026-03-09T24:00', '2026-03-09T24:00'],
    ['2026-09-30T22:00', 'B', '2026-09-30T22:00', '2026-10-01T22:00', '2026-10-01T22:00', '2026-10-01T24:00'],
  ] as const) {
    it(`T-25: severity ${severity} opened ${opened} Beijing time is the row of A-01`, () => {
      const input = china(beijing(opened), severity);
      const answers = readings.map(reading => due({ ...input, reading }));
      assert.deepEqual(
        answers.map(answer => [answer.reading, answer.due]),
        [
          ['supportDay', beijing(supportDay)],
          ['weekday', beijing(weekday)],
          ['endOfWeekday', beijing(endOfWeekday)],
        ],
      );
      assert.deepEqual(responseTarget(input, m365China), answers[1], 'weekday is the default');
      assert.equal(answers[1]?.startsAt, beijing(startsAt), 'A-02');
      assert.ok(answers.every(({ facts }) => facts.includes('C-26') && facts.includes('A-01')));
    });
  }

  it('T-25: holidays move the weekday readings only', () => {
    const input = china(beijing('2026-09-30T22:00'), 'B', { holidays: golden });
    assert.deepEqual(
      readings.map(reading => due({ ...input, reading }).due),
      [beijing('2026-10-01T22:00'), beijing('2026-10-08T22:00'), beijing('2026-10-08T24:00')],
    );
  });

  it('A-02: opened before 09:00 the clock starts at 09:00 of that day under supportDay', () => {
    assert.equal(
      due(china(beijing('2026-03-07T03:00'), 'B', { reading: 'supportDay' })).startsAt,
      beijing('2026-03-07T09:00'),
    );
  });

  it('A-05: no target for billing and pre-sales', () => {
    for (const category of ['billing', 'preSales'] as const) {
      const answer = responseTarget({ openedAt: 0, severity: 'B', category }, m365China);
      assert.deepEqual(answer, { kind: 'none', code: 'notForCategory', facts: ['C-18', 'C-20', 'A-05'] });
    }
  });

  it('ignores the plan', () => {
    assert.deepEqual(
      responseTarget(china(0, 'B', { plan: 'premium' }), m365China),
      responseTarget(china(0, 'B'), m365China),
    );
  });
});

describe('responseTarget, o365Enterprise2013', () => {
  const opened = Date.parse('2026-03-07T23:30:00Z');
  for (const [check, plan, severity, hours] of [
    ['T-33', 'standard', 'A', 1],
    ['T-33', 'standard', 'B', 8],
    ['T-34', 'premium', 'A', 1],
    ['T-34', 'premium', 'B', 2],
    ['T-34', 'premium', 'C', 4],
  ] as const) {
    it(`${check}: ${plan} ${severity} is ${String(hours)} elapsed hours (E-13, A-15)`, () => {
      const target = due({ openedAt: opened, severity, category: 'technical', plan }, o365Enterprise2013);
      assert.equal(target.due, opened + hours * hourMs);
      assert.equal(target.reading, 'elapsed');
      assert.equal(target.zone, 'UTC');
    });
  }
  it('T-33: standard C has none (E-13e, A-14)', () => {
    const input = { openedAt: opened, severity: 'C', category: 'technical', plan: 'standard' } as const;
    const answer = { kind: 'none', code: 'noneStated', facts: ['E-12', 'E-13e', 'A-14'] };
    assert.deepEqual(responseTarget(input, o365Enterprise2013), answer);
    assert.deepEqual(targetUnderAllReadings(input, o365Enterprise2013), answer);
    assert.equal(remainingOpenTime(input, o365Enterprise2013, opened), undefined);
  });
  for (const plan of [undefined, 'education', '__proto__']) {
    it(`A-16: plan ${String(plan)} has none`, () => {
      // A plan can come from a file or another program.
      const input: TargetInput = {
        openedAt: opened,
        severity: 'A',
        category: 'technical',
        plan: plan as Plan | undefined,
      };
      assert.deepEqual(responseTarget(input, o365Enterprise2013), {
        kind: 'none',
        code: 'unknownPlan',
        facts: ['E-12', 'E-13', 'A-16'],
      });
    });
  }
});

describe('responseTarget, bad input', () => {
  it('T-12: an offer without severities has no target', () => {
    const bare: Profile = { ...m365China, severity: null, response: null };
    const answer = { kind: 'none', code: 'noSeverities', facts: m365China.facts };
    assert.deepEqual(responseTarget(china(0, 'A'), bare), answer);
  });
  for (const openedAt of [Number.NaN, Infinity, 0.5, maxInstant, maxInstant + 1]) {
    for (const severity of ['A', 'B'] as const) {
      for (const reading of readings) {
        it(`opened at ${String(openedAt)}, ${severity}, ${reading}: none, and the field is named`, () => {
          const answer = responseTarget(china(openedAt, severity, { reading }), m365China);
          assert.ok(answer.kind === 'none');
          assert.deepEqual([answer.code, answer.field], ['impossibleInstant', 'openedAt']);
        });
      }
    }
  }
  it('a holiday that does not exist is named, under every reading', () => {
    const input = china(0, 'B', { holidays: [...golden, { date: '2026-02-30', name: 'never' }] });
    for (const answer of [
      ...readings.map(reading => responseTarget({ ...input, reading }, m365China)),
      targetUnderAllReadings(input, m365China),
    ]) {
      assert.ok(answer.kind === 'none');
      assert.deepEqual([answer.code, answer.field], ['impossibleDate', 'holidays[7].date']);
    }
    assert.equal(remainingOpenTime(input, m365China, 0), undefined);
  });
  it('so is a zone of a profile that does not exist, whatever was asked before', () => {
    assert.equal(responseTarget(china(0, 'B'), m365China).kind, 'due');
    const row = { ...m365China.response.rows.standard.B, zone: 'Mars/Olympus' };
    const rows = { ...m365China.response.rows, standard: { ...m365China.response.rows.standard, B: row } };
    const answer = responseTarget(china(0, 'B'), { ...m365China, response: { ...m365China.response, rows } });
    assert.ok(answer.kind === 'none');
    assert.deepEqual([answer.code, answer.field], ['unknownZone', 'zone']);
  });
  it('a desk that never opens has no target, not even one of no days', () => {
    const row = { ...m365China.response.rows.standard.B, day: [], days: 0 };
    const rows = { ...m365China.response.rows, standard: { ...m365China.response.rows.standard, B: row } };
    for (const reading of readings) {
      const input = china(0, 'B', { reading });
      const answer = responseTarget(input, { ...m365China, response: { ...m365China.response, rows } });
      assert.ok(answer.kind === 'none', reading);
      assert.equal(answer.code, 'impossibleInstant');
    }
  });
});

describe('targetUnderAllReadings and targetState (A-01)', () => {
  const input = china(beijing('2026-09-30T22:00'), 'B', { holidays: golden });

  it('lists every reading from the earliest', () => {
    const { targets, earliest, latest } = all(input);
    assert.deepEqual(
      targets.map(({ reading }) => reading),
      ['supportDay', 'weekday', 'endOfWeekday'] satisfies Reading[],
    );
    assert.equal(earliest, beijing('2026-10-01T22:00'));
    assert.equal(latest, beijing('2026-10-08T24:00'));
  });
  it('has one target where time elapses', () => {
    const { targets, earliest, latest } = all({ ...input, severity: 'A' });
    assert.equal(targets.length, 1);
    assert.equal(earliest, latest);
  });
  it('is none where a reading goes beyond time', () => {
    const answer = targetUnderAllReadings(china(maxInstant - 30 * hourMs, 'B'), m365China);
    assert.ok(answer.kind === 'none');
    assert.equal(answer.code, 'impossibleInstant');
  });
  for (const [now, state] of [
    ['2026-09-30T21:00', 'running'],
    ['2026-10-01T22:00', 'running'],
    ['2026-10-01T22:01', 'pastOneReading'],
    ['2026-10-08T24:00', 'pastOneReading'],
    ['2026-10-09T00:01', 'overdue'],
  ] as const) {
    it(`at ${now} it is ${state}`, () => {
      assert.equal(targetState(all(input), beijing(now)), state);
    });
  }
  for (const [answeredAt, state] of [
    ['2026-10-01T10:00', 'met'],
    ['2026-10-08T24:00', 'met'],
    ['2026-10-09T00:01', 'metLate'],
  ] as const) {
    it(`answered at ${answeredAt} it is ${state}, whatever the time now`, () => {
      assert.equal(targetState(all(input), beijing('2026-12-01T00:00'), beijing(answeredAt)), state);
    });
  }
});

describe('remainingOpenTime counts no closed hour', () => {
  const friday = china(beijing('2026-03-06T20:00'), 'B');
  for (const [now, reading, left, running, resumesAt] of [
    ['2026-03-06T19:00', 'weekday', 15, false, '2026-03-06T20:00'],
    ['2026-03-06T20:00', 'weekday', 15, true, undefined],
    ['2026-03-06T23:00', 'weekday', 12, true, undefined],
    ['2026-03-07T12:00', 'weekday', 11, false, '2026-03-09T09:00'],
    ['2026-03-07T12:00', 'supportDay', 8, true, undefined],
    ['2026-03-07T03:00', 'supportDay', 11, false, '2026-03-07T09:00'],
    ['2026-03-07T12:00', 'endOfWeekday', 15, false, '2026-03-09T09:00'],
    ['2026-03-09T21:00', 'endOfWeekday', 3, true, undefined],
    ['2026-03-09T20:00', 'weekday', 0, false, undefined],
    ['2026-03-12T20:00', 'weekday', 0, false, undefined],
  ] as const) {
    it(`${now}, ${reading}: ${String(left)} h left, ${running ? 'running' : 'stopped'}`, () => {
      assert.deepEqual(remainingOpenTime({ ...friday, reading }, m365China, beijing(now)), {
        running,
        left: left * hourMs,
        resumesAt: resumesAt === undefined ? undefined : beijing(resumesAt),
      });
    });
  }
  it('opened while closed, it is stopped until the opening (A-02)', () => {
    const night = china(beijing('2026-03-04T03:00'), 'B');
    assert.deepEqual(remainingOpenTime(night, m365China, beijing('2026-03-04T04:00')), {
      running: false,
      left: 15 * hourMs,
      resumesAt: beijing('2026-03-04T09:00'),
    });
  });
  for (const [now, left, running, resumesAt] of [
    ['2026-03-07T02:00', 1, false, '2026-03-07T03:00'],
    ['2026-03-07T03:00', 1, true, undefined],
    ['2026-03-07T03:30', 0.5, true, undefined],
    ['2026-03-07T04:00', 0, false, undefined],
  ] as const) {
    it(`severity A at ${now}: ${String(left)} h left`, () => {
      assert.deepEqual(remainingOpenTime(china(beijing('2026-03-07T03:00'), 'A'), m365China, beijing(now)), {
        running,
        left: left * hourMs,
        resumesAt: resumesAt === undefined ? undefined : beijing(resumesAt),
      });
    });
  }
  it('has no answer for no instant', () => {
    assert.equal(remainingOpenTime(friday, m365China, Number.NaN), undefined);
  });
});

describe('targets keep their order', () => {
  const instants = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2100, 0, 1) });
  const someHolidays = fc.array(fc.nat(40), { maxLength: 8 });
  const holidaysAfter = (instant: number, days: readonly number[]): readonly Holiday[] =>
    days.map(day => ({ date: new Date(instant + day * 24 * hourMs).toISOString().slice(0, 10), name: 'off' }));

  it('never before opening; supportDay, weekday, endOfWeekday; A, B, C; later when opened later', () => {
    fc.assert(
      fc.property(instants, someHolidays, fc.nat(200 * hourMs), (instant, days, later) => {
        const holidays = holidaysAfter(instant, days);
        const bySeverity = severities.map(severity => all(china(instant, severity, { holidays })));
        for (const { targets } of bySeverity) {
          const dues = targets.map(target => target.due);
          assert.deepEqual(
            dues,
            dues.toSorted((a, b) => a - b),
          );
          for (const target of targets) assert.ok(target.startsAt >= instant && target.due > target.startsAt);
        }
        for (const reading of readings) {
          const dues = severities.map(severity => due(china(instant, severity, { holidays, reading })).due);
          assert.deepEqual(
            dues,
            dues.toSorted((a, b) => a - b),
          );
          const after = due(china(instant + later, 'C', { holidays, reading }));
          assert.ok(after.due >= Number(dues[2]));
        }
      }),
      runs,
    );
  }).timeout(120_000);

  it('what is left never grows, and is all of it at the start', () => {
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom(...readings),
        fc.nat(100 * hourMs),
        fc.nat(100 * hourMs),
        (instant, reading, a, b) => {
          const input = china(instant, 'C', { reading });
          const left = (now: number): number => remainingOpenTime(input, m365China, now)?.left ?? Number.NaN;
          assert.ok(left(instant + a) >= left(instant + a + b));
          assert.ok(left(instant + a) - left(instant + a + b) <= b);
          if (reading !== 'endOfWeekday') assert.equal(left(instant), 45 * hourMs);
        },
      ),
      runs,
    );
  }).timeout(120_000);
});
