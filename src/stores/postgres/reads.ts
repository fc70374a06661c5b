import type { CaseSummary } from '../../desk/case.ts';
import type { Counts, Grouping } from '../../desk/desk.ts';
import type { Incident } from '../../desk/health.ts';
import type { CaseFilter, CaseRecord, ListPlace } from '../../desk/store.ts';
import type { Instant } from '../../rules/decision.ts';
import type { Tuple } from '../rows.ts';
import {
  eventOf,
  filedColumns,
  filedOf,
  incidentColumns,
  incidentOf,
  int,
  summaryColumns,
  summaryOf,
  text,
} from '../rows.ts';
import type { Asked, Parameter } from './connection.ts';
import { ask } from './connection.ts';
import { beginningWith } from './words.ts';

const newestFirst = 'ORDER BY updated_at DESC, number DESC';

/** Values of a statement; the first is always the tenant. */
class Parameters {
  readonly values: Parameter[];
  constructor(tenant: number) {
    this.values = [tenant];
  }
  /** The place of a value in the statement. */
  put(value: Parameter): string {
    return `$${String(this.values.push(value))}`;
  }
}

/** Each word begins a word of the case. */
function hasWords(tenant: number, { words = [], outside }: CaseFilter, parameters: Parameters): string[] {
  return words.map(word => {
    const found = `found_by @@ ${parameters.put(beginningWith(word, tenant))}::tsquery`;
    return `EXISTS (SELECT FROM casebook.words WHERE tenant = $1 AND words.number = cases.number
      AND ${found}${outside ? ' AND NOT team_only' : ''})`;
  });
}

/**
 * A page by indexes alone. Each status asked for (or severity, where no status is) is an arm with an index in the order
 * of the list and gives at most a page, so a page costs what it shows, however rare its cases are.
 */
export function pageQuery(
  tenant: number,
  filter: CaseFilter,
  after: ListPlace | undefined,
  limit: number,
  among?: readonly number[],
): [string, Parameter[]] {
  const { words, status, severity, service } = filter;
  const parameters = new Parameters(tenant);
  const most = parameters.put(limit);
  const holds = ['tenant = $1'];
  if (among) holds.push(`number = ANY (${parameters.put(among)}::integer[])`);
  if (after) holds.push(`(updated_at, number) < (${parameters.put(after.updatedAt)}, ${parameters.put(after.number)})`);
  if (service !== undefined) holds.push(`service = ${parameters.put(service)}`);
  if (status && severity) holds.push(`severity = ANY (${parameters.put(severity)}::text[])`);
  holds.push(...hasWords(tenant, filter, parameters));
  // Who is not of the team is told of no notes and files that are for the team alone.
  const columns = filter.outside
    ? `${summaryColumns} - team_files`.replace('notes,', 'notes - team_notes,')
    : summaryColumns;
  const select = (...more: string[]): string =>
    `SELECT ${columns} FROM casebook.cases WHERE ${[...holds, ...more].join(' AND ')}`;
  const [column, levels] = status ? ['status', status] : ['severity', severity];
  // Words say more than a status does: what they find is looked up and sorted, or the list is walked, as is cheaper.
  if (words && levels) {
    return [
      `${select(`${column} = ANY (${parameters.put(levels)}::text[])`)} ${newestFirst} LIMIT ${most}`,
      parameters.values,
    ];
  }
  const pageOf = (arm: string): string => `${arm} ${newestFirst} LIMIT ${most}`;
  if (!levels) return [pageOf(select()), parameters.values];
  const arms = levels.map(level => `(${pageOf(select(`${column} = ${parameters.put(level)}`))})`);
  return [pageOf(`SELECT * FROM (${arms.join(' UNION ALL ')}) AS arms`), parameters.values];
}

/** A word found in no more rows than this is looked up before the list is. */
const few = 2_000;

/**
 * The cases that hold a word which few hold; nothing where each word is common. PostgreSQL takes the beginning of any
 * word for common, and would look for a rare one in all cases, newest first.
 */
async function fewWith(on: Asked, tenant: number, words: readonly string[]): Promise<number[] | undefined> {
  const sql = 'SELECT number FROM casebook.words WHERE tenant = $1 AND found_by @@ $2::tsquery LIMIT $3';
  // Long words are rare words.
  for (const word of [...words].sort((a, b) => b.length - a.length).slice(0, 3)) {
    const rows = await ask(on, sql, [tenant, beginningWith(word, tenant), few + 1]);
    if (rows.length <= few) return [...new Set(rows.map(([number]) => int(number)))];
  }
  return undefined;
}

