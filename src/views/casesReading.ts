import type { CaseSummary } from '../desk/case.ts';
import type { CaseQuery, Desk, DeskMember } from '../desk/desk.ts';
import type { Draft, DraftStore, KeptNote } from '../desk/drafts.ts';
import { fail, ok, type DeskError, type Result } from '../desk/errors.ts';
import { statusGroups } from '../desk/lifecycle.ts';
import type { Outbox, UnsentItem } from '../desk/outbox.ts';
import { deskStatuses, type DeskStatus } from '../desk/words.ts';
import type { Services } from '../host/services.ts';
import type { SettingName, Settings } from '../host/settingsSchema.ts';
import type { Instant } from '../rules/decision.ts';
import type { Strings } from '../strings/strings.ts';
import { isFiltered, parseFilter, severityValues, type Look } from './look.ts';
import type { GroupCount } from './presentGroup.ts';
import { byStatus, countIn, standingOf, type Standing } from './standing.ts';

/** Rows a group shows at first: about a screen of them, so that the first is painted soon. */
export const firstRows = 20;
/** How many more each "Show more" adds. */
export const pageSize = 50;
/** How long a closed case counts as closed recently. */
const recentMs = 30 * 86_400_000;
/** The most a desk gives in one page. */
const deskPage = 200;

/** What the model reads from. */
export type Sources = Pick<
  Services,
  'log' | 'now' | 'strings' | 'settings' | 'desk' | 'drafts' | 'outbox' | 'suggestedDesk'
>;

/** Where the rows of a group come from. */
export type GroupRows =
  | {
      readonly from: 'drafts';
      readonly unsent: readonly UnsentItem[];
      readonly notes: readonly KeptNote[];
      readonly drafts: readonly Draft[];
    }
  /** `since`: only cases that changed then or later, the newest first. */
  | {
      readonly from: 'desk';
      readonly query: CaseQuery;
      readonly since?: Instant;
      /** Only cases that name no service, of which there are so many; a query cannot ask for them. */
      readonly withoutService?: number;
    };

/** A group before it is a node. */
export interface Group {
  readonly key: string;
  readonly title: string;
  readonly icon: string;
  readonly size: GroupCount | undefined;
  readonly collapsed: boolean;
  readonly showStatus: boolean;
  readonly rows: GroupRows;
}

/** Everything the roots of the tree are made from, read at one time. */
export interface Board {
  readonly strings: Strings;
  readonly settings: Settings;
  readonly settingProblems: readonly SettingName[];
  readonly desk: Desk | undefined;
  readonly deskError: DeskError | undefined;
  /** Where the desk is several: each of them. */
  readonly members: readonly DeskMember[];
  /** The origin of a desk that the team suggests. */
  readonly suggested: string | undefined;
  /** Unsent notes too. */
  readonly drafts: number;
  readonly unsent: number;
  /** When what the desk shows was true, where it cannot be reached now. */
  readonly asOf: Instant | undefined;
  readonly draftsFailed: boolean;
  /** Names of damaged draft files that were moved aside since the last reading. */
  readonly quarantined: readonly string[];
  readonly groups: readonly Group[];
  readonly standing: Standing;
  /** Cases the filter leaves. */
  readonly matching: number;
}

/** Some cases of a query, and whether there are more. */
export interface Rows {
  readonly cases: readonly CaseSummary[];
  readonly more: boolean;
}

/** Reads the first `wanted` cases of a group, however many pages of the desk that takes. */
export async function readRows(
  desk: Desk,
  { query, since = -Infinity, withoutService }: Extract<GroupRows, { from: 'desk' }>,
  wanted: number,
): Promise<Result<Rows>> {
  const cases: CaseSummary[] = [];
  const most = Math.min(wanted, withoutService ?? Infinity);
  let cursor: string | undefined;
  do {
    const limit = withoutService === undefined ? Math.min(wanted - cases.length, deskPage) : deskPage;
    const page = await desk.list(query, cursor === undefined ? { limit } : { limit, cursor });
    if (!page.ok) return fail(page.error);
    const recent = page.value.items.filter(one => one.updatedAt >= since);
    cases.push(...(withoutService === undefined ? recent : recent.filter(one => one.service === '')));
    // The list is newest first: behind the first old case there are only older ones.
    if (recent.length < page.value.items.length) return ok({ cases, more: false });
    cursor = page.value.next;
  } while (cursor !== undefined && cases.length < most);
  if (withoutService !== undefined) return ok({ cases: cases.slice(0, wanted), more: withoutService > wanted });
  return ok({ cases, more: cursor !== undefined });
}

