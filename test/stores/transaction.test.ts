import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'mocha';
import type { CaseDetail, CaseSummary } from '../../src/desk/case.ts';
import type { Result } from '../../src/desk/errors.ts';
import { fail, ok } from '../../src/desk/errors.ts';
import type { Filed, Store, Transaction } from '../../src/desk/store.ts';
import { newCase, once, refusal, value } from '../desk/build.ts';
import { deskOver, openStore, start, withFolder } from './bench.ts';
import { faultySqlite } from './faults.ts';
import { asked, openTenant } from './postgresBench.ts';

const filed: Filed = {
  ...{ text: '', impact: '', resource: '', contact: '', zone: 'UTC', places: [], filedFiles: [] },
  filedBy: { name: 'Jana' },
};
interface Named {
  readonly id: string;
  readonly title: string;
}
const titled = (title: string): Named => ({ id: randomUUID(), title });
function add(within: Transaction, { id, title }: Named = titled('x')): Promise<number> {
  const summary: Omit<CaseSummary, 'number'> = {
    ...{ id, revision: 1, profile: 'm365China', category: 'technical', service: '', title },
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
        const twice = titled('x');
        const answer = await store.transact(async within => {
          await add(within, twice);
          await add(within, twice).catch(() => undefined);
          return ok(undefined);
        });
        // Either nothing of it is kept and the answer says so, or what did not fail is.
        assert.equal(await cases(store), answer.ok ? 1 : 0);
      }));

    const undone: Readonly<Record<string, (within: Transaction, what: Named) => Promise<Result<unknown>>>> = {
      'is refused': async (within, what) => {
        await add(within, what);
        return fail({ code: 'busy' });
      },
      throws: async (within, what) => {
        await add(within, what);
        throw new TypeError('a mistake of ours');
      },
      'fails underneath': async (within, what) => ok([await add(within, what), await add(within, what)]),
    };
    for (const [how, work] of Object.entries(undone)) {
      it(`of several at once that ${how} undoes its own and nothing else`, () =>
        withStore(async store => {
          const [one, undo, other] = [titled('one'), titled('undone'), titled('other')];
          const answers = await Promise.all([
            store.transact(async within => ok(await add(within, one))),
            store.transact(within => work(within, undo)),
            store.transact(async within => ok(await add(within, other))),
          ]);
          assert.deepEqual(
            answers.map(answer => answer.ok),
            [true, false, true],
          );
          const found = value(await store.list({}, undefined, 100)).map(({ title }) => title);
          assert.deepEqual(found.sort(), ['one', 'other']);
          for (const [word, count] of Object.entries({ one: 1, undone: 0, other: 1 })) {
            assert.equal(value(await store.list({ words: [word] }, undefined, 100)).length, count, word);
          }
          assert.deepEqual(value(await store.count({}, 'status')), [{ value: 'open', count: 2 }]);
        }));
    }

    it('of several at once tells of what is kept and of nothing else', () =>
      withStore(async store => {
        const told = new Set<string>();
        store.onDidChange(({ cases = [] }) => cases.forEach(id => told.add(id)));
        const [one, refused, other] = ['one', 'refused', 'other'].map(titled);
        await Promise.all([
          store.transact(async within => ok(await add(within, one))),
          store.transact(async within => {
            await add(within, refused);
            return fail({ code: 'busy' });
          }),
          store.transact(async within => ok(await add(within, other))),
        ]);
        assert.deepEqual([...told].sort(), [one?.id, other?.id].sort());
      }));

    it('answers a write and its repeat at the same time alike', () =>
      withStore(async store => {
        const key = randomUUID();
        const once = async (within: Transaction): Promise<Result<string>> => {
          const kept = await within.kept('Jana', key);
          if (kept) return ok(kept.answer);
          const answer = String(await add(within));
          await within.keep('Jana', key, start, { payload: 'same', answer });
          return ok(answer);
        };
        const answers = await Promise.all(Array.from({ length: 8 }, () => store.transact(once)));
        assert.equal(new Set(answers.map(value)).size, 1);
        assert.equal(await cases(store), 1);
      }));
  });
}
describeTransaction('SQLite', onSqlite);
describeTransaction('PostgreSQL', onPostgres);

