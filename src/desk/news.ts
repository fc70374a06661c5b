import type { CaseDetail } from './case.ts';
import type { Desk } from './desk.ts';
import { statusGroups } from './lifecycle.ts';
import type { Instant } from '../rules/decision.ts';

/** A case that somebody else brought to where it needs the user. */
export interface News {
  readonly id: string;
  readonly number: number;
  readonly status: 'actionRequired' | 'resolved';
}

/** News of one desk, and the time up to which it is known. */
export interface Known {
  readonly news: readonly News[];
  readonly until: Instant;
}

/** How many changed cases are looked at; more than that is told as many all the same. */
const looked = 20;

/** What a change of the case means for `person`, the name the desk knows the user by; nothing for their own doing. */
function newsOf(of: CaseDetail, since: Instant, person: string | undefined): News | undefined {
  const { id, number, status } = of;
  if (status !== 'actionRequired' && status !== 'resolved') return undefined;
  const cause = of.timeline.findLast(({ kind }) => kind === 'informationRequested' || kind === 'resolved');
  return cause !== undefined && cause.at > since && cause.by.name !== person ? { id, number, status } : undefined;
}

/**
 * Reads what needs the user since a time of the desk's own clock; without one nothing is news yet. `follows` answers
 * nothing where the user said neither: then it counts whether they filed the case.
 */
export async function readNews(
  desk: Desk,
  since: Instant | undefined,
  follows: (caseId: string) => boolean | undefined,
): Promise<Known> {
  const unknown = { news: [], until: since ?? 0 };
  const changed = await desk.list({ status: statusGroups.needsYou }, { limit: looked });
  if (!changed.ok) return unknown;
  const until = Math.max(since ?? 0, ...changed.value.items.map(({ updatedAt }) => updatedAt));
  if (since === undefined) return { news: [], until };
  const news: News[] = [];
  const { person } = desk.capabilities();
  for (const { id } of changed.value.items.filter(({ updatedAt }) => updatedAt > since)) {
    if (follows(id) === false) continue;
    const found = await desk.get(id);
    if (!found.ok) return unknown;
    const mine = follows(id) ?? (person !== undefined && found.value.filedBy.name === person);
    const one = mine ? newsOf(found.value, since, person) : undefined;
    if (one !== undefined) news.push(one);
  }
  return { news, until };
}

/** Whether a clock time, in minutes of the day, lies in hours that may go over midnight; the end is no part of them. */
export function isQuiet(hours: { readonly start: string; readonly end: string } | null, minute: number): boolean {
  if (hours === null) return false;
  const [start = 0, end = 0] = [hours.start, hours.end].map(time => {
    const [hour, minutes] = time.split(':').map(Number);
    return (hour ?? 0) * 60 + (minutes ?? 0);
  });
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}
