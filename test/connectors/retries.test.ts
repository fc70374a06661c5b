import { strict as assert } from 'node:assert';
import { beforeEach, describe, it } from 'mocha';
import * as z from 'zod/mini';
import type { HttpError } from '../../src/connectors/http/client.ts';
import { refusal, value } from '../desk/build.ts';
import { turn, until } from '../support/fakeTime.ts';
import type { Fault } from '../support/faultServer.ts';
import { faults } from '../support/faultServer.ts';
import { get, httpBench, post } from './support/bench.ts';

const Any = z.unknown();
const minute = 60_000;

describe('Trying again', () => {
  const bench = httpBench();
  beforeEach(() => {
    for (const route of ['GET /x', 'POST /x']) bench().server.work(route, () => ({ body: { made: true } }));
  });

  /** Sends until an answer is there, passing over pauses, and tells how long they were. */
  async function ask(request = get('/x')): Promise<{ pauses: number[]; error: HttpError | undefined }> {
    const { http, time } = bench();
    const pauses: number[] = [];
    const state = { ended: false };
    const asked = http.json(request, Any).finally(() => {
      state.ended = true;
    });
    while (!state.ended) {
      // While it pauses, what waits are the pause and the end of it all.
      const [first = 0, second] = time.timers;
      if (second !== undefined && first < 10_000) {
        pauses.push(first);
        await time.pass(Math.ceil(first));
      }
      await turn();
    }
    const answer = await asked;
    return { pauses: pauses.map(Math.round), error: answer.ok ? undefined : answer.error };
  }

  const passing: readonly (readonly [string, Fault])[] = [
    ['a broken connection', faults.reset],
    ['an answer cut off', faults.cut],
    ...[408, 429, 500, 502, 503, 504, 507, 599].map(status => [String(status), faults.answer(status, {})] as const),
    ['a gateway that shows a page', faults.answer(502, '<h1>Bad gateway</h1>', { 'Content-Type': 'text/html' })],
  ];
  for (const [name, fault] of passing) {
    it(`helps after ${name}: twice, after up to 1 s and 2 s`, async () => {
      bench().server.script('GET /x', fault, fault);
      assert.deepEqual(await ask(), { pauses: [1_000, 2_000], error: undefined });
      assert.equal(bench().server.count(), 3);
    });
  }
  for (const status of [400, 403, 404, 409, 412, 413, 415, 422, 428, 501, 505]) {
    it(`does not help after ${status}`, async () => {
      bench().server.script('GET /x', faults.answer(status, {}));
      assert.deepEqual(await ask(), { pauses: [], error: { code: 'refused', status, body: {} } });
    });
  }

  const lasts: readonly (readonly [string, Fault, HttpError])[] = [
    ['a broken connection', faults.reset, { code: 'unreachable' }],
    [
      'a full disk',
      faults.answer(507, { code: 'storageFull' }),
      { code: 'refused', status: 507, body: { code: 'storageFull' } },
    ],
    ['a wish for quiet', faults.answer(429, {}), { code: 'throttled' }],
  ];
  for (const [name, fault, error] of lasts) {
    it(`ends after the second time, with what was last: ${name}`, async () => {
      bench().server.script('GET /x', faults.answer(500, {}), faults.reset, fault);
      assert.deepEqual((await ask()).error, error);
      assert.equal(bench().server.count(), 3);
    });
  }

  for (const [name, then] of [
    ['500', faults.answer(500, {})],
    ['a broken connection', faults.reset],
  ] as const) {
    it(`a write that was done before ${name} is done once, if it has a key`, async () => {
      const { server } = bench();
      server.script('POST /x', faults.commitThen(then), faults.commitThen(then));
      assert.equal((await ask(post('/x', { 'Idempotency-Key': 'one' }))).error, undefined);
      assert.deepEqual([server.count(), server.committed('POST /x')], [3, 1]);
    });
    it(`a write without a key is not sent again after ${name}`, async () => {
      const { server } = bench();
      server.script('POST /x', faults.commitThen(then));
      assert.equal((await ask(post('/x', {}))).pauses.length, 0);
      assert.deepEqual([server.count(), server.committed('POST /x')], [1, 1]);
    });
  }

  it('waits as long as it is told, where that is not beyond the time of a request', async () => {
    const { server } = bench();
    server.script('GET /x', faults.answer(429, {}, { 'Retry-After': '7' }));
    assert.deepEqual(await ask(), { pauses: [7_000], error: undefined });
  });

  it('leaves the place alone for as long as it asks, whatever else is wanted', async () => {
    const { server, http, time } = bench();
    server.script('GET /x', faults.answer(503, {}, { 'Retry-After': '90' }));
    const asked = time.now();
    const error = { code: 'throttled', until: asked + 90_000 };
    assert.deepEqual(await ask(), { pauses: [], error });
    await time.pass(89_999);
    assert.deepEqual(refusal(await http.json(get('/x'), Any)), error);
    assert.equal(server.count(), 1);
    await time.pass(1);
    value(await http.json(get('/x'), Any));
  });

  it('after a year is left to a person, who may try from an hour on', async () => {
    const { server, http, time } = bench();
    const year = 365 * 24 * 60 * minute;
    server.script('GET /x', faults.answer(429, {}, { 'Retry-After': String(year / 1_000) }));
    const asked = time.now();
    assert.deepEqual((await ask()).error, { code: 'throttled', until: asked + year });
    await time.pass(60 * minute - 1);
    assert.equal((await ask()).error?.code, 'throttled');
    await time.pass(1);
    value(await http.json(get('/x'), Any));
    assert.equal(server.count(), 2);
  });

  it('follows time, not the clock, when the clock is set', async () => {
    const { server, http, time } = bench();
    server.script('GET /x', faults.answer(429, {}, { 'Retry-After': '60' }));
    await ask();
    time.setClock(time.now() + 24 * 60 * minute);
    const ahead = time.now();
    assert.deepEqual(refusal(await http.json(get('/x'), Any)), { code: 'throttled', until: ahead + minute });
    time.setClock(time.now() - 48 * 60 * minute);
    await time.pass(minute);
    value(await http.json(get('/x'), Any));
  });

  it('ends with the time of the request', async () => {
    const { server, http, time } = bench();
    server.script('GET /x', faults.hang, faults.hang, faults.hang);
    let ended = false;
    const asked = http.json(get('/x'), Any).finally(() => {
      ended = true;
    });
    for (let passed = 0; passed < 30_000; passed += 500) {
      assert.equal(ended, false);
      // Each try has to arrive before time goes on.
      await until(() => server.count() === (passed < 11_000 ? 1 : passed < 23_000 ? 2 : 3));
      await time.pass(500);
    }
    assert.deepEqual(refusal(await asked), { code: 'unreachable' });
    assert.equal(server.count(), 3);
  });
});

