import type { FactId, Instant } from '../rules/decision.ts';
import type { Role, Severity } from '../rules/profile.ts';
import { missingFromDraft } from '../rules/completeness.ts';
import { eligibility } from '../rules/eligibility.ts';
import { profiles } from '../rules/profiles/index.ts';
import { checkSeverity, type HighestSeverity } from '../rules/severity.ts';
import type { DeskError } from './errors.ts';
import type { NewCase } from './case.ts';
import type { DeskRole } from './lifecycle.ts';

/** What the rules are asked: may this case be filed, or have this severity? */
export interface Admission {
  readonly why: 'file' | 'changeSeverity';
  /** The case as it would stand; `severity` is the one asked for. */
  readonly asked: Pick<
    NewCase,
    | 'profile'
    | 'plan'
    | 'category'
    | 'service'
    | 'title'
    | 'text'
    | 'severity'
    | 'impact'
    | 'resource'
    | 'contact'
    | 'details'
    | 'zone'
  >;
  readonly roles: readonly DeskRole[];
  readonly at: Instant;
}
/** Asks the rules; an error refuses. */
export type Admit = (admission: Admission) => DeskError | undefined;

/** What the team and the person say about themselves; the rules decide by it. */
export interface Standing {
  readonly role: Role;
  readonly advancedAgreement: boolean;
  readonly directSubscriptions: number;
  readonly partnerSubscriptions: number;
  /** The team's own caps (`checkSeverity`). */
  readonly highestSeverity?: HighestSeverity | undefined;
}

type Refused = { readonly code: string; readonly cap?: Severity | undefined; readonly facts: readonly FactId[] };
const refused = ({ code, cap, facts }: Refused): DeskError => ({
  code: 'refused',
  rule: code,
  facts,
  ...(cap === undefined ? {} : { cap }),
});

/**
 * Asks the rules core whether a case may be filed or its severity proposed: who may file, which severities are open, and
 * what the draft still lacks. `standing` is read at each question, so that settings may change in between.
 */
export function admitByRules(standing: () => Standing): Admit {
  return ({ why, asked }) => {
    const profile = profiles[asked.profile];
    const { role, advancedAgreement, highestSeverity, ...subscriptions } = standing();
    const { category, severity } = asked;
    const open = severity && checkSeverity(severity, { category, advancedAgreement, highestSeverity }, profile);
    if (why === 'file') {
      const may = eligibility({ role, ...subscriptions }, profile);
      if (!may.ok) return refused(may);
      if (!profile.categories.some(row => row.category === category)) {
        return { code: 'invalid', issues: [{ path: 'category', code: 'invalid' }] };
      }
    }
    if (open && !open.ok) return refused(open);
    const missing = why === 'file' ? missingFromDraft({ ...asked, ...asked.details }, profile) : [];
    if (missing.length === 0) return undefined;
    return { code: 'invalid', issues: missing.map(({ field }) => ({ path: field, code: 'required' })) };
  };
}
