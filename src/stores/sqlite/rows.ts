import type { SQLOutputValue } from 'node:sqlite';
import type { CaseSummary, TimelineEvent } from '../../desk/case.ts';
import { CodePlace, Details, StoredFile } from '../../desk/case.ts';
import type { Incident } from '../../desk/health.ts';
import { Classification, HealthStatus, IncidentPost } from '../../desk/health.ts';
import type { Filed } from '../../desk/store.ts';
import { closeReasons, deskStatuses } from '../../desk/words.ts';
import { categories, plans, profileIds, severities } from '../../rules/profile.ts';
import type { Row, Tuple } from './connection.ts';

/** Columns of a case as a list needs them. */
export const summaryColumns = `number, id, revision, profile, plan, category, service, title, status, close_reason,
  severity_proposed, severity_set, opened_at, updated_at, first_response_at, vendor_number, notes, files`;

// Lists read hundreds of rows at a time, so a row is checked by hand; zod would double the time of a page.
function text(value: SQLOutputValue | undefined): string {
  if (typeof value === 'string') return value;
  throw new TypeError('a text is missing in the database');
}
export function int(value: SQLOutputValue | undefined): number {
  if (typeof value === 'number') return value;
  throw new TypeError('a number is missing in the database');
}
function word<Word extends string>(words: readonly Word[], value: SQLOutputValue | undefined): Word {
  const found = words.find(known => known === value);
  if (found !== undefined) return found;
  throw new TypeError('an unknown word is in the database');
}

/** A row of {@link summaryColumns}. */
export function summaryOf(row: Tuple): CaseSummary {
  const [number, id, revision, profile, plan, category, service, title, status, reason] = row;
  const [proposed, set, openedAt, updatedAt, responded, vendorNumber, notes, files] = row.slice(10);
  const summary: CaseSummary = {
    id: text(id),
    number: int(number),
    revision: int(revision),
    profile: word(profileIds, profile),
    category: word(categories, category),
    service: text(service),
    title: text(title),
    status: word(deskStatuses, status),
    openedAt: int(openedAt),
    updatedAt: int(updatedAt),
    notes: int(notes),
    files: int(files),
  };
  if (plan !== null) summary.plan = word(plans, plan);
  if (reason !== null) summary.closeReason = word(closeReasons, reason);
  if (proposed !== null) summary.severityProposed = word(severities, proposed);
  if (set !== null) summary.severitySet = word(severities, set);
  if (responded !== null) summary.firstResponseAt = int(responded);
  if (vendorNumber !== null) summary.vendorNumber = text(vendorNumber);
  return summary;
}

function listOf<Item>(schema: { parse(item: unknown): Item }, value: SQLOutputValue | undefined): Item[] {
  const list: unknown = JSON.parse(text(value));
  if (!Array.isArray(list)) throw new TypeError('a list is missing in the database');
  return list.map(item => schema.parse(item));
}

export function filedOf(row: Row): Filed {
  const details = row['details'];
  return {
    ...(details === null ? {} : { details: Details.parse(JSON.parse(text(details))) }),
    text: text(row['text']),
    impact: text(row['impact']),
    resource: text(row['resource']),
    contact: text(row['contact']),
    zone: text(row['zone']),
    places: listOf(CodePlace, row['places']),
    filedFiles: listOf(StoredFile, row['files']),
    filedBy: { name: text(row['by']) },
  };
}

/** An event as it was written. It was parsed then and never changes; parsing it again would triple the time of reading. */
export function eventOf(row: Row): TimelineEvent {
  const event: unknown = JSON.parse(text(row['event']));
  if (typeof event === 'object' && event !== null && 'kind' in event && 'seq' in event) return event as TimelineEvent;
  throw new TypeError('an event is damaged in the database');
}

export function incidentOf(row: Row, posts: readonly Row[]): Incident {
  return {
    id: text(row['id']),
    number: int(row['number']),
    revision: int(row['revision']),
    service: text(row['service']),
    title: text(row['title']),
    classification: Classification.parse(row['classification']),
    status: HealthStatus.parse(row['status']),
    startedAt: int(row['started_at']),
    updatedAt: int(row['updated_at']),
    posts: posts.map(({ at, by, status, text }) => IncidentPost.parse({ at, by: { name: by }, status, text })),
  };
}
