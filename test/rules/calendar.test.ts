import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  addOpenTime,
  type Calendar,
  type CalendarSpec,
  closesAt,
  compileCalendar,
  endOfNthDay,
  isOpen,
  maxHolidays,
  nextOpening,
  openTimeBetween,
} from '../../src/rules/calendar.ts';
import type { DayHours, WeekHours } from '../../src/rules/profile.ts';
import { maxInstant, minInstant } from '../../src/rules/zone.ts';

const at = (text: string): number => Date.parse(text);
const hourMs = 3_600_000;
const daily = (...day: DayHours): WeekHours => [day, day, day, day, day, day, day];
const weekdays = (...day: DayHours): WeekHours => [day, day, day, day, day, [], []];
const holidays = (...dates: readonly string[]) => dates.map(date => ({ date, name: 'off' }));

function calendar(zone: string, week: WeekHours, ...dates: readonly string[]): Calendar {
  const answer = compileCalendar({ zone, week, holidays: holidays(...dates) });
  assert.ok(answer.ok);
  return answer.calendar;
}

const shanghai = calendar('Asia/Shanghai', daily([540, 1440]));
const prague = calendar('Europe/Prague', weekdays([540, 1020]));
const pragueNights = calendar('Europe/Prague', daily([60, 240]));
const always = calendar('Europe/Prague', daily([0, 1440]));
const never = calendar('Europe/Prague', daily());
const utcEvenings = calendar('UTC', daily([540, 1440]));

describe('compileCalendar refuses what cannot be, and names the field', () => {
  const good: CalendarSpec = { zone: 'UTC', week: weekdays([540, 1020]) };
  for (const [what, spec, code, field] of [
    ['an unknown zone', { ...good, zone: 'Mars/Olympus' }, 'unknownZone', 'zone'],
    ['hours before the day', { ...good, week: weekdays([-1, 5]) }, 'hoursOutsideDay', 'week[0][0]'],
    ['hours after 24:00', { ...good, week: weekdays([0, 1441]) }, 'hoursOutsideDay', 'week[0][0]'],
    ['a start that is no whole minute', { ...good, week: weekdays([0.5, 5]) }, 'hoursOutsideDay', 'week[0][0]'],
    ['an end that is no number', { ...good, week: weekdays([5, Number.NaN]) }, 'hoursOutsideDay', 'week[0][0]'],
    ['empty hours', { ...good, week: weekdays([540, 540]) }, 'hoursEmpty', 'week[0][0]'],
    ['hours that end before they start', { ...good, week: weekdays([540, 60]) }, 'hoursEmpty', 'week[0][0]'],
    [
      'overlapping hours',
      {
        ...good,
        week: [
          [],
          [
            [0, 60],
            [59, 90],
          ],
          [],
          [],
          [],
          [],
          [],
        ],
      },
      'hoursOverlap',
      'week[1][1]',
    ],
    [
      'hours out of order',
      {
        ...good,
        week: [
          [],
          [
            [60, 90],
            [0, 30],
          ],
          [],
          [],
          [],
          [],
          [],
        ],
      },
      'hoursOverlap',
      'week[1][1]',
    ],
    ...[
      '2026-02-30',
      '2025-02-29',
      '2026-13-01',
      '0000-01-01',
      '2026-1-1',
      '',
      '20260101',
      '+012026-01-01',
      '-002026-01-01',
      'x2026-01-01',
      '2026-01-010',
    ].map(
      date =>
        [
          `the date "${date}"`,
          { ...good, holidays: holidays('2026-01-01', date) },
          'impossibleDate',
          'holidays[1].date',
        ] as const,
    ),
    [
      'more holidays than a century has',
      { ...good, holidays: holidays(...Array<string>(maxHolidays + 1).fill('2026-01-01')) },
      'tooManyHolidays',
      'holidays',
    ],
  ] as const satisfies readonly (readonly [string, CalendarSpec, string, string])[]) {
    it(what, () => {
      assert.deepEqual(compileCalendar(spec), { ok: false, code, field, facts: [] });
    });
  }

  it('but takes 29 February of a leap year, touching hours, 24:00 and the most holidays', () => {
    const touching = weekdays([0, 60], [60, 1440]);
    assert.ok(compileCalendar({ zone: 'UTC', week: touching, holidays: holidays('2028-02-29') }).ok);
    assert.ok(compileCalendar({ ...good, holidays: holidays(...Array<string>(maxHolidays).fill('2026-01-01')) }).ok);
    assert.ok(compileCalendar({ ...good, holidays: holidays('0001-01-01', '9999-12-31') }).ok);
  });
  it('and compiles one object once', () => {
    assert.equal(compileCalendar(good), compileCalendar(good));
  });
});

