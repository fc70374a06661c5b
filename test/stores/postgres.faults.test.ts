import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, it } from 'mocha';
import pg from 'pg';
import type { DeskError } from '../../src/desk/errors.ts';
import { openPostgresStore } from '../../src/stores/postgres/store.ts';
import { bytes, fileCase, newCase, once, refusal, source, value } from '../desk/build.ts';
import { eventually } from '../support/eventually.ts';
import { deskOver, start } from './bench.ts';
import { handTiming } from './faults.ts';
import { openTenant } from './postgresBench.ts';
import { sharedPostgres, startPostgres } from './postgresServer.ts';

// Limits of a second are more than a busy machine needs to connect and to open a store.

/** Connections to a database of the test's own. */
async function withDatabase(work: (pool: pg.Pool, url: string) => Promise<void>): Promise<void> {
  const url = await (await sharedPostgres()).newDatabase();
  const pool = new pg.Pool({ pipeline: true, connectionString: url, max: 4, connectionTimeoutMillis: 1_000 });
  pool.on('error', () => undefined);
  try {
    await work(pool, url);
  } finally {
    await pool.end();
  }
}
/** Has the database refuse each new case with a state of its own. */
async function refuseCases(pool: pg.Pool, state: string): Promise<void> {
  await pool.query(`CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN RAISE EXCEPTION 'injected %', NEW.title
        USING ERRCODE = '${state}', DETAIL = NEW.title; END $$;
    DROP TRIGGER IF EXISTS refuse ON casebook.cases;
    CREATE TRIGGER refuse BEFORE INSERT ON casebook.cases FOR EACH ROW EXECUTE FUNCTION refuse()`);
}

describe('What PostgreSQL refuses', () => {
  const states: readonly (readonly [string, string, DeskError['code']])[] = [
    ['a full disk', '53100', 'storageFull'],
    ['a standby', '25006', 'storageReadOnly'],
    ['a statement that takes too long', '57014', 'busy'],
    ['a lock that is not to be had', '55P03', 'busy'],
    ['no memory', '53200', 'busy'],
    ['transactions in each other’s way', '40001', 'busy'],
    ['a deadlock', '40P01', 'busy'],
    ['a shutdown', '57P01', 'unreachable'],
    ['a lost connection', '08006', 'unreachable'],
    ['a broken rule of ours', '23514', 'failed'],
  ];
  it('is told in words, keeps nothing of the write, and is over when it is over', () =>
    withDatabase(async pool => {
      const reported: unknown[] = [];
      const timing = handTiming();
      const { store } = await openTenant({ database: pool, timing, report: error => reported.push(error) });
      const desk = deskOver(store);
      const kept = await fileCase(desk);
      for (const [name, state, code] of states) {
        await refuseCases(pool, state);
        const before = timing.naps.length;
        assert.deepEqual(refusal(await desk.file(newCase(), once())), { code }, name);
        // Only what may succeed at once is tried again, and not for ever.
        assert.equal(timing.naps.length > before, state.startsWith('40'), name);
        assert.ok(timing.naps.length - before < 40);
      }
      assert.equal(reported.length, states.length);
      // The log learns which error it was, and nothing that anybody wrote.
      assert.deepEqual(
        reported.map(error => (error as { code?: unknown }).code),
        states.map(([, state]) => state),
      );
      assert.ok(!inspect(reported, { depth: 9 }).includes(newCase().title));
      assert.deepEqual(
        value(await desk.list({}, { limit: 10 })).items.map(({ id }) => id),
        [kept.id],
      );
      await pool.query('DROP TRIGGER refuse ON casebook.cases');
      assert.equal(value(await desk.count({}, 'status'))[0]?.count, 1);
      await fileCase(desk);
      store.close();
    }));

  it('is no error where a second try succeeds', () =>
    withDatabase(async pool => {
      const timing = handTiming();
      const { store } = await openTenant({ database: pool, timing });
      await refuseCases(pool, '40001');
      let dropped: Promise<unknown> | undefined;
      timing.onNap = () => {
        dropped ??= pool.query('DROP TRIGGER refuse ON casebook.cases');
      };
      await fileCase(deskOver(store));
      await dropped;
      store.close();
    }));

  it('is a database that is read-only: reading goes on', () =>
    withDatabase(async (pool, url) => {
      const { store } = await openTenant({ database: pool, tenant: 'a' });
      const { id } = await fileCase(deskOver(store));
      store.close();
      const name = new URL(url).pathname.slice(1);
      await pool.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
      const opened = value(await openPostgresStore({ database: url, tenant: 'a', now: () => start }));
      const desk = deskOver(opened.store);
      assert.deepEqual(refusal(await desk.file(newCase(), once())), { code: 'storageReadOnly' });
      assert.deepEqual(refusal(await desk.upload(source('a', [bytes('a')]))), { code: 'storageReadOnly' });
      assert.equal(value(await desk.get(id)).id, id);
      opened.store.close();
      const stranger = await openPostgresStore({ database: url, tenant: 'b', now: () => start });
      assert.deepEqual(refusal(stranger), { code: 'storageReadOnly' });
    }));

  it('is one connection more than there are', () =>
    withDatabase(async (pool, url) => {
      const role = `role${randomUUID().replaceAll('-', '')}`;
      await pool.query(`CREATE ROLE ${role} LOGIN CONNECTION LIMIT 1`);
      const full = new pg.Client({ connectionString: url.replace('casebook@', `${role}@`) });
      await full.connect();
      const crowded = { database: url.replace('casebook@', `${role}@`), tenant: 'a', now: () => start };
      assert.deepEqual(refusal(await openPostgresStore(crowded)), { code: 'busy' });
      await full.end();
    }));

  it('is a pool whose connections are all in use', () =>
    withDatabase(async pool => {
      const { store } = await openTenant({ database: pool });
      const desk = deskOver(store);
      const held = await Promise.all([pool.connect(), pool.connect(), pool.connect()]);
      assert.deepEqual(refusal(await desk.list({}, { limit: 1 })), { code: 'busy' });
      assert.deepEqual(refusal(await desk.file(newCase(), once())), { code: 'busy' });
      for (const one of held) one.release();
      await fileCase(desk);
      store.close();
    }));
});

