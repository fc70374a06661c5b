import type { Instant } from '../rules/decision.ts';

/** Why a typed time cannot be used; each has a sentence, `command.firstResponse.<code>`. */
export type MomentFault = 'notATime' | 'skipped' | 'future' | 'beforeOpening';
export type Moment = { readonly ok: true; readonly at: Instant } | { readonly ok: false; readonly code: MomentFault };

const form = /^(?:(\d{4})-(\d{2})-(\d{2})[ T])?(\d{2}):(\d{2})$/;
const refuse = (code: MomentFault): Moment => ({ ok: false, code });

/**
 * Reads a local time typed as `2026-03-05 14:30`, or `14:30` for today, strictly: nothing is guessed, and a date or a
 * time that does not exist is refused. A time the clocks show twice is the first of the two.
 */
export function parseMoment(text: string, limits: { readonly from: Instant; readonly now: Instant }): Moment {
  const found = form.exec(text.trim());
  if (found === null) return refuse('notATime');
  const today = new Date(limits.now);
  const number = (index: number, otherwise: number): number => {
    const digits = found[index];
    return digits === undefined ? otherwise : Number(digits);
  };
  const [year, month, day] = [
    number(1, today.getFullYear()),
    number(2, today.getMonth() + 1),
    number(3, today.getDate()),
  ];
  const [hour, minute] = [number(4, 0), number(5, 0)];
  if (hour > 23 || minute > 59 || year < 1970) return refuse('notATime');
  const date = new Date(year, month - 1, day, hour, minute);
  if (date.getFullYear() !== year || date.getMonth() !== month - 1 || date.getDate() !== day) return refuse('notATime');
  if (date.getHours() !== hour || date.getMinutes() !== minute) return refuse('skipped');
  const at = date.getTime();
  if (at > limits.now) return refuse('future');
  // The opening has seconds, what is typed has none: the minute of the opening itself counts as the opening.
  if (at + 60_000 <= limits.from) return refuse('beforeOpening');
  return { ok: true, at: Math.max(at, limits.from) };
}
