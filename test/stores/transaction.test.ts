import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'mocha';
import type { CaseSummary } from '../../src/desk/case.ts';
import { fail, ok } from '../../src/desk/errors.ts';
import type { Filed, Store, Transaction } from '../../src/desk/store.ts';
import { refusal, value } from '../desk/build.ts';
import { openStore, start, withFolder } from './bench.ts';
import { openTenant } from './postgresBench.ts';

const filed: Filed = {
  ...{ text: '', impact: '', resource: '', contact: '', zone: 'UTC', places: [], filedFiles: [] },
  filedBy: { name: 'Jana' },
};
function add(within: Transaction, id: string = randomUUID()): Promise<number> {
  const summary: Omit<CaseSummary, 'number'> = {
    ...{ id, revision: 1, profile: 'm365China', category: 'technical', service: '', title: 'x' },
    ...{ status: 'open', openedAt: start, updatedAt: start, notes: 0, files: 0 },
  };
  return within.addCase(summary, filed, []);
}
type WithStore = (work: (store: Store) => Promise<void>) => Promise<void>;
const onSqlite: WithStore = work =>
  withFolder(async folder => {
    const { store } = await openStore(folder);
    await work(store);
    store.close();
  });
const onPostgres: WithStore = async work => {
  const { store } = await openTenant();
  await work(store);
  store.close();
};
const cases = async (store: Store): Promise<number> => value(await store.list({}, undefined, 100)).length;

function describeTransaction(name: string, withStore: WithStore): void {
  describe(`A transaction on ${name}`, () => {
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

    it('in which something failed is not kept, even when that was passed over', () =>
      withStore(async store => {
        const id = randomUUID();
        const answer = await store.transact(async within => {
          await add(within, id);
          await add(within, id).catch(() => undefined);
          return ok(undefined);
        });
        // Either nothing of it is kept and the answer says so, or what did not fail is.
        assert.equal(await cases(store), answer.ok ? 1 : 0);
      }));
  });
}
describeTransaction('SQLite', onSqlite);
describeTransaction('PostgreSQL', onPostgres);

describe('A transaction on PostgreSQL', () => {
  it('waits only for those that want the same case', () =>
    onPostgres(async store => {
      const [one, other] = [randomUUID(), randomUUID()];
      for (const id of [one, other]) value(await store.transact(async within => ok(await add(within, id))));
      const steps: string[] = [];
      let go: () => void = () => undefined;
      const gone = new Promise<void>(resolve => (go = resolve));
      let held: () => void = () => undefined;
      const holding = new Promise<void>(resolve => (held = resolve));
      const change = (name: string, id: string, during: () => Promise<void>): Promise<unknown> =>
        store.transact(async within => {
          const found = await within.case(id);
          assert.ok(found);
          steps.push(`${name} has revision ${found.summary.revision}`);
          await during();
          await within.changeCase({ ...found.summary, revision: found.summary.revision + 1 }, []);
          return ok(undefined);
        });
      const nothing = (): Promise<void> => Promise.resolve();
      const first = change('first', one, () => {
        held();
        return gone;
      });
      await holding;
      const second = change('second', one, nothing);
      await change('other', other, nothing);
      go();
      await Promise.all([first, second]);
      assert.deepEqual(steps, ['first has revision 1', 'other has revision 1', 'second has revision 2']);
    }));
});

describe('A transaction on SQLite', () => {
  it('waits for the one before it', () =>
    onSqlite(async store => {
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
