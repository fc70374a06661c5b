import { strict as assert } from 'node:assert';
import { connect } from 'node:net';
import * as fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { type Operation, type OperationName, operations } from '../../src/api/operations.ts';
import { Problem } from '../../src/api/problem.ts';
import type { DeskRole } from '../../src/desk/lifecycle.ts';
import { openApi } from '../../src/server/openapi.ts';
import { newCase, newIncident } from '../desk/build.ts';
import { everyRole } from '../desk/conformance.ts';
import { eventually } from '../support/eventually.ts';
import { mutated, type Schema, valuesOf } from './support/arbitrary.ts';
import { ask, startServer, type TestServer } from './support/server.ts';

/** `npm run test:fuzz` asks for more. */
const runs = Number(process.env['CASEBOOK_FUZZ'] ?? 1_000);
const canary = 'qzxcanary';

interface Described {
  readonly operationId: OperationName;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}
interface Shot {
  readonly name: OperationName;
  readonly path: string;
  readonly query: readonly (readonly [string, unknown])[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | undefined;
  readonly who: number;
}
const paths = (openApi() as { paths: Readonly<Record<string, Readonly<Record<string, Described>>>> }).paths;
const described = Object.entries(paths)
  .filter(([path]) => path.startsWith('/v1/') && path !== '/v1/events')
  .flatMap(([path, methods]) => Object.values(methods).map(of => ({ path, of })));

describe('A team desk asked anything at all', () => {
  let server: TestServer;
  let tokens: string[];
  let own: readonly string[];
  let foreign: readonly string[];
  let foreignState: string;
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);

  async function fill(token: string, word: string): Promise<string[]> {
    const body = newCase({ contact: word, title: word, text: `${word} text` });
    const filed = await ask(server, 'POST /v1/cases', { token, body });
    const recorded = await ask(server, 'POST /v1/incidents', { token, body: newIncident({ title: word }) });
    const headers = { 'content-type': 'application/octet-stream' };
    const kept = await ask(server, `POST /v1/files?name=${word}`, { token, body: word, headers });
    return [filed.json['id'], recorded.json['id'], kept.json['sha256']].map(String);
  }
  const stateOf = async (token: string): Promise<string> => {
    const lines = ['GET /v1/cases', 'GET /v1/incidents', ...foreign.slice(0, 1).map(id => `GET /v1/cases/${id}`)];
    return (await Promise.all(lines.map(async line => (await ask(server, line, { token })).text))).join('\n');
  };
  let foreigner: string;
  before(async () => {
    process.on('unhandledRejection', note);
    server = await startServer();
    const roles: DeskRole[][] = [[...everyRole], ['requester'], ['reviewer'], ['agent'], []];
    tokens = await Promise.all(roles.map(of => server.token({ roles: of, person: of.join() || 'Nobody' })));
    foreigner = await server.token({ tenant: 'secret' });
    foreign = await fill(foreigner, canary);
    own = await fill(tokens[0] ?? '', 'own');
    foreignState = await stateOf(foreigner);
  });
  after(async () => {
    process.off('unhandledRejection', note);
    await server.close();
  });

  /** A request made of the description, with something wrong in it now and then. */
  function shots(): fc.Arbitrary<Shot> {
    const ids = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...own) },
      { weight: 1, arbitrary: fc.constantFrom(...foreign) },
    );
    const mostly = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 9, nil: undefined });
    return fc.oneof(
      ...described.map(({ path, of }) => {
        const among = (where: string) => of.parameters.filter(parameter => parameter.in === where);
        const params = fc.tuple(
          ...among('path').map(({ schema }) =>
            fc.oneof({ weight: 4, arbitrary: ids }, { weight: 1, arbitrary: mutated(valuesOf(schema)) }),
          ),
        );
        const query = fc.tuple(
          ...among('query').map(({ name, schema }) =>
            fc.option(mutated(valuesOf(schema)), { nil: undefined }).map(value => [name, value] as const),
          ),
        );
        const [type, content] = Object.entries(of.requestBody?.content ?? {})[0] ?? [];
        const json = mutated(valuesOf(content?.schema ?? {})).map(value => JSON.stringify(value));
        const bytes = fc.string({ unit: 'binary', maxLength: 200 });
        const cut = fc.tuple(json, fc.nat(50)).map(([text, at]) => (text as string | undefined)?.slice(0, at) ?? '');
        const body =
          type === undefined
            ? fc.constant(undefined)
            : fc.oneof({ weight: 6, arbitrary: json }, { weight: 1, arbitrary: cut }, { weight: 1, arbitrary: bytes });
        const key = fc.oneof(
          { weight: 6, arbitrary: fc.uuid() },
          { weight: 1, arbitrary: fc.constantFrom('', 'x', '"', '0d9f6a51-8f1b-4f0c-9d6c-3c1d2f6a7b10') },
        );
        const match = fc.oneof(
          { weight: 6, arbitrary: fc.integer({ min: 1, max: 3 }).map(String) },
          { weight: 1, arbitrary: fc.constantFrom('x', '*', '-1', '9'.repeat(40)) },
        );
        const headers = fc.record({
          'idempotency-key': mostly(key),
          'if-match': mostly(match.map(revision => `"${revision}"`)),
          'content-type': fc.oneof(
            { weight: 9, arbitrary: fc.constant(type ?? 'application/json') },
            {
              weight: 1,
              arbitrary: fc.constantFrom('text/html', 'application/json; charset=latin1', 'multipart/form-data', 'x'),
            },
          ),
          range: fc.option(fc.constantFrom('', 'bytes=0-', 'bytes=-1', 'bytes=9-1', 'bytes=0-0,2-2', 'x'), {
            nil: undefined,
          }),
        });
        return fc.record({ params, query, headers, body, who: fc.nat(5) }).map(({ params: parts, ...rest }): Shot => {
          const left = parts.map(part => {
            const text = typeof part === 'string' ? part : JSON.stringify([part]);
            return encodeURIComponent(text.toWellFormed());
          });
          return { ...rest, name: of.operationId, path: path.replaceAll(/\{\w+\}/g, () => left.shift() ?? '') };
        });
      }),
    );
  }

  it(`answers ${runs} requests made of its own description as it says, and shows nothing of another tenant`, async () => {
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(shots(), async ({ name, path, query, headers, body, who }) => {
        const search = new URLSearchParams();
        for (const [key, value] of query) {
          for (const one of [value].flat())
            if (one !== undefined)
              search.append(key, typeof one === 'string' ? one.toWellFormed() : JSON.stringify(one));
        }
        const token = tokens[who];
        const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
        const operation: Operation = operations[name];
        const answer = await server.app.inject({
          method: operation.method,
          url: `${path}?${search.toString()}`,
          headers: { ...sent, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
          ...(body !== undefined && operation.method === 'POST' && { payload: body }),
        });
        const { statusCode, payload } = answer;
        seen.set(statusCode, (seen.get(statusCode) ?? 0) + 1);
        assert.ok(statusCode < 500, `${statusCode} ${payload}`);
        // What was sent may be told back, such as the name of a file; nothing else with that word exists here.
        if (!`${search.toString()}${body ?? ''}`.includes(canary)) assert.equal(payload.includes(canary), false);
        if (answer.headers['content-type']?.toString().startsWith('application/problem+json')) {
          const problem = Problem.parse(JSON.parse(payload));
          assert.equal(problem.status, statusCode);
        } else if (statusCode < 300 && typeof operation.answer === 'object') {
          operation.answer.parse(JSON.parse(payload));
        } else assert.ok(statusCode === 200 || statusCode === 206 || statusCode === 416 || statusCode === 404, payload);
      }),
      { numRuns: runs, endOnFailure: true },
    );
    for (const status of [200, 201, 400, 401, 403, 404, 415, 422]) assert.ok(seen.has(status), `never ${status}`);
    assert.equal(await stateOf(foreigner), foreignState);
    assert.deepEqual(unhandled, []);
    assert.deepEqual(
      server.logged.filter(({ level }) => level === 'error'),
      [],
    );
  }).timeout(60_000 + runs * 60);

  it('lives on after bytes that are no requests', async () => {
    const { port } = new URL(server.url);
    const start = fc.constantFrom(
      '',
      'GET / HTTP/1.1\r\n',
      'POST /v1/cases HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n',
      'GET /%ff HTTP/1.1\r\nHost: x\r\n\r\n',
      `GET / HTTP/1.1\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
      'POST /v1/files?name=x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    );
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 300 }), async (begin, bytes) => {
        await new Promise<void>(resolve => {
          const socket = connect(Number(port), '127.0.0.1', () =>
            socket.end(Buffer.concat([Buffer.from(begin), bytes])),
          );
          socket.on('error', () => undefined).on('data', data => assert.doesNotMatch(data.toString(), / 500 /));
          socket.once('close', () => resolve());
        });
      }),
      { numRuns: Math.min(runs / 10, 1_000) },
    );
    await eventually(async () => assert.equal((await ask(server, 'GET /healthz')).status, 200));
    assert.deepEqual(unhandled, []);
  }).timeout(120_000);
});
