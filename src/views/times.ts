import type { Instant } from '../rules/decision.ts';
import { formatEndOfDay, isMidnight } from '../host/endOfDay.ts';

/** How times are said: in the user's language and zone, always with a 24-hour clock. */
export interface Times {
  /**
   * Near times by weekday (`Mon 20:00`), others by date (`Mar 12 20:00`). `dayEndsIn` is the zone of a target that can
   * fall at the end of a day: whoever lives by that clock reads 24:00 of that day.
   */
  moment(at: Instant, now: Instant, dayEndsIn?: string): string;
  /** How long ago, or in how long, in the largest unit that fits: `3 days ago`. */
  distance(at: Instant, now: Instant): string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const units = [
  ['year', 365 * day],
  ['month', 30 * day],
  ['day', day],
  ['hour', hour],
  ['minute', minute],
] as const;

/** Makes the words for times; `zone` is the user's own unless given. Formats are slow to make, so each waits for its first use. */
export function createTimes(language: string, zone?: string): Times {
  const lazy = <Format>(make: () => Format): (() => Format) => {
    let made: Format | undefined;
    return () => (made ??= make());
  };
  const format = (of: string, options: Intl.DateTimeFormatOptions) =>
    lazy(() => new Intl.DateTimeFormat(of, { ...options, ...(zone === undefined ? {} : { timeZone: zone }) }));
  const hours = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const clock = format(language, hours);
  const weekday = format(language, { weekday: 'short' });
  const date = format(language, { day: 'numeric', month: 'short' });
  const fullDate = format(language, { day: 'numeric', month: 'short', year: 'numeric' });
  const year = format('en', { year: 'numeric' });
  const relative = lazy(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
  const ownZone = lazy(() => clock().resolvedOptions().timeZone);

  const dayOf = (at: Instant, now: Instant): string => {
    if (Math.abs(at - now) < 6 * day) return weekday().format(at);
    return (year().format(at) === year().format(now) ? date() : fullDate()).format(at);
  };
  return {
    moment: (at, now, dayEndsIn) => {
      const endOfDay = dayEndsIn === ownZone() && isMidnight(at, zone);
      return endOfDay
        ? `${dayOf(at - 1, now)} ${formatEndOfDay(clock(), at)}`
        : `${dayOf(at, now)} ${clock().format(at)}`;
    },
    distance: (at, now) => {
      const span = at - now;
      const [unit, size] = units.find(([, length]) => Math.abs(span) >= length) ?? units[4];
      return relative().format(Math.trunc(span / size), unit);
    },
  };
}
