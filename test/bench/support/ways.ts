// The ways to add open hours that are compared: Casebook's, and each library's as its own documents show it and, where it
// can be had, with the care that makes it right.
import { IANAZone } from 'luxon';
import type { WeekHours } from '../../../src/rules/profile.ts';
import { hourMs, type Hours } from './hours.ts';

/** So many open hours after an instant; both instants are UTC milliseconds. */
type Add = (from: number, hours: number) => number;
/** Loads nothing but what it needs. */
type Way = (hours: Hours) => Promise<Add>;

export const ours = 'Casebook';

export const ways: Readonly<Record<string, Way>> = {
  [ours]: async ({ spec }) => {
    const { addOpenTime, compileCalendar } = await import('../../../src/rules/calendar.ts');
    const compiled = compileCalendar(spec);
    if (!compiled.ok) throw new Error(compiled.code);
    return (from, hours) => addOpenTime(compiled.calendar, from, hours * hourMs) ?? NaN;
  },

  // It reads the clock of the process and knows no other. Its users build a Date whose local fields show what the clock of
  // the other zone shows, let its iterator go from change to change, and read the fields of the result the same way.
  'opening_hours, wall clock as local time': async ({ tag, spec }) => {
    const { default: OpeningHours } = await import('opening_hours');
    const opening = new OpeningHours(tag, null);
    const clock = wallClock(spec.zone);
    return (from, hours) => {
      const iterator = opening.getIterator(shownHere(clock.shownAt(from)));
      let left = hours * hourMs;
      for (;;) {
        const begin = iterator.getDate().getTime();
        const open = iterator.getState();
        if (!iterator.advance()) throw new Error('The opening hours end.');
        const length = open ? iterator.getDate().getTime() - begin : 0;
        if (left <= length) return clock.instantOf(fieldsOf(new Date(begin + left)));
        left -= length;
      }
    };
  },

  // Hangs on hours that reach over the end of a day that closes at 24:00.
  'moment-business-time, as documented': async hours => {
    const moment = await momentWith(hours);
    return (from, amount) => moment(from).addWorkingTime(amount, 'hours').valueOf();
  },

  // In UTC mode a moment has no clock changes and asks nothing of the process.
  'moment-business-time, wall clock as UTC': async hours => {
    const moment = await momentWith(hours);
    const clock = wallClock(hours.spec.zone);
    return (from, amount) => clock.instantOf(moment.utc(clock.shownAt(from)).addWorkingTime(amount, 'hours').valueOf());
  },

  'dayjs-business-time, as documented': async hours => {
    const dayjs = await dayjsWith(hours);
    return (from, amount) => dayjs(from).addBusinessTime(amount, 'hours').valueOf();
  },

  // Hangs on hours that reach over the weekend in March when Prague's clock skips one.
  'dayjs-business-time, with the plugin timezone': async hours => {
    const dayjs = await dayjsWith(hours);
    const { default: timezone } = await import('dayjs/plugin/timezone.js');
    dayjs.extend(timezone);
    const { zone } = hours.spec;
    return (from, amount) => dayjs(from).tz(zone).addBusinessTime(amount, 'hours').valueOf();
  },

  'dayjs-business-time, wall clock as UTC': async hours => {
    const dayjs = await dayjsWith(hours);
    const clock = wallClock(hours.spec.zone);
    return (from, amount) => clock.instantOf(dayjs.utc(clock.shownAt(from)).addBusinessTime(amount, 'hours').valueOf());
  },
};

async function momentWith({ spec }: Hours) {
  const { default: moment } = await import('moment-business-time');
  const days = fromSunday(spec.week).map(day => day?.flatMap(({ start, end }) => [start, end]) ?? null);
  const workinghours = Object.fromEntries(days.entries());
  moment.updateLocale('en', { workinghours });
  return moment;
}

async function dayjsWith({ spec }: Hours) {
  const { default: dayjs } = await import('dayjs');
  const { default: utc } = await import('dayjs/plugin/utc.js');
  const { default: businessTime } = await import('dayjs-business-time');
  dayjs.extend(utc);
  dayjs.extend(businessTime);
  const [
    sunday = null,
    monday = null,
    tuesday = null,
    wednesday = null,
    thursday = null,
    friday = null,
    saturday = null,
  ] = fromSunday(spec.week);
  dayjs.setBusinessTime({ sunday, monday, tuesday, wednesday, thursday, friday, saturday });
  return dayjs;
}

/** Both libraries count days from Sunday, write times as `09:00:00` and a day off as null. */
function fromSunday(week: WeekHours) {
  const time = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
  const segments = week.map(day => day.map(([start, end]) => ({ start: time(start), end: time(end) })));
  const days = segments.map(day => (day.length === 0 ? null : day));
  return [...days.slice(6), ...days.slice(0, 6)];
}

/**
 * What the clock of a zone shows, as if that were UTC, and back. Right for calendars that are closed while the clock
 * changes, so for both of the bench.
 */
function wallClock(name: string) {
  const zone = IANAZone.create(name);
  const offset = (instant: number) => zone.offset(instant) * 60_000;
  return {
    shownAt: (instant: number) => instant + offset(instant),
    instantOf: (shown: number) => shown - offset(shown - offset(shown)),
  };
}

/** The Date that shows here what the clock there shows. */
function shownHere(shown: number): Date {
  const date = new Date(shown);
  return new Date(
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
  );
}

/** The way back. */
function fieldsOf(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes());
}
