import type { Instant } from '../rules/decision.ts';

/** Why a typed time cannot be used; each has a sentence, `command.firstResponse.<code>`. */
export type MomentFault = 'notATime' | 'skipped' | 'future' | 'beforeOpening';
export type Moment = { readonly ok: true; readonly at: Instant } | { readonly ok: false; readonly code: MomentFault };

const written = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})$/;
const refuse = (code: MomentFault): Moment => ({ ok: false, code });

interface Limits {
  readonly from: Instant;
  readonly now: Instant;
  /** The latest time that holds; now, unless given. */
  readonly until?: Instant;
}

/** A time as it is written; a day and a clock time that do not exist come back as others. */
function write(at: Date, offset = at.getTimezoneOffset()): string {
  return new Date(at.getTime() - offset * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}

/**
 * Reads a local time typed as `2026-03-05 14:30`, or `14:30` for today, strictly: nothing is guessed, and a date or a
 * time that does not exist is refused. A time the clocks show twice is the first of the two.
 */
export function parseMoment(text: string, limits: Limits): Moment {
  const typed = text.trim().replace('T', ' ');
  const full = typed.includes(' ') ? typed : `${write(new Date(limits.now)).slice(0, 10)} ${typed}`;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = written.exec(full)?.slice(1).map(Number) ?? [];
  const exists = write(new Date(Date.UTC(year, month - 1, day, hour, minute)), 0) === full;
  if (!exists || year < 1970) return refuse('notATime');
  const found = new Date(year, month - 1, day, hour, minute);
  // A time that the clocks skip comes back as another one.
  if (write(found) !== full) return refuse('skipped');
  const at = found.getTime();
  if (at > (limits.until ?? limits.now)) return refuse('future');
  // The opening has seconds, what is typed has none: the minute of the opening itself counts as the opening.
  if (at + 60_000 <= limits.from) return refuse('beforeOpening');
  return { ok: true, at: Math.max(at, limits.from) };
}
