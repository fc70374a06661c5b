import type { Instant } from '../rules/decision.ts';
import type { CaseAction, NewCase } from './case.ts';
import type { DeskError, Result } from './errors.ts';

/** What is to be written to a remote desk. */
export type Unsent =
  | { readonly kind: 'file'; readonly content: NewCase }
  | {
      readonly kind: 'act';
      readonly caseId: string;
      readonly action: CaseAction;
      /** The revision it was made against. */
      readonly revision: number;
      /** The title of the case as last seen. */
      readonly title?: string | undefined;
      /** The last event of the timeline that the person had seen: what came after it is news to them. */
      readonly seen?: number | undefined;
    };

/** Where an item stands. */
export type UnsentState =
  /** It is tried by itself, not before `nextTryAt` where that is known. */
  | { readonly kind: 'queued'; readonly nextTryAt?: Instant }
  /** A window is sending it now. */
  | { readonly kind: 'claimed' }
  /** It waits until the person signs in. */
  | { readonly kind: 'signedOut' }
  /** The desk refused it. It stays, and later items of its case wait, until the person acts. */
  | { readonly kind: 'needsYou'; readonly reason: DeskError }
  /** Too old to be sent without being asked for: the desk may no longer know whether it had it. */
  | { readonly kind: 'expired' };

export interface UnsentItem {
  /** Also the key under which it is written. */
  readonly id: string;
  readonly createdAt: Instant;
  /** How often it was tried; what was tried may have arrived. */
  readonly tries: number;
  readonly what: Unsent;
  readonly state: UnsentState;
  /** Who wrote it, by the name the desk knows them by; nobody else sends it. */
  readonly by?: string;
  /** The id of the desk it is for, where there are several. */
  readonly desk?: string;
}

/** Keeps the content of an item elsewhere; false leaves the item as it is. `file` reads one of its files by hash. */
export type TakeContent = (what: Unsent, file: (sha256: string) => Promise<Result<Uint8Array>>) => Promise<boolean>;

/** What was written and not confirmed by a remote desk yet, and what a person can do about it. */
export interface Outbox {
  /** Oldest first. */
  list(): Promise<Result<readonly UnsentItem[]>>;
  /** Has it sent again, with the same key. */
  retry(id: string): Promise<Result<void>>;
  /** Gives its content to `take`, and discards it once that has it: what is sent later has another key. */
  editAsNew(id: string, take: TakeContent): Promise<Result<void>>;
  discard(id: string): Promise<Result<void>>;
  /** Names of damaged files that were moved aside since the last call. */
  takeQuarantined(): readonly string[];
  /** Tells of changes by this and other windows; call the answer to stop. */
  onDidChange(listener: () => void): () => void;
}
