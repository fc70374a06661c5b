import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'mocha';
import type { CaseSummary } from '../../src/desk/case.ts';
import { fail, ok } from '../../src/desk/errors.ts';
import type { Filed, Store, Transaction } from '../../src/desk/store.ts';
import { refusal, value } from '../desk/build.ts';
import { openStore, start, withFolder } from './bench.ts';

const filed: Filed = {
  ...{ text: '', impact: '', resource: '', contact: '', zone: 'UTC', places: [], filedFiles: [] },
  filedBy: { name: 'Jana' },
};
function add(within: Transaction): Promise<number> {
  const summary: Omit<CaseSummary, 'number'> = {
    ...{ id: randomUUID(), revision: 1, profile: 'm365China', category: 'technical', service: '', title: 'x' },
    ...{ status: 'open', openedAt: start, updatedAt: start, notes: 0, files: 0 },
  };
  return within.addCase(summary, filed, []);
}
async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  await withFolder(async folder => {
    const { store } = await openStore(folder);
    await work(store);
    store.close();
  });
}
const cases = async (store: Store): Promise<number> => value(await store.list({}, undefined, 100)).length;

describe('A transaction', () => {
  it('that ends in a refusal undoes everything before it', () =>
    withStore(async store => {
      const answer = await store.transact(async within => {
        await add(within);
        return fail({ code: 'busy' });
      });
      assert.deepEqual(refusal(answer), { code: 'busy' });
      assert.equal(await cases(store), 0);
    }));

  it('that throws undoes everything before it and is a failure in words', () =>
    withStore(async store => {
      const answer = await store.transact(async within => {
        await add(within);
        throw new TypeError('a mistake of ours');
      });
      assert.deepEqual(refusal(answer), { code: 'failed' });
      assert.equal(await cases(store), 0);
      value(await store.transact(async within => ok(await add(within))));
      assert.equal(await cases(store), 1);
    }));

  it('is seen by nobody before it is whole', () =>
    withStore(async store => {
      let during: number | undefined;
      value(
        await store.transact(async within => {
          await add(within);
          during = await cases(store);
          return ok(await add(within));
        }),
      );
      assert.deepEqual([during, await cases(store)], [0, 2]);
    }));

  it('waits for the one before it', () =>
    withStore(async store => {
      const steps: string[] = [];
      const slow = (name: string): Promise<unknown> =>
        store.transact(async within => {
          steps.push(`${name} begins`);
          await add(within);
          await Promise.resolve();
          steps.push(`${name} ends`);
          return ok(undefined);
        });
      await Promise.all([slow('a'), slow('b')]);
      assert.deepEqual(steps, ['a begins', 'a ends', 'b begins', 'b ends']);
    }));
});