export async function list(
  on: Asked,
  tenant: number,
  filter: CaseFilter,
  after: ListPlace | undefined,
  limit: number,
): Promise<CaseSummary[]> {
  const among = await fewWith(on, tenant, filter.words ?? []);
  if (among?.length === 0) return [];
  return (await ask(on, ...pageQuery(tenant, filter, after, limit, among))).map(summaryOf);
}

export async function count(on: Asked, tenant: number, filter: CaseFilter, by: Grouping): Promise<Counts> {
  const { words, status, severity, service } = filter;
  const parameters = new Parameters(tenant);
  const holds = ['tenant = $1'];
  if (status) holds.push(`status = ANY (${parameters.put(status)}::text[])`);
  if (severity) holds.push(`severity = ANY (${parameters.put(severity)}::text[])`);
  if (service !== undefined) holds.push(`service = ${parameters.put(service)}`);
  holds.push(...hasWords(tenant, filter, parameters));
  const [cases, table] = words ? ['count(*)', 'casebook.cases'] : ['sum(cases)', 'casebook.tally'];
  const sql = `SELECT ${by}, ${cases}::integer FROM ${table} WHERE ${holds.join(' AND ')} GROUP BY 1`;
  return (await ask(on, sql, parameters.values))
    .map(([value, found]) => ({ value: text(value), count: int(found) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Bytes of all texts and files. */
export async function bytesInUse(on: Asked, tenant: number): Promise<number> {
  const sql = `SELECT (SELECT coalesce(sum(bytes), 0) FROM casebook.used WHERE tenant = $1)::bigint
    + (SELECT coalesce(sum(bytes), 0) FROM casebook.files WHERE tenant = $1)::bigint`;
  return int((await ask(on, sql, [tenant]))[0]?.[0]);
}

/** JSON texts that were strung together by commas. */
const strung = (list: unknown): unknown[] => (list === null ? [] : (JSON.parse(`[${text(list)}]`) as unknown[]));

/** A case with its timeline, as of one moment: it is one statement. */
export async function readCase(on: Asked, tenant: number, id: string): Promise<CaseRecord | undefined> {
  const filed = filedColumns.replaceAll(/\w+/g, 'filed.$&');
  const summary = summaryColumns.replaceAll(/\w+/g, 'cases.$&');
  const sql = `SELECT (SELECT string_agg(event, ',' ORDER BY seq) FROM casebook.events
        WHERE events.tenant = $1 AND events.number = cases.number), ${filed}, ${summary}
    FROM casebook.cases JOIN casebook.filed ON filed.tenant = $1 AND filed.number = cases.number
    WHERE cases.tenant = $1 AND cases.id = $2`;
  const [row] = await ask(on, sql, [tenant, id]);
  if (!row) return undefined;
  return { summary: summaryOf(row.slice(10)), filed: filedOf(row.slice(1, 10)), timeline: strung(row[0]).map(eventOf) };
}

const posted = `(SELECT string_agg(post, ',' ORDER BY seq) FROM casebook.posts
  WHERE posts.tenant = $1 AND posts.number = incidents.number)`;
const withPosts = (row: Tuple): Incident => incidentOf(row, strung(row.at(-1)));

export async function readIncident(on: Asked, tenant: number, id: string): Promise<Incident | undefined> {
  const sql = `SELECT ${incidentColumns}, ${posted} FROM casebook.incidents WHERE tenant = $1 AND id = $2`;
  const [row] = await ask(on, sql, [tenant, id]);
  return row && withPosts(row);
}

export async function readBoard(on: Asked, tenant: number, limit: number): Promise<Incident[]> {
  const sql = `SELECT ${incidentColumns}, ${posted} FROM casebook.incidents WHERE tenant = $1
    ORDER BY active DESC, updated_at DESC, number DESC LIMIT $2`;
  return (await ask(on, sql, [tenant, limit])).map(withPosts);
}

export async function readSnapshots(on: Asked, tenant: number, now: Instant): Promise<string[]> {
  const sql = 'SELECT snapshot FROM casebook.snapshots WHERE tenant = $1 AND expires_at > $2 ORDER BY source';
  return (await ask(on, sql, [tenant, now])).map(([snapshot]) => text(snapshot));
}