describe('A PostgreSQL that is not there', () => {
  const nowhere: readonly (readonly [string, string, DeskError['code']])[] = [
    ['a socket that is missing', 'postgres://x@localhost/x?host=/nonexistent', 'unreachable'],
    ['a port where nobody listens', 'postgres://x@127.0.0.1:1/x', 'unreachable'],
    ['a host of no name', 'postgres://x@casebook.invalid/x', 'unreachable'],
  ];
  for (const [name, database, code] of nowhere) {
    it(`at ${name} is told in words`, async () => {
      assert.deepEqual(refusal(await openPostgresStore({ database, tenant: 'a', now: () => start })), { code });
    });
  }

  for (const how of ['fast', 'immediate'] as const) {
    it(`is told in words while it is stopped (${how}) under load, and works again without more`, async function () {
      this.timeout(60_000);
      const server = await startPostgres({ durable: true });
      const { store } = await openTenant({ database: server.url(), tenant: 'a' });
      const desk = deskOver(store);
      const told: unknown[] = [];
      store.onDidChange(change => told.push(change));
      const acknowledged = new Set<string>();
      const codes = new Set<string>();
      let ends = false;
      // Each writes until it is acknowledged, under the same key, as an outbox does.
      const write = async (): Promise<void> => {
        while (!ends) {
          const write = once();
          for (;;) {
            const answer = await desk.file(newCase(), write);
            if (answer.ok) {
              acknowledged.add(answer.value.id);
              break;
            }
            codes.add(answer.error.code);
          }
        }
      };
      const writers = Array.from({ length: 20 }, write);
      await eventually(() => assert.ok(acknowledged.size > 50));
      await server.stop(how);
      await eventually(() => assert.ok(codes.size > 0));
      assert.equal((await desk.list({}, { limit: 1 })).ok, false);
      await server.start();
      const before = acknowledged.size;
      await eventually(() => assert.ok(acknowledged.size > before + 50));
      ends = true;
      await Promise.all(writers);
      assert.ok([...codes].every(code => code === 'unreachable' || code === 'busy' || code === 'stillRunning'));
      assert.equal(value(await desk.count({}, 'status'))[0]?.count, acknowledged.size);
      await eventually(() => assert.ok(told.some(change => JSON.stringify(change) === '{}')));
      store.close();
      await server.close();
    });
  }
});

