import { effectiveSeverity, type CaseSummary } from '../desk/case.ts';
import type { Instant } from '../rules/decision.ts';
import type { Holiday, Reading } from '../rules/profile.ts';
import { profiles } from '../rules/profiles/index.ts';
import { responseTarget, targetState, targetUnderAllReadings, type TargetState } from '../rules/target.ts';

/** What the target of a case rests on besides the case: settings of the team. */
export interface TargetSettings {
  readonly reading: Reading;
  /** Keep the array: the rules cache by it. */
  readonly holidays: readonly Holiday[];
}

/** The target of a case as a list shows it. */
export type CaseTarget =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'due';
      readonly due: Instant;
      readonly reading: Reading | 'elapsed';
      /** The zone of the desk, where the target is an hour of its working day. */
      readonly zone: string | undefined;
      readonly state: TargetState;
      /** When `state` changes next by the clock alone. */
      readonly changesAt: Instant | undefined;
    };

const none: CaseTarget = { kind: 'none' };

/** The target of a case at `now`; none where the offer states none, or where the case no longer waits for a response. */
export function caseTarget(of: CaseSummary, settings: TargetSettings, now: Instant): CaseTarget {
  const profile = profiles[of.profile];
  const severity = effectiveSeverity(of);
  const ended = of.status === 'closed' || of.status === 'resolved';
  if (severity === undefined || (ended && of.firstResponseAt === undefined)) return none;
  const input = {
    openedAt: of.openedAt,
    severity,
    category: of.category,
    plan: of.plan,
    reading: settings.reading,
    holidays: settings.holidays,
  };
  const target = responseTarget(input, profile);
  const all = targetUnderAllReadings(input, profile);
  if (target.kind === 'none' || all.kind === 'none') return none;
  const state = targetState(all, now, of.firstResponseAt);
  // A target's own instant is still in time, so the state changes just after it.
  const boundary = {
    running: all.earliest,
    pastOneReading: all.latest,
    overdue: undefined,
    met: undefined,
    metLate: undefined,
  };
  const last = boundary[state];
  return {
    kind: 'due',
    due: target.due,
    reading: target.reading,
    zone: target.reading === 'elapsed' ? undefined : target.zone,
    state,
    changesAt: last === undefined ? undefined : last + 1,
  };
}

/** Whether the offer of a case gives its severities names (Critical, High, Non-critical). */
export function namesSeverities(of: Pick<CaseSummary, 'profile'>): boolean {
  return profiles[of.profile].severity?.levels.every(level => level.label !== 'unnamed') ?? false;
}
