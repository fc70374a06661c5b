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
  readonly parent: GroupNode;
  readonly group: string;
}

/** The one way out of a problem. */
export type WayOut =
  | { readonly to: 'setting'; readonly setting: SettingName }
  | { readonly to: 'signIn'; readonly desk: string }
  | { readonly to: 'retry' | 'log' | 'connect' };
export interface ProblemNode extends Base<'problem'> {
  readonly parent?: GroupNode;
  readonly wayOut: WayOut;
}

export type CasesNode = GroupNode | CaseNode | DraftNode | UnsentNode | MoreNode | ProblemNode;

export interface ServiceNode extends Base<'service'> {
  readonly hasIncidents: boolean;
  /** Whether one of them is still going on. */
  readonly isOpen: boolean;
}
export interface IncidentNode extends Base<'incident'> {
  readonly parent: ServiceNode;
  readonly incidentId: string;
  readonly hasPosts: boolean;
}
export interface PostNode extends Base<'post'> {
  readonly parent: IncidentNode;
}
/** A health source that is not connected, with the one thing to do instead. */
export interface SourceNode extends Base<'source'> {
  readonly parent?: undefined;
}

export type HealthNode = ServiceNode | IncidentNode | PostNode | SourceNode | ProblemNode;