describe('A place that is down', () => {
  const bench = httpBench();
  const once = async (): Promise<string> => {
    const answer = await bench().http.json(post('/x', {}), Any);
    return answer.ok ? 'ok' : answer.error.code;
  };
  beforeEach(() => {
    bench().server.work('POST /x', () => ({ body: 1 }));
  });
  const fallDown = async (): Promise<void> => {
    bench().server.script('POST /x', ...Array.from({ length: 5 }, () => faults.reset));
    for (let count = 0; count < 5; count++) assert.equal(await once(), 'unreachable');
  };

  it('is left alone after five failures in a row, and tried by one request each 30 s', async () => {
    const { server, time } = bench();
    await fallDown();
    for (let count = 0; count < 10; count++) assert.equal(await once(), 'unreachable');
    assert.equal(server.count(), 5);
    await time.pass(29_999);
    assert.equal(await once(), 'unreachable');
    assert.equal(server.count(), 5);
    await time.pass(1);
    server.script('POST /x', faults.reset);
    assert.equal(await once(), 'unreachable');
    assert.equal(await once(), 'unreachable');
    assert.equal(server.count(), 6);
    await time.pass(30_000);
    assert.equal(await once(), 'ok');
    assert.equal(await once(), 'ok');
    assert.equal(server.count(), 8);
  });

  it('is asked by nobody else while one tries, and nobody waits for that', async () => {
    const { server, time } = bench();
    await fallDown();
    await time.pass(30_000);
    server.script('POST /x', faults.hang);
    const probe = once();
    await until(() => server.count() === 6);
    assert.deepEqual(await Promise.all([once(), once()]), ['unreachable', 'unreachable']);
    assert.equal(server.count(), 6);
    await time.pass(10_000);
    assert.equal(await probe, 'unreachable');
  });

  it('is not up because the one who tried stopped waiting', async () => {
    const { server, time, http } = bench();
    await fallDown();
    await time.pass(30_000);
    server.script('POST /x', faults.hang);
    const stop = new AbortController();
    const probe = http.json({ ...post('/x', {}), signal: stop.signal }, Any);
    await until(() => server.count() === 6);
    stop.abort();
    await probe;
    assert.equal(await once(), 'unreachable');
    assert.equal(server.count(), 6);
  });

  it('comes back though the clock was set back a day', async () => {
    const { time } = bench();
    await fallDown();
    time.setClock(time.now() - 24 * 60 * minute);
    await time.pass(30_000);
    assert.equal(await once(), 'ok');
  });

  it('is one that breaks off or answers 500, not one that refuses, asks for a pause or shows a page', async () => {
    const { server } = bench();
    const alive = [
      faults.problem(403, 'forbidden'),
      faults.answer(429, {}),
      faults.html,
      faults.problem(401, 'unauthenticated'),
    ];
    for (const fault of alive) {
      server.script('POST /x', ...Array.from({ length: 6 }, () => fault));
      for (let count = 0; count < 6; count++) await once();
    }
    assert.equal(await once(), 'ok');
    server.script('POST /x', ...Array.from({ length: 5 }, () => faults.answer(500, {})));
    for (let count = 0; count < 5; count++) await once();
    const before = server.count();
    assert.equal(await once(), 'unreachable');
    assert.equal(server.count(), before);
  });
});

describe('The clock of the other side', () => {
  const bench = httpBench();
  for (const [name, ahead] of [
    ['a day ahead', 24 * 60 * minute],
    ['three minutes behind', -3 * minute],
  ] as const) {
    it(`is known from its answers: ${name}`, async () => {
      const { server, http, time } = bench();
      assert.equal(http.clockOffset(), undefined);
      server.script('GET /x', faults.answer(200, {}, { Date: new Date(time.now() + ahead).toUTCString() }));
      await http.json(get('/x'), Any);
      assert.equal(http.clockOffset(), ahead);
    });
  }
  it('is not known from what is no date', async () => {
    const { server, http } = bench();
    server.script('GET /x', faults.answer(200, {}, { Date: 'today' }));
    await http.json(get('/x'), Any);
    assert.equal(http.clockOffset(), undefined);
  });
});
