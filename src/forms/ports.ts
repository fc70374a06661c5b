import type { CodePlace, SeenIncident, StoredFile } from '../desk/case.ts';
import type { Desk } from '../desk/desk.ts';
import type { DraftContent, DraftStore, PickedFile } from '../desk/drafts.ts';
import type { Result } from '../desk/errors.ts';
import type { HealthReading } from '../desk/healthReading.ts';
import type { HealthSources } from '../host/services.ts';
import type { Log } from '../host/log.ts';
import type { Settings } from '../host/settingsSchema.ts';
import type { CaseCommand } from '../protocol/case.ts';
import type { Subject } from '../protocol/incident.ts';
import type { PastedContent } from '../protocol/parts.ts';
import type { Instant } from '../rules/decision.ts';
import type { Strings } from '../strings/strings.ts';
import type { PhoneReader } from './phone.ts';

/** A picked file that was moved, deleted or locked since. */
export interface FileGone {
  readonly code: 'fileGone';
  readonly name: string;
}

/** What names an incident to a command: as its row does. */
export type RowId = Readonly<Record<string, string>>;

/** What the page of an incident works with. */
export interface IncidentPorts extends Pick<
  PagePorts,
  'log' | 'zone' | 'now' | 'strings' | 'desk' | 'post' | 'setTitle'
> {
  health(): Promise<HealthSources>;
  /** Runs a command on the incident, an issue or an announcement of a source, or a service. */
  run(command: 'casebook.copyHealth' | 'casebook.openPortal' | 'casebook.postToIncident', on: RowId): Promise<void>;
  newCase(prefill: Partial<DraftContent>): Promise<void>;
  open(subject: Subject): Promise<void>;
}

/** What every page's controller works with; tests give their own. */
export interface PagePorts {
  readonly log: Pick<Log, 'info' | 'error'>;
  /** IANA zone of the person in front of the page. */
  readonly zone: string;
  readonly drafts: DraftStore;
  now(): Instant;
  strings(): Promise<Strings>;
  settings(): Promise<Settings>;
  desk(): Promise<Result<Desk>>;
  /** To the page; may throw when it is gone. */
  post(message: unknown): unknown;
  /** Asks for files: with the system's own dialog, or of those open in the editor; none when cancelled. */
  pickFiles(from: 'disk' | 'editor'): Promise<readonly PickedFile[]>;
  /** Keeps content that was pasted or dropped as a file; none where it is refused, which is told. */
  keepContent(content: PastedContent): Promise<readonly PickedFile[]>;
  /** Looks at dropped addresses as at picked files. */
  takeAddresses(uris: readonly string[]): Promise<readonly PickedFile[]>;
  /** Looks at a picked file without reading it: its size now, or that it is gone. */
  measure(file: PickedFile): Promise<Result<number, FileGone>>;
  read(file: PickedFile): Promise<Result<Uint8Array, FileGone>>;
  setTitle(title: string): void;
  closePage(): void;
}

export interface NewCasePorts extends PagePorts {
  /** What reads phone numbers; it is large and loads when a number is there to be read. */
  phoneReader(): Promise<PhoneReader>;
  /** The last good readings of health sources; none while there are no sources. */
  healthReadings(): Promise<readonly HealthReading[]>;
  /** A second confirmation for severity A. */
  confirmSeverityA(): Promise<boolean>;
  confirmDiscard(): Promise<boolean>;
  openCase(id: string): Promise<void>;
  /** Says that the case is kept and will be sent. */
  sayKept(): void;
  openSettings(): void;
  /** Says which rules and facts are behind what the page shows. */
  explain(draftId: string): void;
}

export interface CasePorts extends PagePorts {
  run(command: CaseCommand): Promise<void>;
  saveFile(file: StoredFile): Promise<void>;
  /** Opens a place in the workspace; false where it is not in it. */
  openPlace(place: CodePlace): Promise<boolean>;
  sayPlaceOutside(): void;
  openIssue(of: Pick<SeenIncident, 'source' | 'id'>): Promise<void>;
  /** Puts a text on the clipboard. */
  copy(text: string): Promise<void>;
  /** Opens an https address of a team's settings or of a profile; VS Code asks the person first where it should. */
  openAddress(url: string): Promise<void>;
}
