import pg from 'pg';
import type { Tuple, Value } from '../rows.ts';
import { isBroken } from './trouble.ts';

/** Also lists, for `unnest` and `ANY`, and bytes. */
export type Parameter = Value | boolean | Uint8Array | readonly string[] | readonly number[];
/** What takes statements: a pool, or one connection of it. */
export type Asked = pg.Pool | pg.ClientBase;

// https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat
const [bool, bytea, int8, int2, int4] = [16, 17, 20, 21, 23];
const numbers: readonly number[] = [int8, int2, int4];
function parserOf(type: number): (text: string) => unknown {
  if (numbers.includes(type)) return Number;
  if (type === bytea) return text => Buffer.from(text.slice('\\x'.length), 'hex');
  return type === bool ? text => text === 't' : text => text;
}
// What is asked for in text comes in text, so the other format plays no part.
const types: pg.CustomTypesConfig = { getTypeParser: parserOf as pg.CustomTypesConfig['getTypeParser'] };

/** Bytes go as they are; a view of them costs nothing. */
const sent = (value: Parameter): unknown =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;

const gathering = new WeakSet<object>();
/** Sends what is asked on a connection from here to the end of this turn of the event loop by one call of the system. */
function gather(on: Asked): void {
  if (!('connection' in on)) return;
  const { stream } = (on as pg.PoolClient).connection;
  if (gathering.has(stream)) return;
  gathering.add(stream);
  stream.cork();
  setImmediate(() => {
    gathering.delete(stream);
    stream.uncork();
  });
}

/**
 * Runs one statement and answers its rows as lists. Whole numbers come as numbers, bytes as bytes. A statement with a
 * name is prepared once by each connection.
 */
export async function ask(
  on: Asked,
  text: string,
  values: readonly Parameter[] = [],
  name?: string,
): Promise<readonly Tuple[]> {
  const asked = {
    text,
    values: values.map(sent),
    rowMode: 'array' as const,
    types,
    ...(name !== undefined && { name }),
  };
  gather(on);
  return (await on.query<unknown[]>(asked)).rows;
}

/** How long, in milliseconds, the database may take before the desk gives up and says that it is busy. */
const limits = {
  connectionTimeoutMillis: 5_000,
  lock_timeout: 5_000,
  statement_timeout: 10_000,
  idle_in_transaction_session_timeout: 10_000,
  // The server may be gone without a word, so its own limits are not enough.
  query_timeout: 15_000,
};

/**
 * Every reading is of a tenant, by an index. While a table is small, PostgreSQL would rather read all of it, keep that plan,
 * and go on so for a minute when it is large.
 */
const byIndex = 'SET enable_seqscan = off';

export interface Connections {
  readonly pool: pg.Pool;
  /** Closes them, where they were opened here. */
  readonly end: () => void;
}
/** Connections to a database at an address, or those that are given. */
export function connectionsTo(database: string | pg.Pool, most: number, report: (error: unknown) => void): Connections {
  const isOwn = typeof database === 'string';
  const pool = isOwn
    ? new pg.Pool({
        ...{ connectionString: database, max: most, keepAlive: true, application_name: 'casebook', ...limits },
        // What use cases of one transaction ask is sent without waiting for what another of them asked.
        pipeline: true,
      })
    : database;
  if (isOwn) pool.on('connect', client => void client.query(byIndex).catch(report));
  // When a connection that nobody uses is lost, the pool forgets it; that nobody listens would end the process.
  if (pool.listenerCount('error') === 0) pool.on('error', error => report(error));
  const end = (): void => {
    if (isOwn) pool.end().catch(report);
  };
  return { pool, end };
}

const nothing = (): Promise<void> => Promise.resolve();

/**
 * Runs `work` between BEGIN and COMMIT; it is not held up by BEGIN, and told when that was answered.
 * `finish` asks what is left to be done, which COMMIT follows without waiting for it; where it answers nothing, or
 * anything rejects, all is undone.
 */
export async function inTransaction<Answer>(
  pool: pg.Pool,
  work: (connection: pg.PoolClient, begun: Promise<unknown>) => Promise<Answer>,
  finish: (answer: Answer) => Promise<unknown> | undefined = nothing,
): Promise<Answer> {
  const connection = await pool.connect();
  let lost: unknown;
  const lose = (error: Error): void => {
    lost = error;
  };
  connection.on('error', lose);
  const attempt = async (): Promise<Answer> => {
    const begun = ask(connection, 'BEGIN ISOLATION LEVEL READ COMMITTED');
    // Whether it rejects is looked at once nothing is asked any more.
    begun.catch(() => undefined);
    const answer = await work(connection, begun);
    await begun;
    const last = finish(answer);
    if (last) {
      const [{ command }] = await Promise.all([connection.query('COMMIT'), last]);
      // Once a statement failed, COMMIT undoes and is no error.
      if (command !== 'COMMIT') throw new Error('the transaction was undone');
    } else {
      await connection.query('ROLLBACK');
    }
    return answer;
  };
  try {
    return await attempt();
  } catch (error) {
    if (isBroken(error)) lost = error;
    else await connection.query('ROLLBACK').catch(lose);
    throw error;
  } finally {
    connection.off('error', lose);
    connection.release(lost !== undefined);
  }
}
