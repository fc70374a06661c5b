import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addOpenTime, compileCalendar, type CalendarSpec } from '../../src/rules/calendar.ts';
import { calendars, hourMs, judge, questions } from './support/hours.ts';
import { ours, ways } from './support/ways.ts';

const [shanghai, prague] = calendars;
assert.ok(shanghai !== undefined && prague !== undefined);

/** Open while the clock changes: on Sundays from 01:00 to 05:00. */
const night: CalendarSpec = { zone: 'Europe/Prague', week: [[], [], [], [], [], [], [[60, 300]]] };

type Row = readonly [what: string, spec: CalendarSpec, from: string, hours: number, due: string];
const office: readonly Row[] = [
  ['over the weekend in which the hour is skipped', prague.spec, '2026-03-27T15:30Z', 1, '2026-03-30T07:30Z'],
  ['over the weekend in which the hour is repeated', prague.spec, '2026-10-23T14:30Z', 1, '2026-10-26T08:30Z'],
  ['up to closing time', prague.spec, '2026-01-07T08:00Z', 8, '2026-01-07T16:00Z'],
  ['from closing time', prague.spec, '2026-01-07T16:00Z', 1, '2026-01-08T09:00Z'],
  ['a week from a Saturday', prague.spec, '2026-01-10T12:00Z', 40, '2026-01-16T16:00Z'],
];
const others: readonly Row[] = [
  ['over midnight', shanghai.spec, '2026-01-01T15:30Z', 1, '2026-01-02T01:30Z'],
  ['up to 24:00', shanghai.spec, '2025-12-31T16:10Z', 15, '2026-01-01T16:00Z'],
  ['over the end of February', shanghai.spec, '2026-02-28T02:00Z', 15, '2026-03-01T02:00Z'],
  ['through a skipped hour', night, '2026-03-29T00:00Z', 4, '2026-04-05T00:00Z'],
  ['through a repeated hour', night, '2026-10-24T23:00Z', 5, '2026-10-25T04:00Z'],
];
const instant = (text: string) => Date.parse(text);

describe('the judge of the bench', () => {
  for (const [what, spec, from, hours, due] of [...office, ...others]) {
    it(`is right ${what}`, () => {
      assert.equal(judge(spec, { from: instant(from), hours }), instant(due));
    });
  }

  for (const { name, spec } of calendars) {
    it(`agrees with the calendar on every question: ${name}`, () => {
      const compiled = compileCalendar(spec);
      assert.ok(compiled.ok);
      for (const question of questions) {
        assert.equal(judge(spec, question), addOpenTime(compiled.calendar, question.from, question.hours * hourMs));
      }
    }).timeout(30_000);
  }
});

describe('the questions of the bench', () => {
  it('are a thousand in 2026, whole minutes, and hundreds lie around the changes of the clock', () => {
    assert.equal(questions.length, 1000);
    for (const { from, hours } of questions) {
      assert.equal(from % 60_000, 0);
      assert.equal(new Date(from).getUTCFullYear(), 2026);
      assert.ok(Number.isInteger(hours) && hours >= 1 && hours <= 40);
    }
    for (const change of [instant('2026-03-29T01:00Z'), instant('2026-10-25T01:00Z')]) {
      assert.ok(questions.filter(({ from }) => Math.abs(from - change) <= 72 * hourMs).length >= 200);
    }
  });
});

describe('a library that is used with care', () => {
  for (const way of Object.keys(ways).filter(name => name === ours || name.includes('wall clock'))) {
    it(`can be right: ${way}`, async () => {
      const add = await ways[way]?.(prague);
      for (const [what, , from, hours, due] of office) assert.equal(add?.(instant(from), hours), instant(due), what);
    });
  }
});
