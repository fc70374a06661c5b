import type { CaseSummary } from '../desk/case.ts';
import type { UnsentState } from '../desk/outbox.ts';
import type { ActionKind } from '../desk/words.ts';
import type { Instant } from '../rules/decision.ts';
import type { SettingName } from '../host/settingsSchema.ts';

/** What a node shows, made by pure functions. Every text is plain text. */
export interface ItemText {
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon?: { readonly id: string; readonly color?: string };
  /** What a screen reader says instead of label and description. */
  readonly accessibility: string;
}

interface Base<Kind extends string> {
  readonly kind: Kind;
  /** Stable, and unique in its tree: the ids from the root down, joined by `/`. */
  readonly id: string;
  readonly item: ItemText;
}

/** A group of the Cases view. `group` is what the command "Show more" is given. */
export interface GroupNode extends Base<'group'> {
  readonly group: string;
  readonly collapsed: boolean;
}
export interface CaseNode extends Base<'case'> {
  readonly parent: GroupNode;
  readonly caseId: string;
  readonly case: CaseSummary;
  readonly allowed: readonly ActionKind[];
  /** When the row reads differently by the clock alone. */
  readonly changesAt: Instant | undefined;
  /** When the row was last put into words. */
  readonly told: Instant;
}
export interface DraftNode extends Base<'draft'> {
  readonly parent: GroupNode;
  readonly draftId: string;
  readonly revision: number;
}
/** A note that was typed and not sent. */
export interface NoteNode extends Base<'note'> {
  readonly parent: GroupNode;
  /** The case it is for. */
  readonly noteOf: string;
}
export interface UnsentNode extends Base<'unsent'> {
  readonly parent: GroupNode;
  readonly unsentId: string;
  readonly state: UnsentState['kind'];
  /** The case changed before it was sent. */
  readonly conflict: boolean;
  /** Somebody else wrote it than is signed in now. */
  readonly otherWriter: boolean;
  /** The case it is about, where there is one yet. */
  readonly caseId?: string;
}
export interface MoreNode extends Base<'more'> {
  readonly parent?: GroupNode;
  readonly group: string;
}

/** The one way out of a problem. */
export type WayOut =
  | { readonly to: 'setting'; readonly setting: SettingName }
  | { readonly to: 'signIn'; readonly desk: string }
  /** A source of health: to sign in there, or to be told what can be done. */
  | { readonly to: 'signIn' | 'why'; readonly source: string }
  | { readonly to: 'retry' | 'log' | 'connect' };
export interface ProblemNode extends Base<'problem'> {
  readonly parent?: GroupNode;
  readonly wayOut: WayOut;
}

export type CasesNode = GroupNode | CaseNode | DraftNode | NoteNode | UnsentNode | MoreNode | ProblemNode;

/** A source of health. The board is one too. */
export interface SourceNode extends Base<'source'> {
  /** As in its readings. */
  readonly source: string;
  /** Whether it was connected here, and one signs in there. */
  readonly connected: boolean;
  readonly signsIn: boolean;
}
export interface ServiceNode extends Base<'service'> {
  readonly source: string;
  readonly service: string;
  readonly favourite: boolean;
  readonly hasIncidents: boolean;
  /** Whether it is shown with its incidents at first. */
  readonly expanded: boolean;
}
/** An incident of the board. */
export interface IncidentNode extends Base<'incident'> {
  readonly incidentId: string;
  readonly source: string;
  readonly open: boolean;
  readonly muted: boolean;
  /** The newest first. */
  readonly posts: readonly PostNode[];
}
export type PostNode = Base<'post'>;
/** An incident or advisory of a source. */
export interface IssueNode extends Base<'issue'> {
  readonly source: string;
  readonly issueId: string;
  readonly open: boolean;
  readonly muted: boolean;
  /** Whether a page of the source tells of it. */
  readonly linked: boolean;
}
export type NoticesNode = Base<'notices'>;
export interface NoticeNode extends Base<'notice'> {
  readonly source: string;
  readonly noticeId: string;
  readonly linked: boolean;
}
/** What must be known to read a source rightly. */
export type RemarkNode = Base<'remark'>;
/** Says that no source is connected. */
export type UnconnectedNode = Base<'unconnected'>;

export type HealthNode =
  | SourceNode
  | ServiceNode
  | IncidentNode
  | PostNode
  | IssueNode
  | NoticesNode
  | NoticeNode
  | RemarkNode
  | UnconnectedNode
  | MoreNode
  | ProblemNode;
