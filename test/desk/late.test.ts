import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { Desk, DeskChange } from '../../src/desk/desk.ts';
import { fail, ok, type DeskError, type Result } from '../../src/desk/errors.ts';
import { createLateDesk } from '../../src/desk/late.ts';
import { aCase, idOf, noon } from '../views/support/builders.ts';
import { memoryDesk } from '../views/support/memoryDesk.ts';
import { refusal, upon, value } from './build.ts';

/** A clock that is moved by hand, and what waits for it. */
function handClock() {
  const waiting = new Set<{ readonly at: number; readonly wake: () => void }>();
  const clock = {
    time: noon,
    now: () => clock.time,
    wait: (milliseconds: number) =>
      new Promise<void>(resolve => {
        waiting.add({ at: clock.time + milliseconds, wake: resolve });
      }),
    async pass(milliseconds: number) {
      clock.time += milliseconds;
      for (const one of [...waiting]) {
        if (one.at > clock.time) continue;
        waiting.delete(one);
        one.wake();
      }
      await new Promise(resolve => setImmediate(resolve));
    },
  };
  return clock;
}

describe('a desk that may not be there yet', () => {
  it('opens when first asked, once', async () => {
    const clock = handClock();
    let opens = 0;
    const desk = createLateDesk({
      ...clock,
      open: () => {
        opens++;
        return Promise.resolve(ok(memoryDesk([aCase()])));
      },
    });
    assert.deepEqual([opens, desk.capabilities().actions, desk.capabilities().roles], [0, [], []]);
    const [list, count] = await Promise.all([desk.list({}, { limit: 9 }), desk.count({}, 'status')]);
    assert.deepEqual([value(list).items.length, value(count).length, opens], [1, 1, 1]);
    assert.equal(desk.capabilities().roles.length, 3);
  });

  for (const error of [{ code: 'unreachable' }, { code: 'signedOut' }] as const) {
    it(`leaves a desk alone for half a minute that did not open (${error.code}), then says that it may be back`, async () => {
      const clock = handClock();
      let opens = 0;
      let answer: Result<Desk> = fail<DeskError>(error);
      const desk = createLateDesk({ ...clock, open: () => (opens++, Promise.resolve(answer)) });
      const heard: DeskChange[] = [];
      desk.onDidChange(change => heard.push(change));
      assert.deepEqual(refusal(await desk.list({}, { limit: 9 })), error);
      assert.deepEqual(refusal(await desk.count({}, 'status')), error);
      assert.deepEqual(refusal(await desk.act(idOf(12), { kind: 'resolve', text: '' }, upon({ revision: 1 }))), error);
      answer = ok(memoryDesk([aCase()]));
      await clock.pass(29_999);
      assert.deepEqual([opens, heard], [1, []]);
      await clock.pass(1);
      assert.deepEqual(heard, [{}]);
      assert.ok((await desk.list({}, { limit: 9 })).ok);
      assert.equal(opens, 2);
    });
  }

  it('is left alone as long as it asks for', async () => {
    const clock = handClock();
    const error = { code: 'throttled', until: noon + 600_000 } as const;
    let opens = 0;
    const desk = createLateDesk({ ...clock, open: () => (opens++, Promise.resolve(fail<DeskError>(error))) });
    assert.deepEqual(refusal(await desk.incidents()), error);
    await clock.pass(599_999);
    assert.deepEqual(refusal(await desk.incidents()), error);
    assert.equal(opens, 1);
    await clock.pass(1);
    await desk.incidents();
    assert.equal(opens, 2);
  });

  it('is asked again at once when somebody signed in', async () => {
    const clock = handClock();
    let answer: Result<Desk> = fail<DeskError>({ code: 'signedOut' });
    const desk = createLateDesk({ ...clock, open: () => Promise.resolve(answer) });
    const heard: DeskChange[] = [];
    desk.onDidChange(change => heard.push(change));
    await desk.list({}, { limit: 9 });
    answer = ok(memoryDesk([aCase()]));
    desk.retry();
    assert.deepEqual(heard, [{}]);
    assert.ok((await desk.list({}, { limit: 9 })).ok);
  });

  it('keeps no view waiting: a slow reading is a desk out of reach, a slow writing is waited for', async () => {
    const clock = handClock();
    const slow = memoryDesk([aCase()]);
    const gate = Promise.withResolvers<undefined>();
    const soon = { ...slow };
    slow.list = async (...given) => {
      await gate.promise;
      return soon.list(...given);
    };
    slow.act = async (...given) => {
      await gate.promise;
      return soon.act(...given);
    };
    const desk = createLateDesk({ ...clock, open: () => Promise.resolve(ok(slow)) });
    const reading = desk.list({}, { limit: 9 });
    const writing = desk.act(idOf(12), { kind: 'resolve', text: '' }, upon({ revision: 1 }));
    await clock.pass(2_999);
    await clock.pass(1);
    assert.deepEqual(refusal(await reading), { code: 'unreachable' });
    assert.deepEqual(refusal(await desk.count({}, 'status')), { code: 'unreachable' });
    gate.resolve(undefined);
    assert.equal(value(await writing).status, 'resolved');
    await clock.pass(30_000);
    assert.ok((await desk.count({}, 'status')).ok);
  });

  describe('listens', () => {
    const listening = async () => {
      const inner = memoryDesk([aCase()]);
      const desk = createLateDesk({ ...handClock(), open: () => Promise.resolve(ok(inner)) });
      const heard: DeskChange[] = [];
      const stop = desk.onDidChange(change => heard.push(change));
      await desk.list({}, { limit: 9 });
      return { inner, desk, heard, stop };
    };

    it('only while it is wanted, and says that anything may have changed meanwhile', async () => {
      const { inner, desk, heard } = await listening();
      assert.equal(inner.listeners.size, 0);
      desk.listen(true);
      assert.deepEqual([inner.listeners.size, heard], [1, [{}]]);
      inner.change({ incidents: true });
      desk.listen(false);
      assert.deepEqual([inner.listeners.size, heard], [0, [{}, { incidents: true }]]);
    });

    it('only while somebody hears it, and no longer than it is open', async () => {
      const { inner, desk, stop } = await listening();
      desk.listen(true);
      stop();
      assert.equal(inner.listeners.size, 0);
      desk.onDidChange(() => undefined);
      assert.equal(inner.listeners.size, 1);
      desk.close();
      assert.equal(inner.listeners.size, 0);
    });
  });

  it('closes a desk that opens too late', async () => {
    const inner = memoryDesk();
    let closed = false;
    inner.close = () => (closed = true);
    const gate = Promise.withResolvers<Result<Desk>>();
    const desk = createLateDesk({ ...handClock(), open: () => gate.promise });
    const reading = desk.list({}, { limit: 9 });
    desk.close();
    gate.resolve(ok(inner));
    await reading;
    assert.ok(closed);
  });
});
