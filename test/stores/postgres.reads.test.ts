import { strict as assert } from 'node:assert';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'mocha';
import pg from 'pg';
import type { CaseFilter } from '../../src/desk/store.ts';
import { deskStatuses } from '../../src/desk/words.ts';
import { pageQuery } from '../../src/stores/postgres/reads.ts';
import { connectionsTo } from '../../src/stores/postgres/connection.ts';
import { keptQuery } from '../../src/stores/postgres/writes.ts';
import { fileCase, value } from '../desk/build.ts';
import { deskOver } from './bench.ts';
import { asked, openTenant } from './postgresBench.ts';
import { sharedPostgres } from './postgresServer.ts';

const severities = ['A', 'B', 'C', 'none'] as const;
const filters: Readonly<Record<string, CaseFilter>> = {
  'of everything': {},
  'of one status': { status: ['open'] },
  'of all statuses': { status: deskStatuses },
  'of severities': { severity: ['A', 'B'] },
  'of a service': { service: 'Exchange Online' },
  'of all at once': { status: ['open', 'resolved'], severity: severities, service: 'Exchange Online' },
};

describe('A word without end in PostgreSQL', () => {
  it('is found by as much of it as can be asked for', async () => {
    const { store } = await openTenant();
    const desk = deskOver(store);
    const word = randomBytes(45_000).toString('hex');
    const { id } = await fileCase(desk, { text: `${word} 😀 ${'é'.repeat(3_000)} ${'語'.repeat(3_000)}` });
    for (const text of [word, word.slice(0, 40), 'é'.repeat(50), 'e', '語'.repeat(3)]) {
      assert.deepEqual(
        value(await desk.list({ text }, { limit: 9 })).items.map(one => one.id),
        [id],
        text.slice(0, 50),
      );
    }
    store.close();
  });
});

describe('A rare word in PostgreSQL', () => {
  it('is looked up among those who hold it, whatever else is asked for', async () => {
    const { store } = await openTenant();
    const desk = deskOver(store);
    for (const text of ['needle common', 'common', 'other']) await fileCase(desk, { text });
    const found = async (text: string): Promise<number> => value(await desk.list({ text }, { limit: 9 })).items.length;
    assert.deepEqual(await Promise.all(['needle', 'needle common', 'common needle x', 'common', 'none'].map(found)), [
      ...[1, 1, 0, 2, 0],
    ]);
    const heard = await asked(() => found('common needle'));
    assert.deepEqual(
      heard.map(({ text }) => text.includes('number = ANY')),
      [false, true],
    );
    // Where nobody holds it, nothing else is asked.
    assert.equal((await asked(() => found('none'))).length, 1);
    store.close();
  });
});

describe('A page of the list in PostgreSQL', () => {
  it('is read by indexes in its order, whatever is asked for', async () => {
    const pool = new pg.Pool({ pipeline: true, connectionString: await (await sharedPostgres()).newDatabase() });
    const { store } = await openTenant({ database: pool });
    // Enough cases that reading all of them would cost more.
    await pool.query(`INSERT INTO casebook.cases SELECT 1, number, number::text, 1, 'm365China', NULL, 'technical',
        'Exchange Online', 'x', 'open', NULL, NULL, NULL, (ARRAY['A', 'B', 'C', 'none'])[1 + number % 4], 0, number, NULL,
        NULL, 0, 0, 0, 0 FROM generate_series(1, 20000) AS number;
      ANALYZE casebook.cases`);
    for (const [name, filter] of Object.entries(filters)) {
      for (const after of [undefined, { updatedAt: 15_000, number: 15_000 }]) {
        const [sql, values] = pageQuery(1, filter, after, 200);
        const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, values);
        const steps = rows.map(row => row['QUERY PLAN']);
        assert.ok(
          steps.every(step => !/Seq Scan|Bitmap/.test(step)),
          `${name}: ${steps.join('\n')}`,
        );
        const scans = steps.filter(step => step.includes('Scan'));
        assert.ok(scans.length > 0);
        for (const scan of scans) assert.match(scan, /Index Scan Backward using cases_/);
      }
    }
    store.close();
    await pool.end();
  });
});

describe('What is kept under a key in PostgreSQL', () => {
  it('is looked up by the key, whether there is nothing yet, little or much', async () => {
    const { pool, end } = connectionsTo(await (await sharedPostgres()).newDatabase(), 2, assert.ifError);
    const { store } = await openTenant({ database: pool });
    const client = await pool.connect();
    for (const rows of [0, 1, 20, 20_000]) {
      await client.query(`INSERT INTO casebook.kept SELECT 1, 'someone', 'key ' || ${rows} || ' ' || each, '{}', '{}', each
          FROM generate_series(1, ${rows}) AS each;
        ANALYZE casebook.kept`);
      const { rows: plan } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${keptQuery}`, [
        ...[1, ['7'], ['someone'], ['key'], ['0']],
      ]);
      const steps = plan.map(row => row['QUERY PLAN']).filter(step => /Scan.* kept|Index Cond.*tenant/.test(step));
      assert.equal(steps.length, 2, steps.join('\n'));
      assert.match(steps.join(), /Index Scan using kept_pkey .*tenant.*caller.*key/s, String(rows));
    }
    client.release();
    store.close();
    end();
  });
});