describe('addOpenTime', () => {
  for (const [what, hours, from, ms, due] of [
    ['runs while it is open', shanghai, '2026-03-04T10:00:00+08:00', hourMs, '2026-03-04T11:00:00+08:00'],
    ['waits for the opening (A-02)', shanghai, '2026-03-07T03:00:00+08:00', hourMs, '2026-03-07T10:00:00+08:00'],
    [
      'ends at 24:00, not at the next opening (A-03)',
      shanghai,
      '2026-03-07T03:00:00+08:00',
      15 * hourMs,
      '2026-03-08T00:00:00+08:00',
    ],
    ['goes over a weekend', prague, '2026-03-06T16:30:00+01:00', hourMs, '2026-03-09T09:30:00+01:00'],
    [
      'does not count an hour the clock skips',
      pragueNights,
      '2026-03-29T01:30:00+01:00',
      hourMs,
      '2026-03-29T03:30:00+02:00',
    ],
    [
      'counts both hours the clock shows twice',
      pragueNights,
      '2026-10-25T01:00:00+02:00',
      3 * hourMs,
      '2026-10-25T03:00:00+01:00',
    ],
    [
      'counts elapsed time where it never closes',
      always,
      '2026-03-28T12:00:00+01:00',
      24 * hourMs,
      '2026-03-29T13:00:00+02:00',
    ],
    [
      'ends with hours that the clock skips right after',
      calendar('Europe/Prague', daily([60, 120])),
      '2026-03-29T01:00:00+01:00',
      hourMs,
      '2026-03-29T03:00:00+02:00',
    ],
    [
      'counts no hour of a holiday on which the clock changes',
      calendar('Europe/Prague', daily([0, 1440]), '2026-10-25'),
      '2026-10-24T12:00:00+02:00',
      24 * hourMs,
      '2026-10-26T12:00:00+01:00',
    ],
    ['knows leap days', prague, '2028-02-28T16:00:00+01:00', 2 * hourMs, '2028-02-29T10:00:00+01:00'],
    ['knows that 2100 has none', prague, '2100-02-26T16:00:00+01:00', 2 * hourMs, '2100-03-01T10:00:00+01:00'],
    ['counts in the past', prague, '1969-12-31T16:00:00+01:00', 2 * hourMs, '1970-01-01T10:00:00+01:00'],
    ['counts over decades', prague, '2026-01-01T00:00:00+01:00', 20_000 * hourMs, '2035-08-01T17:00:00+02:00'],
  ] as const) {
    it(what, () => {
      assert.equal(addOpenTime(hours, at(from), ms), at(due));
    });
  }

  it('skips holidays, however many in a row', () => {
    const golden = ['2026-10-07', '2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-03', '2026-10-03'];
    const hours = calendar('Asia/Shanghai', weekdays([540, 1440]), ...golden);
    assert.equal(addOpenTime(hours, at('2026-09-30T22:00:00+08:00'), 15 * hourMs), at('2026-10-08T22:00:00+08:00'));
    assert.equal(addOpenTime(hours, at('2026-09-30T22:00:00+08:00'), 2 * hourMs), at('2026-10-01T00:00:00+08:00'));
    assert.equal(addOpenTime(hours, at('2026-10-05T12:00:00+08:00'), 1), at('2026-10-08T09:00:00.001+08:00'));
    assert.equal(addOpenTime(hours, at('2026-10-09T12:00:00+08:00'), hourMs), at('2026-10-09T13:00:00+08:00'));
  });

  for (const [what, hours, from, ms] of [
    ['a calendar that never opens', never, 0, 1],
    ['an instant beyond time', always, maxInstant + 1, 1],
    ['an instant before time', always, minInstant - 1, 1],
    ['a result beyond time', always, maxInstant, 1],
    ['a result far beyond time', prague, 0, Number.MAX_SAFE_INTEGER],
    ['an instant that is no number', always, Number.NaN, 1],
    ['a negative amount', always, 0, -1],
    ['part of a millisecond', always, 0, 0.5],
    ['an amount without end', always, 0, Infinity],
  ] as const) {
    it(`has no answer for ${what}`, () => {
      assert.equal(addOpenTime(hours, from, ms), undefined);
    });
  }
  it('of nothing is the instant itself, open or not', () => {
    assert.equal(addOpenTime(never, 5, 0), 5);
    assert.equal(addOpenTime(always, maxInstant, 0), maxInstant);
  });
  it('reaches from one end of time to the other', () => {
    assert.equal(addOpenTime(always, minInstant, maxInstant - minInstant), maxInstant);
    assert.equal(addOpenTime(always, 0, maxInstant), maxInstant);
  });
});

