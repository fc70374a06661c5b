import type { CaseSummary } from '../desk/case.ts';
import { allowedActions } from '../desk/lifecycle.ts';
import type { DeskRole } from '../desk/lifecycle.ts';
import type { Instant } from '../rules/decision.ts';
import { isolatedPart } from '../strings/bidi.ts';
import {
  failedBoard,
  firstRows,
  pageSize,
  readBoard,
  readRows,
  type Board,
  type Group,
  type Sources,
} from './casesReading.ts';
import { caseTarget, namesSeverities } from './caseTarget.ts';
import { filterMessage, isFiltered, type Look } from './look.ts';
import type { CaseNode, CasesNode, GroupNode, ProblemNode } from './node.ts';
import { presentCase, type Telling } from './presentCase.ts';
import {
  damagedDraft,
  deskProblem,
  draftsProblem,
  memberProblem,
  presentGroup,
  presentMore,
  settingProblem,
  suggestedDesk,
  type Problem,
} from './presentGroup.ts';
import type { Standing } from './standing.ts';
import { createTimes, type Times } from './times.ts';
import { draftNode, noteNode, unsentNode } from './unsentNodes.ts';

/** What a reading changed: single nodes with all below them, or (undefined) the whole tree. */
export type Changes = readonly CasesNode[] | undefined;

/** What the view shows besides the tree. */
export interface CasesState {
  readonly standing: Standing;
  readonly drafts: number;
  readonly unsent: number;
  /** The filter in words, where one is on that finds something. */
  readonly message: string | undefined;
  /** The filter in words, where it finds nothing: the welcome of the view, which offers to clear it, shows without a message only. */
  readonly nothingFound: string | undefined;
  /** Nothing at all to show: neither cases nor drafts nor a problem, and no filter that hides some. */
  readonly empty: boolean;
}

/** The rows of a group that was opened. */
interface Opened {
  readonly wanted: number;
  readonly children: readonly CasesNode[];
}

/** Unfolded groups that are read with the roots, so that the view has its first rows at once when it opens. */
const readAhead = 3;

/** Rows are told a few at a time: others who wait for the extension host get their turn in between. */
const rowsAtOnce = 20;
/** A row told this short a time ago says the same, unless its case changed or a target has passed. */
const freshMs = 60_000;

/** The tree of the Cases view as plain nodes: what there is, what changed, and when it changes by the clock alone. */
export class CasesModel {
  readonly #sources: Sources;
  readonly #look: () => Look;
  readonly #zone: string | undefined;
  #board: Board | undefined;
  /** What all rows depend on; while it stays, rows of unchanged cases are kept as they are. */
  #ground = '';
  #roles: readonly DeskRole[] = [];
  #times: Times;
  #roots: readonly CasesNode[] = [];
  /** Every node the tree was given, so that the same node stays the same object. */
  #nodes = new Map<string, CasesNode>();
  readonly #opened = new Map<string, Opened>();
  readonly #quarantined: string[] = [];
  /** Readings follow one another, so that two never mix their nodes. */
  #turn: Promise<unknown> = Promise.resolve();

  /** `zone` is the user's own unless given. */
  constructor(sources: Sources, look: () => Look, zone?: string) {
    this.#sources = sources;
    this.#look = look;
    this.#zone = zone;
    this.#times = createTimes('en', zone);
  }

  get roots(): readonly CasesNode[] {
    return this.#roots;
  }

