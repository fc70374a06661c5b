import type { Instant } from '../rules/decision.ts';
import type { Severity } from '../rules/profile.ts';
import type { ActionKind, CaseAction, CaseDetail, CaseSummary, DeskStatus, NewCase, StoredFile } from './case.ts';
import type { DeskError, Result } from './errors.ts';
import type { Incident, NewIncident, NewPost, NewSnapshot, Published } from './health.ts';
import type { DeskRole } from './lifecycle.ts';

/** Names a write so that a repeat of it answers the same and does nothing twice; a UUID made before the first try. */
export interface NewWrite {
  readonly key: string;
}
/** A write to something that exists also names the revision it was made against; a stale one is a conflict. */
export interface Write extends NewWrite {
  readonly revision: number;
}

/** Which cases a list holds. All given parts must hold; `text` is full-text over title, text and notes. */
export interface CaseQuery {
  readonly text?: string;
  readonly status?: readonly DeskStatus[];
  readonly severity?: readonly (Severity | 'none')[];
  readonly service?: string;
}
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Opaque; give it back to go on. Absent on the last page. */
  readonly next?: string;
}
export interface PageRequest {
  readonly cursor?: string;
  /** At most 200. */
  readonly limit: number;
}

export const groupings = ['status', 'severity', 'service'] as const;
export type Grouping = (typeof groupings)[number];
/** How many cases of a query fall under each value of a grouping; severity uses `none` where no severity is set. */
export type Counts = readonly { readonly value: string; readonly count: number }[];

/** Content on its way to a desk. `chunks` is read once; it may throw {@link FileGone}. */
export interface FileSource {
  readonly name: string;
  chunks(): AsyncIterable<Uint8Array>;
}

export interface Capabilities {
  readonly id: string;
  /** What this desk can do at all; each case also says what is allowed on it now. */
  readonly actions: readonly ActionKind[];
  readonly fileBytes: number;
  readonly incidents: boolean;
  /** Whether a note can be for the team alone. */
  readonly teamNotes: boolean;
  /** Whether it keeps snapshots of service health; desks of older versions do not. */
  readonly healthSnapshots?: boolean | undefined;
  /** What the caller is to this desk. */
  readonly roles: readonly DeskRole[];
  /** The name the desk knows the caller by, where several people use it. */
  readonly person?: string;
}

/** Which of several desks is meant: one by its id, or the one that holds a case. A desk by itself is always the one meant. */
export interface Where {
  readonly desk?: string;
  readonly caseId?: string;
}

/** One of several desks, and why it cannot be asked at the moment, where it cannot. */
export interface DeskMember {
  readonly id: string;
  readonly name: string;
  readonly trouble?: DeskError;
}

/** What changed, as narrowly as the desk knows; without ids anything may have. */
export interface DeskChange {
  readonly cases?: readonly string[];
  readonly incidents?: boolean;
}

/** A published snapshot, and the name of the desk that keeps it, where there are several. */
export interface KeptSnapshot {
  readonly text: string;
  readonly desk?: string;
}

/** What holds cases. One interface for the local desk, a team desk and every remote desk. */
export interface Desk {
  capabilities(where?: Where): Capabilities;
  /** The desks this one is made of, the person's own first; a desk by itself leaves it out. */
  members?(): readonly DeskMember[];
  /** Newest change first. */
  list(query: CaseQuery, page: PageRequest): Promise<Result<Page<CaseSummary>>>;
  count(query: CaseQuery, by: Grouping): Promise<Result<Counts>>;
  get(id: string): Promise<Result<CaseDetail>>;
  /** Files a case: it is `open` from then on and its target runs. */
  file(draft: NewCase, write: NewWrite, where?: Where): Promise<Result<CaseDetail>>;
  /** The id of the case that was filed under this key, if one was: how a draft learns that it was filed before a crash. */
  filedAs(key: string): Promise<Result<string | undefined>>;
  /** Does one thing to a filed case. */
  act(id: string, action: CaseAction, write: Write): Promise<Result<CaseDetail>>;
  /** Keeps content so that a later `file` or `act` can name it. Repeating it is harmless: content is kept by hash. */
  upload(source: FileSource, where?: Where): Promise<Result<StoredFile>>;
  download(sha256: string, where?: Where): Promise<Result<Uint8Array>>;
  /** The board of incidents, active ones first, newest change first. */
  incidents(): Promise<Result<readonly Incident[]>>;
  recordIncident(incident: NewIncident, write: NewWrite, where?: Where): Promise<Result<Incident>>;
  postToIncident(id: string, post: NewPost, write: Write): Promise<Result<Incident>>;
  /** What people have published of service health, as it came: nothing of it holds before its signature does. */
  healthSnapshots(): Promise<Result<readonly KeptSnapshot[]>>;
  publishHealth(snapshot: NewSnapshot, write: NewWrite, where?: Where): Promise<Result<Published>>;
  /**
   * When what was read last was true, where it was remembered because the desk could not be reached: of a case, or of
   * lists and counts. Nothing where it is from now.
   */
  asOf?(caseId?: string): Instant | undefined;
  /** Asks again at once what is left alone for a while because it could not be asked. */
  retry?(): void;
  /** Tells of changes by this and other windows; call the answer to stop. */
  onDidChange(listener: (change: DeskChange) => void): () => void;
  close(): void;
}