describe('openTimeBetween', () => {
  it('is 0 backwards, for no instants and where it never opens', () => {
    assert.equal(openTimeBetween(always, 10, 10), 0);
    assert.equal(openTimeBetween(always, 10, 5), 0);
    assert.equal(openTimeBetween(always, Number.NaN, 5), 0);
    assert.equal(openTimeBetween(always, 0, maxInstant + 1), 0);
    assert.equal(openTimeBetween(never, 0, maxInstant), 0);
    assert.equal(openTimeBetween(always, minInstant, maxInstant), maxInstant - minInstant);
  });
  it('counts a week of 40 hours whatever the clock does', () => {
    assert.equal(openTimeBetween(prague, at('2026-03-23T00:00:00Z'), at('2026-03-30T00:00:00Z')), 40 * hourMs);
    assert.equal(openTimeBetween(prague, at('2026-10-19T00:00:00Z'), at('2026-10-26T00:00:00Z')), 40 * hourMs);
  });
});

describe('open and closed', () => {
  const half = [
    ['08:59', false],
    ['09:00', true],
    ['23:59', true],
  ] as const;
  for (const [time, open] of half) {
    it(`${time} is ${open ? 'open' : 'closed'} under 09:00-24:00 (T-26, A-03)`, () => {
      assert.equal(isOpen(shanghai, at(`2026-03-07T${time}:00+08:00`)), open);
    });
  }
  it('24:00 is closed and the same as 00:00 of the next day', () => {
    assert.equal(isOpen(shanghai, at('2026-03-07T24:00:00+08:00')), false);
  });
  it('hours that touch over midnight are one', () => {
    const night = calendar('UTC', [[[1380, 1440]], [[0, 60]], [], [], [], [], []]);
    assert.equal(closesAt(night, at('2026-03-02T23:30:00Z')), at('2026-03-03T01:00:00Z'));
    const overSunday = calendar('UTC', [[[0, 60]], [], [], [], [], [], [[1380, 1440]]]);
    assert.equal(closesAt(overSunday, at('2026-03-08T23:30:00Z')), at('2026-03-09T01:00:00Z'));
  });
  it('hours that touch at midnight or at noon are one, hours that only come near are not', () => {
    const shifts = calendar('UTC', weekdays([0, 720], [720, 1380], [1381, 1440]));
    assert.equal(closesAt(shifts, at('2026-03-02T11:00:00Z')), at('2026-03-02T23:00:00Z'));
    assert.equal(closesAt(shifts, at('2026-03-02T12:00:00Z')), at('2026-03-02T23:00:00Z'));
    assert.equal(closesAt(shifts, at('2026-03-02T23:30:00Z')), at('2026-03-03T23:00:00Z'));
    assert.equal(closesAt(shifts, at('2026-03-06T23:30:00Z')), at('2026-03-07T00:00:00Z'));
  });
  it('the end of time closes what is open until 24:00', () => {
    assert.equal(closesAt(utcEvenings, maxInstant - hourMs), maxInstant);
  });
  it('a moment closed already closes then; one that never closes has no end', () => {
    assert.equal(closesAt(never, 7), 7);
    assert.equal(closesAt(always, 7), undefined);
    assert.equal(closesAt(prague, at('2026-03-07T12:00:00Z')), at('2026-03-07T12:00:00Z'));
  });
  it('a holiday closes what is always open', () => {
    const once = calendar('Europe/Prague', daily([0, 1440]), '2026-12-24');
    assert.equal(closesAt(once, 0), at('2026-12-24T00:00:00+01:00'));
    assert.equal(nextOpening(once, at('2026-12-24T12:00:00+01:00')), at('2026-12-25T00:00:00+01:00'));
    assert.equal(closesAt(once, at('2026-12-25T00:00:00+01:00')), undefined);
  });
  it('nothing opens where nothing ever does, or at no instant', () => {
    assert.equal(nextOpening(never, 0), undefined);
    assert.equal(isOpen(never, 0), false);
    assert.equal(isOpen(always, Number.NaN), false);
    assert.equal(closesAt(always, Number.NaN), undefined);
  });
});

