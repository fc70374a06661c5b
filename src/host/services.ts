import type { CaseDetail } from '../desk/case.ts';
import type { CaseQuery, Desk, Grouping } from '../desk/desk.ts';
import type { DraftContent, DraftStore, PickedFile } from '../desk/drafts.ts';
import type { Result } from '../desk/errors.ts';
import type { Outbox } from '../desk/outbox.ts';
import type { Instant } from '../rules/decision.ts';
import type { Strings } from '../strings/strings.ts';
import type { Disposable } from './disposables.ts';
import type { Log } from './log.ts';
import type { KeptSignIn } from './secrets.ts';
import type { Connection, SettingsReading } from './settingsSchema.ts';

/** The pages; the composition root loads them when first needed. */
export interface Pages {
  /** Starts a draft with what is known and opens its page. */
  newCase(prefill?: Partial<DraftContent>): Promise<void>;
  openDraft(id: string): Promise<void>;
  /** `note`: with the note box focused. */
  openCase(id: string, at?: 'note'): Promise<void>;
  /** Shows the unsent note of a case as it is on disk, where its page is open. */
  showNote(id: string): Promise<void>;
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

/** The desks the user has connected. */
export interface Connections {
  /** The origin an address means, in punycode; nothing where it is not the address of a desk. */
  originOf(address: string): string | undefined;
  /**
   * Keeps a sign-in to a desk whose origin the user was shown and agreed to. Where the desk knows them, it is connected;
   * where it does not, or cannot be asked, everything is as before.
   */
  connect(connection: Connection, signIn: KeptSignIn): Promise<Result<void>>;
  /** Forgets a desk and the sign-in there. */
  disconnect(connection: Connection): Promise<void>;
  /** Has a suggested origin told no more. */
  decline(origin: string): Promise<void>;
  /** Whether the user is told what becomes of a case of a team desk. */
  follow(of: CaseDetail, on: boolean): Promise<void>;
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
  connections(): Promise<Connections>;
  /** The origin of a desk that the team suggests and the user has neither connected nor declined. */
  suggestedDesk(): Promise<string | undefined>;
}
