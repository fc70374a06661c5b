import type { Decision, FactId, Refusal } from './decision.ts';
import { severities } from './profile.ts';
import type { Category, DutyId, Item, Profile, Severity, SeverityLevel, SeverityLock } from './profile.ts';

/** The highest severity a team lets its people propose, by category; it can tighten what the documents allow only. */
export type HighestSeverity = { readonly [Of in Category]?: Severity | undefined };

/** What decides which severities are open. */
export interface SeverityContext {
  readonly category: Category;
  /** Whether the organisation signed an advanced online service agreement (C-22). */
  readonly advancedAgreement: boolean;
  /** The team's own caps; no document is behind them. */
  readonly highestSeverity?: HighestSeverity | undefined;
}

/** Why a severity is closed: by the documents, or by the team. */
export type SeverityClosed = SeverityLock | 'teamCap';

/** A severity of a profile: open, or closed with the reason and the highest one open instead. */
export type SeverityChoice =
  | { readonly severity: Severity; readonly open: true; readonly facts: readonly FactId[] }
  | {
      readonly severity: Severity;
      readonly open: false;
      readonly code: SeverityClosed;
      readonly cap: Severity;
      readonly facts: readonly FactId[];
    };

const above = (one: Severity, other: Severity): boolean => severities.indexOf(one) < severities.indexOf(other);

function choice(level: SeverityLevel, context: SeverityContext): SeverityChoice {
  const { severity, locks } = level;
  const teamCap = context.highestSeverity?.[context.category] ?? 'A';
  const closed = locks.find(({ id }) =>
    id === 'technicalOnly' ? context.category !== 'technical' : !context.advancedAgreement,
  );
  if (closed !== undefined) {
    const cap = above(closed.cap, teamCap) ? teamCap : closed.cap;
    return { severity, open: false, code: closed.id, cap, facts: closed.facts };
  }
  if (!above(severity, teamCap)) {
    return { severity, open: true, facts: [...level.facts, ...locks.flatMap(({ facts }) => facts)] };
  }
  return { severity, open: false, code: 'teamCap', cap: teamCap, facts: [] };
}

/**
 * The severities of a profile from the most severe, each open or closed with its cap; empty where the profile knows no
 * severities (T-12). What the documents close stays closed whatever a team says. Facts: C-22, C-23, C-24, E-12.
 */
export function severityChoices(context: SeverityContext, profile: Profile): readonly SeverityChoice[] {
  return profile.severity?.levels.map(level => choice(level, context)) ?? [];
}

/** A severity that may not be proposed; `cap` is the highest one open, undefined where there are no severities. */
export interface SeverityRefusal extends Refusal<SeverityClosed | 'noSeverities'> {
  readonly cap: Severity | undefined;
}

/**
 * Whether this severity may be proposed. It never lowers one by itself: a refusal offers its `cap`.
 * Facts: C-22 (agreement), C-23 and C-24 (technical only, billing at most B).
 */
export function checkSeverity(
  severity: Severity,
  context: SeverityContext,
  profile: Profile,
): Extract<Decision<{ severity: Severity }, never>, { ok: true }> | SeverityRefusal {
  const found = severityChoices(context, profile).find(one => one.severity === severity);
  if (found === undefined) return { ok: false, code: 'noSeverities', cap: undefined, facts: profile.facts };
  if (!found.open) return { ok: false, code: found.code, cap: found.cap, facts: found.facts };
  return { ok: true, value: { severity }, facts: found.facts };
}

/** What the customer owes for a severity, in the order to ask for it; empty where nothing is stated. Facts: C-20. */
export function duties(severity: Severity, profile: Profile): readonly Item<DutyId>[] {
  return profile.severity?.levels.find(level => level.severity === severity)?.duties ?? [];
}

/** Support may lower the severity while it waits; `severity` is the present one, unchanged. */
export interface DowngradeWarning {
  readonly code: 'severityMayBeLowered';
  readonly severity: Severity;
  readonly facts: readonly FactId[];
}

/**
 * The warning to show while a case waits for the customer, or undefined: support is not waiting, the profile knows no
 * such rule, or the severity is the lowest already. It computes no lower severity. Facts: C-21.
 */
export function downgradeWarning(
  { severity, waitingForCustomer }: { readonly severity: Severity; readonly waitingForCustomer: boolean },
  profile: Profile,
): DowngradeWarning | undefined {
  const scheme = profile.severity;
  if (scheme?.mayBeLowered == null || !waitingForCustomer || scheme.levels.at(-1)?.severity === severity) {
    return undefined;
  }
  return { code: 'severityMayBeLowered', severity, facts: scheme.mayBeLowered.facts };
}
