import type { Instant } from '../rules/decision.ts';
import type { Holiday, Severity } from '../rules/profile.ts';
import { profiles } from '../rules/profiles/index.ts';
import { supportHours } from '../rules/hours.ts';
import { targetState, targetUnderAllReadings, type TargetState } from '../rules/target.ts';

export const hour = 3_600_000;
export const day = 24 * hour;

/** The support offer of the sample cases: the one whose targets have readings, and hours in which its clock stands still. */
export const practiceOffer = 'm365China';
const offer = profiles[practiceOffer];
const hoursAt = (at: Instant) => supportHours({ category: 'technical' }, offer, at);

/** When support opens next, after closing first where it is open now; undefined where no instant can say. */
export function nextSupportOpening(now: Instant): Instant | undefined {
  const hours = hoursAt(now);
  if (hours.state === 'closed') return hours.nextOpening;
  return hours.state === 'open' && hours.closesAt !== undefined ? nextSupportOpening(hours.closesAt) : undefined;
}

/** Where practice begins: now, or an hour before support last opened, so that a clock that stands still can be seen. */
export function practiceStart(now: Instant): Instant {
  const hours = hoursAt(now);
  if (hours.state !== 'open' || hours.closesAt === undefined) return now;
  // Support closes at the end of a day, so a day before that it was closed too.
  const opened = nextSupportOpening(hours.closesAt - day);
  return opened === undefined ? now : opened - hour;
}

const longestSearch = 60 * 24;

/** The latest whole number of hours before `now` at which a technical case was opened whose target stands so now and for hours to come. */
export function openedFor(
  state: TargetState,
  severity: Severity,
  now: Instant,
  holidays: readonly Holiday[],
): Instant | undefined {
  for (let hours = 1; hours <= longestSearch; hours++) {
    const openedAt = now - hours * hour;
    const all = targetUnderAllReadings({ openedAt, severity, category: 'technical', holidays }, offer);
    if (all.kind === 'none') return undefined;
    if (targetState(all, now) === state && targetState(all, now + 4 * hour) === state) return openedAt;
  }
  return undefined;
}
