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
