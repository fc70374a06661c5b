import type { Instant } from '../../rules/decision.ts';

/** A server that asks for a longer pause is left alone this long, in milliseconds; then only a person tries again. */
export const longestPause = 60 * 60 * 1_000;
/** A century: what is told beyond it is no longer a time. */
const beyond = 100 * 365 * 24 * 60 * 60 * 1_000;

const number = /^\d{1,15}(\.\d{1,15})?$/;
// The one form of a date that servers may send (RFC 9110 5.6.7).
const date = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** The moment a `Date` header says; nothing when it says none. */
export function dateOf(headers: Headers): Instant | undefined {
  const text = headers.get('date') ?? '';
  const at = date.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? undefined : at;
}

/**
 * How long a server asks to be left alone, in milliseconds: the longest of `retry-after-ms`, `x-ms-retry-after-ms` and
 * `Retry-After` (seconds or a date) that make sense, nothing when none asks for a pause. A date is compared with the
 * server's own clock where the answer tells it, else with `now`.
 */
export function retryAfter(headers: Headers, now: Instant): number | undefined {
  const told = [
    ...['retry-after-ms', 'x-ms-retry-after-ms'].map(name => amount(headers.get(name), 1)),
    amount(headers.get('retry-after'), 1_000),
    until(headers.get('retry-after'), dateOf(headers) ?? now),
  ];
  const longest = Math.max(...told);
  return longest > 0 ? Math.min(longest, beyond) : undefined;
}

function amount(text: string | null, unit: number): number {
  return text !== null && number.test(text) ? Math.ceil(Number(text) * unit) : 0;
}

function until(text: string | null, now: Instant): number {
  const at = text !== null && date.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? 0 : at - now;
}
