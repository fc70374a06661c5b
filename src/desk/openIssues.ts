import type { OpenIncident } from '../rules/incidentMatch.ts';
import { isActive, type Incident } from './health.ts';
import { goesOn, type HealthReading } from './healthReading.ts';

/** An incident or advisory that goes on now, whoever tells of it. Its id is its own among all of them. */
export interface OpenIssue extends OpenIncident {
  /** A status of ours, or a word of the source. */
  readonly status: string;
}

/** What goes on now: on the board of the desk, then in the readings of sources. */
export function openIssues(board: readonly Incident[], readings: readonly HealthReading[]): readonly OpenIssue[] {
  const own = board
    .filter(({ status }) => isActive(status))
    .map(({ id, service, title, status }) => ({
      ...{ id, services: [service], title, status },
    }));
  const read = readings.flatMap(({ source, name, issues }) =>
    issues.filter(goesOn).map(({ id, services, title, feature, impact, status }) => ({
      ...{ id: `${source}/${id}`, reference: id, source: name, services, title, feature, impact, status },
    })),
  );
  return [...own, ...read];
}
