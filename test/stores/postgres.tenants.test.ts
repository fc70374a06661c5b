import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'mocha';
import pg from 'pg';
import type { CaseAction } from '../../src/desk/case.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { createLedgerDesk } from '../../src/desk/ledger.ts';
import { bytes, newCase, newIncident, once, refusal, source, upon, value } from '../desk/build.ts';
import { everyRole } from '../desk/conformance.ts';
import { start } from './bench.ts';
import { asked, openTenant } from './postgresBench.ts';
import { sharedPostgres } from './postgresServer.ts';

const tables = ['cases', 'filed', 'events', 'words', 'tally', 'incidents', 'posts', 'kept', 'files', 'pieces'];

/** Two tenants in one database of the test's own. */
async function withTenants(
  work: (own: Desk, other: Desk, pool: pg.Pool, of: (name: 'own' | 'other') => Promise<number>) => Promise<void>,
): Promise<void> {
  const pool = new pg.Pool({ pipeline: true, connectionString: await (await sharedPostgres()).newDatabase() });
  // Both make the same ids in the same order, so that nothing but the tenant tells their rows apart.
  const opened = (['own', 'other'] as const).map(async tenant => {
    const { store } = await openTenant({ database: pool, tenant });
    let made = 0;
    const id = (): string => `00000000-0000-4000-8000-${String(made++).padStart(12, '0')}`;
    const actor = { name: 'Jana', roles: everyRole };
    return createLedgerDesk({ store, actor, now: () => start, id, admit: () => undefined });
  });
  const [own, other] = await Promise.all(opened);
  const of = async (name: string): Promise<number> => {
    const sql = 'SELECT tenant FROM casebook.tenants WHERE name = $1';
    return (await pool.query<{ tenant: number }>(sql, [name])).rows[0]?.tenant ?? 0;
  };
  assert.ok(own && other);
  try {
    await work(own, other, pool, of);
  } finally {
    own.close();
    other.close();
    await pool.end();
  }
}

/** Everything a desk can be asked, under keys that are given. */
async function useAll(desk: Desk, keys: readonly string[]): Promise<{ id: string; incident: string; sha256: string }> {
  const [filing = '', noting = '', recording = '', posting = ''] = keys;
  const file = value(await desk.upload(source('a', [bytes('content')])));
  const filed = value(await desk.file(newCase({ title: 'Needle', severity: 'A', files: [file] }), { key: filing }));
  const note: CaseAction = { kind: 'annotate', text: 'Secret', files: [file], teamOnly: true };
  const noted = value(await desk.act(filed.id, note, { ...upon(filed), key: noting }));
  value(await desk.act(filed.id, { kind: 'resolve', text: 'Done' }, upon(noted)));
  assert.equal(value(await desk.act(filed.id, note, { ...upon(filed), key: noting })).id, filed.id);
  assert.equal(value(await desk.filedAs(filing)), filed.id);
  const incident = value(await desk.recordIncident(newIncident(), { key: recording }));
  const post = { status: 'resolved', text: 'Over' } as const;
  value(await desk.postToIncident(incident.id, post, { ...upon(incident), key: posting }));
  await readAll(desk, filed.id);
  assert.deepEqual(value(await desk.download(file.sha256)), bytes('content'));
  return { id: filed.id, incident: incident.id, sha256: file.sha256 };
}
async function readAll(desk: Desk, id: string): Promise<void> {
  const service = 'Exchange Online';
  for (const query of [
    {},
    { text: 'needle secret' },
    { status: ['resolved', 'open'], severity: ['A', 'none'], service },
    { severity: ['A'] },
    { text: 'needle', status: ['resolved'], severity: ['A'], service },
  ] as const) {
    const page = value(await desk.list(query, { limit: 1 }));
    const cursor = page.items.map(({ updatedAt, number }) => `${updatedAt.toString(36)}_${number.toString(36)}`)[0];
    if (cursor !== undefined) value(await desk.list(query, { limit: 1, cursor }));
    for (const by of ['status', 'severity', 'service'] as const) value(await desk.count(query, by));
  }
  await desk.get(id);
  value(await desk.incidents());
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Plan[];
  readonly [more: string]: unknown;
}
/** Every place where a plan reads a table, with the conditions it reads by. */
function* readsOf(plan: Plan): Generator<{ table: string; by: string }> {
  const table = plan['Relation Name'];
  if (table !== undefined && plan['Node Type'] !== 'ModifyTable') {
    yield { table, by: ['Index Cond', 'Recheck Cond', 'Filter'].map(key => String(plan[key])).join(' ') };
  }
  for (const below of plan.Plans ?? []) yield* readsOf(below);
}

