import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'mocha';
import Provider from 'oidc-provider';
import * as z from 'zod/mini';
import { createHttpClient } from '../../src/connectors/http/client.ts';
import { graphSource } from '../../src/connectors/graph/source.ts';
import { getJsonOver } from '../../src/connectors/source.ts';
import { statuspageSource } from '../../src/connectors/statuspage/source.ts';
import type { HealthFailure } from '../../src/desk/healthReading.ts';
import { faults, type Fault, type Seen } from '../support/faultServer.ts';
import { never } from './support/healthAnswers.ts';
import { canary, httpBench } from './support/bench.ts';
import { aMessage, anIssue, anOverview, root } from './support/graph.ts';
import { component } from './support/statuspage.ts';

const overviews = `GET ${root}/healthOverviews`;
/** As the service says it. */
const odata = {
  'Content-Type': 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
};

describe('health over HTTP', () => {
  const bench = httpBench();
  const graph = () => {
    const { server, time, http } = bench();
    return graphSource({
      id: 'worldwide',
      cloud: { graph: server.origin },
      get: getJsonOver(http),
      now: () => time.now(),
    });
  };
  beforeEach(() => {
    const { server } = bench();
    server.work(overviews, () => ({ headers: odata, body: { value: [anOverview()] } }));
    server.work(`GET ${root}/messages`, () => ({ headers: odata, body: { value: [aMessage] } }));
  });

  it('is read from what Graph calls JSON, with the token and in two requests', async () => {
    const { server } = bench();
    const read = await graph().read(never);
    assert.ok(read.ok, JSON.stringify(read));
    assert.deepEqual([read.value.issues.length, read.value.notices.length, server.count()], [1, 1, 2]);
    const [{ url, headers } = {} as Seen] = server.seen;
    assert.equal(url, `${root}/healthOverviews?$expand=issues`);
    assert.deepEqual([headers.authorization, headers['prefer']], [`Bearer ${canary}`, 'odata.maxpagesize=100']);
    assert.equal(typeof read.value.clockAhead, 'number');
  });

  const refused = (code: string) => faults.answer(403, { error: { code, message: 'x', innerError: {} } });
  const rows: readonly (readonly [string, Fault, HealthFailure['code'], requests: number])[] = [
    ['HTML instead of JSON', faults.html, 'notASource', 2],
    ['truncated JSON', faults.truncated, 'notASource', 2],
    ['50 MB', faults.answer(200, Buffer.alloc(50 * 1024 * 1024, 0x20)), 'notASource', 2],
    ['429', faults.answer(429, {}, { 'Retry-After': '7200' }), 'throttled', 1],
    ['503 with a time', faults.answer(503, {}, { 'Retry-After': '120' }), 'throttled', 1],
    ['500', faults.answer(500, {}), 'unreachable', 1],
    ['no role', refused('Forbidden'), 'noAdminRole', 1],
    ['no consent', refused('AADSTS65001'), 'consentMissing', 1],
    ['404', faults.answer(404, { error: { code: 'ResourceNotFound', message: '' } }), 'noService', 1],
    ['a redirect', faults.answer(307, {}, { Location: 'http://127.0.0.1:9/' }), 'notASource', 2],
  ];
  for (const [what, fault, code, requests] of rows) {
    it(`${what} is ${code}, after ${String(requests)} and no more`, async () => {
      const { server } = bench();
      server.script(overviews, fault, fault, fault);
      const read = await graph().read(never);
      assert.deepEqual([read.ok, read.ok ? '' : read.error.code, server.count()], [false, code, requests]);
    });
  }

  it('a token is not sent where pages lead elsewhere', async () => {
    const elsewhere = createServer();
    let asked = 0;
    elsewhere.on('request', (_, response) => {
      asked++;
      response.end('{}');
    });
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    const next = `http://127.0.0.1:${String(port)}${root}/healthOverviews`;
    bench().server.work(overviews, () => ({ body: { value: [], '@odata.nextLink': next } }));
    const read = await graph().read(never);
    elsewhere.close();
    assert.deepEqual([read.ok, asked], [false, 0]);
  });

  it('a status page is asked by nobody in particular', async () => {
    const { server, time } = bench();
    server.work('GET /api/v2/summary.json', () => ({
      body: { page: { name: 'P' }, components: [component('API', 'operational')] },
    }));
    const http = createHttpClient({ origin: server.origin, fetch: globalThis.fetch, time });
    const read = await statuspageSource(server.origin, getJsonOver(http), () => time.now()).read(never);
    assert.ok(read.ok, JSON.stringify(read));
    assert.equal(read.value.services.length, 1);
    assert.ok(server.seen.every(({ headers }) => headers.authorization === undefined));
  });
});

describe('a token that an application got for itself', () => {
  let issuer: Server;
  let origin = '';
  let provider: Provider;

  before(async () => {
    issuer = createServer();
    issuer.listen(0, '127.0.0.1');
    await once(issuer, 'listening');
    origin = `http://127.0.0.1:${String((issuer.address() as AddressInfo).port)}`;
    provider = new Provider(origin, {
      clients: [
        {
          client_id: 'casebook',
          client_secret: 's3cret',
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
        },
      ],
      features: {
        clientCredentials: { enabled: true },
        introspection: { enabled: true },
        devInteractions: { enabled: false },
      },
      scopes: ['ServiceHealth.Read.All', 'ServiceMessage.Read.All'],
      clientDefaults: { scope: 'ServiceHealth.Read.All ServiceMessage.Read.All' },
      cookies: { keys: ['k'] },
    });
    issuer.on('request', (request, response) => void provider.callback()(request, response));
  });
  after(() => issuer.close());

  const post = async (path: string, form: Readonly<Record<string, string>>): Promise<unknown> => {
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa('casebook:s3cret')}` },
      body: new URLSearchParams(form),
    });
    return response.json();
  };
  const bench = httpBench();

  it('reads health where the issuer says that it may, and is signed out where not', async () => {
    const grant = await post('/token', { grant_type: 'client_credentials', scope: 'ServiceHealth.Read.All' });
    const { access_token: token } = z.object({ access_token: z.string() }).parse(grant);
    const { server, client, time } = bench();
    server.work(overviews, async ({ headers }) => {
      const told = await post('/token/introspection', { token: headers.authorization?.slice('Bearer '.length) ?? '' });
      const { active, scope = '' } = z.object({ active: z.boolean(), scope: z.optional(z.string()) }).parse(told);
      if (!active) return { status: 401, body: { error: { code: 'InvalidAuthenticationToken', message: '' } } };
      const may = scope.split(' ').includes('ServiceHealth.Read.All');
      return may
        ? { body: { value: [anOverview([anIssue()])] } }
        : { status: 403, body: { error: { code: 'Forbidden', message: 'scope' } } };
    });
    const readWith = (value: string) => {
      const http = client({ token: () => Promise.resolve(value) });
      return graphSource({
        id: 'worldwide',
        cloud: { graph: server.origin },
        get: getJsonOver(http),
        now: () => time.now(),
      }).read(never);
    };
    const read = await readWith(token);
    assert.ok(read.ok, JSON.stringify(read));
    assert.equal(read.value.issues.length, 1);
    assert.deepEqual(await readWith(`${token}x`), { ok: false, error: { code: 'signedOut' } });
    const other = await post('/token', { grant_type: 'client_credentials', scope: 'ServiceMessage.Read.All' });
    const narrow = await readWith(z.object({ access_token: z.string() }).parse(other).access_token);
    assert.deepEqual(narrow, { ok: false, error: { code: 'consentMissing' } });
  });
});
