import type { CaseSummary, TimelineEvent } from '../desk/case.ts';
import { CodePlace, Details, effectiveSeverity, StoredFile } from '../desk/case.ts';
import type { Incident } from '../desk/health.ts';
import { Classification, HealthStatus, IncidentPost } from '../desk/health.ts';
import type { Filed } from '../desk/store.ts';
import { closeReasons, deskStatuses } from '../desk/words.ts';
import { categories, plans, profileIds, severities } from '../rules/profile.ts';

// What the stores have in common: the columns of their tables, and how a row of them is read and written.

/** A row as a list in the order of its columns. */
export type Tuple = readonly unknown[];
/** What both databases take as it is. */
export type Value = string | number | null;

/** Columns of a case as a list needs them. */
export const summaryColumns = `number, id, revision, profile, plan, category, service, title, status, close_reason,
  severity_proposed, severity_set, opened_at, updated_at, first_response_at, vendor_number, notes, files`;

// Lists read hundreds of rows at a time, so a row is checked by hand; zod would double the time of a page.
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError('a text is missing in the database');
}
export function int(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new TypeError('a number is missing in the database');
}
function word<Word extends string>(words: readonly Word[], value: unknown): Word {
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

function listOf<Item>(schema: { parse(item: unknown): Item }, value: unknown): Item[] {
  const list: unknown = JSON.parse(text(value));
  if (!Array.isArray(list)) throw new TypeError('a list is missing in the database');
  return list.map(item => schema.parse(item));
}

/** Columns of a case that are written once. */
export const filedColumns = 'text, impact, resource, contact, zone, places, files, by, details';

/** A row of {@link filedColumns}. */
export function filedOf(row: Tuple): Filed {
  const [description, impact, resource, contact, zone, places, files, by, details] = row;
  return {
    ...(details === null ? {} : { details: Details.parse(JSON.parse(text(details))) }),
    text: text(description),
    impact: text(impact),
    resource: text(resource),
    contact: text(contact),
    zone: text(zone),
    places: listOf(CodePlace, places),
    filedFiles: listOf(StoredFile, files),
    filedBy: { name: text(by) },
  };
}
/** Values for {@link filedColumns}. */
export function filedValues(filed: Filed): Value[] {
  const { impact, resource, contact, details, zone, places, filedFiles, filedBy } = filed;
  const lists = [JSON.stringify(places), JSON.stringify(filedFiles)];
  const more = details === undefined ? null : JSON.stringify(details);
  return [filed.text, impact, resource, contact, zone, ...lists, filedBy.name, more];
}

/** Columns of a case that change, in the order of {@link caseValues}. */
export const caseColumns = [
  ...['revision', 'profile', 'plan', 'category', 'service', 'title', 'status', 'close_reason', 'severity_proposed'],
  ...['severity_set', 'severity', 'opened_at', 'updated_at', 'first_response_at', 'vendor_number', 'notes', 'files'],
];
/** The severity a case is counted under. */
export const severityOf = (summary: Omit<CaseSummary, 'number'>): string => effectiveSeverity(summary) ?? 'none';
export function caseValues(summary: Omit<CaseSummary, 'number'>): Value[] {
  const { revision, profile, plan, category, service, title, status, closeReason, severityProposed } = summary;
  const { severitySet, openedAt, updatedAt, firstResponseAt, vendorNumber, notes, files } = summary;
  return [
    ...[revision, profile, plan ?? null, category, service, title, status, closeReason ?? null],
    ...[severityProposed ?? null, severitySet ?? null, severityOf(summary), openedAt, updatedAt],
    ...[firstResponseAt ?? null, vendorNumber ?? null, notes, files],
  ];
}

/** What of an event can be searched: its text and the vendor's number. */
export function eventText(event: TimelineEvent): string {
  if (event.kind === 'vendorNumberRecorded') return event.vendorNumber;
  return 'text' in event ? event.text : '';
}

/** An event as it was written. It was parsed then and never changes; parsing it again would triple the time of reading. */
export function eventOf(event: unknown): TimelineEvent {
  if (typeof event === 'object' && event !== null && 'kind' in event && 'seq' in event) return event as TimelineEvent;
  throw new TypeError('an event is damaged in the database');
}

/** Columns of an incident without its posts. */
export const incidentColumns = 'number, id, revision, service, title, classification, status, started_at, updated_at';

/** A row of {@link incidentColumns}. */
export function incidentOf(row: Tuple, posts: readonly unknown[]): Incident {
  const [number, id, revision, service, title, classification, status, startedAt, updatedAt] = row;
  return {
    id: text(id),
    number: int(number),
    revision: int(revision),
    service: text(service),
    title: text(title),
    classification: Classification.parse(classification),
    status: HealthStatus.parse(status),
    startedAt: int(startedAt),
    updatedAt: int(updatedAt),
    posts: posts.map(post => IncidentPost.parse(post)),
  };
}
