import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'mocha';
import pg from 'pg';
import { fail } from '../../src/desk/errors.ts';
import type { Store } from '../../src/desk/store.ts';
import type { PostgresStoreOptions } from '../../src/stores/postgres/store.ts';
import { openPostgresStore } from '../../src/stores/postgres/store.ts';
import type { Migration } from '../../src/stores/postgres/schema.ts';
import { migrations } from '../../src/stores/postgres/schema.ts';
import { fileCase, newCase, once, refusal, value } from '../desk/build.ts';
import { deskOver, start } from './bench.ts';
import { sharedPostgres } from './postgresServer.ts';

async function withDatabase(work: (pool: pg.Pool) => Promise<void>): Promise<void> {
  const pool = new pg.Pool({ pipeline: true, connectionString: await (await sharedPostgres()).newDatabase(), max: 30 });
  try {
    await work(pool);
  } finally {
    for (const store of opened.splice(0)) store.close();
    await pool.end();
  }
}
const opened: Store[] = [];
const open = async (
  database: pg.Pool,
  options: Partial<PostgresStoreOptions> = {},
): ReturnType<typeof openPostgresStore> => {
  const answer = await openPostgresStore({ database, tenant: 'a', now: () => start, ...options });
  if (answer.ok) opened.push(answer.value.store);
  return answer;
};

/** Everything there is in the database, as text. */
async function contentOf(pool: pg.Pool): Promise<string> {
  const named =
    "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema = 'casebook' ORDER BY 2";
  const { rows } = await pool.query<{ table_name: string }>(named);
  const tables = rows.map(async ({ table_name: name }) => [
    name,
    (await pool.query(`SELECT * FROM casebook.${name} AS row ORDER BY row::text`)).rows,
  ]);
  return JSON.stringify(await Promise.all(tables));
}
const latest = migrations.at(-1);
assert.ok(latest);
const next = (sql: string): readonly Migration[] => [...migrations, { version: 99, sql }];

describe('Opening a PostgreSQL', () => {
  it('brings an empty database to the known format once, however many copies start at the same time', () =>
    withDatabase(async pool => {
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) => open(pool, { tenant: index % 2 === 0 ? 'a' : 'b' })),
      );
      const stores = answers.map(one => value(one).store);
      for (const store of stores) await fileCase(deskOver(store));
      const { rows } = await pool.query('SELECT version FROM casebook.format');
      assert.deepEqual(
        rows,
        migrations.map(({ version }) => ({ version })),
      );
      const counted = await pool.query(
        'SELECT name, max(number) FROM casebook.tenants NATURAL JOIN casebook.cases GROUP BY 1',
      );
      assert.deepEqual(
        new Map(counted.rows.map((row: { name: string; max: number }) => [row.name, row.max])),
        new Map([
          ['a', 6],
          ['b', 6],
        ]),
      );
    }));

  it('knows a new tenant once, however many copies open it at the same time', () =>
    withDatabase(async pool => {
      value(await open(pool));
      for (const tenant of ['b', 'c', 'd']) {
        const answers = await Promise.all(Array.from({ length: 6 }, () => open(pool, { tenant })));
        for (const one of answers) await fileCase(deskOver(value(one).store));
        const [first] = answers.map(value);
        assert.equal(value((await first?.store.list({}, undefined, 10)) ?? fail('none')).length, 6);
      }
      const { rows } = await pool.query<{ name: string }>('SELECT name FROM casebook.tenants ORDER BY name');
      assert.deepEqual(
        rows.map(({ name }) => name),
        ['a', 'b', 'c', 'd'],
      );
    }));

  it('brings an older database, with all that is in it, to a newer format', () =>
    withDatabase(async pool => {
      const old = value(await open(pool)).store;
      const { id } = await fileCase(deskOver(old));
      const steps = next('ALTER TABLE casebook.cases ADD COLUMN more text');
      const answers = await Promise.all([1, 2, 3].map(() => open(pool, { migrations: steps })));
      for (const one of answers) assert.equal(value(await deskOver(value(one).store).get(id)).id, id);
      // The copy that runs still writes the old format, so it writes no more.
      assert.deepEqual(refusal(await deskOver(old).file(newCase(), once())), {
        ...{ code: 'newerDatabase', found: 99, known: latest.version },
      });
    }));

  it('finds by their words, and counts, the texts of a database that is older than both ways of it', () =>
    withDatabase(async pool => {
      value(await open(pool, { migrations: migrations.slice(0, 2) }));
      const long = `x${'é'.repeat(39)}`;
      // One case with as many words as need two rows, and a note for the team alone.
      await pool.query(
        `INSERT INTO casebook.cases SELECT 1, 1, $1, 2, 'm365China', NULL, 'technical', 'Exchange Online', 'Old', 'open',
          NULL, NULL, NULL, 'none', 0, 0, NULL, NULL, 1, 0, 1, 0`,
        [randomUUID()],
      );
      await pool.query(`INSERT INTO casebook.filed SELECT 1, 1, 'text', '', '', '', 'UTC', '[]', '[]', 'Jana', NULL`);
      await pool.query(`INSERT INTO casebook.words SELECT 1, 1, 'word' || number, false FROM generate_series(1, 6000) AS number
        UNION ALL SELECT 1, 1, '${long}', false UNION ALL SELECT 1, 1, 'secret', true`);
      const { store } = value(await open(pool));
      assert.equal(value(await store.used()), 'text'.length + '[]'.length);
      const found = async (words: readonly string[], outside?: true): Promise<number> =>
        value(await store.list({ words, ...(outside && { outside }) }, undefined, 9)).length;
      for (const words of [['word1'], ['word6000', 'word42', long], ['wor', 'x'], ['secret', 'word7']]) {
        assert.equal(await found(words), 1, words.join());
      }
      assert.equal(await found(['word7'], true), 1);
      for (const words of [['ord'], ['word6001'], ['secrets'], ['word1', 'none']]) assert.equal(await found(words), 0);
      assert.equal(await found(['secret'], true), 0);
    }));

  it('refuses a newer format and touches nothing', () =>
    withDatabase(async pool => {
      const newer = value(await open(pool, { migrations: next('CREATE TABLE casebook.more (x text)') })).store;
      await fileCase(deskOver(newer));
      const before = await contentOf(pool);
      const refused = refusal(await open(pool, { tenant: 'new here' }));
      assert.deepEqual(refused, { code: 'newerDatabase', found: 99, known: latest.version });
      assert.equal(await contentOf(pool), before);
    }));

  it('undoes all of a step that fails, and can be tried again', () =>
    withDatabase(async pool => {
      value(await open(pool));
      const before = await contentOf(pool);
      const broken = next('CREATE TABLE casebook.more (x text); SELECT 1 / 0');
      assert.deepEqual(refusal(await open(pool, { migrations: broken })), { code: 'failed' });
      assert.equal(await contentOf(pool), before);
      value(await open(pool, { migrations: next('CREATE TABLE casebook.more (x text)') }));
    }));

  it('answers nothing more once it was closed, and closes twice', async () => {
    const database = await (await sharedPostgres()).newDatabase();
    const { store, swept } = value(await openPostgresStore({ database, tenant: 'a', now: () => start }));
    await swept;
    store.close();
    store.close();
    assert.deepEqual(refusal(await deskOver(store).list({}, { limit: 1 })), { code: 'failed' });
    assert.deepEqual(refusal(await deskOver(store).file(newCase(), once())), { code: 'failed' });
  });
});
