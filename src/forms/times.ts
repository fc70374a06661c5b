import type { Instant } from '../rules/decision.ts';
import { formatEndOfDay, isMidnight } from '../host/endOfDay.ts';
import type { Language } from '../strings/strings.ts';

const minuteMs = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, options]);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known;
}

const moment = (zone: string): Intl.DateTimeFormatOptions => ({
  timeZone: zone,
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** A moment on the clock of `zone`, with the year where it is not the year of `now`. */
export function showInstant(at: Instant, zone: string, language: Language, now: Instant = at): string {
  const year = format('en', { timeZone: zone, year: 'numeric' });
  const other = year.format(at) !== year.format(now);
  return format(language, { ...moment(zone), ...(other ? { year: 'numeric' as const } : {}) }).format(at);
}

/** A deadline on the clock of `zone`: one at midnight is 24:00 of the day that ends then. */
export function showDue(at: Instant, zone: string, language: Language): string {
  return isMidnight(at, zone) ? formatEndOfDay(format(language, moment(zone)), at) : showInstant(at, zone, language);
}

/** The clock alone. */
export function showClock(at: Instant, zone: string, language: Language): string {
  return format(language, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** The name of a zone in the user's language with its offset at `at`, such as "China Standard Time (GMT+8)". */
export function showZone(at: Instant, zone: string, language: Language): string {
  const part = (style: 'long' | 'shortOffset') =>
    format(language, { timeZone: zone, timeZoneName: style })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  const [name, offset] = [part('long'), part('shortOffset')];
  return name === offset ? name : `${name} (${offset})`;
}

/** Whether two zones show the same time at `at`. */
export function sameClock(at: Instant, first: string, second: string): boolean {
  const offset = (zone: string) => format('en', { timeZone: zone, timeZoneName: 'longOffset' }).format(at);
  return offset(first) === offset(second);
}

const unit = (language: Language, count: number, name: string) =>
  new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' }).format(count);

/** A stretch of time in hours and minutes, rounded up to the minute so that nothing left is never shown too early. */
export function showDuration(ms: number, language: Language): string {
  const minutes = Math.ceil(ms / minuteMs);
  const parts = [Math.floor(minutes / 60), minutes % 60];
  const shown = ['hour', 'minute'].flatMap((name, place) => {
    const count = parts[place] ?? 0;
    return count > 0 ? [unit(language, count, name)] : [];
  });
  return shown.length === 0
    ? unit(language, 0, 'minute')
    : new Intl.ListFormat(language, { type: 'unit' }).format(shown);
}
