import type { Instant } from '../rules/decision.ts';

const minuteMs = 60_000;
const clocks = new Map<string | undefined, Intl.DateTimeFormat>();

/** Whether the clocks of a zone (the user's own unless given) show midnight. */
export function isMidnight(at: Instant, zone: string | undefined): boolean {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en', {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      ...(zone === undefined ? {} : { timeZone: zone }),
    });
  clocks.set(zone, clock);
  return clock.format(at) === '00:00';
}

/** An end at midnight in the words of a format: 24:00 of the day that ends then. */
export function formatEndOfDay(format: Intl.DateTimeFormat, at: Instant): string {
  return format
    .formatToParts(at - minuteMs)
    .map(({ type, value }) => (type === 'hour' ? '24' : type === 'minute' ? '00' : value))
    .join('');
}
