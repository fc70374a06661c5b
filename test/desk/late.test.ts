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
    after: (milliseconds: number, wake: () => void) => {
      const one = { at: clock.time + milliseconds, wake };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
    waiting,
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

/** A late desk over one that opens as `answer` says, and how often it was opened or can be asked again. */
function lateDesk(answer: () => Result<Desk> | Promise<Result<Desk>>) {
  const clock = handClock();
  const counts = { opens: 0, again: 0 };
  const desk = createLateDesk({
    ...clock,
    now: () => clock.time,
    open: () => {
      counts.opens++;
      return Promise.resolve(answer());
    },
    again: () => counts.again++,
  });
  return { clock, counts, desk };
}
const page = { limit: 9 };
const resolve = { kind: 'resolve', text: '' } as const;

describe('a desk that may not be there yet', () => {
  it('opens when first asked, once', async () => {
    const { desk, counts, clock } = lateDesk(() => ok(memoryDesk([aCase()])));
    assert.deepEqual([counts.opens, desk.capabilities().actions, desk.capabilities().roles], [0, [], []]);
    const [list, count] = await Promise.all([desk.list({}, page), desk.count({}, 'status')]);
    assert.deepEqual([value(list).items.length, value(count).length, counts.opens], [1, 1, 1]);
    assert.equal(desk.capabilities().roles.length, 3);
    assert.deepEqual([value(await desk.ready()) === desk, clock.waiting.size], [true, 0]);
  });

  const unreachable: DeskError = { code: 'unreachable' };
  const rows: readonly (readonly [DeskError, number | undefined])[] = [
    [unreachable, 30_000],
    [{ code: 'notADesk' }, 30_000],
    [{ code: 'untrusted' }, 30_000],
    [{ code: 'throttled' }, 30_000],
    [{ code: 'throttled', until: noon + 600_000 }, 600_000],
    [{ code: 'signedOut' }, undefined],
  ];
  for (const [error, rest] of rows) {
    const until = rest === undefined ? 'somebody signs in' : `${rest / 1_000} s have passed`;
    for (const opens of [false, true]) {
      it(`is left alone until ${until} after ${opens ? 'a reading' : 'opening'} found it ${error.code}`, async () => {
        const inner = memoryDesk([aCase()]);
        let answer: Result<Desk> = opens ? ok(inner) : fail(error);
        const { desk, counts, clock } = lateDesk(() => answer);
        inner.trouble = error;
        assert.deepEqual(refusal(await desk.list({}, page)), error);
        inner.trouble = undefined;
        answer = ok(inner);
        assert.deepEqual(refusal(await desk.count({}, 'status')), error);
        assert.deepEqual(refusal(await desk.ready()), error);
        assert.deepEqual(desk.trouble(), error);
        await clock.pass((rest ?? 86_400_000) - 1);
        assert.deepEqual([counts.opens, counts.again], [1, 0]);
        if (rest === undefined) desk.retry();
        else await clock.pass(1);
        assert.equal(counts.again, 1);
        assert.ok((await desk.list({}, page)).ok);
        assert.equal(desk.trouble(), undefined);
      });
    }
  }

  it('keeps no view waiting: a slow reading is a desk out of reach, a slow writing is waited for', async () => {
    const slow = memoryDesk([aCase()]);
    const soon = { ...slow };
    const gate = Promise.withResolvers<undefined>();
    slow.list = async (...given) => {
      await gate.promise;
      return soon.list(...given);
    };
    slow.act = async (...given) => {
      await gate.promise;
      return soon.act(...given);
    };
    const { desk, clock } = lateDesk(() => ok(slow));
    const reading = desk.list({}, page);
    const writing = desk.act(idOf(12), resolve, upon({ revision: 1 }));
    await clock.pass(2_999);
    await clock.pass(1);
    assert.deepEqual(refusal(await reading), unreachable);
    assert.deepEqual(refusal(await desk.count({}, 'status')), unreachable);
    gate.resolve(undefined);
    assert.equal(value(await writing).status, 'resolved');
    await clock.pass(30_000);
    assert.ok((await desk.count({}, 'status')).ok);
  });

  it('says so when it opens after all', async () => {
    const gate = Promise.withResolvers<Result<Desk>>();
    const { desk, counts, clock } = lateDesk(() => gate.promise);
    const reading = desk.list({}, page);
    await clock.pass(3_000);
    assert.deepEqual(refusal(await reading), unreachable);
    gate.resolve(ok(memoryDesk()));
    await new Promise(done => setImmediate(done));
    assert.equal(counts.again, 1);
    assert.ok((await desk.list({}, page)).ok);
  });

  it('tries to write while it is left alone, unless it asked for that', async () => {
    let answer: Result<Desk> = fail(unreachable);
    const { desk, counts } = lateDesk(() => answer);
    await desk.list({}, page);
    answer = fail({ code: 'throttled', until: noon + 60_000 });
    const write = () => desk.act(idOf(12), resolve, upon({ revision: 1 }));
    assert.equal(refusal(await write()).code, 'throttled');
    assert.equal(refusal(await write()).code, 'throttled');
    assert.equal(counts.opens, 2);
  });

  it('is asked again at once when somebody signed in', async () => {
    let answer: Result<Desk> = fail({ code: 'signedOut' });
    const { desk, counts } = lateDesk(() => answer);
    await desk.list({}, page);
    answer = ok(memoryDesk([aCase()]));
    desk.retry();
    assert.equal(counts.again, 1);
    assert.ok((await desk.list({}, page)).ok);
  });

  describe('opened anew for somebody else', () => {
    const of = (person: string) => {
      const inner = memoryDesk([aCase()]);
      const closed = { count: 0 };
      const capabilities = () => ({ ...memoryDesk().capabilities(), person });
      return { inner, closed, desk: { ...inner, capabilities, close: () => (closed.count += 1) } };
    };
    const later = () => new Promise(done => setImmediate(done));

    it('is theirs from then on, closes the one before, goes on listening, and says so once it is open', async () => {
      const [ada, bo] = [of('Ada'), of('Bo')];
      let answer: Result<Desk> = ok(ada.desk);
      const { desk, counts } = lateDesk(() => answer);
      desk.onDidChange(() => undefined);
      desk.listen(true);
      await desk.list({}, page);
      answer = ok(bo.desk);
      desk.reopen();
      desk.reopen();
      assert.deepEqual([desk.capabilities().person, counts.again], ['Ada', 0]);
      await later();
      assert.deepEqual([desk.capabilities().person, counts.opens, counts.again], ['Bo', 2, 1]);
      assert.deepEqual([ada.closed.count, ada.inner.listeners.size, bo.inner.listeners.size], [1, 0, 1]);
    });

    it('stays as it is where that fails, to be tried again', async () => {
      const [ada, bo] = [of('Ada'), of('Bo')];
      let answer: Result<Desk> = ok(ada.desk);
      const { desk } = lateDesk(() => answer);
      await desk.list({}, page);
      answer = fail(unreachable);
      desk.reopen();
      await later();
      assert.deepEqual([desk.capabilities().person, desk.trouble(), ada.closed.count], ['Ada', unreachable, 0]);
      answer = ok(bo.desk);
      desk.reopen();
      await later();
      assert.deepEqual([desk.capabilities().person, desk.trouble()], ['Bo', undefined]);
    });

    it('asks again what the one before was asked and could not answer any more', async () => {
      const [ada, bo] = [of('Ada'), of('Bo')];
      const gate = Promise.withResolvers<Result<never>>();
      ada.desk.list = () => gate.promise;
      let answer: Result<Desk> = ok(ada.desk);
      const { desk } = lateDesk(() => answer);
      await desk.count({}, 'status');
      const reading = desk.list({}, page);
      answer = ok(bo.desk);
      desk.reopen();
      await later();
      gate.resolve(fail(unreachable));
      assert.equal(value(await reading).items.length, 1);
      assert.equal(desk.trouble(), undefined);
    });
  });

  describe('listens', () => {
    const listening = async () => {
      const inner = memoryDesk([aCase()]);
      const { desk } = lateDesk(() => ok(inner));
      const heard: DeskChange[] = [];
      const stop = desk.onDidChange(change => heard.push(change));
      await desk.list({}, page);
      return { inner, desk, heard, stop };
    };

    it('only while it is wanted', async () => {
      const { inner, desk, heard } = await listening();
      assert.equal(inner.listeners.size, 0);
      desk.listen(true);
      assert.deepEqual([inner.listeners.size, heard], [1, []]);
      inner.change({ incidents: true });
      desk.listen(false);
      assert.deepEqual([inner.listeners.size, heard], [0, [{ incidents: true }]]);
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
    const { desk } = lateDesk(() => gate.promise);
    const reading = desk.list({}, page);
    desk.close();
    gate.resolve(ok(inner));
    await reading;
    assert.ok(closed);
  });
});
