import { strict as assert } from 'node:assert';
import { beforeEach, describe, it } from 'mocha';
import * as z from 'zod/mini';
import { createBreaker } from '../../src/connectors/http/breaker.ts';
import { createHttpClient, type HttpRequest } from '../../src/connectors/http/client.ts';
import { Folder } from '../../src/outbox/files.ts';
import { createOutage } from '../../src/outbox/outage.ts';
import { injected, type Call } from '../outbox/faultyFiles.ts';
import { createMemory, type Memory } from '../outbox/memoryFiles.ts';
import { createFakeTime, turn, until, type FakeTime } from '../support/fakeTime.ts';
import { get, post } from './support/bench.ts';

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/** One window that speaks with the desk. */
interface Window {
  /** What one request comes to: its answer or the code of its error. */
  ask(request?: HttpRequest): Promise<string>;
  retry(): void;
}

describe('One breaker for all windows', () => {
  let time: FakeTime;
  let memory: Memory;
  /** When the desk was asked, and what it answers; nothing while it is down. */
  let asked: number[];
  let desk: (request: RequestInit) => Response | Promise<Response> | undefined;
  const up = (): Response => new Response('{}', { headers: { 'content-type': 'application/json' } });
  const down = (): undefined => undefined;

  function openWindow(): Window {
    const outage = createOutage(new Folder('/desk', memory.fs), () => time.now());
    const breaker = createBreaker(time, outage);
    const fetch = async (_url: unknown, init: RequestInit = {}): Promise<Response> => {
      asked.push(time.monotonic());
      await turn();
      const answer = await desk(init);
      if (!answer) throw new TypeError('fetch failed');
      return answer;
    };
    const http = createHttpClient({ origin: 'https://desk.test', fetch, time, breaker });
    return {
      async ask(request = post('/x', {})) {
        const answer = await http.json(request, z.unknown());
        return answer.ok ? 'ok' : answer.error.code;
      },
      retry: () => breaker.retry(),
    };
  }
  const openWindows = (count: number): Window[] => Array.from({ length: count }, () => openWindow());
  async function askAll(windows: readonly Window[]): Promise<string[]> {
    const answers = await Promise.all(windows.map(window => window.ask()));
    await memory.settled();
    return answers;
  }
  /** Has a window find the desk down, and the others know it. */
  async function fallDown(window: Window): Promise<void> {
    desk = down;
    for (let count = 0; count < 5; count++) assert.equal(await window.ask(), 'unreachable');
    await memory.settled();
    assert.equal(memory.names.size, 1);
    asked = [];
  }
  /** Has a window ask a desk that does not answer, and stop waiting. */
  async function askAndStop(window: Window): Promise<void> {
    desk = () => new Promise(() => undefined);
    const stop = new AbortController();
    const asking = window.ask(get('/x', { signal: stop.signal }));
    await until(() => asked.length === 1);
    stop.abort();
    await asking;
  }
  /** How long it takes until this window is answered, in seconds. */
  async function waitOf(window: Window): Promise<number> {
    for (let waited = 0; ; waited++) {
      if ((await askAll([window]))[0] === 'ok') return waited;
      assert.ok(waited < 120, 'it waits for ever');
      await time.pass(second);
    }
  }

  beforeEach(() => {
    time = createFakeTime();
    memory = createMemory();
    asked = [];
    desk = up;
  });

  for (const count of [1, 2, 10, 25]) {
    it(`${count} windows ask a desk that is down until one of them knows, then once each 30 s in all`, async () => {
      desk = down;
      const windows = openWindows(count);
      for (let passed = 0; passed < 10 * minute; passed += 5 * second) {
        assert.ok((await askAll(windows)).every(answer => answer === 'unreachable'));
        await time.pass(5 * second);
      }
      const probes = asked.filter(at => at >= 30 * second);
      assert.ok(asked.length - probes.length <= 5 * count, `${asked.length - probes.length} until it was known`);
      // The window that probes is not always the one that is asked first once the time is up.
      assert.ok(probes.length >= 16 && probes.length <= 20, `${probes.length} in ten minutes`);
      probes.forEach((at, index) => assert.ok(index === 0 || at - (probes[index - 1] ?? 0) >= 30 * second));
    });
  }

  it('a window that has not heard of the desk for a while, or never, asks the others first', async () => {
    const [one, other] = openWindows(2) as [Window, Window];
    assert.equal(await other.ask(), 'ok');
    await time.pass(30 * second);
    await fallDown(one);
    assert.deepEqual(await askAll([other, openWindow()]), ['unreachable', 'unreachable']);
    assert.deepEqual(asked, []);
  });

  it('no request waits for the disk while all is well', async () => {
    const window = openWindow();
    assert.equal(await window.ask(), 'ok');
    memory.calls.length = 0;
    memory.before = () => new Promise(() => undefined);
    for (let count = 0; count < 100; count++) assert.equal(await window.ask(), 'ok');
    assert.equal(memory.calls.length, 100);
  });

  it('of all windows that want to try at the same time one does', async () => {
    const windows = openWindows(10);
    await fallDown(openWindow());
    await time.pass(30 * second);
    await askAll(windows);
    assert.equal(asked.length, 1);
  });

  it('of several marks made at the same time the last holds', async () => {
    for (const left of [10, 20]) memory.names.add(`down~${time.now() + left * second}`);
    const windows = openWindows(3);
    await time.pass(20 * second - 1);
    await askAll(windows);
    assert.equal(asked.length, 0);
    await time.pass(1);
    desk = down;
    await askAll(windows);
    await askAll(windows);
    assert.equal(asked.length, 1);
  });

  it('who wants to know while one tries is told at once', async () => {
    const window = openWindow();
    await fallDown(window);
    desk = () => new Promise(() => undefined);
    window.retry();
    const [first, ...others] = [1, 2, 3].map(() => window.ask());
    assert.deepEqual(await Promise.all(others), ['unreachable', 'unreachable']);
    assert.equal(asked.length, 1);
    await time.pass(10 * second);
    assert.equal(await first, 'unreachable');
  });

  it('windows that open together long after nobody could ask any more are all answered', async () => {
    await fallDown(openWindow());
    desk = up;
    await time.pass(10 * minute);
    assert.deepEqual(await askAll(openWindows(3)), ['ok', 'ok', 'ok']);
  });

  it('everyone asks again once one was answered, also those who found it down themselves', async () => {
    desk = down;
    const windows = openWindows(10);
    for (let count = 0; count < 5; count++) await Promise.all(windows.map(window => window.ask()));
    await memory.settled();
    assert.equal(asked.length, 50);
    desk = up;
    await time.pass(29_999);
    assert.ok((await askAll(windows)).every(answer => answer === 'unreachable'));
    await time.pass(1);
    assert.deepEqual((await askAll(windows)).filter(answer => answer === 'ok').length, 1);
    assert.ok((await askAll(windows)).every(answer => answer === 'ok'));
    assert.equal(memory.names.size, 0);
  });

  it('everyone asks again once anyone is answered, though it never looked', async () => {
    const [well, one] = openWindows(2) as [Window, Window];
    assert.equal(await well.ask(), 'ok');
    await fallDown(one);
    desk = up;
    assert.equal(await one.ask(), 'unreachable');
    assert.equal(await well.ask(), 'ok');
    await memory.settled();
    assert.equal(await one.ask(), 'ok');
  });

  it('whoever asks for it by hand asks at once, and with an answer opens it for all', async () => {
    const [one, other] = openWindows(2) as [Window, Window];
    await fallDown(one);
    for (const window of [one, other]) {
      window.retry();
      assert.deepEqual(await askAll([window, window, window]), ['unreachable', 'unreachable', 'unreachable']);
    }
    // The other one had not found it to be down itself: its requests are no probes, of which there is one at a time.
    assert.ok(asked.length <= 4, `${asked.length} requests`);
    assert.deepEqual(await askAll([one, other]), ['unreachable', 'unreachable']);
    desk = up;
    other.retry();
    assert.deepEqual([await other.ask(), (await memory.settled(), await one.ask())], ['ok', 'ok']);
  });

  it('a probe whose asker stopped waiting has not found it to be back', async () => {
    const [one, other] = openWindows(2) as [Window, Window];
    await fallDown(one);
    await time.pass(30 * second);
    await askAndStop(other);
    assert.deepEqual(await askAll([one, other]), ['unreachable', 'unreachable']);
    assert.equal(asked.length, 1);
  });

  it('who stopped waiting tells nothing to the others', async () => {
    const [well, one] = openWindows(2) as [Window, Window];
    assert.equal(await well.ask(), 'ok');
    await fallDown(one);
    await askAndStop(well);
    await memory.settled();
    assert.equal((await askAll([one]))[0], 'unreachable');
    assert.equal(asked.length, 1);
  });

  describe('a desk that asks for quiet', () => {
    const quiet = (): Response => new Response('', { status: 429, headers: { 'retry-after': '3600' } });

    it('is not asked by who waited for the disk meanwhile', async () => {
      const window = openWindow();
      desk = quiet;
      const asking = window.ask();
      await until(() => asked.length === 1);
      const gate = Promise.withResolvers<undefined>();
      memory.before = () => gate.promise;
      const waits = window.ask();
      await asking;
      gate.resolve(undefined);
      assert.equal(await waits, 'throttled');
      assert.equal(asked.length, 1);
    });

    it('keeps only the window from trying that it asked', async () => {
      const [told, other] = openWindows(2) as [Window, Window];
      desk = () => new Response('', { status: 503, headers: { 'retry-after': '3600' } });
      assert.equal(await told.ask(), 'throttled');
      await fallDown(openWindow());
      desk = up;
      await time.pass(30 * second);
      assert.deepEqual(await askAll([told]), ['throttled']);
      assert.deepEqual(await askAll([other]), ['ok']);
    });
  });

  describe('never closes a desk for longer than 30 s', () => {
    const mark = (until: number): string => `down~${until}`;
    const rows: readonly (readonly [string, (now: number) => Promise<void> | readonly string[]])[] = [
      ['a mark of a window that ended', now => [mark(now + 30 * second)]],
      ['a mark of last week', now => [mark(now - 7 * day)]],
      ['a mark of a clock that was ahead', now => [mark(now + day)]],
      ['a mark just beyond what any window makes', now => [mark(now + 30 * second + 1)]],
      ['a mark of no time', () => [mark(9_999_999_999_999), 'down~', 'down~x', 'down~1', 'down~NaN', 'down']],
      ['many marks', now => Array.from({ length: 1_000 }, (_, index) => mark(now + index * 7))],
      ['marks of a whole day', now => Array.from({ length: 2_880 }, (_, index) => mark(now + index * 30 * second))],
      [
        'a window that was killed while it tried',
        async () => {
          await fallDown(openWindow());
          await time.pass(30 * second);
          desk = () => new Promise(() => undefined);
          void openWindow().ask();
          await until(() => asked.length === 1);
        },
      ],
      ...([day, -day, 20 * second] as const).map(
        by =>
          [
            `a clock that was set by ${by / second} s`,
            async (now: number) => {
              await fallDown(openWindow());
              time.setClock(now + by);
            },
          ] as const,
      ),
    ];
    for (const [name, prepare] of rows) {
      it(name, async () => {
        const prepared = prepare(time.now());
        if (Array.isArray(prepared)) for (const one of prepared as string[]) memory.names.add(one);
        await prepared;
        desk = up;
        const windows = openWindows(3);
        for (const window of windows) assert.ok((await waitOf(window)) <= 30);
        assert.deepEqual(await askAll(windows), ['ok', 'ok', 'ok']);
      });
    }

    for (const by of [day, -day]) {
      it(`and is tried once each 30 s after a clock was set by ${by / second} s while it was down`, async () => {
        const windows = openWindows(10);
        await fallDown(windows[0] ?? openWindow());
        for (const window of windows) await window.ask();
        time.setClock(time.now() + by);
        for (let passed = 0; passed < 5 * minute; passed += 5 * second) {
          await askAll(windows);
          await time.pass(5 * second);
        }
        const last = asked.filter(at => at >= 2 * minute);
        assert.ok(last.length >= 5 && last.length <= 6, `${last.length} in three minutes`);
      });
    }
  });

  describe('a window keeps a breaker of its own', () => {
    const disks: readonly (readonly [string, readonly Call[], string])[] = [
      ['a full disk', ['mkdir', 'open'], 'ENOSPC'],
      ['a disk that became full with a mark on it', ['open', 'rename'], 'ENOSPC'],
      ['a read-only disk', ['mkdir', 'open', 'rename', 'unlink'], 'EROFS'],
      ['a folder that cannot be read', ['readdir'], 'EACCES'],
      ['a folder that is a file', ['readdir', 'mkdir', 'open', 'rename', 'unlink'], 'ENOTDIR'],
    ];
    for (const [name, calls, code] of disks) {
      for (const marked of [false, true]) {
        it(`on ${name}${marked ? ' that holds an old mark' : ''}`, async () => {
          const refuse = (call: Call): void => {
            if (calls.includes(call)) throw injected(code);
          };
          if (marked) memory.names.add(`down~${time.now() + 30 * second}`);
          memory.before = refuse;
          desk = down;
          const windows = openWindows(2);
          for (let passed = 0; passed < 5 * minute; passed += 5 * second) {
            await askAll(windows);
            await time.pass(5 * second);
          }
          const late = asked.filter(at => at >= 2 * minute);
          assert.ok(late.length >= 5 && late.length <= 12, `${late.length} in three minutes`);
          desk = up;
          for (const window of windows) assert.ok((await waitOf(window)) <= 31);
        });
      }
    }

    it('and does not ask on and on where the disk filled up after it had told the others', async () => {
      const window = openWindow();
      await fallDown(window);
      memory.before = call => {
        if (call === 'open') throw injected('ENOSPC');
      };
      memory.names.clear();
      for (let count = 0; count < 60; count++) {
        await askAll([window]);
        await time.pass(second);
      }
      assert.ok(asked.length <= 3, `${asked.length} in a minute`);
    });
  });
});
