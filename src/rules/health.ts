import type { Decision } from './decision.ts';
import type { Profile } from './profile.ts';

/** An incident of a health board, as far as the gate looks at it. */
export interface ListedIncident {
  readonly id: string;
  readonly service: string;
  /** Whether it still goes on. */
  readonly active: boolean;
}

/** The incidents that stand between a person and the form until they have seen them. */
export type HealthGate = Decision<{ readonly seen: readonly string[] }, 'incidentListed'> & {
  readonly incidents: readonly string[];
};

const same = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase() && one.trim() !== '';

/**
 * Health first, a soft gate: while the chosen service has active incidents that the person has not confirmed to have
 * seen (`seen`, their ids), it stays shut and names them; once confirmed it is open and repeats what was seen, to be
 * kept with the case. Facts: G-07, A-21 (T-38, any profile).
 */
export function healthGate(
  asked: {
    readonly service: string;
    readonly incidents: readonly ListedIncident[];
    readonly seen: readonly string[];
  },
  profile: Profile,
): HealthGate {
  const { facts } = profile.healthFirst;
  const listed = asked.incidents.filter(({ active, service }) => active && same(service, asked.service));
  const incidents = listed.map(({ id }) => id);
  const unseen = incidents.filter(id => !asked.seen.includes(id));
  if (unseen.length > 0) return { ok: false, code: 'incidentListed', incidents: unseen, facts };
  return { ok: true, value: { seen: incidents }, incidents: [], facts };
}
