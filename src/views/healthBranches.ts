import type { Incident } from '../desk/health.ts';
import type { HealthIssue, HealthNotice } from '../desk/healthReading.ts';
import type { SourceOfHealth } from '../host/services.ts';
import { ofHealth } from './groups.ts';
import type {
  HealthNode,
  IncidentNode,
  IssueNode,
  ItemText,
  NoticesNode,
  PostNode,
  RemarkNode,
  ServiceNode,
  SourceNode,
} from './node.ts';
import type { Telling } from './presentCase.ts';
import { presentMore } from './presentGroup.ts';
import {
  isOpen,
  presentIncident,
  presentPost,
  presentService,
  servicesOf,
  type Disturbance,
  type Marked,
  type ServiceHealth,
} from './presentIncident.ts';
import {
  failureProblem,
  inOrder,
  presentBoard,
  presentIssue,
  presentNotice,
  presentNotices,
  presentSource,
  remarksOn,
} from './presentSource.ts';

/** Rows shown at first, and how many more each "Show more" adds. */
const firstRows = 20;
const pageSize = 50;
/** Services are shown with their incidents at first as long as those are so many rows: the others stay in sight. */
const rowsExpanded = 20;

/** What branches are made with. */
export interface Ground {
  readonly telling: Telling;
  readonly marked: (source: string) => Marked;
  /** Another text where the same reading is shown in another way. */
  readonly key: string;
  readonly filter: string;
  /** How often more was asked for under a node. */
  readonly pages: (id: string) => number;
  readonly link: (source: string, kind: 'issue' | 'notice', id: string) => boolean;
}

/** A node with what is under it. */
export interface Branch {
  readonly node: HealthNode;
  /** What the row and the rows under it rest on, without what those have under them: another text means a change. */
  readonly trace: string;
  /** Those under it that have something under them. */
  readonly branches: readonly HealthNode[];
  /** Made when it is asked for. */
  readonly children: () => readonly HealthNode[];
}

type Branches = Map<string, Branch>;

/** A source, and what the view says of all of them together. */
export interface SourceBranch extends Branch {
  readonly node: SourceNode;
  readonly services: { readonly matching: number; readonly total: number };
  /** Incidents that go on on favourite services and are not muted. */
  readonly urgent: number;
  /** What it was made from; the same again makes the same. */
  readonly from?: readonly unknown[];
}

const isSourceBranch = (branch: Branch): branch is SourceBranch => branch.node.kind === 'source';