describe('endOfNthDay', () => {
  const beijing = (text: string): number => at(`${text}:00+08:00`);
  for (const [what, from, count, end] of [
    ['counts from the day after', '2026-03-04T10:00', 1, '2026-03-05T24:00'],
    ['skips the weekend', '2026-03-06T20:00', 3, '2026-03-11T24:00'],
    ['from a day off too', '2026-03-07T03:00', 1, '2026-03-09T24:00'],
    ['00:00 belongs to the day that begins', '2026-03-04T24:00', 1, '2026-03-06T24:00'],
    ['skips holidays', '2026-09-30T22:00', 1, '2026-10-08T24:00'],
    ['in the middle of holidays', '2026-10-03T22:00', 2, '2026-10-09T24:00'],
  ] as const) {
    it(what, () => {
      const days = [1, 2, 3, 4, 5, 6, 7].map(day => `2026-10-0${String(day)}`);
      const hours = calendar('Asia/Shanghai', weekdays([540, 1440]), ...days);
      assert.equal(endOfNthDay(hours, beijing(from), count), beijing(end));
    });
  }
  it('does not count a date that never was (Apia, 2011-12-30)', () => {
    const apia = calendar('Pacific/Apia', weekdays([540, 1020]));
    assert.equal(endOfNthDay(apia, at('2011-12-29T12:00:00-10:00'), 1), at('2012-01-03T00:00:00+14:00'));
    assert.equal(endOfNthDay(apia, at('2011-12-28T12:00:00-10:00'), 1), at('2011-12-30T00:00:00-10:00'));
    const daily7 = calendar('Pacific/Apia', daily([540, 1020]));
    assert.equal(endOfNthDay(daily7, at('2011-12-29T12:00:00-10:00'), 1), at('2012-01-01T00:00:00+14:00'));
  });
  it('is the first of two midnights where the day before never comes back', () => {
    const azores = calendar('Atlantic/Azores', daily([540, 1020]));
    assert.equal(endOfNthDay(azores, at('2026-10-23T12:00:00Z'), 1), at('2026-10-25T00:00:00Z'));
  });
  it('reaches the last day there is, and none after it', () => {
    assert.equal(endOfNthDay(utcEvenings, at('9999-12-30T12:00:00Z'), 1), maxInstant);
    assert.equal(endOfNthDay(utcEvenings, at('9999-12-30T12:00:00Z'), 2), undefined);
  });
  it('counts decades', () => {
    assert.equal(endOfNthDay(prague, at('2026-01-01T12:00:00Z'), 5 * 52 * 20), at('2045-12-08T00:00:00+01:00'));
  });
  for (const [what, hours, from, count] of [
    ['a calendar that never opens', never, 0, 1],
    ['no instant', prague, Number.NaN, 1],
    ['the 0th day', prague, 0, 0],
    ['part of a day', prague, 0, 1.5],
    ['more days than there are', prague, 0, 4_000_001],
    ['more days than numbers tell apart', prague, 0, Number.MAX_VALUE],
    ['a day beyond time', prague, 0, 4_000_000],
    ['the day after the last', always, maxInstant, 1],
  ] as const) {
    it(`has no answer for ${what}`, () => {
      assert.equal(endOfNthDay(hours, from, count), undefined);
    });
  }
});
