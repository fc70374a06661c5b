import type { CaseQuery, Desk, Grouping } from '../desk/desk.ts';
import type { DraftContent, DraftStore, PickedFile } from '../desk/drafts.ts';
import type { Result } from '../desk/errors.ts';
import type { Outbox } from '../desk/outbox.ts';
import type { Instant } from '../rules/decision.ts';
import type { Strings } from '../strings/strings.ts';
import type { Disposable } from './disposables.ts';
import type { Log } from './log.ts';
import type { SettingsReading } from './settingsSchema.ts';

/** The pages; the composition root loads them when first needed. */
export interface Pages {
  /** Starts a draft with what is known and opens its page. */
  newCase(prefill?: Partial<DraftContent>): Promise<void>;
  openDraft(id: string): Promise<void>;
  openCase(id: string): Promise<void>;
  /** Keeps content as a file that a draft can name; none where it is refused, which is told. */
  keepFile(content: {
    readonly name: string;
    readonly bytes?: Uint8Array<ArrayBuffer>;
  }): Promise<readonly PickedFile[]>;
  /** The case of the page in front, if one is. */
  activeCase(): string | undefined;
  /** The draft of the page in front, if one is. */
  activeDraft(): string | undefined;
}

/** How the Cases view is looked at; kept per workspace. */
export interface CasesLook {
  filter(): CaseQuery;
  setFilter(filter: CaseQuery): void;
  grouping(): Grouping;
  setGrouping(grouping: Grouping): void;
  /** Shows the next page of a group. */
  showMore(group: string): void;
  /** Reads everything again: cases, drafts, board. */
  refresh(): void;
}

/** The practice desk: sample cases under a clock that can be set, apart from everything that is the person's own. */
export interface Practice {
  /** Whether this window works on it. */
  on(): boolean;
  /** Brings the window there; a failure leaves it where it is. */
  open(): Promise<Result<void>>;
  leave(): Promise<void>;
  /** Puts fresh sample cases in the place of what is there. */
  anew(): Promise<Result<void>>;
  /** Sets its clock; without a time it shows the real one again. */
  setClock(at?: Instant): Promise<void>;
}

/** What commands, views and pages work with. Everything heavy is behind a function and loads when first asked for. */
export interface Services {
  readonly log: Log;
  readonly pages: Pages;
  readonly look: CasesLook;
  readonly practice: Practice;
  /** The clock of the desk in use: the practice desk has its own. */
  now(): Instant;
  strings(): Promise<Strings>;
  /** The settings with the team's policy laid over them. */
  settings(): Promise<SettingsReading>;
  /** The team's policy changed, and what `settings` answers with it; changes of settings VS Code tells by itself. */
  onDidChangePolicy(listener: () => void): Disposable;
  /** The window works on another desk now, or the clock of its desk was set. */
  onDidChangePlace(listener: () => void): Disposable;
  /** The desk in use, the person's own or the practice desk; opened once. A failure is answered again until a retry succeeds. */
  desk(): Promise<Result<Desk>>;
  drafts(): Promise<DraftStore>;
  /** What was written to the desk in use and not confirmed yet; nothing where the desk is on this machine. */
  outbox?(): Promise<Outbox | undefined>;
}
