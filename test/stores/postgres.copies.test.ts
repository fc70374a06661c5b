import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'mocha';
import type { DeskChange } from '../../src/desk/desk.ts';
import { ok } from '../../src/desk/errors.ts';
import { keptFor } from '../../src/desk/ledger.ts';
import type { Store } from '../../src/desk/store.ts';
import { fileCase, newCase, newIncident, once, refusal, upon, value } from '../desk/build.ts';
import { eventually } from '../support/eventually.ts';
import { deskOver, start } from './bench.ts';
import { handTiming } from './faults.ts';
import { openTenant, sharedPool } from './postgresBench.ts';

type Copies = readonly [Store, Store];
/** Two copies of a server, which have nothing in common but the database. */
async function withCopies(work: (...copies: Copies) => Promise<void>): Promise<void> {
  const tenant = randomUUID();
  const copies: Copies = [(await openTenant({ tenant })).store, (await openTenant({ tenant })).store];
  try {
    await work(...copies);
  } finally {
    for (const store of copies) store.close();
  }
}
const times = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('Two copies over one PostgreSQL', () => {
  it('make one case of the same write sent to both at once, and answer the same', () =>
    withCopies(async (left, right) => {
      for (let round = 0; round < 10; round++) {
        const write = once();
        const answers = await Promise.all(
          [left, right, left, right].map(store => deskOver(store).file(newCase({ title: `round ${round}` }), write)),
        );
        const [first, ...others] = answers.map(value);
        for (const other of others) assert.deepEqual(other, first);
      }
      assert.equal(value(await deskOver(left).list({}, { limit: 200 })).items.length, 10);
    }));

  it('say that a write is still running when the other does not come to an end with it', () =>
    withCopies(async (left, right) => {
      const { key } = once();
      let end: () => void = () => undefined;
      const ended = new Promise<void>(resolve => (end = resolve));
      let began: () => void = () => undefined;
      const begun = new Promise<void>(resolve => (began = resolve));
      const running = left.transact(async within => {
        await within.kept('', key);
        began();
        await ended;
        await within.keep('', key, 0, { payload: 'p', answer: '{"summary":{"id":"x"}}' });
        return ok('done');
      });
      await begun;
      assert.deepEqual(refusal(await deskOver(right).file(newCase(), { key })), { code: 'stillRunning' });
      assert.deepEqual(refusal(await deskOver(right).filedAs(key)), { code: 'stillRunning' });
      end();
      assert.equal(value(await running), 'done');
      assert.equal(value(await deskOver(right).filedAs(key)), 'x');
    }));

  it('see an answer that the other kept just before, and do not keep another', async () => {
    const tenant = randomUUID();
    const { store } = await openTenant({ tenant });
    const { key } = once();
    const pool = await sharedPool();
    const sql = `INSERT INTO casebook.kept (tenant, caller, key, payload, answer, at)
      SELECT tenant, '', $2, 'p', 'theirs', 0 FROM casebook.tenants WHERE name = $1`;
    let runs = 0;
    const answer = await store.transact(async within => {
      runs++;
      const known = await within.kept('', key);
      if (known) return ok(known.answer);
      await pool.query(sql, [tenant, key]);
      await within.keep('', key, 0, { payload: 'p', answer: 'ours' });
      return ok('ours');
    });
    assert.deepEqual([value(answer), runs], ['theirs', 2]);
    store.close();
  });

  it('remove what is kept no longer, at most once an hour', async () => {
    const tenant = randomUUID();
    const pool = await sharedPool();
    let time = start;
    const now = (): number => time;
    const { store } = await openTenant({ tenant, now });
    const rows = async (): Promise<number> => {
      const sql = 'SELECT 1 FROM casebook.kept NATURAL JOIN casebook.tenants WHERE name = $1';
      return (await pool.query(sql, [tenant])).rows.length;
    };
    const hour = 60 * 60 * 1_000;
    for (const [passes, left] of [
      [0, 1],
      [keptFor + 1, 1],
      [1, 2],
      [keptFor + 1, 1],
      [hour - 1, 2],
    ] as const) {
      time += passes;
      value(await deskOver(store, {}, now).file(newCase(), once()));
      assert.equal(await rows(), left);
    }
    store.close();
  });

  it('take a key anew once its answer is over, though nothing was removed since', async () => {
    let time = start;
    const now = (): number => time;
    const { store } = await openTenant({ tenant: randomUUID(), now });
    const desk = deskOver(store, {}, now);
    const write = once();
    const first = value(await desk.file(newCase(), write));
    time += keptFor - 60_000;
    value(await desk.file(newCase(), once()));
    assert.equal(value(await desk.file(newCase(), write)).id, first.id);
    time += 60_001;
    const second = value(await desk.file(newCase(), write));
    assert.notEqual(second.id, first.id);
    assert.equal(value(await desk.file(newCase(), write)).id, second.id);
    store.close();
  });

  it('lose none of 2 x 50 notes written to one case, whose timeline has no gap', () =>
    withCopies(async (left, right) => {
      const { id } = await fileCase(deskOver(left));
      const insist = async (store: Store, text: string): Promise<void> => {
        const desk = deskOver(store);
        for (;;) {
          const answer = await desk.act(id, { kind: 'annotate', text, files: [] }, upon(value(await desk.get(id))));
          if (answer.ok) return;
          assert.equal(answer.error.code, 'conflict');
        }
      };
      const write = async (store: Store, name: string): Promise<void> => {
        for (let index = 0; index < 50; index++) await insist(store, `${name} ${index}`);
      };
      await Promise.all([write(left, 'left'), write(right, 'right')]);
      const { timeline, notes, revision } = value(await deskOver(right).get(id));
      assert.deepEqual([notes, revision], [100, 101]);
      assert.deepEqual(
        timeline.map(({ seq }) => seq),
        times(101, index => index + 1),
      );
      for (const name of ['left', 'right']) {
        const own = timeline.flatMap(event => (event.kind === 'annotated' ? [event.text] : []));
        assert.deepEqual(
          own.filter(text => text.startsWith(name)),
          times(50, index => `${name} ${index}`),
        );
      }
    }));

  it('number and count what both file at the same time', () =>
    withCopies(async (left, right) => {
      const filed = await Promise.all(
        times(60, index =>
          fileCase(deskOver(index % 2 === 0 ? left : right), { severity: index % 3 === 0 ? 'A' : 'B' }),
        ),
      );
      const numbers = filed.map(({ number }) => number).sort((a, b) => a - b);
      assert.deepEqual(
        numbers,
        times(60, index => index + 1),
      );
      const acted = filed.map((one, index) =>
        deskOver(index % 2 === 0 ? right : left).act(one.id, { kind: 'resolve', text: '' }, upon(one)),
      );
      for (const answer of await Promise.all(acted)) value(answer);
      for (const store of [left, right]) {
        assert.deepEqual(value(await deskOver(store).count({}, 'status')), [{ value: 'resolved', count: 60 }]);
        assert.deepEqual(value(await deskOver(store).count({}, 'severity')), [
          { value: 'B', count: 40 },
          { value: 'A', count: 20 },
        ]);
      }
    }));

  it('tell each other what changed, each change once', () =>
    withCopies(async (left, right) => {
      const [told, own]: [DeskChange[], DeskChange[]] = [[], []];
      const stop = right.onDidChange(change => told.push(change));
      left.onDidChange(change => own.push(change));
      const filed = await fileCase(deskOver(left));
      await eventually(() => assert.equal(told.length, 1));
      value(await deskOver(left).recordIncident(newIncident(), once()));
      await eventually(() => assert.equal(told.length, 2));
      const seen = value(await deskOver(right).get(filed.id));
      value(await deskOver(right).act(filed.id, { kind: 'resolve', text: '' }, upon(seen)));
      await eventually(() => assert.equal(own.length, 3));
      const expected = [{ cases: [filed.id] }, { incidents: true }, { cases: [filed.id] }];
      assert.deepEqual([told, own], [expected, expected]);
      stop();
      await fileCase(deskOver(left));
      assert.equal(told.length, 3);
    }));

  it('tell nothing of what was undone', () =>
    withCopies(async (left, right) => {
      const told: DeskChange[] = [];
      for (const store of [left, right]) store.onDidChange(change => told.push(change));
      const filed = await fileCase(deskOver(left));
      await eventually(() => assert.equal(told.length, 2));
      const stale = { ...upon(filed), revision: 7 };
      assert.equal(refusal(await deskOver(left).act(filed.id, { kind: 'resolve', text: '' }, stale)).code, 'conflict');
      // What is heard comes in order, so this would come after it.
      value(await deskOver(left).recordIncident(newIncident(), once()));
      await eventually(() => assert.equal(told.length, 4));
      assert.deepEqual(told.slice(2), [{ incidents: true }, { incidents: true }]);
    }));

  it('say that anything may have changed when much did at once, and when a message is not understood', () =>
    withCopies(async (left, right) => {
      const pool = await sharedPool();
      const told: DeskChange[] = [];
      right.onDidChange(change => told.push(change));
      const { id } = await fileCase(deskOver(left));
      await eventually(() => assert.deepEqual(told, [{ cases: [id] }]));
      const sql = 'SELECT tenant FROM casebook.cases WHERE id = $1';
      const { tenant } = (await pool.query<{ tenant: number }>(sql, [id])).rows[0] ?? {};
      const channel = `casebook_${String(tenant)}`;
      for (const payload of ['', 'x', 'x y', `x ${'z'.repeat(7_000)}`]) {
        told.length = 0;
        await pool.query('SELECT pg_notify($1, $2)', [channel, payload]);
        await eventually(() => assert.deepEqual(told, [{}]));
      }
      told.length = 0;
      const ids = times(300, () => `x ${randomUUID()}`);
      await pool.query('SELECT pg_notify($1, id) FROM unnest($2::text[]) AS id', [channel, ids]);
      await eventually(() => assert.ok(told.some(change => Object.keys(change).length === 0)));
    }));

  it('say that anything may have changed once a lost connection hears again', async () => {
    const tenant = randomUUID();
    const pool = await sharedPool();
    const timing = handTiming();
    const { store } = await openTenant({ tenant, timing });
    const other = (await openTenant({ tenant })).store;
    const told: DeskChange[] = [];
    store.onDidChange(change => told.push(change));
    const { id } = await fileCase(deskOver(other));
    await eventually(() => assert.deepEqual(told, [{ cases: [id] }]));
    const end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN casebook_%'";
    await pool.query(end);
    await eventually(() => assert.deepEqual(told.slice(1), [{}]));
    assert.ok(timing.naps.length > 0);
    const again = await fileCase(deskOver(other));
    await eventually(() => assert.deepEqual(told.slice(2), [{ cases: [again.id] }]));
    for (const one of [store, other]) one.close();
  });

  it('fail no write and no other listener when a listener throws', async () => {
    const reported: unknown[] = [];
    const { store } = await openTenant({ report: error => reported.push(error) });
    const told: DeskChange[] = [];
    store.onDidChange(() => {
      throw new Error('listener');
    });
    store.onDidChange(change => told.push(change));
    await fileCase(deskOver(store));
    assert.deepEqual([told.length, reported.length], [1, 1]);
    store.close();
  });
});
