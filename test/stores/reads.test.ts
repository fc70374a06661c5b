import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import * as sqlite from 'node:sqlite';
import { describe, it } from 'mocha';
import type { CaseFilter } from '../../src/desk/store.ts';
import { deskStatuses } from '../../src/desk/words.ts';
import type { Tuple } from '../../src/stores/sqlite/connection.ts';
import { pageQuery } from '../../src/stores/sqlite/reads.ts';
import { readSliced } from '../../src/stores/sqlite/search.ts';
import { fileCase, value } from '../desk/build.ts';
import { deskOver, openStore, withFolder } from './bench.ts';

const severities = ['A', 'B', 'C', 'none'] as const;
const filters: Readonly<Record<string, CaseFilter>> = {
  'of everything': {},
  'of one status': { status: ['open'] },
  'of all statuses': { status: deskStatuses },
  'of a severity': { severity: ['A'] },
  'of a service': { service: 'Exchange Online' },
  'of all at once': { status: ['open', 'resolved'], severity: severities, service: 'Exchange Online' },
};

describe('A page of the list', () => {
  for (const [name, filter] of Object.entries(filters)) {
    for (const after of [undefined, { updatedAt: 1, number: 1 }]) {
      it(`${name}${after ? ', further on,' : ''} sorts nothing and reads only what it shows`, () =>
        withFolder(async folder => {
          (await openStore(folder)).store.close();
          const database = new sqlite.DatabaseSync(join(folder, 'desk.sqlite'));
          const [sql, values] = pageQuery(filter, after, 200);
          const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
          const steps = plan.map(({ detail }) => String(detail));
          assert.deepEqual(
            steps.filter(step => step.includes('TEMP B-TREE')),
            [],
          );
          const allowed =
            after || Object.keys(filter).length > 0 ? /^SEARCH cases USING INDEX/ : /^SCAN cases USING INDEX/;
          const reads = steps.filter(step => /^(SCAN|SEARCH)/.test(step));
          assert.ok(reads.length > 0);
          for (const step of reads) assert.match(step, allowed);
          database.close();
        }));
    }
  }
});

describe('A Node.js whose SQLite answers objects only', () => {
  it('reads the same', () =>
    withFolder(async folder => {
      class DatabaseSync extends sqlite.DatabaseSync {
        override prepare(sql: string): sqlite.StatementSync {
          return Object.defineProperty(super.prepare(sql), 'setReturnArrays', { value: undefined });
        }
      }
      const load = (): Promise<typeof sqlite> => Promise.resolve({ ...sqlite, DatabaseSync });
      const [old, now] = [await openStore(folder, { load }), await openStore(folder)];
      const filed = await fileCase(deskOver(now.store), { severity: 'B' });
      for (const query of [{}, { text: 'mail' }, { status: ['open'] as const }]) {
        const [one, other] = [old, now].map(({ store }) => deskOver(store).list(query, { limit: 9 }));
        assert.deepEqual(await one, await other);
      }
      assert.deepEqual(value(await deskOver(old.store).get(filed.id)), filed);
      assert.deepEqual(value(await deskOver(old.store).count({ text: 'mail' }, 'severity')), [
        { value: 'B', count: 1 },
      ]);
      for (const { store } of [old, now]) store.close();
    }));
});

describe('A long read', () => {
  it('lets everything else go on meanwhile', async () => {
    let [ms, turns] = [0, 0];
    const turn = (): void => {
      turns++;
      waiting = setImmediate(turn);
    };
    let waiting = setImmediate(turn);
    const rows = Array.from({ length: 80 }, (): Tuple => []);
    const seen: number[] = [];
    // Each row takes a millisecond of this clock.
    await readSliced(
      rows,
      () => {
        ms++;
        seen.push(turns);
        return undefined;
      },
      () => ms,
    );
    clearImmediate(waiting);
    const slices = Map.groupBy(seen, when => when);
    assert.ok(slices.size >= 5, `${slices.size} slices`);
    assert.ok([...slices.values()].every(({ length }) => length <= 8));
  });

  it('ends early when enough was read, and gives its rows back', async () => {
    let [returned, read] = [0, 0];
    const rows = function* (): Generator<Tuple> {
      try {
        for (;;) yield [];
      } finally {
        returned++;
      }
    };
    await readSliced(rows(), () => ++read < 3);
    assert.deepEqual([read, returned], [3, 1]);
    await assert.rejects(
      readSliced(rows(), () => {
        throw new TypeError('damaged row');
      }),
    );
    assert.equal(returned, 2);
  });
});
