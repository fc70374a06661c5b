import type { FactId, Instant } from '../rules/decision.ts';
import type { Severity } from '../rules/profile.ts';
import type { ActionKind, CaseStatus } from './case.ts';

/** A value or a typed error; desks never throw for what can go wrong in use. */
export type Result<Value, Failure = DeskError> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Failure };

export const ok = <Value>(value: Value): Result<Value, never> => ({ ok: true, value });
export const fail = <Failure>(error: Failure): Result<never, Failure> => ({ ok: false, error });

/** A field that did not hold; `path` names it (`title`, `files.0.name`), the sentence lives in strings by `code`. */
export interface FieldIssue {
  readonly path: string;
  readonly code: 'required' | 'tooLong' | 'invalid';
  /** The longest length allowed, with `tooLong`. */
  readonly limit?: number;
}

/** Everything a desk can answer other than what was asked for; each code has a sentence in strings (`error.<code>`). */
export type DeskError =
  | { readonly code: 'notFound' }
  /** The case changed since `revision`; the caller keeps the user's text and shows the newer case. */
  | { readonly code: 'conflict'; readonly revision: number }
  /** The lifecycle does not know this step; `status` is where the case stands. */
  | { readonly code: 'impossible'; readonly action: ActionKind; readonly status: CaseStatus }
  | { readonly code: 'alreadyRecorded'; readonly action: ActionKind }
  | { readonly code: 'notYours'; readonly action: ActionKind | 'writeToBoard' }
  /** A rule of the profile or of the team refuses; `rule` is its code, `facts` its source, `cap` the severity left. */
  | {
      readonly code: 'refused';
      readonly rule: string;
      readonly facts: readonly FactId[];
      readonly cap?: Severity;
    }
  | { readonly code: 'invalid'; readonly issues: readonly FieldIssue[] }
  | { readonly code: 'fileTooLarge'; readonly name: string; readonly limit: number }
  | { readonly code: 'fileGone'; readonly name: string }
  /** The case holds as many bytes of texts and files as the desk takes on one. */
  | { readonly code: 'caseFull'; readonly limit: number }
  /** All cases and files together have as many bytes as the desk takes. */
  | { readonly code: 'quotaReached'; readonly limit: number }
  /** The same idempotency key came with another payload. */
  | { readonly code: 'keyReused' }
  | { readonly code: 'busy' }
  | { readonly code: 'storageFull' }
  | { readonly code: 'storageReadOnly' }
  | { readonly code: 'newerDatabase'; readonly found: number; readonly known: number }
  | { readonly code: 'sqliteMissing' }
  /** A remote desk gave no answer: no network, too slow, or out of order. What was to be written can be tried again. */
  | { readonly code: 'unreachable' }
  /** A remote desk answered with what no desk says, such as the sign-in page of a network. */
  | { readonly code: 'notADesk' }
  /** What answers at the address of a remote desk cannot prove that it is that desk; nothing was sent to it. */
  | { readonly code: 'untrusted' }
  /** A remote desk does not know the caller: nobody is signed in there, or no longer. */
  | { readonly code: 'signedOut' }
  /** A remote desk asks to be left alone, until `until` where it says so. */
  | { readonly code: 'throttled'; readonly until?: Instant }
  /** The first try of the same write is still being worked on. */
  | { readonly code: 'stillRunning' }
  /** No answer yet, but nothing to do for the caller: it is kept on disk as `item` and sent when the desk can be reached. */
  | { readonly code: 'queued'; readonly item: string }
  /** Kept from before: `by` wrote it, and a remote desk knows the caller as somebody else now. */
  | { readonly code: 'otherWriter'; readonly by: string }
  | { readonly code: 'failed' };
