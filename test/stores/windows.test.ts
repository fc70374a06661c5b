import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { DeskChange } from '../../src/desk/desk.ts';
import { fileCase, newIncident, once, upon, value } from '../desk/build.ts';
import { deskOver, openStore, withFolder } from './bench.ts';
import { handTiming } from './faults.ts';
import { child, ended, otherWindow, said } from './process.ts';

const hasId = (message: unknown): message is { id: string } =>
  typeof message === 'object' && message !== null && 'id' in message;
const isReady = (message: unknown): message is { ready: true } =>
  typeof message === 'object' && message !== null && 'ready' in message;

describe('Two windows on one desk', () => {
  it('see what the other files within two seconds, and which case it was', () =>
    withFolder(async folder => {
      const { store } = await openStore(folder);
      const desk = deskOver(store);
      const other = otherWindow('file', folder);
      await said(other, isReady);
      const filed = said(other, hasId);
      const gone = ended(other);
      let answered = 0;
      // Counted from when the other window knows that its case is filed.
      const seen = new Promise<{ change: DeskChange; at: number }>(resolve => {
        const stop = desk.onDidChange(change => {
          stop();
          resolve({ change, at: performance.now() });
        });
      });
      other.send('go');
      const { id } = await filed;
      answered = performance.now();
      // The poll keeps no process alive, so something else has to.
      const alive = setInterval(() => undefined, 1_000);
      const { change, at } = await seen;
      clearInterval(alive);
      assert.deepEqual(change, { cases: [id] });
      assert.ok(at - answered < 2_000, `seen after ${at - answered} ms`);
      assert.equal(value(await desk.get(id)).id, id);
      await gone;
      store.close();
    }));

  it('lose none of 2 x 200 notes written to one case at the same time', function () {
    this.timeout(60_000);
    return withFolder(async folder => {
      const { store } = await openStore(folder);
      const desk = deskOver(store);
      const { id } = await fileCase(desk);
      await Promise.all(['left', 'right'].map(name => child('notes', folder, id, name, '200')));
      const { timeline, notes, revision } = value(await desk.get(id));
      assert.deepEqual([notes, revision, timeline.length], [400, 401, 401]);
      const texts = timeline.map(event => (event.kind === 'annotated' ? event.text : ''));
      for (const name of ['left', 'right']) {
        const own = texts.filter(text => text.startsWith(name));
        assert.deepEqual(
          own,
          Array.from({ length: 200 }, (_, index) => `${name} ${index}`),
        );
      }
      store.close();
    });
  });

  it('keep everything acknowledged when one of them is killed while writing', function () {
    this.timeout(60_000);
    return withFolder(async folder => {
      const acknowledged = new Set<string>();
      for (let kills = 0; kills < 3; kills++) {
        const window = otherWindow('endless', folder);
        const end = ended(window);
        let left = 40 + kills;
        window.on('message', message => {
          if (hasId(message)) acknowledged.add(message.id);
          if (--left === 0) window.kill('SIGKILL');
        });
        assert.equal(await end, 'SIGKILL');
      }
      const { store, movedAside } = await openStore(folder);
      const desk = deskOver(store);
      const all: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = value(await desk.list({}, { limit: 200, ...(cursor !== undefined && { cursor }) }));
        all.push(...page.items.map(({ id }) => id));
        cursor = page.next;
        if (cursor === undefined) break;
      }
      assert.equal(movedAside, undefined);
      assert.ok(acknowledged.size >= 120);
      for (const id of acknowledged) assert.ok(all.includes(id));
      // At most the one write that was under way each time was kept without its acknowledgement having been heard.
      assert.ok(all.length - acknowledged.size <= 3 + 3 * 20, `${all.length} of ${acknowledged.size}`);
      assert.equal(value(await desk.count({}, 'status'))[0]?.count, all.length);
      store.close();
    });
  });
});

describe('Telling of changes', () => {
  it('polls only while somebody listens', () =>
    withFolder(async folder => {
      const timing = handTiming();
      const { store } = await openStore(folder, { timing });
      assert.equal(timing.polls.length, 0);
      const stops = [store.onDidChange(() => undefined), store.onDidChange(() => undefined)];
      assert.equal(timing.polls.length, 1);
      stops[0]?.();
      stops[0]?.();
      assert.equal(timing.polls.length, 1);
      stops[1]?.();
      assert.equal(timing.polls.length, 0);
      store.onDidChange(() => undefined);
      store.close();
      assert.equal(timing.polls.length, 0);
    }));

  it('names what another window changed, each change once', () =>
    withFolder(async folder => {
      const timing = handTiming();
      const [own, other] = [await openStore(folder, { timing }), await openStore(folder)];
      const [desk, otherDesk] = [deskOver(own.store), deskOver(other.store)];
      const before = await fileCase(otherDesk);
      const told: DeskChange[] = [];
      desk.onDidChange(change => told.push(change));
      const poll = (): void => timing.polls[0]?.();
      poll();
      assert.deepEqual(told, []);
      const a = await fileCase(otherDesk);
      const b = await fileCase(otherDesk);
      value(await otherDesk.act(before.id, { kind: 'resolve', text: '' }, upon(before)));
      value(await otherDesk.recordIncident(newIncident(), once()));
      poll();
      poll();
      assert.deepEqual(told.splice(0), [{ cases: [a.id, b.id, before.id], incidents: true }]);
      // An own write tells at once, and of what another window wrote before it.
      const c = await fileCase(otherDesk);
      const d = await fileCase(desk);
      assert.deepEqual(told.splice(0), [{ cases: [c.id, d.id] }]);
      poll();
      assert.deepEqual(told, []);
      for (const { store } of [own, other]) store.close();
    }));

  it('says that anything may have changed to who missed more than is remembered', () =>
    withFolder(async folder => {
      const timing = handTiming();
      const [own, other] = [await openStore(folder, { timing }), await openStore(folder)];
      const told: DeskChange[] = [];
      own.store.onDidChange(change => told.push(change));
      for (let index = 0; index < 1_001; index++) await fileCase(deskOver(other.store));
      timing.polls[0]?.();
      assert.deepEqual(told, [{}]);
      for (const { store } of [own, other]) store.close();
    }));

  it('fails no write and no other listener when a listener throws', () =>
    withFolder(async folder => {
      const reported: unknown[] = [];
      const { store } = await openStore(folder, { report: error => reported.push(error) });
      const told: DeskChange[] = [];
      store.onDidChange(() => {
        throw new Error('listener');
      });
      store.onDidChange(change => told.push(change));
      await fileCase(deskOver(store));
      assert.deepEqual([told.length, reported.length], [1, 1]);
      store.close();
    }));
});
