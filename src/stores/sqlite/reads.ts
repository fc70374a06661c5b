import { uncounted } from '../../desk/access.ts';
import type { CaseSummary, TimelineEvent } from '../../desk/case.ts';
import type { Counts, Grouping } from '../../desk/desk.ts';
import type { Incident } from '../../desk/health.ts';
import type { CaseFilter, CaseRecord, ListPlace } from '../../desk/store.ts';
import { deskStatuses } from '../../desk/words.ts';
import { severities } from '../../rules/profile.ts';
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
import type { Connection, Row, Value } from './connection.ts';
import type { Matches, Search } from './search.ts';
import { isTeamOnly, placeOf, readSliced } from './search.ts';

const newestFirst = 'ORDER BY updated_at DESC, number DESC';
const levels = [...severities, 'none'] as const;
/** Up to here the found cases are fetched and sorted; beyond, the list is walked in its order until the page is full. */
const few = 2_000;

const json = (list: readonly unknown[] | undefined): string | null => (list ? JSON.stringify(list) : null);

/**
 * A page by indexes alone. Each status and severity asked for is an arm with an index in the order of the list, and
 * SQLite merges the arms as it goes, so a page costs what it shows, however rare its cases are.
 */
export function pageQuery(filter: CaseFilter, after: ListPlace | undefined, limit: number): [string, Value[]] {
  const values: Value[] = [limit];
  const place = (value: Value): string => `?${String(values.push(value))}`;
  const beyond = after && `(updated_at, number) < (${place(after.updatedAt)}, ${place(after.number)})`;
  const service = filter.service !== undefined && `service = ${place(filter.service)}`;
  const select = (...where: (string | false | undefined)[]): string => {
    const holds = [...where, service, beyond].filter(part => typeof part === 'string');
    return `SELECT ${summaryColumns} FROM cases ${holds.length > 0 ? `WHERE ${holds.join(' AND ')}` : ''}`;
  };
  if (!filter.status && !filter.severity && !service) return [`${select()} ${newestFirst} LIMIT ?1`, values];
  const severity = (filter.severity ?? levels).map(level => `severity = ${place(level)}`);
  const arms = (filter.status ?? deskStatuses).flatMap(status => {
    const standing = `status = ${place(status)}`;
    return severity.map(level => select(standing, level));
  });
  return [`${arms.join(' UNION ALL ')} ${newestFirst} LIMIT ?1`, values];
}

const holds = `(?1 IS NULL OR status IN (SELECT value FROM json_each(?1)))
  AND (?2 IS NULL OR severity IN (SELECT value FROM json_each(?2))) AND (?3 IS NULL OR service = ?3)`;
const standing = (filter: CaseFilter): Value[] => [json(filter.status), json(filter.severity), filter.service ?? null];
const orderless = (after: ListPlace | undefined): Value[] => [after?.updatedAt ?? null, after?.number ?? null];
const beyond = '(?4 IS NULL OR (updated_at, number) < (?4, ?5))';

async function listFound(
  connection: Connection,
  found: Matches,
  filter: CaseFilter,
  after: ListPlace | undefined,
  limit: number,
): Promise<Tuple[]> {
  const byNumber = `SELECT ${summaryColumns} FROM cases WHERE number IN (SELECT value FROM json_each(?1)) ${newestFirst}`;
  if (found.count <= few) {
    const sql = `SELECT ${summaryColumns} FROM cases WHERE number IN (SELECT value FROM json_each(?7))
      AND ${holds} AND ${beyond} ${newestFirst} LIMIT ?6`;
    return connection.tuples(sql, ...standing(filter), ...orderless(after), limit, json(found.numbers()));
  }
  const numbers: number[] = [];
  const walk = `SELECT number FROM cases WHERE ${holds} AND ${beyond} ${newestFirst}`;
  await readSliced(connection.rows(walk, ...standing(filter), ...orderless(after)), ([value]) => {
    const number = int(value);
    return !found.has(number) || numbers.push(number) < limit;
  });
  return connection.tuples(byNumber, json(numbers));
}

interface Source {
  readonly reader: Connection;
  search(): Search;
}

const eventIn = ({ event }: Row): TimelineEvent => eventOf(JSON.parse(text(event)));

