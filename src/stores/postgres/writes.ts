import { hash } from 'node:crypto';
import type pg from 'pg';
import { uncounted } from '../../desk/access.ts';
import type { CaseSummary, TimelineEvent } from '../../desk/case.ts';
import type { DeskChange } from '../../desk/desk.ts';
import { isActive, mostSnapshots } from '../../desk/health.ts';
import type { KeptAnswer, Transaction } from '../../desk/store.ts';
import type { Instant } from '../../rules/decision.ts';
import { Refused } from '../refused.ts';
import type { Tuple } from '../rows.ts';
import { caseColumns, caseValues, filedColumns, filedValues, int, severityOf, text } from '../rows.ts';
import { Batch } from './batch.ts';
import type { Parameter } from './connection.ts';
import { ask } from './connection.ts';
import { readCase, readIncident } from './reads.ts';
import { numbersOf } from './schema.ts';
import { isApart, wordRows } from './words.ts';

/** In how many parts each standing is counted. */
export const parts = 16;

export interface WritingOptions {
  readonly connection: pg.PoolClient;
  readonly tenant: number;
  /** The part in which standings are counted; those who count in different ones do not wait for one another. */
  readonly part: number;
  /** Whether the use cases wait for what others hold. Those that share a transaction do not: it would hold up the rest. */
  readonly waits: boolean;
  /** Rejects where the transaction did not begin. Nothing is written before it is settled. */
  readonly begun: Promise<void>;
  /** Throws where the database has a format that is not known, which is looked up with each key. */
  readonly refuse: (format: number) => void;
  /** Told of each change. */
  readonly changed: (change: DeskChange) => void;
  /** Whether answers may be forgotten now; it need not be at each write. */
  readonly sweeps: () => boolean;
}

/** Ends a use case that has to wait for others, or whose writes are to be undone; it is then run in a transaction of its own. */
export class HasToWait extends Refused {
  constructor() {
    super({ code: 'busy' });
  }
}

const list = (from: number, count: number): string =>
  Array.from({ length: count }, (_, index) => `$${String(from + index)}`).join();

/** Adds to each case of `of`, which names a number, what `events` and `words` hold as JSON. */
const added = (of: string, events: string, words: string): string => `told AS (
    INSERT INTO casebook.events (tenant, number, seq, event)
    SELECT $1, number, told.seq, told.event
    FROM ${of}, json_to_recordset(${events}) AS told (seq integer, event text)),
  found AS (INSERT INTO casebook.words (tenant, number, team_only, found_by)
    SELECT $1, number, said.team_only, said.found_by
    FROM ${of}, json_to_recordset(${words}) AS said (team_only boolean, found_by tsvector))`;
const eventRows = (events: readonly TimelineEvent[]): { readonly seq: number; readonly event: string }[] =>
  events.map(event => ({ seq: event.seq, event: JSON.stringify(event) }));

/**
 * What is put off to the end, as one statement: answers to keep, bytes in use, and by how much standings have changed, in
 * an order that all writers have. $1 tenant, $2 part, $3 answers as JSON, $4 bytes, then the standings. An answer that
 * another copy kept since this one looked is in the way, and all is undone.
 */
const settle = `WITH keeping AS (INSERT INTO casebook.kept (tenant, caller, key, payload, answer, at)
    SELECT $1, caller, key, payload, answer, at
    FROM json_to_recordset($3::json) AS asked (caller text, key text, payload text, answer text, at bigint)),
  adding AS (INSERT INTO casebook.used (tenant, part, bytes) SELECT $1, $2, $4::bigint WHERE $4 > 0
    ON CONFLICT (tenant, part) DO UPDATE SET bytes = used.bytes + excluded.bytes)
  INSERT INTO casebook.tally (tenant, status, severity, service, part, cases)
  SELECT $1, status, severity, service, $2, cases
  FROM unnest($5::text[], $6::text[], $7::text[], $8::integer[]) AS changes (status, severity, service, cases)
  ORDER BY status, severity, service
  ON CONFLICT (tenant, status, severity, service, part) DO UPDATE SET cases = tally.cases + excluded.cases`;