/** Keeps a node that was there before, so that the editor knows it again. */
function kept<Node extends HealthNode>(node: Node, before: ReadonlyMap<string, Branch>): Node {
  const known = before.get(node.id)?.node;
  return known?.kind === node.kind ? Object.assign(known, node) : node;
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The first rows of many, and the row that shows more. */
function paged<Item>(
  all: readonly Item[],
  parent: SourceNode | ServiceNode | NoticesNode,
  { pages, telling }: Ground,
): { readonly shown: readonly Item[]; readonly more: readonly HealthNode[] } {
  const wanted = firstRows + pages(parent.id) * pageSize;
  if (all.length <= wanted) return { shown: all, more: [] };
  const item = presentMore(wanted, telling.strings);
  return {
    shown: all.slice(0, wanted),
    more: [{ kind: 'more', id: `${parent.id}/more`, group: `${ofHealth}${parent.id}`, item }],
  };
}

interface Under<Of extends Disturbance> {
  readonly source: string;
  readonly parent: SourceNode;
  /** Whether the source has a row of its own. */
  readonly nested: boolean;
  readonly rows: (issues: readonly Of[], parent: ServiceNode) => readonly HealthNode[];
}

/** Services as rows, the first of them, and what the filter leaves. */
function serviceRows<Of extends Disturbance>(
  all: readonly ServiceHealth<Of>[],
  { source, parent, nested, rows }: Under<Of>,
  ground: Ground,
  before: ReadonlyMap<string, Branch>,
  next: Branches,
): { readonly nodes: readonly HealthNode[]; readonly services: SourceBranch['services']; readonly urgent: number } {
  const wanted = ground.filter.toLowerCase();
  const matching = all.filter(({ service }) => service.toLowerCase().includes(wanted));
  const { shown, more } = nested ? paged(matching, parent, ground) : { shown: matching, more: [] };
  let rowsBefore = 0;
  const nodes = shown.map((health): ServiceNode => {
    const { incidents, open, favourite } = health;
    const fits = rowsBefore + incidents.length <= rowsExpanded;
    if (open.length > 0) rowsBefore += incidents.length;
    const node = kept<ServiceNode>(
      {
        kind: 'service',
        // With its first incident it is another row, so that VS Code opens it as it opens those with incidents.
        id: `${nested ? `${parent.id}/` : ''}service:${health.service}${incidents.length > 0 ? '/incidents' : ''}`,
        ...{ source, service: health.service, favourite, hasIncidents: incidents.length > 0 },
        expanded: open.length > 0 && (!nested || fits),
        item: presentService(health, ground.telling),
      },
      before,
    );
    const page = paged(incidents, node, ground);
    const rest = page.more.map(({ item }) => item);
    // What a row is made of, but not the row itself: that is made when it is looked at.
    const told = page.shown.map(({ id, title, classification, status, resolved, startedAt, updatedAt, revision }) => [
      ...[id, title, classification, status, resolved, startedAt, updatedAt, revision],
      ground.marked(source).muted(id),
    ]);
    next.set(node.id, {
      node,
      trace: JSON.stringify([ground.telling.strings.language, node.item, rest, told]),
      branches: [],
      children: lazily(() => [...rows(page.shown, node), ...page.more]),
    });
    return node;
  });
  const liked = all.filter(({ favourite }) => favourite).flatMap(({ open }) => open);
  const urgent = new Set(liked.filter(({ classification }) => classification !== 'advisory').map(({ id }) => id));
  return {
    nodes: [...nodes, ...more],
    services: { matching: matching.length, total: all.length },
    urgent: urgent.size,
  };
}

/** The rows of a node, told by what they say, or by their ids where they have rows under them. */
function traceOf(node: HealthNode, rows: readonly HealthNode[], branches: ReadonlyMap<string, Branch>): string {
  return JSON.stringify([node.item, rows.map(({ id, item }) => (branches.has(id) ? id : [id, item]))]);
}

function branchOf(node: SourceNode, rows: readonly HealthNode[], next: Branches): Branch {
  const branches = rows.filter(({ id }) => next.has(id));
  return { node, trace: traceOf(node, rows, next), branches, children: () => rows };
}

/** The board of incidents recorded by hand; with a row of its own beside sources. */
export function boardBranch(
  incidents: readonly Incident[],
  known: readonly string[],
  nested: boolean,
  ground: Ground,
  before: ReadonlyMap<string, Branch>,
  next: Branches,
): SourceBranch {
  const { telling } = ground;
  const marked = ground.marked('board');
  const open = incidents.filter(one => isOpen(one) && !marked.muted(one.id));
  const own = { source: 'board', connected: false, signsIn: false };
  const node = kept<SourceNode>(
    { kind: 'source', id: 'source:board', ...own, item: presentBoard(open, telling) },
    before,
  );
  const names = known.map(name => ({ name }));
  const services = servicesOf(names, incidents, ({ service }) => [service], marked);
  const rows = (issues: readonly Incident[], parent: ServiceNode): readonly HealthNode[] =>
    issues.map(incident => incidentRow(incident, parent, marked.muted(incident.id), telling));
  const made = serviceRows(services, { source: 'board', parent: node, nested, rows }, ground, before, next);
  const branch: SourceBranch = {
    ...branchOf(node, made.nodes, next),
    node,
    services: made.services,
    urgent: made.urgent,
  };
  if (nested) next.set(node.id, branch);
  return branch;
}

function incidentRow(incident: Incident, parent: ServiceNode, muted: boolean, telling: Telling): IncidentNode {
  const posts: PostNode[] = [];
  const node: IncidentNode = {
    kind: 'incident',
    id: `${parent.id}/incident:${incident.id}`,
    ...{ incidentId: incident.id, source: 'board', open: isOpen(incident), muted, posts },
    item: presentIncident(incident, telling, muted),
  };
  for (const [index, post] of incident.posts.entries()) {
    posts.unshift({ kind: 'post', id: `${node.id}/post:${index}`, item: presentPost(post, telling) });
  }
  return node;
}

/** A source with its services; where nothing it is made of changed, it is the one from before. */
export function sourceBranch(
  source: SourceOfHealth,
  ground: Ground,
  before: ReadonlyMap<string, Branch>,
  next: Branches,
): SourceBranch {
  const { id, state, seenBy } = source;
  const { telling } = ground;
  const key = `source:${id}`;
  const marked = ground.marked(id);
  const { issues = [], services: listed = [], notices = [] } = state.reading ?? {};
  const open = issues.filter(one => isOpen(one) && !marked.muted(one.id));
  const own = { source: id, connected: seenBy === undefined, signsIn: id.startsWith('graph:') };
  const node = kept<SourceNode>(
    { kind: 'source', id: key, ...own, item: presentSource(source, open, telling) },
    before,
  );

  const from = [state.reading, JSON.stringify(state.failure), ground.key];
  const known = before.get(key);
  if (known && isSourceBranch(known) && known.from?.every((one, index) => one === from[index]) === true) {
    for (const { id: under } of known.branches) {
      const branch = before.get(under);
      if (branch) next.set(under, branch);
    }
    // How old a reading is changes by itself.
    const trace = traceOf(node, known.children(), next);
    const branch = trace === known.trace ? known : { ...known, trace };
    next.set(key, branch);
    return branch;
  }
  const problem = failureProblem(source, telling);
  const remarks = remarksOn(source, telling);
  const rows: HealthNode[] = [
    ...(problem ? [{ kind: 'problem' as const, id: `${key}/problem`, ...problem }] : []),
    ...remarks.map((item, index): RemarkNode => ({ kind: 'remark', id: `${key}/remark:${index}`, item })),
  ];
  const services = servicesOf(listed, issues, one => one.services, marked);
  const issueRows = (shown: readonly HealthIssue[], parent: ServiceNode): readonly HealthNode[] =>
    shown.map((issue): IssueNode => {
      const muted = marked.muted(issue.id);
      return {
        ...{ kind: 'issue', id: `${parent.id}/issue:${issue.id}`, source: id, issueId: issue.id },
        ...{ open: isOpen(issue), muted, linked: ground.link(id, 'issue', issue.id) },
        item: presentIssue(issue, telling, muted),
      };
    });
  const made = serviceRows(services, { source: id, parent: node, nested: true, rows: issueRows }, ground, before, next);
  rows.push(...made.nodes);
  for (const maintenance of [true, false]) {
    const of = notices.filter(({ category }) => (category === 'maintenance') === maintenance);
    if (of.length > 0) rows.push(noticesRow(of, maintenance, node, ground, before, next));
  }
  const { services: counted, urgent } = made;
  const branch: SourceBranch = { ...branchOf(node, rows, next), node, services: counted, urgent, from };
  next.set(key, branch);
  return branch;
}

function noticesRow(
  all: readonly HealthNotice[],
  maintenance: boolean,
  parent: SourceNode,
  ground: Ground,
  before: ReadonlyMap<string, Branch>,
  next: Branches,
): NoticesNode {
  const { telling } = ground;
  const { source } = parent;
  const item: ItemText = presentNotices(maintenance, all.length, telling);
  const id = `${parent.id}/${maintenance ? 'maintenance' : 'messages'}`;
  const node = kept<NoticesNode>({ kind: 'notices', id, item }, before);
  const { shown, more } = paged(inOrder(all, telling.now), node, ground);
  const rows = shown.map((notice): HealthNode => ({
    ...{ kind: 'notice', id: `${id}/notice:${notice.id}`, source, noticeId: notice.id },
    linked: ground.link(source, 'notice', notice.id),
    item: presentNotice(notice, telling),
  }));
  const children = [...rows, ...more];
  next.set(id, { node, trace: traceOf(node, children, next), branches: [], children: () => children });
  return node;
}