function draftMatches({ content }: Draft, filter: CaseQuery): boolean {
  if (filter.status !== undefined) return false;
  if (filter.service !== undefined && content.service !== filter.service) return false;
  if (filter.severity !== undefined && !filter.severity.includes(content.severity ?? 'none')) return false;
  const words = filter.text?.toLowerCase();
  return words === undefined || `${content.title}\n${content.text}`.toLowerCase().includes(words);
}

/** Whether something of which only the title is known is in a list. */
function titleMatches(title: string, { text, ...others }: CaseQuery): boolean {
  if (isFiltered(others)) return false;
  return text === undefined || title.toLowerCase().includes(text.toLowerCase());
}

const titleOf = ({ what }: UnsentItem): string => (what.kind === 'file' ? what.content.title : what.title) ?? '';

/** The statuses both a group and the filter allow. */
function allowedBy(filter: CaseQuery, statuses: readonly DeskStatus[]): DeskStatus[] {
  return statuses.filter(status => filter.status?.includes(status) ?? true);
}

interface Reading {
  readonly desk: Desk;
  readonly strings: Strings;
  readonly filter: CaseQuery;
  readonly now: Instant;
}

/** The groups of the cases that are not closed, by severity or by service. */
async function groupsBy(
  grouping: 'severity' | 'service',
  { desk, strings, filter }: Reading,
): Promise<Result<Group[]>> {
  const status = allowedBy(filter, deskStatuses).filter(one => one !== 'closed');
  if (status.length === 0) return ok([]);
  const counts = await desk.count({ ...filter, status }, grouping);
  if (!counts.ok) return fail(counts.error);
  const order: readonly string[] = severityValues;
  const sorted = counts.value
    .filter(({ count }) => count > 0)
    .toSorted((a, b) =>
      grouping === 'severity'
        ? order.indexOf(a.value) - order.indexOf(b.value)
        : Number(a.value === '') - Number(b.value === '') || a.value.localeCompare(b.value, strings.language),
    );
  const groups = sorted.map(({ value, count }): Group => {
    const query = { ...filter, status };
    const rows: GroupRows =
      grouping === 'severity'
        ? { from: 'desk', query: { ...query, severity: severityValues.filter(one => one === value) } }
        : value === ''
          ? { from: 'desk', query, withoutService: count }
          : { from: 'desk', query: { ...query, service: value } };
    return {
      key: `${grouping}:${value}`,
      title:
        grouping === 'severity'
          ? (strings.lookup(`severity.${value}`) ?? value)
          : value || strings.t('view.group.noService'),
      icon: grouping === 'severity' ? 'flame' : 'server',
      size: { count, more: false },
      collapsed: false,
      showStatus: true,
      rows,
    };
  });
  return ok(groups);
}

function statusGroup(
  group: 'needsYou' | 'waiting',
  count: (statuses: readonly DeskStatus[]) => number,
  { strings, filter }: Reading,
): Group {
  const status = allowedBy(filter, statusGroups[group]);
  return {
    key: `status:${group}`,
    title: strings.t(`view.group.${group}`),
    icon: group === 'needsYou' ? 'bell' : 'watch',
    size: { count: status.length > 0 ? count(status) : 0, more: false },
    collapsed: false,
    showStatus: group === 'needsYou',
    rows: { from: 'desk', query: { ...filter, status } },
  };
}

/** Closed cases: the recent ones, or all of them while a filter is on, so that an old one can be found. */
async function closedGroup(count: number, { desk, strings, filter, now }: Reading): Promise<Result<Group>> {
  const all = isFiltered(filter);
  const query: CaseQuery = { ...filter, status: ['closed'] };
  const rows = { from: 'desk', query, ...(all ? {} : { since: now - recentMs }) } as const;
  let size: GroupCount = { count, more: false };
  if (!all && count > 0) {
    const first = await readRows(desk, rows, pageSize);
    if (!first.ok) return fail(first.error);
    size = { count: first.value.cases.length, more: first.value.more };
  }
  const title = strings.t(all ? 'view.group.closed' : 'view.group.closedRecently');
  return ok({ key: 'status:closed', title, icon: 'pass-filled', size, collapsed: true, showStatus: false, rows });
}

function queryGroups({ queries }: Settings): Group[] {
  return queries.map(({ name, ...query }, index): Group => ({
    key: `query:${index}:${name}`,
    title: name,
    icon: 'bookmark',
    size: undefined,
    collapsed: true,
    showStatus: true,
    rows: { from: 'desk', query: parseFilter(query) },
  }));
}