const ownColumns = [...caseColumns, 'team_notes', 'team_files'];
const columns = ownColumns.length;
/** Values for `ownColumns`; the last two are what these events add. */
function ownValues(summary: CaseSummary, events: readonly TimelineEvent[]): Parameter[] {
  const seen = uncounted(summary, events.filter(isApart));
  return [...caseValues(summary), summary.notes - seen.notes, summary.files - seen.files];
}
const filedNames = filedColumns.split(', ');
const types: Readonly<Partial<Record<string, string>>> = {
  ...{ revision: 'integer', notes: 'integer', files: 'integer', team_notes: 'integer', team_files: 'integer' },
  ...{ opened_at: 'bigint', updated_at: 'bigint', first_response_at: 'bigint' },
};

/** $1 tenant, $2 cases with their events and words as JSON, $3 the sequence. */
const addCases = `WITH asked AS (
    SELECT nextval($3::text::regclass) AS number, asked.*
    FROM json_to_recordset($2::json) AS asked (id text, ${ownColumns.map(name => `${name} ${types[name] ?? 'text'}`).join()},
      ${filedNames.map(name => `filed_${name} text`).join()}, events json, words json)),
  added AS (INSERT INTO casebook.cases (tenant, number, id, ${ownColumns.join()})
    SELECT $1, number, id, ${ownColumns.join()} FROM asked),
  filed AS (INSERT INTO casebook.filed (tenant, number, ${filedColumns})
    SELECT $1, number, ${filedNames.map(name => `filed_${name}`).join()} FROM asked),
  ${added('asked', 'asked.events', 'asked.words')}
  SELECT number, id FROM asked`;

/** $1 tenant, $2 id, then the case, its events and words. */
const changeCase = `WITH before AS (
    SELECT number AS own, status, severity, service FROM casebook.cases WHERE tenant = $1 AND id = $2 FOR UPDATE),
  one AS (UPDATE casebook.cases SET (${ownColumns.join()}) = (${list(3, columns - 2)},
      team_notes + ${list(columns + 1, 1)}, team_files + ${list(columns + 2, 1)})
    FROM before WHERE tenant = $1 AND number = own RETURNING cases.*),
  ${added('one', `${list(columns + 3, 1)}::json`, `${list(columns + 4, 1)}::json`)}
  SELECT one.number, before.status, before.severity, before.service FROM one, before`;

const postsOf = (seqs: string, posts: string): string => `posted AS (
    INSERT INTO casebook.posts (tenant, number, seq, post)
    SELECT $1, number, post.seq, post.post FROM one, unnest(${seqs}::integer[], ${posts}::text[]) AS post (seq, post))`;
const addIncident = `WITH one AS (
    INSERT INTO casebook.incidents (tenant, number, id, revision, service, title, classification, status, active,
      started_at, updated_at)
    VALUES ($1, nextval($13::text::regclass), $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING number),
  ${postsOf('$11', '$12')}
  SELECT number FROM one`;
const changeIncident = `WITH one AS (
    UPDATE casebook.incidents SET revision = $3, status = $4, active = $5, updated_at = $6
    WHERE tenant = $1 AND id = $2 RETURNING number),
  ${postsOf('$7', '$8')}
  SELECT number FROM one`;

/** Whoever holds the lock of a key works under it; what is kept under it is seen by whoever has the lock next. */
export const keptQuery = `SELECT (SELECT max(version) FROM casebook.format), pg_try_advisory_xact_lock(lock), at >= since,
    payload, answer
  FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[]) WITH ORDINALITY AS asked (lock, of, named, since, place)
  LEFT JOIN LATERAL (SELECT payload, answer, at FROM casebook.kept
    WHERE tenant = $1 AND caller = asked.of AND key = asked.named LIMIT 1) AS known ON true
  ORDER BY place`;

const forgetOne = 'DELETE FROM casebook.kept WHERE tenant = $1 AND caller = $2 AND key = $3';

const stillRunning = (): Refused => new Refused({ code: 'stillRunning' });

const names = new Map<string, string>();
/** Names one of the few statements of writing, so that a connection prepares it once. */
function nameOf(sql: string): string {
  const name = names.get(sql) ?? `casebook ${String(names.size)}`;
  names.set(sql, name);
  return name;
}

const keepSnapshot = `INSERT INTO casebook.snapshots (tenant, source, snapshot, expires_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (tenant, source) DO UPDATE SET snapshot = excluded.snapshot, expires_at = excluded.expires_at RETURNING 1`;
const endSnapshots = `DELETE FROM casebook.snapshots WHERE tenant = $1 AND (expires_at <= $2 OR source NOT IN (
  SELECT source FROM casebook.snapshots WHERE tenant = $1 ORDER BY expires_at DESC, source LIMIT $3))`;

