import type { CaseDetail } from '../desk/case.ts';
import type { CaseQuery, Desk, Grouping } from '../desk/desk.ts';
import type { DraftContent, DraftStore, PickedFile } from '../desk/drafts.ts';
import type { Result } from '../desk/errors.ts';
import type { HealthFailure, HealthIssue, SourceState } from '../desk/healthReading.ts';
import type { Outbox } from '../desk/outbox.ts';
import type { CloudId } from '../desk/words.ts';
import type { Instant } from '../rules/decision.ts';
import type { Strings } from '../strings/strings.ts';
import type { Disposable } from './disposables.ts';
import type { Log } from './log.ts';
import type { KeptSignIn } from './secrets.ts';
import type { Connection, HealthSourceSetting, SettingsReading } from './settingsSchema.ts';

/** Where an incident or an announcement is told of, a board of incidents where no source is named; or a service. */
export type IssuePlace = { readonly source?: string | undefined; readonly id: string } | { readonly service: string };

/** The pages; the composition root loads them when first needed. */
export interface Pages {
  /** Starts a draft with what is known and opens its page. */
  newCase(prefill?: Partial<DraftContent>): Promise<void>;
  openDraft(id: string): Promise<void>;
  /** `note`: with the note box focused. */
  openCase(id: string, at?: 'note'): Promise<void>;
  /** Shows the unsent note of a case as it is on disk, where its page is open. */
  showNote(id: string): Promise<void>;
  /** Opens the page of an incident or an announcement, or of what happened on a service. */
  openIssue(of: IssuePlace): Promise<void>;
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

/** How the Service health view is looked at. Marks are of the person, the filter of the workspace. */
export interface HealthLook {
  /** Services are shown whose name has this in it; empty where all are. */
  filter(): string;
  setFilter(filter: string): void;
  /** Puts a service of a source with the favourites, or an incident with those that are silent until they end. */
  mark(mark: 'favourite' | 'muted', source: string, id: string, on: boolean): Promise<void>;
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

/** A source of service health and how it is. */
export interface SourceOfHealth {
  /** As in its readings: `graph:china`, `statuspage:https://status.example`, `snapshot:NAME`. */
  readonly id: string;
  /** The name of the connection, for people. */
  readonly label: string;
  readonly state: SourceState;
  /** Present where somebody else saw it: never live. */
  readonly seenBy?: { readonly by: string; readonly publishedAt: Instant };
}

/** The sources of service health in use, and what was read from them. */
export interface HealthSources {
  all(): readonly SourceOfHealth[];
  /** Calls `listener` when a source is another or its state may be; call the answer to stop. */
  onDidChange(listener: () => void): () => void;
  /** Somebody looks: sources are read when they are due, until the answer is called. */
  look(): () => void;
  /** Reads by hand, unless that was done a moment ago. */
  refresh(): Promise<void>;
  /** One issue with all its posts: what is known, or asked for once. */
  issue(source: string, id: string, signal: AbortSignal): Promise<Result<HealthIssue, HealthFailure>>;
  /** Where an administrator reads about it; undefined where the source has no such page. */
  link(source: string, kind: 'issue' | 'notice', id: string): string | undefined;
}

/** What a sign-in for service health in a cloud of Microsoft's is about. */
export interface HealthSignIn {
  readonly name: string;
  /** Where what signs in is sent, and nowhere else. */
  readonly origin: string;
  readonly portal: string;
  readonly provider: 'microsoft' | 'microsoft-sovereign-cloud';
  /** What the editor's setting of that provider must say. */
  readonly environment?: string;
  readonly scopes: readonly string[];
  /** The same as an administrator reads them. */
  readonly permissions: readonly string[];
}

/** What connects sources of service health. */
export interface HealthConnections {
  signInOf(cloud: CloudId): HealthSignIn;
  /** The origin an address means, in punycode; nothing where it is not the address of a status page. */
  originOf(address: string): string | undefined;
  /** What a status page calls itself, read once. */
  nameOf(origin: string): Promise<Result<string, HealthFailure>>;
  /** Keeps a source and, where one signs in there, how; then reads it. */
  connect(source: HealthSourceSetting, signIn?: KeptSignIn): Promise<void>;
  /** Forgets a source, what was read from it and the sign-in there. */
  remove(id: string): Promise<void>;
}

/** Publishes readings of service health for those who cannot read them themselves. */
export interface HealthPublishing {
  /** The public half of the person's key, as a policy names it. The key is made on first use and stays in SecretStorage. */
  publicKey(): Promise<string>;
  /**
   * What was read of a source as a signed text of at most `longest` code units; what is old is left out where it would be
   * more. `key` is the name of the key in the policy. Undefined where it does not fit, or there is no reading.
   */
  sign(source: SourceOfHealth, as: { by: string; key: string }, longest: number): Promise<string | undefined>;
}

/** What commands, views and pages work with. Everything heavy is behind a function and loads when first asked for. */
export interface Services {
  readonly log: Log;
  readonly pages: Pages;
  readonly look: CasesLook;
  readonly healthLook: HealthLook;
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
  /** The sources of service health; others after settings changed. Nothing of them loads where there are none. */
  health(): Promise<HealthSources>;
  healthConnections(): Promise<HealthConnections>;
  healthPublishing(): Promise<HealthPublishing>;
  /** The origin of a desk that the team suggests and the user has neither connected nor declined. */
  suggestedDesk(): Promise<string | undefined>;
}
