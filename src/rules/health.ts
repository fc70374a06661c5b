import type { Decision } from './decision.ts';
import { matchIncidents, type DraftWords, type IncidentMatch, type OpenIncident } from './incidentMatch.ts';
import type { Profile } from './profile.ts';

/** The incidents that stand between a person and the form until they have seen them. */
export type HealthGate = Decision<{ readonly seen: readonly string[] }, 'incidentListed'> & {
  /** What the draft may be about, as {@link matchIncidents} answers it. */
  readonly matches: readonly IncidentMatch[];
  /** Ids of those that were not seen yet. */
  readonly unseen: readonly string[];
};

/**
 * Health first, a soft gate: while there are open incidents on the chosen service, or ones the words of the draft speak
 * for, that the person has not confirmed to have seen (`seen`, their ids), it stays shut and names them; once confirmed it
 * is open and repeats what was seen, to be kept with the case. Facts: G-07, A-21 (T-38, any profile).
 */
export function healthGate(
  asked: {
    readonly draft: DraftWords;
    readonly incidents: readonly OpenIncident[];
    readonly seen: readonly string[];
  },
  profile: Profile,
): HealthGate {
  const { facts } = profile.healthFirst;
  const matches = matchIncidents(asked.draft, asked.incidents);
  const ids = matches.map(({ id }) => id);
  const unseen = ids.filter(id => !asked.seen.includes(id));
  if (unseen.length > 0) return { ok: false, code: 'incidentListed', matches, unseen, facts };
  return { ok: true, value: { seen: ids }, matches, unseen, facts };
}