interface Proxy {
  /** What does not get through. */
  cut: 'answerOfCommit' | 'messages' | 'everything' | undefined;
  /** Ends every connection without a word. */
  readonly drop: () => void;
}
/** Stands before PostgreSQL and hands on what both sides say, unless told otherwise. */
async function withProxy(work: (url: string, proxy: Proxy) => Promise<void>): Promise<void> {
  const real = new URL(await (await sharedPostgres()).newDatabase());
  const folder = await mkdtemp(join(tmpdir(), 'casebook-proxy-'));
  const sockets = new Set<Socket>();
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const proxy: Proxy = { cut: undefined, drop };
  const listening = createServer(client => {
    const server = createConnection(join(real.searchParams.get('host') ?? '', '.s.PGSQL.5432'));
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    let commits = false;
    client.on('data', data => {
      if (proxy.cut === 'everything' || (proxy.cut === 'messages' && data.includes('pg_notify'))) return;
      commits = proxy.cut === 'answerOfCommit' && data.includes('COMMIT');
      server.write(data);
    });
    server.on('data', data => {
      if (proxy.cut === 'everything') return;
      if (commits) client.destroy();
      else client.write(data);
    });
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  });
  await new Promise<void>(resolve => listening.listen(join(folder, '.s.PGSQL.5432'), resolve));
  try {
    await work(`postgres://casebook@localhost${real.pathname}?host=${folder}`, proxy);
  } finally {
    drop();
    await new Promise(resolve => listening.close(resolve));
    await rm(folder, { recursive: true, force: true });
  }
}

describe('A connection to PostgreSQL', () => {
  it('that is lost after COMMIT and before its answer leaves one case, which a repeat finds', () =>
    withProxy(async (database, proxy) => {
      const { store } = await openTenant({ database });
      const desk = deskOver(store);
      const write = once();
      proxy.cut = 'answerOfCommit';
      assert.deepEqual(refusal(await desk.file(newCase(), write)), { code: 'unreachable' });
      proxy.cut = undefined;
      const filed = value(await desk.file(newCase(), write));
      assert.deepEqual(
        value(await desk.list({}, { limit: 10 })).items.map(({ id }) => id),
        [filed.id],
      );
      store.close();
    }));

  it('that does not take a message for other copies is replaced, and they hear of it then', () =>
    withProxy(async (url, proxy) => {
      const pool = new pg.Pool({
        pipeline: true,
        connectionString: url,
        query_timeout: 1_000,
        connectionTimeoutMillis: 2_000,
      });
      pool.on('error', () => undefined);
      const { store } = await openTenant({ database: pool, tenant: 'a' });
      const other = (await openTenant({ database: pool, tenant: 'a' })).store;
      const told: unknown[] = [];
      other.onDidChange(change => told.push(change));
      proxy.cut = 'messages';
      const { id } = await fileCase(deskOver(store));
      const pause = new Promise(resolve => {
        store.onDidChange(resolve);
      });
      await pause;
      proxy.cut = undefined;
      await eventually(() => assert.deepEqual(told, [{ cases: [id] }]));
      for (const one of [store, other]) one.close();
      await pool.end();
    }));

  it('that is lost while nobody uses it is replaced', () =>
    withProxy(async (url, proxy) => {
      const pool = new pg.Pool({ pipeline: true, connectionString: url });
      const reported: unknown[] = [];
      const { store } = await openTenant({ database: pool, report: error => reported.push(error) });
      await fileCase(deskOver(store));
      proxy.drop();
      await eventually(() => fileCase(deskOver(store)));
      await eventually(() => assert.ok(reported.length >= 2));
      // What a pool tells of it has the whole connection in it, with its password.
      assert.ok(!inspect(reported, { depth: 9 }).includes('connectionParameters'));
      store.close();
      await pool.end();
    }));

  it('on which nothing comes any more is given up', () =>
    withProxy(async (url, proxy) => {
      const pool = new pg.Pool({
        pipeline: true,
        connectionString: url,
        query_timeout: 1_000,
        connectionTimeoutMillis: 1_000,
      });
      pool.on('error', () => undefined);
      const timing = handTiming();
      const { store } = await openTenant({ database: pool, timing });
      const desk = deskOver(store);
      const told: unknown[] = [];
      store.onDidChange(change => told.push(change));
      // Two connections are there to be used.
      await Promise.all([fileCase(desk), fileCase(desk)]);
      proxy.cut = 'everything';
      for (const answer of [await desk.list({}, { limit: 1 }), await desk.file(newCase(), once())]) {
        assert.ok(['busy', 'unreachable'].includes(refusal(answer).code));
      }
      proxy.cut = undefined;
      await fileCase(desk);
      proxy.cut = 'everything';
      // The connection that listens cannot know that nothing comes; it asks now and then.
      timing.polls[0]?.();
      await eventually(() => assert.ok(timing.naps.length > 0));
      proxy.cut = undefined;
      await eventually(() => assert.ok(told.some(change => JSON.stringify(change) === '{}')));
      await fileCase(desk);
      store.close();
      await pool.end();
    }));
});