describe('Tenants in one PostgreSQL', () => {
  it('are told apart in every reading of every statement, as its plan says', () =>
    withTenants(async (own, other, pool, of) => {
      const tenant = await of('own');
      await useAll(
        other,
        [1, 2, 3, 4].map(() => randomUUID()),
      );
      const heard = await asked(() =>
        useAll(
          own,
          [1, 2, 3, 4].map(() => randomUUID()),
        ),
      );
      const statements = new Map(heard.filter(({ text }) => /casebook\.[a-z]/.test(text)).map(one => [one.text, one]));
      const read = new Set<string>();
      for (const { text, values } of statements.values()) {
        const explained = await pool.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`EXPLAIN (FORMAT JSON) ${text}`, values);
        for (const { Plan: plan } of explained.rows[0]?.['QUERY PLAN'] ?? []) {
          for (const { table, by } of readsOf(plan)) {
            // That of the database, which all tenants share.
            if (table === 'format') continue;
            read.add(table);
            assert.match(by, new RegExp(`\\btenant = ${String(tenant)}\\b`), `${table} is read by ${by} in ${text}`);
          }
        }
      }
      assert.ok(statements.size >= 25, `${statements.size} statements`);
      assert.deepEqual(
        tables.filter(table => !read.has(table)),
        [],
      );
    }));

  it('neither see nor change anything of one another, even under the same ids, keys and numbers', () =>
    withTenants(async (own, other, pool, of) => {
      const keys = [1, 2, 3, 4].map(() => randomUUID());
      const made = await useAll(other, keys);
      const theirs = async (): Promise<unknown> => {
        const tenant = await of('other');
        const all = tables.map(table => pool.query(`SELECT * FROM casebook.${table} WHERE tenant = $1`, [tenant]));
        return (await Promise.all(all)).map(({ rows }): unknown => rows);
      };
      const before = await theirs();
      // Nothing of the other is there.
      assert.deepEqual(refusal(await own.get(made.id)), { code: 'notFound' });
      assert.deepEqual(refusal(await own.download(made.sha256)), { code: 'notFound' });
      assert.deepEqual(value(await own.list({ text: 'needle' }, { limit: 10 })).items, []);
      assert.deepEqual([value(await own.count({}, 'status')), value(await own.incidents())], [[], []]);
      assert.equal(value(await own.filedAs(keys[0] ?? '')), undefined);
      const write = { ...once(), revision: 3 };
      const closing = { kind: 'close', reason: 'solved', text: '' } as const;
      assert.deepEqual(refusal(await own.act(made.id, closing, write)), { code: 'notFound' });
      const post = { status: 'resolved', text: 'x' } as const;
      assert.deepEqual(refusal(await own.postToIncident(made.incident, post, write)), { code: 'notFound' });
      // The same again is made anew, and leaves the other as it was.
      const told: unknown[] = [];
      other.onDidChange(change => told.push(change));
      assert.deepEqual(await useAll(own, keys), made);
      assert.deepEqual(await theirs(), before);
      assert.deepEqual(told, []);
      for (const desk of [own, other]) {
        assert.deepEqual(
          value(await desk.list({}, { limit: 10 })).items.map(({ number }) => number),
          [1],
        );
        assert.deepEqual(value(await desk.count({}, 'status')), [{ value: 'resolved', count: 1 }]);
      }
    }));
});
