import type { OpenIncident } from '../rules/incidentMatch.ts';
import { isActive, type Incident } from './health.ts';
import type { SeenIncident } from './case.ts';
import { goesOn, type HealthReading } from './healthReading.ts';
import { cleanLine, limits } from './text.ts';

/** An incident or advisory that goes on now, whoever tells of it. Its id is its own among all of them. */
export interface OpenIssue extends OpenIncident {
  /** A status of ours, or a word of the source. */
  readonly status: string;
  /** Where it is told of, and its id there. */
  readonly at: Pick<SeenIncident, 'source' | 'id'>;
}

/** The id among all of them. */
export const issueId = ({ source, id }: Pick<SeenIncident, 'source' | 'id'>): string =>
  source === undefined ? id : `${source}/${id}`;

const cut = (text: string, most: number): string => cleanLine(cleanLine(text).slice(0, most).toWellFormed());

/** An incident as it is kept with a case for which it was shown; texts of sources may be longer. */
export function seenIncident(
  { at, services, title, status }: Pick<OpenIssue, 'at' | 'services' | 'title' | 'status'>,
  answer: SeenIncident['answer'],
): SeenIncident {
  const { source, id } = at;
  return {
    ...(source !== undefined && { source }),
    ...{ id: cut(id, 200), title: cut(title, limits.title), service: cut(services.join(', '), limits.line) },
    ...{ status: cut(status, 100), answer },
  };
}

/** What goes on now: on the board of the desk, then in the readings of sources. */
export function openIssues(board: readonly Incident[], readings: readonly HealthReading[]): readonly OpenIssue[] {
  const own = board
    .filter(({ status }) => isActive(status))
    .map(({ id, service, title, status }) => ({
      ...{ id, at: { id }, services: [service], title, status },
    }));
  const read = readings.flatMap(({ source, name, issues }) =>
    issues.filter(goesOn).map(({ id, services, title, feature, impact, status }) => ({
      ...{ id: issueId({ source, id }), at: { source, id }, reference: id, source: name },
      ...{ services, title, feature, impact, status },
    })),
  );
  return [...own, ...read];
}
