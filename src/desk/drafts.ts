import * as z from 'zod/mini';
import type { Instant } from '../rules/decision.ts';
import { categories, contactMethods, plans, profileIds, severities } from '../rules/profile.ts';
import { CodePlace, SeenIncident } from './case.ts';
import { limits } from './text.ts';
import type { Result } from './errors.ts';

const typed = (max: number) => z.string().check(z.maxLength(max));

/** A file picked for a draft: named by its URI and read only when the case is filed. */
export const PickedFile = z.object({
  uri: typed(4_000),
  name: typed(limits.fileName),
  bytes: z.int().check(z.nonnegative()),
});
export type PickedFile = z.infer<typeof PickedFile>;

/**
 * What has been typed so far, however unfinished. Texts may be far longer than a desk takes (a 1 MB title is kept, and
 * refused in words when filed), so that no keystroke is ever lost.
 */
const draftTextLimit = 4 * 1024 * 1024;
export const DraftContent = z.object({
  profile: z.enum(profileIds),
  plan: z.optional(z.enum(plans)),
  category: z.enum(categories),
  service: typed(draftTextLimit),
  title: typed(draftTextLimit),
  text: typed(draftTextLimit),
  severity: z.optional(z.enum(severities)),
  /** The desk it is filed at, where there are several; the person's own unless given. */
  desk: z.optional(typed(100)),
  impact: typed(draftTextLimit),
  resource: typed(draftTextLimit),
  contact: typed(draftTextLimit),
  details: z.optional(
    z.object({
      phone: z.optional(typed(draftTextLimit)),
      email: z.optional(typed(draftTextLimit)),
      contactMethod: z.optional(z.enum(contactMethods)),
      licenceId: z.optional(typed(draftTextLimit)),
      agreementNumber: z.optional(typed(draftTextLimit)),
    }),
  ),
  places: z.array(CodePlace),
  files: z.array(PickedFile),
  /** The first of two answers that severity A is meant. */
  severityAConfirmed: z.optional(z.boolean()),
  /** The answer to the health-first gate: the incidents shown when the person went on (G-07, A-21). */
  healthSeen: z.optional(z.array(z.string())),
  /** The incident from whose page the draft was begun. */
  healthAbout: z.optional(SeenIncident),
});
export type DraftContent = z.infer<typeof DraftContent>;

/** A draft on disk. `key` is the idempotency key its filing will use, made with the draft so that a crash cannot file it twice. */
export const Draft = z.object({
  id: z.uuid(),
  revision: z.int().check(z.positive()),
  updatedAt: z.int(),
  key: z.uuid(),
  content: DraftContent,
});
export type Draft = z.infer<typeof Draft>;

/** What was typed for a case and not sent. */
export interface Note {
  readonly text: string;
  /** Meant for the team alone; it is not unless this says so. */
  readonly teamOnly?: boolean;
  /** The title of the case as last seen. A note that names none is in no list. */
  readonly title?: string;
}

/** An unsent note as a list shows it. */
export interface KeptNote {
  readonly caseId: string;
  readonly title: string;
  readonly teamOnly: boolean;
  /** When it was last saved, by the clock of the disk. */
  readonly updatedAt: Instant;
}

/** Why a draft could not be written or read; each has a sentence in strings (`error.draft.<code>`). */
export type DraftError =
  /** Another window wrote `revision` first; nothing was overwritten. */
  | { readonly code: 'conflict'; readonly revision: number }
  | { readonly code: 'notFound' }
  | { readonly code: 'storageFull' }
  | { readonly code: 'storageReadOnly' }
  | { readonly code: 'failed' };

/** Drafts of cases and unsent notes on disk, safe for several windows: a revision is written by one window only. */
export interface DraftStore {
  list(): Promise<Result<readonly Draft[], DraftError>>;
  read(id: string): Promise<Result<Draft, DraftError>>;
  create(content: DraftContent): Promise<Result<Draft, DraftError>>;
  /** The same in two steps: the draft as it will be, and what puts it on the disk. */
  begin(content: DraftContent): { readonly draft: Draft; readonly create: () => Promise<Result<Draft, DraftError>> };
  /** Writes the revision after `revision`; a conflict when another window was first. */
  write(id: string, revision: number, content: DraftContent): Promise<Result<Draft, DraftError>>;
  discard(id: string): Promise<Result<void, DraftError>>;
  /** Names of damaged files that were moved aside since the last call; each is told to the user once. */
  takeQuarantined(): readonly string[];
  /** The unsent note of a case, which survives reloads; one without text where there is none. */
  readNote(caseId: string): Promise<Result<Note, DraftError>>;
  /** Keeps it in place of the one before; without text it is removed. */
  writeNote(caseId: string, note: Note): Promise<Result<void, DraftError>>;
  /** The unsent notes, the one saved last first. Their texts are not read for it. */
  notes(): Promise<Result<readonly KeptNote[], DraftError>>;
  onDidChange(listener: () => void): () => void;
  close(): void;
}
