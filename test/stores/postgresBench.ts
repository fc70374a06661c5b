import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { OpenedPostgresStore, PostgresStoreOptions } from '../../src/stores/postgres/store.ts';
import { openPostgresStore } from '../../src/stores/postgres/store.ts';
import { value } from '../desk/build.ts';
import type { Bench } from '../desk/conformance.ts';
import { deskOver, start } from './bench.ts';
import { sharedPostgres } from './postgresServer.ts';

let connecting: Promise<pg.Pool> | undefined;
/** Connections to one database that the tests of this process share, each test as a tenant of its own. */
export function sharedPool(): Promise<pg.Pool> {
  return (connecting ??= sharedPostgres().then(async server => {
    const pool = new pg.Pool({ pipeline: true, connectionString: await server.newDatabase(), max: 20 });
    pool.on('error', () => undefined);
    return pool;
  }));
}

export async function openTenant(options: Partial<PostgresStoreOptions> = {}): Promise<OpenedPostgresStore> {
  const database = options.database ?? (await sharedPool());
  return value(await openPostgresStore({ now: () => start, tenant: randomUUID(), ...options, database }));
}

/** A desk of a tenant of its own. */
export async function postgresBench(): Promise<Bench> {
  let time = start;
  const now = (): number => time;
  const { store } = await openTenant({ now });
  return {
    desk: who => deskOver(store, who, now),
    now,
    pass: ms => {
      time += ms;
    },
    close: () => {
      store.close();
      return Promise.resolve();
    },
  };
}

/** What was asked of PostgreSQL while `work` went on. */
export async function asked(work: () => Promise<unknown>): Promise<{ text: string; values: unknown[] }[]> {
  const heard: { text: string; values: unknown[] }[] = [];
  const prototype = pg.Client.prototype as { query: (this: pg.Client, ...args: never[]) => unknown };
  const { query } = prototype;
  prototype.query = function (...args: unknown[]) {
    const [config, values = []] = args as [string | { text: string; values?: unknown[] }, unknown[]?];
    const own =
      typeof config === 'string' ? { text: config, values } : { text: config.text, values: config.values ?? [] };
    heard.push(own);
    return query.apply(this, args as never[]);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return heard;
}
