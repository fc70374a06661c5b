import type { FactId } from './decision.ts';
import type { DraftField, DutyId, Profile, Severity } from './profile.ts';
import { duties } from './severity.ts';

/** What of a draft the rules look at; a text that is not there yet is undefined or blank. */
export type DraftLike = Readonly<Partial<Record<DraftField, string | undefined>>> & {
  readonly severity?: Severity | undefined;
};

/** A field that still has to be filled in, and the facts that ask for it. */
export interface MissingField {
  readonly field: DraftField;
  readonly code: 'fieldMissing' | 'oneFieldMissing' | 'dutyMissing';
  /** The fields of which one is enough (`oneFieldMissing`: V-05). */
  readonly anyOf: readonly DraftField[];
  readonly facts: readonly FactId[];
}

/** The field of a draft in which a duty is met. */
export const dutyField = {
  impactStatement: 'impact',
  namedResource: 'resource',
  reachableContact: 'contact',
} as const satisfies Record<DutyId, DraftField>;

/** Spaces, control and format characters alone say nothing. */
const isBlank = (text: string | undefined): boolean => !/[^\p{Z}\p{C}]/u.test(text ?? '');

/**
 * What a draft still lacks under a profile, in the order to ask for it; empty when it can be filed. Without a severity
 * the duties are those of the lowest one. Facts: C-20 (duties), E-03 and E-06, G-16, V-05 (either of two fields).
 */
export function missingFromDraft(draft: DraftLike, profile: Profile): readonly MissingField[] {
  const missing: MissingField[] = [];
  for (const { fields, facts } of profile.fields) {
    if (fields.every(field => isBlank(draft[field]))) {
      const code = fields.length > 1 ? 'oneFieldMissing' : 'fieldMissing';
      missing.push({ field: fields[0], code, anyOf: fields, facts });
    }
  }
  for (const duty of duties(draft.severity ?? 'C', profile)) {
    const field = dutyField[duty.id];
    if (isBlank(draft[field])) missing.push({ field, code: 'dutyMissing', anyOf: [field], facts: duty.facts });
  }
  return missing;
}