  /** What the badge, the message and the context keys say; undefined before the first reading. */
  get state(): CasesState | undefined {
    const board = this.#board;
    if (board === undefined) return undefined;
    const { filter } = this.#look();
    const filtered = isFiltered(filter);
    // A row is one line; the message above the tree has room for the whole sentence.
    const problem = board.deskError && deskProblem(board.deskError, board.strings).item.label;
    const shown = filtered ? filterMessage(filter, board.matching, board.standing.total, board.strings) : undefined;
    const { asOf, strings } = board;
    const remembered =
      asOf === undefined
        ? undefined
        : isolatedPart(strings.t('view.asOf', { time: this.#times.moment(asOf, this.#sources.now()) }), strings);
    const bare = this.#roots.length === 0;
    return {
      standing: board.standing,
      drafts: board.drafts,
      unsent: board.unsent,
      message: problem ?? remembered ?? (bare ? undefined : shown),
      nothingFound: bare ? shown : undefined,
      empty: bare && !filtered,
    };
  }

  /** Reads everything again and says what changed; groups that were opened keep their length. */
  refresh(): Promise<Changes> {
    return this.#inTurn(() => this.#refresh());
  }

  /** The rows of a group, read when first asked for. */
  async children(group: GroupNode): Promise<readonly CasesNode[]> {
    const shown = (): readonly CasesNode[] | undefined => this.#opened.get(group.group)?.children;
    const known = shown();
    if (known !== undefined) return known;
    return this.#inTurn(async () => {
      if (shown() === undefined) await this.#open(group, firstRows, [], this.#nodes, new Set());
      return shown() ?? [];
    });
  }

  /** Lengthens a group by a page; answers the group to show again. */
  showMore(key: string): Promise<Changes> {
    return this.#inTurn(async () => {
      const opened = this.#opened.get(key);
      const group = this.#roots.find(node => node.kind === 'group' && node.group === key);
      if (opened === undefined || group?.kind !== 'group') return [];
      await this.#open(group, opened.wanted + pageSize, opened.children, this.#nodes, new Set());
      return [group];
    });
  }

  async #refresh(): Promise<Changes> {
    const before = this.#nodes;
    const rootsBefore = this.#roots;
    const board = await this.#read();
    const retold = this.#board?.strings.language !== board.strings.language;
    if (retold) this.#times = createTimes(board.strings.language, this.#zone);
    this.#board = board;
    this.#roles = board.desk?.capabilities().roles ?? [];
    const roles = board.members.map(({ id }) => board.desk?.capabilities({ desk: id }).roles);
    const ground = JSON.stringify([board.settings, board.strings.language, this.#roles, roles]);
    const reusable = ground === this.#ground ? before : new Map<string, CasesNode>();
    this.#ground = ground;
    this.#quarantined.push(...board.quarantined);

    const changed = new Set<CasesNode>();
    this.#nodes = new Map();
    this.#roots = [
      ...this.#problems(board).map(node => this.#keep(node, before, changed)),
      ...board.groups.map(group => this.#keep(this.#groupNode(group, board), before, changed)),
    ];
    for (const key of this.#opened.keys()) {
      if (!board.groups.some(group => group.key === key)) this.#opened.delete(key);
    }
    const unfolded = this.#roots.filter(node => node.kind === 'group' && !node.collapsed).slice(0, readAhead);
    for (const group of this.#roots) {
      if (group.kind !== 'group') continue;
      const opened = this.#opened.get(group.group);
      if (opened === undefined && !unfolded.includes(group)) continue;
      const { wanted, children } = opened ?? { wanted: firstRows, children: [] };
      if (await this.#open(group, wanted, children, before, changed, reusable)) changed.add(group);
    }
    if (retold || !sameNodes(rootsBefore, this.#roots)) return undefined;
    return outermost(changed);
  }

  /** Presents the cases again for the present time, without reading; answers those that look different now. */
  retell(): readonly CasesNode[] {
    const changed: CasesNode[] = [];
    for (const node of this.#nodes.values()) {
      if (node.kind !== 'case') continue;
      const group = this.#board?.groups.find(({ key }) => key === node.parent.group);
      if (this.#board === undefined || group === undefined) continue;
      const { item, changesAt, told } = this.#caseNode(node.case, node.parent, group, this.#board);
      // Only what can be seen in the row counts: ages in a tooltip change all the time.
      const same = item.description === node.item.description && item.icon?.id === node.item.icon?.id;
      Object.assign(node, { item, changesAt, told });
      if (!same) changed.push(node);
    }
    return changed;
  }

  /** When a shown case changes its looks next by the clock alone. */
  get nextChange(): Instant | undefined {
    let next: Instant | undefined;
    for (const node of this.#nodes.values()) {
      const at = node.kind === 'case' ? node.changesAt : undefined;
      if (at !== undefined && (next === undefined || at < next)) next = at;
    }
    return next;
  }

  /** Desks and drafts answer errors; what throws all the same is logged and told as a desk that failed. */
  async #read(): Promise<Board> {
    try {
      return await readBoard(this.#sources, this.#look());
    } catch (error) {
      this.#sources.log.error('cases.read', error);
      return failedBoard(this.#sources);
    }
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Reads the first rows of a group; answers whether others stand there now, or in another order. */
  async #open(
    group: GroupNode,
    wanted: number,
    earlier: readonly CasesNode[],
    before: ReadonlyMap<string, CasesNode>,
    changed: Set<CasesNode>,
    reusable = before,
  ): Promise<boolean> {
    const nodes = await this.#rows(group, wanted, reusable);
    const children = nodes.map(node => this.#keep(node, before, changed));
    this.#opened.set(group.group, { wanted, children });
    return !sameNodes(earlier, children);
  }

  async #rows(parent: GroupNode, wanted: number, reusable: ReadonlyMap<string, CasesNode>): Promise<CasesNode[]> {
    const board = this.#board;
    const group = board?.groups.find(({ key }) => key === parent.group);
    if (board === undefined || group === undefined) return [];
    const { rows } = group;
    if (rows.from === 'drafts') {
      // What needs the person before what does not. Only what is shown is put into words.
      const all = [
        ...rows.unsent.map(item => () => unsentNode(item, parent, this.#telling(board))),
        ...rows.notes.map(note => () => noteNode(note, parent, this.#telling(board))),
        ...rows.drafts.map(draft => () => draftNode(draft, parent, this.#telling(board))),
      ];
      const shown = all.slice(0, wanted).map(node => node());
      return all.length > wanted ? [...shown, this.#more(parent, wanted, board)] : shown;
    }
    if (board.desk === undefined) return [];
    const read = await readRows(board.desk, rows, wanted);
    if (!read.ok) return [problemNode(deskProblem(read.error, board.strings), read.error.code, parent)];
    const { cases, more } = read.value;
    const shown: CasesNode[] = [];
    for (const [index, one] of cases.entries()) {
      if (index > 0 && index % rowsAtOnce === 0) await new Promise(resolve => setImmediate(resolve));
      shown.push(this.#known(one, parent, reusable) ?? this.#caseNode(one, parent, group, board));
    }
    return more ? [...shown, this.#more(parent, cases.length, board)] : shown;
  }

  /** The node that stood there under this id, brought up to date, so that VS Code keeps what is selected and open. */
  #keep<Node extends CasesNode>(node: Node, before: ReadonlyMap<string, CasesNode>, changed: Set<CasesNode>): Node {
    const known = before.get(node.id);
    let kept = node;
    if (known !== undefined && known.kind === node.kind) {
      const same = sameItem(known, node);
      kept = Object.assign(known, node);
      if (!same) changed.add(kept);
    }
    this.#nodes.set(kept.id, kept);
    return kept;
  }

  #telling({ strings }: Board): Telling {
    return { strings, times: this.#times, now: this.#sources.now() };
  }

  /** The row that was told of this case a moment ago, where it would say the same. */
  #known(of: CaseSummary, parent: GroupNode, reusable: ReadonlyMap<string, CasesNode>): CaseNode | undefined {
    const known = reusable.get(caseNodeId(parent, of));
    if (known?.kind !== 'case' || known.case.revision !== of.revision) return undefined;
    if (known.case.followed !== of.followed || known.case.desk !== of.desk) return undefined;
    const now = this.#sources.now();
    const passed = known.changesAt !== undefined && now >= known.changesAt;
    return passed || Math.abs(now - known.told) >= freshMs ? undefined : known;
  }

  #caseNode(of: CaseSummary, parent: GroupNode, { showStatus }: Group, board: Board): CaseNode {
    const now = this.#sources.now();
    const target = caseTarget(of, board.settings, now);
    const telling = { ...this.#telling(board), target, showStatus, severityNames: namesSeverities(of) };
    return {
      kind: 'case',
      id: caseNodeId(parent, of),
      parent,
      caseId: of.id,
      case: of,
      allowed: allowedActions(of, this.#rolesOn(of, board)),
      changesAt: target.kind === 'due' ? target.changesAt : undefined,
      told: now,
      item: presentCase(of, telling),
    };
  }

  /** What the person is on the desk that holds the case. */
  #rolesOn({ id }: CaseSummary, { desk, members }: Board): readonly DeskRole[] {
    return members.length === 0 ? this.#roles : (desk?.capabilities({ caseId: id }).roles ?? []);
  }

  #groupNode({ key, title, size, icon, collapsed }: Group, { strings }: Board): GroupNode {
    return { kind: 'group', id: key, group: key, collapsed, item: presentGroup(title, size, icon, strings) };
  }

  #more(parent: GroupNode, shown: number, { strings }: Board): CasesNode {
    return { kind: 'more', id: `${parent.id}/more`, parent, group: parent.group, item: presentMore(shown, strings) };
  }

  #problems(board: Board): ProblemNode[] {
    const { strings, settingProblems, deskError, draftsFailed, members, suggested } = board;
    const troubles = members.flatMap(member => {
      const found = memberProblem(member, strings);
      return found === undefined ? [] : [problemNode(found, `desk.${member.id}`)];
    });
    return [
      ...settingProblems.map(name => problemNode(settingProblem(name, strings), `setting.${name}`)),
      ...this.#quarantined.map(name => problemNode(damagedDraft(name, strings), `damaged.${name}`)),
      ...(draftsFailed ? [problemNode(draftsProblem(strings), 'drafts')] : []),
      ...troubles,
      ...(deskError === undefined || troubles.length > 0 ? [] : [problemNode(deskProblem(deskError, strings), 'desk')]),
      ...(suggested === undefined ? [] : [problemNode(suggestedDesk(suggested, strings), 'suggested')]),
    ];
  }
}

const caseNodeId = (parent: GroupNode, { id }: CaseSummary) => `${parent.id}/case:${id}`;

function problemNode({ item, wayOut }: Problem, name: string, parent?: GroupNode): ProblemNode {
  const id = `${parent === undefined ? '' : `${parent.id}/`}problem:${name}`;
  return { kind: 'problem', id, item, wayOut, ...(parent === undefined ? {} : { parent }) };
}

function sameNodes(some: readonly CasesNode[], others: readonly CasesNode[]): boolean {
  return some.length === others.length && some.every((node, index) => node.id === others[index]?.id);
}

/** Whether two nodes look alike and offer the same. Ages change with every reading, so they are told with the next change. */
function sameItem(one: CasesNode, other: CasesNode): boolean {
  const shown = (node: CasesNode): string => {
    const { label, description, icon } = node.item;
    const state =
      node.kind === 'case'
        ? [node.allowed, node.case.revision, node.case.followed]
        : node.kind === 'draft'
          ? node.revision
          : '';
    return JSON.stringify([label, description, icon, state]);
  };
  return shown(one) === shown(other);
}

/** The changed nodes without those below another changed one. */
function outermost(changed: ReadonlySet<CasesNode>): CasesNode[] {
  return [...changed].filter(node => node.kind === 'group' || !('parent' in node) || !changed.has(node.parent));
}