async function deskGroups(
  reading: Reading,
  look: Look,
  settings: Settings,
  unsent: Group,
): Promise<Result<Pick<Board, 'groups' | 'standing' | 'matching'>>> {
  const { desk, filter } = reading;
  const all = await desk.count({}, 'status');
  if (!all.ok) return fail(all.error);
  const filtered = isFiltered(filter);
  const found = filtered ? await desk.count(filter, 'status') : all;
  if (!found.ok) return fail(found.error);
  const table = byStatus(found.value);
  const count = (statuses: readonly DeskStatus[]): number => countIn(table, statuses);

  const open =
    look.grouping === 'status'
      ? ok([statusGroup('needsYou', count, reading), statusGroup('waiting', count, reading)])
      : await groupsBy(look.grouping, reading);
  if (!open.ok) return fail(open.error);
  const closed = await closedGroup(table.closed, reading);
  if (!closed.ok) return fail(closed.error);
  const standing = standingOf(byStatus(all.value));
  const groups = [...open.value, unsent, closed.value].filter(({ size }) => size === undefined || size.count > 0);
  const saved = filtered || standing.total === 0 ? [] : queryGroups(settings);
  return ok({ groups: [...groups, ...saved], standing, matching: count(deskStatuses) });
}

async function readOutbox(sources: Sources): Promise<{ outbox?: Outbox; unsent: Result<readonly UnsentItem[]> }> {
  const outbox = await sources.outbox?.();
  return outbox ? { outbox, unsent: await outbox.list() } : { unsent: ok([]) };
}

/** What is on this machine only. */
async function readDrafts(store: DraftStore, filter: CaseQuery) {
  const [drafts, notes] = await Promise.all([store.list(), store.notes()]);
  return {
    drafts: drafts.ok ? drafts.value.filter(draft => draftMatches(draft, filter)) : [],
    notes: notes.ok ? notes.value.filter(({ title }) => titleMatches(title, filter)) : [],
    count: (drafts.ok ? drafts.value.length : 0) + (notes.ok ? notes.value.length : 0),
    failed: !drafts.ok || !notes.ok,
    quarantined: store.takeQuarantined(),
  };
}

/** Reads everything the roots need: settings, drafts, counts; of the cases themselves no more than one page. */
export async function readBoard(sources: Sources, look: Look): Promise<Board> {
  const [strings, { settings, problems }, opened, kept, { outbox, unsent }, suggested] = await Promise.all([
    sources.strings(),
    sources.settings(),
    sources.desk(),
    sources.drafts().then(store => readDrafts(store, look.filter)),
    readOutbox(sources),
    sources.suggestedDesk(),
  ]);
  const { notes } = kept;
  const drafts = kept.drafts.toSorted((a, b) => b.updatedAt - a.updatedAt);
  const waiting = unsent.ok ? unsent.value.filter(item => titleMatches(titleOf(item), look.filter)) : [];
  const count = waiting.length + notes.length + drafts.length;
  const group: Group = {
    key: 'status:unsent',
    title: strings.t('view.group.unsent'),
    icon: 'edit',
    size: { count, more: false, of: 'items' },
    collapsed: false,
    showStatus: false,
    rows: { from: 'drafts', unsent: waiting, notes, drafts },
  };
  const reading = { strings, filter: look.filter, now: sources.now() };
  const groups = opened.ok
    ? await deskGroups({ ...reading, desk: opened.value }, look, settings, group)
    : fail(opened.error);
  return {
    strings,
    settings,
    settingProblems: problems,
    desk: opened.ok ? opened.value : undefined,
    deskError: groups.ok ? undefined : groups.error,
    members: (opened.ok ? opened.value.members?.() : undefined) ?? [],
    suggested,
    drafts: kept.count,
    unsent: unsent.ok ? unsent.value.length : 0,
    // Asked after the readings above, which it is about.
    asOf: opened.ok ? opened.value.asOf?.() : undefined,
    draftsFailed: kept.failed || !unsent.ok,
    quarantined: [...kept.quarantined, ...(outbox?.takeQuarantined() ?? [])],
    ...(groups.ok
      ? groups.value
      : { groups: count > 0 ? [group] : [], standing: standingOf(byStatus([])), matching: 0 }),
  };
}

/** What is left when a reading failed as a whole: the problem, told as one of the desk. */
export async function failedBoard(sources: Sources): Promise<Board> {
  const [strings, { settings, problems }] = await Promise.all([sources.strings(), sources.settings()]);
  return {
    strings,
    settings,
    settingProblems: problems,
    desk: undefined,
    deskError: { code: 'failed' },
    members: [],
    suggested: undefined,
    drafts: 0,
    unsent: 0,
    asOf: undefined,
    draftsFailed: false,
    quarantined: [],
    groups: [],
    standing: standingOf(byStatus([])),
    matching: 0,
  };
}