interface AskedKey {
  readonly lock: string;
  readonly caller: string;
  readonly key: string;
  /** What was kept before is over. */
  readonly since: Instant;
}
interface KeptRow extends KeptAnswer, Pick<AskedKey, 'caller' | 'key'> {
  readonly at: Instant;
}
interface NewRow {
  readonly id: string;
  readonly [column: string]: unknown;
}

/**
 * The writing of one transaction, in which several use cases run at the same time, each with methods of its own. What
 * they ask is sent on without waiting for the answer to what another asked.
 */
export class Writing {
  readonly #with: WritingOptions;
  /** Cases, incidents and keys, and the use case that asked for each. */
  readonly #asked = new Map<string, Transaction>();
  /** By how many cases each standing has changed. */
  readonly #standings = new Map<string, number>();
  /** Answers to keep. */
  readonly #keeping: KeptRow[] = [];
  /** Bytes of the texts that were added. */
  #bytes = 0;
  // What most use cases ask goes to the database as one statement for all of them.
  readonly #kept = new Batch<AskedKey, Tuple>(async all => {
    const column = <Name extends keyof AskedKey>(name: Name): AskedKey[Name][] => all.map(one => one[name]);
    const values = [column('lock'), column('caller'), column('key'), column('since')];
    // What only reads goes along with BEGIN, and is believed once that was answered.
    const [rows] = await Promise.all([this.#ask(keptQuery, values), this.#with.begun]);
    return rows;
  });
  readonly #added = new Batch<NewRow, number>(async all => {
    const rows = await this.#run(addCases, JSON.stringify(all), numbersOf('case', this.#with.tenant));
    const numbers = new Map(rows.map(([number, id]) => [id, int(number)]));
    return all.flatMap(({ id }) => numbers.get(id) ?? []);
  });

  constructor(options: WritingOptions) {
    this.#with = options;
  }

  async #run(sql: string, ...values: readonly Parameter[]): ReturnType<typeof ask> {
    await this.#with.begun;
    return this.#ask(sql, values);
  }
  #ask(sql: string, values: readonly Parameter[]): ReturnType<typeof ask> {
    const { connection, tenant } = this.#with;
    return ask(connection, sql, [tenant, ...values], nameOf(sql));
  }

  #count(status: string, severity: string, service: string, by: 1 | -1): void {
    const standing = JSON.stringify([status, severity, service]);
    this.#standings.set(standing, (this.#standings.get(standing) ?? 0) + by);
  }

  #add(texts: readonly string[]): void {
    for (const text of texts) this.#bytes += Buffer.byteLength(text);
  }

  /** Writes what was put off to be written once. All of it is asked before this answers, so that COMMIT may follow at once. */
  finish(): Promise<unknown> {
    const changed = [...this.#standings].filter(([, by]) => by !== 0);
    if (this.#keeping.length + this.#bytes + changed.length === 0) return Promise.resolve();
    const standings = changed.map(([standing]) => JSON.parse(standing) as string[]);
    const column = (index: number): string[] => standings.map(standing => standing[index] ?? '');
    const by = changed.map(([, by]) => by);
    const kept = JSON.stringify(this.#keeping);
    return this.#ask(settle, [this.#with.part, kept, this.#bytes, column(0), column(1), column(2), by]);
  }

  /** The methods for one use case. `wrote` is called once it has something to be undone. */
  useCase(wrote: () => void): Transaction {
    const { connection, tenant, waits } = this.#with;
    let forgotten: Instant = 0;
    const run = (sql: string, ...values: Parameter[]): ReturnType<typeof ask> => this.#run(sql, ...values);
    /** Runs a statement that makes or changes one thing, and answers its row. */
    const change = async (what: DeskChange, sql: string, values: readonly Parameter[]): Promise<Tuple> => {
      wrote();
      const [row] = await run(sql, ...values);
      if (!row) throw new TypeError('what is to be changed is missing in the database');
      this.#with.changed(what);
      return row;
    };
    const takeFirst = (what: string): void => {
      const holder = this.#asked.get(what) ?? within;
      if (holder !== within) throw new HasToWait();
      this.#asked.set(what, within);
    };
    /** Holds a row from here to the end of the transaction, and so sees its latest state. */
    const hold = async (table: 'cases' | 'incidents', id: string): Promise<void> => {
      takeFirst(`${table} ${id}`);
      const sql = `SELECT number FROM casebook.${table} WHERE tenant = $1 AND id = $2 FOR UPDATE`;
      const held = await run(waits ? sql : `${sql} SKIP LOCKED`, id);
      // Somebody else holds it, or it is not there at all.
      if (held.length === 0 && !waits) throw new HasToWait();
    };
    const lockOf = (...names: readonly string[]): string => {
      return hash('sha256', JSON.stringify([tenant, ...names]), 'buffer')
        .readBigInt64BE()
        .toString();
    };

    const within: Transaction = {
      case: async id => {
        await hold('cases', id);
        return readCase(connection, tenant, id);
      },
      addCase: async (summary, filed, events) => {
        wrote();
        const { id } = summary;
        const told = eventRows(events);
        this.#add([filed.text, filed.impact, JSON.stringify(filed.places), ...told.map(({ event }) => event)]);
        const own = ownValues({ ...summary, number: 0 }, events);
        const first = filedValues(filed);
        const number = await this.#added.add({
          ...Object.fromEntries(ownColumns.map((name, index) => [name, own[index]])),
          ...Object.fromEntries(filedNames.map((name, index) => [`filed_${name}`, first[index]])),
          ...{ id, events: told, words: wordRows(tenant, [summary.title, filed.text], events) },
        });
        this.#with.changed({ cases: [id] });
        this.#count(summary.status, severityOf(summary), summary.service, 1);
        return number;
      },
      changeCase: async (summary, events) => {
        const told = eventRows(events);
        this.#add(told.map(({ event }) => event));
        const news = [JSON.stringify(told), JSON.stringify(wordRows(tenant, [], events))];
        const values = [summary.id, ...ownValues(summary, events), ...news];
        const [, ...before] = await change({ cases: [summary.id] }, changeCase, values);
        const [status, severity, service] = before.map(text);
        this.#count(status ?? '', severity ?? '', service ?? '', -1);
        this.#count(summary.status, severityOf(summary), summary.service, 1);
      },
      incident: async id => {
        await hold('incidents', id);
        return readIncident(connection, tenant, id);
      },
      addIncident: async ({ id, revision, service, title, classification, status, startedAt, updatedAt, posts }) => {
        const values = [id, revision, service, title, classification, status, isActive(status), startedAt, updatedAt];
        const texts = posts.map(post => JSON.stringify(post));
        this.#add(texts);
        const told = [posts.map((_, seq) => seq), texts];
        const number = numbersOf('incident', tenant);
        return int((await change({ incidents: true }, addIncident, [...values, ...told, number]))[0]);
      },
      changeIncident: async ({ id, revision, status, updatedAt, posts }, from) => {
        const news = posts.slice(from);
        const texts = news.map(post => JSON.stringify(post));
        this.#add(texts);
        const told = [news.map((_, index) => from + index), texts];
        await change({ incidents: true }, changeIncident, [id, revision, status, isActive(status), updatedAt, ...told]);
      },
      keepSnapshot: async ({ source, snapshot }, expires, now) => {
        await change({ incidents: true }, keepSnapshot, [source, snapshot, expires]);
        await run(endSnapshots, now, mostSnapshots);
      },
      kept: async (caller, key) => {
        takeFirst(`key ${JSON.stringify([caller, key])}`);
        const asked = { lock: lockOf(caller, key), caller, key, since: forgotten };
        const [format, held, holds, payload, answer] = await this.#kept.add(asked);
        this.#with.refuse(int(format));
        if (held !== true) throw waits ? stillRunning() : new HasToWait();
        if (holds === true) return { payload: text(payload), answer: text(answer) };
        // What is over makes room for what is kept next.
        if (holds === false) await run(forgetOne, caller, key);
        return undefined;
      },
      keep: (caller, key, at, { payload, answer }) => {
        wrote();
        this.#keeping.push({ caller, key, payload, answer, at });
        return Promise.resolve();
      },
      forget: async before => {
        forgotten = before;
        if (this.#with.sweeps()) await run('DELETE FROM casebook.kept WHERE tenant = $1 AND at < $2', before);
      },
    };
    return within;
  }
}
