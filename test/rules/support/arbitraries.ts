import fc from 'fast-check';
import type { CalendarSpec } from '../../../src/rules/calendar.ts';
import type { DayHours, Holiday, WeekHours } from '../../../src/rules/profile.ts';

/** Zones with what is hard about clocks, and an instant near each thing. */
export const hardMoments: readonly (readonly [zone: string, at: string])[] = [
  ['Europe/Prague', '2026-03-29T01:00:00Z'],
  ['Europe/Prague', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Asia/Beirut', '2026-03-28T22:00:00Z'],
  ['Asia/Beirut', '2026-10-24T21:00:00Z'],
  ['America/Santiago', '2026-04-05T03:00:00Z'],
  ['America/Santiago', '2026-09-06T04:00:00Z'],
  ['America/St_Johns', '2009-03-08T03:31:00Z'],
  ['America/St_Johns', '2009-11-01T02:31:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['Pacific/Kwajalein', '1993-08-21T12:00:00Z'],
  ['Antarctica/Troll', '2026-03-29T01:00:00Z'],
  ['Asia/Shanghai', '1988-04-16T18:00:00Z'],
  ['Asia/Shanghai', '2026-02-28T16:00:00Z'],
  ['Asia/Kathmandu', '2028-02-28T18:15:00Z'],
  ['UTC', '2000-02-29T00:00:00Z'],
];

const dayMs = 86_400_000;
const minuteOfDay = fc.oneof(
  { weight: 3, arbitrary: fc.nat(96).map(quarter => quarter * 15) },
  { weight: 1, arbitrary: fc.nat(1440) },
);

/** Up to three intervals, some of them touching; often a plain working day, sometimes closed. */
const dayHours: fc.Arbitrary<DayHours> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<DayHours>([], [[540, 1020]], [[540, 1440]], [[0, 1440]], [[0, 120]]) },
  {
    weight: 3,
    arbitrary: fc.array(minuteOfDay, { minLength: 2, maxLength: 6 }).map(edges => {
      const sorted = edges.sort((a, b) => a - b);
      const hours: [number, number][] = [];
      for (const [place, start] of sorted.entries()) {
        const end = sorted[place + 1];
        if (end !== undefined && start < end && (place % 2 === 0 || start % 60 === 0)) hours.push([start, end]);
      }
      return hours;
    }),
  },
);

const week: fc.Arbitrary<WeekHours> = fc.oneof(
  { weight: 1, arbitrary: dayHours.map((day): WeekHours => [day, day, day, day, day, day, day]) },
  { weight: 1, arbitrary: dayHours.map((day): WeekHours => [day, day, day, day, day, [], []]) },
  { weight: 3, arbitrary: fc.tuple(dayHours, dayHours, dayHours, dayHours, dayHours, dayHours, dayHours) },
);

/** A calendar, and an instant near something hard in its zone. */
export const calendarAndInstant: fc.Arbitrary<readonly [spec: CalendarSpec, instant: number]> = fc
  .tuple(fc.constantFrom(...hardMoments), fc.integer({ min: -4 * dayMs, max: 4 * dayMs }), fc.boolean(), week)
  .chain(([[zone, moment], shift, whole, hours]) => {
    const at = Date.parse(moment) + shift;
    const instant = whole ? Math.floor(at / 60_000) * 60_000 : at;
    const holiday: fc.Arbitrary<Holiday> = fc
      .integer({ min: -3, max: 9 })
      .map(days => ({ date: new Date(instant + days * dayMs).toISOString().slice(0, 10), name: 'off' }));
    return fc.array(holiday, { maxLength: 4 }).map(holidays => [{ zone, week: hours, holidays }, instant] as const);
  });
