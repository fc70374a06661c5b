import type { Instant } from '../rules/decision.ts';
import { offsetAt, zoneOf } from '../rules/zone.ts';
import type { Language } from '../strings/strings.ts';

const minuteMs = 60_000;
const two = (value: number): string => String(value).padStart(2, '0');

function offsetText(offset: number): string {
  const size = Math.abs(offset) / minuteMs;
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(Math.floor(size % 60))}`;
}

const shortened = (text: string): string => text.replace(/\.000$/, '');

/** An instant in UTC, `2026-03-06T20:30:00Z`. */
export function isoUtc(at: Instant): string {
  return `${shortened(new Date(at).toISOString().slice(0, -1))}Z`;
}

/** An instant on the clock of a zone (IANA), `2026-03-10T00:00:00+08:00`; in UTC where the offset has seconds (before 1972). */
export function isoIn(at: Instant, zoneName: string): string {
  const zone = zoneOf(zoneName);
  const offset = zone === undefined ? 0 : offsetAt(zone, at);
  if (offset === 0 || offset % minuteMs !== 0) return isoUtc(at);
  return `${shortened(new Date(at + offset).toISOString().slice(0, -1))}${offsetText(offset)}`;
}

/**
 * An instant for people: weekday, date and time on the clock of the zone, its offset and name. With `ends`, midnight is
 * 24:00 of the day that ends then.
 */
export function showAt(at: Instant, zoneName: string, language: Language, ends?: 'ends'): string {
  const zone = zoneOf(zoneName);
  const offset = zone === undefined ? 0 : offsetAt(zone, at);
  const local = at + offset;
  const midnight = ends === 'ends' && local % 86_400_000 === 0;
  const shown = new Date(midnight ? local - minuteMs : local);
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(shown);
  const [date = '', time = ''] = shown.toISOString().split('T');
  return `${weekday} ${date} ${midnight ? '24:00' : time.slice(0, 5)} ${zoneName} (UTC${offset === 0 ? '' : offsetText(offset)})`;
}

/** Weekdays, Monday 0, by name. */
export function showDays(weekdays: readonly number[], language: Language): string {
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  // 2024-01-01 was a Monday.
  return new Intl.ListFormat(language).format(weekdays.map(day => format.format(Date.UTC(2024, 0, 1 + day))));
}
