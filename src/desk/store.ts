import type { Instant } from '../rules/decision.ts';
import type { Severity } from '../rules/profile.ts';
import type { CaseDetail, CaseSummary, StoredFile, TimelineEvent } from './case.ts';
import type { Counts, DeskChange, FileSource, Grouping } from './desk.ts';
import type { Result } from './errors.ts';
import type { Incident, NewSnapshot } from './health.ts';
import type { DeskStatus } from './words.ts';

/** What was written when a case was filed; it never changes. */
export type Filed = Pick<
  CaseDetail,
  'text' | 'impact' | 'resource' | 'contact' | 'details' | 'zone' | 'places' | 'filedFiles' | 'filedBy'
>;

/** A filed case as a store keeps it. The timeline is complete and in order. */
export interface CaseRecord {
  readonly summary: CaseSummary;
  readonly filed: Filed;
  readonly timeline: readonly TimelineEvent[];
}

/** Which cases a list or a count is about; all parts must hold, an absent part holds for every case. */
export interface CaseFilter {
  /** Each begins a word (see {@link searchWords}) of title, text or timeline of the case. */
  readonly words?: readonly string[];
  readonly status?: readonly DeskStatus[];
  readonly severity?: readonly (Severity | 'none')[];
  readonly service?: string;
  /** The reader is not of the team: words of notes for the team alone find nothing, and no summary counts them or their files. */
  readonly outside?: true;
}

/** A place in the order of a list: newest change first, the higher number first among equals. */
export interface ListPlace {
  readonly updatedAt: Instant;
  readonly number: number;
}

/** What a write answered, kept under its key so that a repeat answers the same. */
export interface KeptAnswer {
  /** Fingerprint of what was written. */
  readonly payload: string;
  readonly answer: string;
}

/**
 * What one use case does within one transaction. Everything is seen and kept together, or not at all. Its methods
 * reject when the storage fails; the store that runs the transaction turns that into an error.
 */
export interface Transaction {
  case(id: string): Promise<CaseRecord | undefined>;
  /** Keeps a new case and answers its number, unique within the store. */
  addCase(summary: Omit<CaseSummary, 'number'>, filed: Filed, events: readonly TimelineEvent[]): Promise<number>;
  /** Replaces the summary of a case and adds events to its timeline. */
  changeCase(summary: CaseSummary, events: readonly TimelineEvent[]): Promise<void>;
  incident(id: string): Promise<Incident | undefined>;
  addIncident(incident: Omit<Incident, 'number'>): Promise<number>;
  /** Replaces an incident and adds its newest posts, those from index `from` on. */
  changeIncident(incident: Incident, from: number): Promise<void>;
  /** Keeps a snapshot in place of the one of its source, and forgets those over at `now` and those too many. */
  keepSnapshot(snapshot: NewSnapshot, expires: Instant, now: Instant): Promise<void>;
  kept(caller: string, key: string): Promise<KeptAnswer | undefined>;
  keep(caller: string, key: string, at: Instant, kept: KeptAnswer): Promise<void>;
  /** Forgets answers kept before `before`. */
  forget(before: Instant): Promise<void>;
}

/** What keeps the cases of a ledger: one file on this machine, or a database server. */
export interface Store {
  /**
   * Runs `work` in one transaction. A failed answer undoes everything. Transactions may run at the same time, yet none
   * changes a case, an incident or an answer that another has asked for before that one has ended; where the store
   * cannot have it so at once it runs `work` again from the start, and answers `stillRunning` when a write under the
   * same key goes on for long. `work` waits for nothing but the methods of the transaction, since others may be waiting
   * for it.
   */
  transact<Value>(work: (within: Transaction) => Promise<Result<Value>>): Promise<Result<Value>>;
  /** At most `limit` cases after `after`, newest change first. */
  list(filter: CaseFilter, after: ListPlace | undefined, limit: number): Promise<Result<readonly CaseSummary[]>>;
  count(filter: CaseFilter, by: Grouping): Promise<Result<Counts>>;
  case(id: string): Promise<Result<CaseRecord | undefined>>;
  /** The newest changed incidents, at most `limit`, active ones first. */
  incidents(limit: number): Promise<Result<readonly Incident[]>>;
  /** The texts of snapshots that are not over at `now`. */
  snapshots(now: Instant): Promise<Result<readonly string[]>>;
  /** Keeps content by its hash; more than `limit` bytes are refused as soon as they are seen. */
  upload(source: FileSource, limit: number): Promise<Result<StoredFile>>;
  download(sha256: string): Promise<Result<Uint8Array>>;
  /**
   * The bytes from `from` to before `to`, piece by piece; no more is read than is asked for. Content lost since
   * `fileBytes` told of it makes the iteration throw. Who reads all of it checks the hash.
   */
  read(sha256: string, from: number, to: number): Promise<Result<AsyncIterable<Uint8Array>>>;
  /** How many bytes all texts and files have together, or a little more where that is quicker to tell. */
  used(): Promise<Result<number>>;
  /** How many bytes are kept under a hash; nothing when none are. */
  fileBytes(sha256: string): Promise<Result<number | undefined>>;
  /** A short text that differs whenever `text` does. */
  fingerprint(text: string): string;
  /** Tells of own changes at once and of those made elsewhere soon after. Call the answer to stop. */
  onDidChange(listener: (change: DeskChange) => void): () => void;
  close(): void;
}

/**
 * The words a text is found by, each once, without case, accents and points, so that every store finds the same:
 * Czech "příčina" is found by "pricina" and pointed Hebrew by unpointed.
 */
export function searchWords(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
  return [...new Set(plain.match(/[\p{L}\p{N}\p{Co}]+/gu))];
}

/** The words of a search as typed: a bounded number of bounded words, so that nothing pasted can make it slow. */
export function queryWords(text: string): string[] {
  return searchWords(text.slice(0, 1_000).toWellFormed())
    .slice(0, 12)
    .map(word => Array.from(word).slice(0, 40).join(''));
}
