import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'mocha';
import type { CaseFilter } from '../../src/desk/store.ts';
import { deskStatuses } from '../../src/desk/words.ts';
import type { Row } from '../../src/stores/sqlite/connection.ts';
import { pageQuery } from '../../src/stores/sqlite/reads.ts';
import { readSliced } from '../../src/stores/sqlite/search.ts';
import { openStore, withFolder } from './bench.ts';

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
          const database = new DatabaseSync(join(folder, 'desk.sqlite'));
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

describe('A long read', () => {
  it('lets everything else go on meanwhile', async () => {
    let [read, turns] = [0, 0];
    const turn = (): void => {
      turns++;
      waiting = setImmediate(turn);
    };
    let waiting = setImmediate(turn);
    const until = performance.now() + 80;
    const rows = { next: () => ({ done: performance.now() > until, value: {} }) };
    await readSliced(rows, () => {
      read++;
      return undefined;
    });
    clearImmediate(waiting);
    assert.ok(read > 0);
    assert.ok(turns >= 5, `${turns} turns`);
  });

  it('ends early when enough was read, and gives its rows back', async () => {
    let returned = 0;
    const rows: Iterator<Row, unknown> = {
      next: () => ({ done: false, value: {} }),
      return: () => {
        returned++;
        return { done: true, value: undefined };
      },
    };
    let read = 0;
    await readSliced(rows, () => ++read < 3);
    assert.deepEqual([read, returned], [3, 1]);
  });
});
