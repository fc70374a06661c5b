import { strict as assert } from 'node:assert';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as z from 'zod/mini';
import { replayable } from '../../src/connectors/http/body.ts';
import { usualLimits } from '../../src/connectors/http/client.ts';
import { refusal, value } from '../desk/build.ts';
import { turn, until } from '../support/fakeTime.ts';
import type { Fault, FaultServer } from '../support/faultServer.ts';
import { faults, startFaultServer } from '../support/faultServer.ts';
import { canary, get, httpBench, post } from './support/bench.ts';

const Hello = z.object({ hello: z.string() });
const hello = { hello: 'world' };
const megabyte = 1024 * 1024;
/** The right answer with one more member, which is this text. */
const beside = (text: string): Fault => faults.answer(200, `{"hello":"world","more":${text}}`);
const deep = (depth: number): Fault => beside('['.repeat(depth - 1) + ']'.repeat(depth - 1));

describe('The HTTP client', () => {
  const bench = httpBench();
  beforeEach(() => {
    for (const route of ['GET /x', 'POST /x']) bench().server.work(route, () => ({ body: hello }));
  });

  it('asks with the token, and answers what the schema takes', async () => {
    const { http, server } = bench();
    assert.deepEqual(value(await http.json(get('/x?a=b'), Hello)).value, hello);
    const [seen] = server.seen;
    assert.deepEqual([seen?.url, seen?.headers.authorization], ['/x?a=b', `Bearer ${canary}`]);
  });

  describe('what answers', () => {
    const rows: readonly (readonly [string, Fault, string])[] = [
      ['a web page', faults.html, 'notADesk'],
      ['nothing', faults.answer(204), 'notADesk'],
      ['an empty text', faults.answer(200, ''), 'notADesk'],
      ['half a JSON', faults.truncated, 'notADesk'],
      [
        'another charset',
        faults.answer(200, hello, { 'Content-Type': 'application/json; charset=utf-16' }),
        'notADesk',
      ],
      ['bytes that are no UTF-8', faults.answer(200, Buffer.from('{"hello":"\xff"}', 'latin1')), 'notADesk'],
      ['JSON that says it is text', faults.answer(200, hello, { 'Content-Type': 'text/plain' }), 'notADesk'],
      ['JSON of another kind', faults.answer(200, { hi: 1 }), 'notADesk'],
      ['null', faults.answer(200, 'null'), 'notADesk'],
      [
        'a partial page of a proxy',
        faults.answer(403, '<h1>Blocked</h1>', { 'Content-Type': 'text/html' }),
        'notADesk',
      ],
      ['nothing new', faults.answer(304), 'notADesk'],
      ['JSON nested 100,000 deep', deep(100_000), 'notADesk'],
      ['JSON nested 65 deep', deep(65), 'notADesk'],
      ['a million empty objects', beside(`[${'{},'.repeat(1_000_000)}{}]`), 'notADesk'],
      ['401', faults.problem(401, 'unauthenticated'), 'signedOut'],
      ['a refusal', faults.problem(403, 'notYours'), 'refused'],
      ['not implemented', faults.problem(501, 'x'), 'refused'],
    ];
    for (const [name, fault, code] of rows) {
      it(`${name} is ${code}, and asked once`, async () => {
        const { http, server } = bench();
        server.script('GET /x', fault);
        assert.equal(refusal(await http.json(get('/x'), Hello)).code, code);
        assert.equal(server.count(), 1);
      });
    }
    for (const code of [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_HAS_EXPIRED',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ]) {
      it(`a certificate that is no proof is told as one, and asked once: ${code}`, async () => {
        let asked = 0;
        const fetch = (): Promise<Response> => {
          asked++;
          return Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(canary), { code }) }));
        };
        assert.deepEqual(refusal(await bench().client({ fetch }).json(get('/x'), Hello)), { code: 'untrusted' });
        assert.equal(asked, 1);
      });
    }
    const fine: readonly (readonly [string, Fault])[] = [
      ['beside what is nested 64 deep', deep(64)],
      ['with a byte order mark', faults.byteOrderMark],
      ['twice on one connection', faults.twice],
      ['with a charset', faults.answer(200, hello, { 'Content-Type': 'Application/JSON; Charset="UTF-8"' })],
      ['as JSON of a vendor', faults.answer(200, hello, { 'Content-Type': 'application/hal+json' })],
      ['with members nobody knows', faults.answer(200, { ...hello, more: [1] })],
      ['a byte at a time', faults.drip(JSON.stringify(hello), turn)],
    ];
    for (const [name, fault] of fine) {
      it(`the right answer ${name} is taken`, async () => {
        const { http, server } = bench();
        server.script('GET /x', fault);
        assert.deepEqual(value(await http.json(get('/x'), Hello)).value, hello);
      });
    }

    it('no key of an answer changes what objects are', () => {
      const poison = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hello');
      const text = fc.letrec<{ value: string; object: string }>(tie => ({
        value: fc.oneof({ depthSize: 'small' }, fc.constant('{"polluted":1}'), fc.json(), tie('object')),
        object: fc
          .array(fc.tuple(poison, tie('value')))
          .map(members => `{${members.map(([key, member]) => `${JSON.stringify(key)}:${member}`).join()}}`),
      })).object;
      const { client } = bench();
      const Loose = z.object({ hello: z.optional(z.unknown()) });
      return fc.assert(
        fc.asyncProperty(text, async body => {
          const headers = { 'content-type': 'application/json' };
          const fetch = (): Promise<Response> => Promise.resolve(new Response(body, { headers }));
          const read = await client({ fetch }).json(get('/x'), Loose);
          assert.ok(!('polluted' in {}));
          if (read.ok) {
            assert.ok(!('polluted' in read.value.value));
            assert.equal(Object.getPrototypeOf(read.value.value), Object.prototype);
          }
        }),
        { numRuns: 1_000 },
      );
    });
  });

  describe('where requests go', () => {
    let elsewhere: FaultServer;
    beforeEach(async () => {
      elsewhere = await startFaultServer();
    });
    afterEach(() => elsewhere.close());

    for (const status of [301, 302, 303, 307, 308]) {
      for (const method of ['GET', 'POST'] as const) {
        it(`${status} of a ${method} leads nowhere`, async () => {
          const { http, server } = bench();
          server.script(`${method} /x`, faults.redirect(status, `${elsewhere.origin}/y`));
          const request = method === 'GET' ? get('/x') : post('/x');
          assert.deepEqual(refusal(await http.json(request, Hello)), { code: 'notADesk' });
          assert.deepEqual([elsewhere.seen.length, server.count()], [0, 1]);
        });
      }
    }

    it('no path leaves the origin', async () => {
      const { http, server } = bench();
      const host = elsewhere.origin.replace('http:', '');
      for (const path of [
        `${host}/x`,
        elsewhere.origin,
        host.replaceAll('/', '\\'),
        `\t${host}`,
        'data:,x',
        'file:///x',
      ]) {
        assert.deepEqual(refusal(await http.json(get(path), Hello)), { code: 'notADesk' });
      }
      assert.deepEqual([elsewhere.seen.length, server.count()], [0, 0]);
    });

    it('a request cannot bring a token of its own', async () => {
      const { http, server } = bench();
      value(await http.json(get('/x', { headers: { Authorization: 'Bearer other' } }), Hello));
      assert.equal(server.seen[0]?.headers.authorization, `Bearer ${canary}`);
    });
  });

  describe('who is signed in', () => {
    it('without a token nothing is asked', async () => {
      const { client, server } = bench();
      for (const token of [
        () => Promise.resolve(undefined),
        () => Promise.reject(new Error(canary)),
        () => Promise.resolve('two\r\nlines'),
        () => Promise.resolve('šifra'),
      ]) {
        assert.deepEqual(refusal(await client({ token }).json(get('/x'), Hello)), { code: 'signedOut' });
      }
      assert.equal(server.count(), 0);
    });

    it('a refused token is renewed once, and the same upload sent again in full', async () => {
      const { client, server } = bench();
      const refused: unknown[] = [];
      const token = (old?: string): Promise<string> => {
        refused.push(old);
        return Promise.resolve(old === undefined ? 'old' : 'new');
      };
      server.script('POST /x', faults.afterBytes(300_000, faults.problem(401, 'unauthenticated')));
      const pieces = [1, 2, 3, 4].map(fill => Buffer.alloc(200_000, fill));
      const content = replayable(
        (async function* () {
          await turn();
          yield* pieces;
        })(),
      );
      const headers = { 'Idempotency-Key': 'same' };
      const request = { ...post('/x', headers), body: { type: 'application/octet-stream', content } };
      value(await client({ token }).json(request, Hello));
      assert.deepEqual(refused, [undefined, 'old']);
      assert.ok(server.seen[1]?.body.equals(Buffer.concat(pieces)));
      assert.deepEqual(
        server.seen.map(({ headers }) => [headers.authorization, headers['idempotency-key']]),
        [
          ['Bearer old', 'same'],
          ['Bearer new', 'same'],
        ],
      );
    });

    it('a second refusal ends it', async () => {
      const { client, server } = bench();
      server.script('GET /x', ...Array.from({ length: 5 }, () => faults.problem(401, 'unauthenticated')));
      let count = 0;
      const token = (): Promise<string> => Promise.resolve(`token${count++}`);
      assert.deepEqual(refusal(await client({ token }).json(get('/x'), Hello)), { code: 'signedOut' });
      assert.equal(server.count(), 2);
    });
  });

  describe('bounds', () => {
    it('more than 5 MB are not read, however they are packed', async () => {
      const { http, server } = bench();
      const sent = { megabytes: 0 };
      server.script('GET /x', faults.bomb(1_024, sent), faults.packedBomb(64));
      globalThis.gc?.();
      const before = process.memoryUsage.rss();
      assert.deepEqual(refusal(await http.json(get('/x'), Hello)), { code: 'notADesk' });
      assert.ok(sent.megabytes < 64, `the server got rid of ${sent.megabytes} MB`);
      assert.deepEqual(refusal(await http.json(get('/x'), Hello)), { code: 'notADesk' });
      // The packed one is made in this process too: 64 MB of blanks. What it leaves is not the client's.
      const grown = (process.memoryUsage.rss() - before) / megabyte - 64;
      assert.ok(grown < 100, `grew by ${grown} MB`);
    });

    it('bytes are read up to their limit, and not one more', async () => {
      const { http, server } = bench();
      server.script('GET /x', faults.answer(200, Buffer.alloc(6 * megabyte)));
      const limits = { ...usualLimits, bytes: 6 * megabyte - 1 };
      assert.deepEqual(refusal(await http.bytes(get('/x', { limits }))), { code: 'notADesk' });
      server.script('GET /x', faults.answer(200, Buffer.alloc(6 * megabyte)));
      assert.equal(
        value(await http.bytes(get('/x', { limits: { ...limits, bytes: 6 * megabyte } }))).length,
        6 * megabyte,
      );
    });

    it('headers that do not come within 10 s are not waited for', async () => {
      const { http, server, time } = bench();
      server.script('POST /x', faults.hang);
      const asked = http.json(post('/x', {}), Hello);
      await until(() => server.count() === 1);
      assert.deepEqual(time.timers, [10_000, 30_000]);
      await time.pass(10_000);
      assert.deepEqual(refusal(await asked), { code: 'unreachable' });
      assert.deepEqual(time.timers, []);
    });

    it('a body that stops is not waited for beyond 30 s in all', async () => {
      const { http, server, time } = bench();
      server.script('GET /x', faults.stall);
      const asked = http.json(get('/x'), Hello);
      await until(() => server.count() === 1 && !time.timers.includes(10_000));
      await time.pass(29_999);
      assert.deepEqual(time.timers, [1]);
      await time.pass(1);
      assert.deepEqual(refusal(await asked), { code: 'unreachable' });
    });

    const busy: readonly (readonly [string, Fault])[] = [
      ['that waits for headers', faults.hang],
      ['that waits for the rest', faults.stall],
      ['that waits to be tried again', faults.reset],
    ];
    for (const [name, fault] of busy) {
      it(`a request ${name} ends at once when it is not wanted any more`, async () => {
        const { http, server, time } = bench();
        server.script('GET /x', fault);
        const stop = new AbortController();
        let ended = false;
        const asked = http.json(get('/x', { signal: stop.signal }), Hello).finally(() => {
          ended = true;
        });
        await until(() => server.count() === 1 && (fault === faults.hang || !time.timers.includes(10_000)));
        assert.equal(ended, false);
        stop.abort();
        await turn();
        assert.equal(ended, true);
        assert.deepEqual(refusal(await asked), { code: 'unreachable' });
        assert.deepEqual(time.timers, []);
        await until(() => server.seen.length === 1);
      });
    }

    it('a request that was not wanted before it began is never sent', async () => {
      const { http, server } = bench();
      const asked = http.json(get('/x', { signal: AbortSignal.abort() }), Hello);
      assert.deepEqual(refusal(await asked), { code: 'unreachable' });
      assert.equal(server.count(), 0);
    });
  });

  it('tells neither token nor text, whatever goes wrong', async () => {
    const { client, server, time, logged } = bench();
    const said = `${canary} said`;
    const errors: unknown[] = [];
    const kinds: readonly Fault[] = [
      faults.html,
      faults.reset,
      faults.cut,
      faults.truncated,
      faults.redirect(307, `http://127.0.0.1:9/${canary}`),
      faults.answer(200, { hello: [said] }),
      faults.answer(500, said),
      faults.problem(503, 'busy', { title: said }),
      faults.problem(429, 'tooManyRequests', { title: said }, { 'Retry-After': canary }),
      faults.problem(401, 'unauthenticated', { title: said }),
    ];
    for (const fault of kinds) {
      server.script('POST /x', fault);
      const http = client();
      const request = { ...post(`/x?q=${canary}`, {}), body: { type: 'application/json', content: said } };
      const answer = await http.json(request, Hello);
      assert.ok(!answer.ok);
      if (answer.error.code !== 'refused') errors.push(answer.error);
    }
    const broken = (): Promise<Response> => Promise.reject(new Error(said, { cause: new Error(canary) }));
    errors.push(refusal(await client({ fetch: broken }).json(post('/x', {}), Hello)));
    assert.ok(logged.length >= kinds.length);
    assert.ok(!inspect([errors, logged], { depth: 20, showHidden: true }).includes(canary));
    assert.deepEqual(time.timers, []);
  });
});