describe('A transaction on PostgreSQL', () => {
  it('asks what several file at the same time as a few statements, the last of them COMMIT', () =>
    onPostgres(async store => {
      const desk = deskOver(store);
      // The first one looks for old answers as well.
      value(await desk.file(newCase(), once()));
      const heard = await asked(async () => {
        const filing = Array.from({ length: 16 }, () => desk.file(newCase(), once()));
        (await Promise.all(filing)).forEach(value);
      });
      const kinds = ['BEGIN', 'try_advisory', 'casebook.cases', 'casebook.tally', 'COMMIT'];
      const told = heard.map(({ text }) => text).filter(text => !text.includes('pg_notify'));
      const missed = kinds.filter((kind, index) => told[index]?.includes(kind) !== true);
      assert.deepEqual([missed, told.length], [[], kinds.length]);
    }));

  it('gives each of those who file in it a number of its own, and each its own answer', () =>
    onPostgres(async store => {
      const desk = deskOver(store);
      const writes = Array.from({ length: 32 }, (_, index) => ({ title: `case ${index}x`, write: once() }));
      const file = ({ title, write }: (typeof writes)[number]) => desk.file(newCase({ title }), write);
      const filed = (await Promise.all(writes.map(file))).map(value);
      const numbers = filed.map(({ number }) => number).sort((a, b) => a - b);
      assert.deepEqual(
        numbers,
        Array.from(writes, (_, index) => index + 1),
      );
      const repeated = (await Promise.all(writes.map(file))).map(value);
      for (const [index, { title, write }] of writes.entries()) {
        const one = filed[index];
        assert.equal(one?.title, title);
        assert.deepEqual(repeated[index], one);
        assert.equal(value(await desk.filedAs(write.key)), one.id);
        const { number, timeline } = value(await desk.get(one.id));
        assert.deepEqual([number, timeline.length], [one.number, 1]);
        const found = value(await desk.list({ text: title }, { limit: 9 })).items.map(({ id }) => id);
        assert.ok(found.includes(one.id), title);
      }
    }));

  it('lets one of those through who change the same case at the same time, with what others file', () =>
    onPostgres(async store => {
      const desk = deskOver(store);
      const { id, revision } = value(await desk.file(newCase(), once()));
      const answers: Result<CaseDetail>[] = [];
      const heard = await asked(async () => {
        const others = Array.from({ length: 4 }, () => desk.file(newCase(), once()));
        const notes = Array.from({ length: 4 }, (_, index) =>
          desk.act(id, { kind: 'annotate', text: `note ${index}`, files: [] }, { ...once(), revision }),
        );
        (await Promise.all(others)).forEach(value);
        answers.push(...(await Promise.all(notes)));
      });
      const refused = answers.flatMap(answer => (answer.ok ? [] : [answer.error]));
      assert.deepEqual(refused, Array(3).fill({ code: 'conflict', revision: revision + 1 }));
      assert.equal(value(await desk.get(id)).notes, 1);
      assert.equal(heard.filter(({ text }) => text === 'COMMIT').length, 1);
    }));

  it('waits only for the copy that holds the same case', async () => {
    const tenant = randomUUID();
    const [{ store: left }, { store: right }] = [await openTenant({ tenant }), await openTenant({ tenant })];
    const [one, other] = [randomUUID(), randomUUID()];
    for (const id of [one, other]) {
      value(await left.transact(async within => ok(await add(within, { id, title: 'x' }))));
    }
    const steps: string[] = [];
    let go: () => void = () => undefined;
    const gone = new Promise<void>(resolve => (go = resolve));
    let held: () => void = () => undefined;
    const holding = new Promise<void>(resolve => (held = resolve));
    const change = (store: Store, name: string, id: string, during: () => Promise<void>): Promise<unknown> =>
      store.transact(async within => {
        const found = await within.case(id);
        assert.ok(found);
        steps.push(`${name} has revision ${found.summary.revision}`);
        await during();
        await within.changeCase({ ...found.summary, revision: found.summary.revision + 1 }, []);
        return ok(undefined);
      });
    const nothing = (): Promise<void> => Promise.resolve();
    const first = change(left, 'first', one, () => {
      held();
      return gone;
    });
    await holding;
    const second = change(right, 'second', one, nothing);
    await change(right, 'other', other, nothing);
    go();
    await Promise.all([first, second]);
    assert.deepEqual(steps, ['first has revision 1', 'other has revision 1', 'second has revision 2']);
    left.close();
    right.close();
  });
});

describe('A transaction on SQLite', () => {
  it('is shared by what is asked for at the same time', () =>
    withFolder(async folder => {
      const { load, ran } = faultySqlite();
      const { store } = await openStore(folder, { load });
      ran.length = 0;
      const adding = Array.from({ length: 16 }, () => store.transact(async within => ok(await add(within))));
      (await Promise.all(adding)).forEach(value);
      store.close();
      assert.deepEqual(
        ran.filter(sql => /^(BEGIN|COMMIT)/.test(sql)),
        ['BEGIN IMMEDIATE', 'COMMIT'],
      );
    }));

  it('that cannot be made to last is done for none of those who share it', () =>
    withFolder(async folder => {
      const sqlite = faultySqlite();
      const { store } = await openStore(folder, { load: sqlite.load });
      sqlite.fail(13, /^COMMIT/);
      const adding = Array.from({ length: 3 }, () => store.transact(async within => ok(await add(within))));
      const answers = await Promise.all(adding);
      assert.deepEqual(
        answers.map(answer => refusal(answer).code),
        ['storageFull', 'storageFull', 'storageFull'],
      );
      sqlite.heal();
      assert.equal(await cases(store), 0);
      store.close();
    }));

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
