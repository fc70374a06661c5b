import type pg from 'pg';
import { int } from '../rows.ts';
import { Refused } from '../refused.ts';
import type { Asked } from './connection.ts';
import { ask, inTransaction } from './connection.ts';
import type { Migration } from './schema.ts';
import { numbersOf } from './schema.ts';

/** Whoever holds this lock of the database may change its format ("Csbk"). */
const lock = `SELECT pg_advisory_xact_lock(${String(0x43_73_62_6b)})`;

const withoutLimits = 'SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0';
/** A large database takes its time, and so do those who change its format before us. */
const patiently = (text: string): pg.QueryConfig => ({ ...{ query_timeout: 60 * 60 * 1_000 }, text });

/** Waits, however long, until the transaction of this connection alone may change the format. */
async function waitAlone(connection: pg.PoolClient): Promise<void> {
  await connection.query(withoutLimits);
  await connection.query(patiently(lock));
}

const knownVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 0;

/** Refuses a database of a version that the migrations do not know. */
export function refuseNewer(found: number, migrations: readonly Migration[]): void {
  const known = knownVersion(migrations);
  if (found > known) throw new Refused({ code: 'newerDatabase', found, known });
}

/** The format of the database, 0 where there is none yet. */
async function versionOf(on: Asked): Promise<number> {
  // By a statement that reads the catalogue: what a connection remembers of it may be from before it held the lock.
  const sql = "SELECT 1 FROM information_schema.tables WHERE table_schema = 'casebook' AND table_name = 'format'";
  if ((await ask(on, sql)).length === 0) return 0;
  return int((await ask(on, 'SELECT coalesce(max(version), 0) FROM casebook.format'))[0]?.[0]);
}

/** Brings the database to the known format, in one transaction. Others may be doing the same. */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[]): Promise<void> {
  const found = await versionOf(pool);
  refuseNewer(found, migrations);
  if (found === knownVersion(migrations)) return;
  const steps = async (connection: pg.PoolClient, begun: Promise<unknown>): Promise<void> => {
    await begun;
    await waitAlone(connection);
    const current = await versionOf(connection);
    refuseNewer(current, migrations);
    await connection.query(`CREATE SCHEMA IF NOT EXISTS casebook;
      CREATE TABLE IF NOT EXISTS casebook.format (version integer PRIMARY KEY)`);
    for (const { version, sql } of migrations) {
      if (version <= current) continue;
      await connection.query(patiently(sql));
      await ask(connection, 'INSERT INTO casebook.format VALUES ($1)', [version]);
    }
  };
  await inTransaction(pool, steps);
}

/** The number a tenant is known by within the database; a new tenant gets one, and numbers for its cases. */
export async function tenantOf(pool: pg.Pool, name: string): Promise<number> {
  const known = async (on: Asked): Promise<number | undefined> => {
    const [row] = await ask(on, 'SELECT tenant FROM casebook.tenants WHERE name = $1', [name]);
    return row && int(row[0]);
  };
  const add = async (connection: pg.PoolClient, begun: Promise<unknown>): Promise<number> => {
    await begun;
    await waitAlone(connection);
    const there = await known(connection);
    if (there !== undefined) return there;
    const added = 'INSERT INTO casebook.tenants (name) VALUES ($1) RETURNING tenant';
    const tenant = int((await ask(connection, added, [name]))[0]?.[0]);
    for (const what of ['case', 'incident'] as const) {
      await connection.query(`CREATE SEQUENCE ${numbersOf(what, tenant)}`);
    }
    return tenant;
  };
  return (await known(pool)) ?? inTransaction(pool, add);
}
