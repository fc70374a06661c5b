import { DateTime } from 'luxon';
import type { Instant } from '../rules/decision.ts';

/** Why a typed time cannot be used; each has a sentence, `command.firstResponse.<code>`. */
export type MomentFault = 'notATime' | 'skipped' | 'future' | 'beforeOpening';
export type Moment = { readonly ok: true; readonly at: Instant } | { readonly ok: false; readonly code: MomentFault };

const day = 'yyyy-MM-dd';
const clock = 'HH:mm';
const refuse = (code: MomentFault): Moment => ({ ok: false, code });

interface Limits {
  readonly from: Instant;
  readonly now: Instant;
  /** The latest time that holds; now, unless given. */
  readonly until?: Instant;
}

/**
 * Reads a local time typed as `2026-03-05 14:30`, or `14:30` for today, strictly: nothing is guessed, and a date or a
 * time that does not exist is refused. A time the clocks show twice is the first of the two.
 */
export function parseMoment(text: string, limits: Limits): Moment {
  const typed = text.trim().replace('T', ' ');
  const full = typed.includes(' ') ? typed : `${DateTime.fromMillis(limits.now).toFormat(day)} ${typed}`;
  const found = DateTime.fromFormat(full, `${day} ${clock}`);
  // luxon takes 24:00 as the next day's midnight; typed here, it is a slip.
  if (!found.isValid || found.year < 1970 || full.endsWith('24:00')) return refuse('notATime');
  // A time that the clocks skip comes back as another one.
  if (found.toFormat(`${day} ${clock}`) !== full) return refuse('skipped');
  const at = Math.min(...found.getPossibleOffsets().map(one => one.toMillis()));
  if (at > (limits.until ?? limits.now)) return refuse('future');
  // The opening has seconds, what is typed has none: the minute of the opening itself counts as the opening.
  if (at + 60_000 <= limits.from) return refuse('beforeOpening');
  return { ok: true, at: Math.max(at, limits.from) };
}