/** The notes of a case that are for the team alone. */
function teamOnlyEvents(connection: Connection, number: number): TimelineEvent[] {
  const sql = `SELECT event FROM events WHERE ${isTeamOnly} AND place BETWEEN ? AND ?`;
  return connection.all(sql, placeOf(number, 1), placeOf(number + 1, 0) - 1).map(eventIn);
}

export async function list(
  source: Source,
  filter: CaseFilter,
  after: ListPlace | undefined,
  limit: number,
): Promise<CaseSummary[]> {
  const { words, outside = false } = filter;
  const told = (connection: Connection, rows: readonly Tuple[]): CaseSummary[] => {
    const summaries = rows.map(summaryOf);
    return outside
      ? summaries.map(summary => uncounted(summary, teamOnlyEvents(connection, summary.number)))
      : summaries;
  };
  if (words) {
    return source.search().with({ words, outside }, async (connection, found) => {
      return told(connection, await listFound(connection, found, filter, after, limit));
    });
  }
  const [sql, values] = pageQuery(filter, after, limit);
  const page = (): CaseSummary[] => told(source.reader, source.reader.tuples(sql, ...values));
  return outside ? source.reader.snapshot(page) : page();
}

async function countFound(
  connection: Connection,
  found: Matches,
  filter: CaseFilter,
  by: Grouping,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const some = found.count <= few;
  const among = some ? 'number IN (SELECT value FROM json_each(?4)) AND' : '';
  const sql = `SELECT ${by} AS value, number FROM cases WHERE ${among} ${holds}`;
  const rows = connection.rows(sql, ...standing(filter), ...(some ? [json(found.numbers())] : []));
  await readSliced(rows, ([held, number]) => {
    const value = String(held);
    if (found.has(int(number))) counts.set(value, (counts.get(value) ?? 0) + 1);
    return undefined;
  });
  return counts;
}

export async function count(source: Source, filter: CaseFilter, by: Grouping): Promise<Counts> {
  const sql = `SELECT ${by} AS value, sum(cases) AS cases FROM tally WHERE ${holds} GROUP BY 1 HAVING sum(cases) > 0`;
  const { words, outside = false } = filter;
  const counts = words
    ? await source.search().with({ words, outside }, (connection, found) => countFound(connection, found, filter, by))
    : source.reader.all(sql, ...standing(filter)).map(row => [String(row['value']), int(row['cases'])] as const);
  return [...counts]
    .map(([value, cases]) => ({ value, count: cases }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** The size of the database without what is free in it: texts, and all that is kept about them. */
export function bytesInUse(connection: Connection): number {
  const [pages = 0, free = 0, size = 0] = ['page_count', 'freelist_count', 'page_size'].map(name =>
    connection.number(`PRAGMA ${name}`),
  );
  return (pages - free) * size;
}

/** A case with its timeline, as of one moment: no other window writes between the parts. */
export function readCase(connection: Connection, id: string): CaseRecord | undefined {
  const [row] = connection.tuples(`SELECT ${summaryColumns} FROM cases WHERE id = ?`, id);
  if (!row) return undefined;
  const summary = summaryOf(row);
  const [filed] = connection.tuples(`SELECT ${filedColumns} FROM filed WHERE number = ?`, summary.number);
  if (!filed) throw new TypeError('a case is incomplete in the database');
  const sql = 'SELECT event FROM events WHERE place BETWEEN ? AND ? ORDER BY place';
  const events = connection.all(sql, placeOf(summary.number, 1), placeOf(summary.number + 1, 0) - 1);
  return { summary, filed: filedOf(filed), timeline: events.map(eventIn) };
}

const posts = 'SELECT at, by, status, text FROM posts WHERE number = ? ORDER BY seq';
function withPosts(connection: Connection, row: Tuple): Incident {
  const kept = connection.all(posts, int(row[0]));
  return incidentOf(
    row,
    kept.map(({ by, ...post }) => ({ ...post, by: { name: by } })),
  );
}

export function readIncident(connection: Connection, id: string): Incident | undefined {
  const [row] = connection.tuples(`SELECT ${incidentColumns} FROM incidents WHERE id = ?`, id);
  return row && withPosts(connection, row);
}

export function readBoard(connection: Connection, limit: number): Incident[] {
  const newestFirst = 'ORDER BY active DESC, updated_at DESC, number DESC LIMIT ?';
  const rows = connection.tuples(`SELECT ${incidentColumns} FROM incidents ${newestFirst}`, limit);
  return rows.map(row => withPosts(connection, row));
}
