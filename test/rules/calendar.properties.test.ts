import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { runs } from './support/runs.ts';
import {
  addOpenTime,
  type Calendar,
  type CalendarSpec,
  closesAt,
  compileCalendar,
  endOfNthDay,
  isOpen,
  nextOpening,
  openTimeBetween,
} from '../../src/rules/calendar.ts';
import { maxInstant, minInstant } from '../../src/rules/zone.ts';
import { calendarAndInstant } from './support/arbitraries.ts';
import { Oracle } from './support/oracle.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** How far the oracle walks. */
const reachMs = 3 * dayMs;

function compiled(spec: CalendarSpec): Calendar {
  const answer = compileCalendar(spec);
  assert.ok(answer.ok);
  return answer.calendar;
}

const amount = fc.oneof(
  fc.nat(40).map(quarters => quarters * 15 * 60_000),
  fc.nat(30 * hourMs),
);
const anyInstant = fc.oneof(
  fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 0, 1) }),
  fc.integer({ min: minInstant, max: maxInstant }),
);

describe('the calendar agrees with a clock read minute by minute (A-03)', () => {
  it('when open time is added', () => {
    fc.assert(
      fc.property(calendarAndInstant, amount, ([spec, instant], ms) => {
        const due = addOpenTime(compiled(spec), instant, ms);
        const expected = new Oracle(spec).add(instant, ms, instant + reachMs);
        if (expected === undefined) assert.ok(due === undefined || due > instant + reachMs);
        else assert.equal(due, expected);
      }),
      runs,
    );
  }).timeout(120_000);

  it('when open time is measured', () => {
    fc.assert(
      fc.property(calendarAndInstant, fc.nat(reachMs), ([spec, from], length) => {
        assert.equal(
          openTimeBetween(compiled(spec), from, from + length),
          new Oracle(spec).between(from, from + length),
        );
      }),
      runs,
    );
  }).timeout(120_000);

  it('about open, next opening and closing', () => {
    fc.assert(
      fc.property(calendarAndInstant, ([spec, instant]) => {
        const calendar = compiled(spec);
        assert.equal(isOpen(calendar, instant), new Oracle(spec).open(instant));
        for (const [answer, open] of [
          [nextOpening(calendar, instant), true],
          [closesAt(calendar, instant), false],
        ] as const) {
          const expected = new Oracle(spec).first(instant, open, instant + reachMs);
          if (expected === undefined) assert.ok(answer === undefined || answer > instant + reachMs);
          else assert.equal(answer, expected);
        }
      }),
      runs,
    );
  }).timeout(120_000);

  it('about the end of the n-th working day', () => {
    fc.assert(
      fc.property(calendarAndInstant, fc.integer({ min: 1, max: 3 }), ([spec, instant], count) => {
        const end = endOfNthDay(compiled(spec), instant, count);
        const until = instant + 6 * dayMs;
        const expected = new Oracle(spec).endOfDay(instant, count, until);
        // The last day the oracle sees may go on after it stops looking.
        if (expected === undefined || expected > until - dayMs) assert.ok(end === undefined || end > until - 2 * dayMs);
        else assert.equal(end, expected);
      }),
      runs,
    );
  }).timeout(120_000);
});

describe('open time behaves like time', () => {
  it('adds up: a and then b is a + b', () => {
    fc.assert(
      fc.property(calendarAndInstant, fc.nat(90 * dayMs), fc.nat(90 * dayMs), ([spec, instant], a, b) => {
        const calendar = compiled(spec);
        const half = addOpenTime(calendar, instant, a);
        const inSteps = half === undefined ? undefined : addOpenTime(calendar, half, b);
        assert.equal(inSteps, addOpenTime(calendar, instant, a + b));
      }),
      runs,
    );
  }).timeout(120_000);

  it('is what was added, and not a millisecond earlier', () => {
    fc.assert(
      fc.property(calendarAndInstant, anyInstant, fc.integer({ min: 1, max: 900 * dayMs }), ([spec], instant, ms) => {
        const calendar = compiled(spec);
        const due = addOpenTime(calendar, instant, ms);
        if (due === undefined) return;
        assert.equal(openTimeBetween(calendar, instant, due), ms);
        assert.equal(openTimeBetween(calendar, instant, due - 1), ms - 1);
      }),
      runs,
    );
  }).timeout(120_000);

  it('never ends before it starts, and never earlier for a later start or a greater amount', () => {
    fc.assert(
      fc.property(
        calendarAndInstant,
        fc.nat(9 * dayMs),
        fc.nat(90 * dayMs),
        fc.nat(dayMs),
        ([spec, instant], later, ms, more) => {
          const calendar = compiled(spec);
          const due = addOpenTime(calendar, instant, ms);
          if (due === undefined) return;
          assert.ok(due >= instant + ms);
          assert.ok((addOpenTime(calendar, instant + later, ms) ?? Infinity) >= due);
          assert.ok((addOpenTime(calendar, instant, ms + more) ?? Infinity) >= due);
        },
      ),
      runs,
    );
  }).timeout(120_000);
});
