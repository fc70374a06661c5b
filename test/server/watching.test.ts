import { strict as assert } from 'node:assert';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createLog, faultFields, gatherLines } from '../../src/server/log.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import { newCase } from '../desk/build.ts';
import { eventually } from '../support/eventually.ts';
import { ask, startServer, type TestServer } from './support/server.ts';

describe('Whoever runs a team desk', () => {
  let server: TestServer;
  let ready = true;
  beforeEach(async () => {
    ready = true;
    server = await startServer({ ready: () => Promise.resolve(ready) });
  });
  afterEach(() => server.close());

  it('sees in the log what was answered, and nothing of what people wrote', async () => {
    const token = await server.token({ person: 'Canary Jana' });
    const body = newCase({ title: 'Canary title', text: 'Canary text', contact: 'Canary contact' });
    const filed = await ask(server, 'POST /v1/cases', { token, body });
    await ask(server, 'GET /v1/cases?text=Canary', { token });
    await ask(server, 'POST /v1/cases', { token, body: { ...body, title: '' } });
    await ask(server, 'GET /v1/canary', { token });
    await eventually(() => assert.equal(server.logged.length, 4));
    assert.deepEqual(
      server.logged.map(({ fields: { route, status, code } }) => [route, status, code]),
      [
        ['fileCase', 201, undefined],
        ['listCases', 200, undefined],
        ['fileCase', 422, 'invalid'],
        ['other', 404, 'notFound'],
      ],
    );
    const log = JSON.stringify(server.logged);
    for (const hidden of ['canary', String(filed.json['id']), token, '127.0.0.1']) {
      assert.equal(log.toLowerCase().includes(hidden.toLowerCase()), false, hidden);
    }
  });

  it('asks whether it is well', async () => {
    assert.equal((await ask(server, 'GET /healthz')).status, 200);
    ready = false;
    const ill = await ask(server, 'GET /healthz');
    assert.deepEqual([ill.status, ill.headers.get('retry-after')], [503, '2']);
  });

  it('has every answer say that it is not to be kept, framed, sniffed or run', async () => {
    for (const line of ['GET /v1/me', 'GET /healthz', 'GET /nothing', 'GET /openapi.json', 'POST /v1/cases']) {
      const { headers } = await ask(server, line);
      const said = ['cache-control', 'x-content-type-options', 'x-frame-options', 'referrer-policy'];
      assert.deepEqual(
        said.map(name => headers.get(name)),
        ['no-store', 'nosniff', 'DENY', 'no-referrer'],
        line,
      );
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
      assert.equal(headers.has('server') || headers.has('x-powered-by'), false);
    }
  });
});

describe('The counts of a team desk', () => {
  it('are text that Prometheus reads', () => {
    const metrics = createMetrics(
      () => ({ rss: 7, heapUsed: 5 }),
      () => 11,
    );
    metrics.answered('getCase', 200, 0.004);
    metrics.answered('getCase', 404, 0.3);
    metrics.answered('events', 200, undefined);
    metrics.streams(1);
    metrics.overQuota('caseFull');
    const lines = metrics.text().split('\n');
    for (const line of [
      'casebook_requests_total{route="getCase",status="404"} 1',
      'casebook_request_seconds_bucket{route="getCase",le="0.005"} 1',
      'casebook_request_seconds_bucket{route="getCase",le="0.5"} 2',
      'casebook_request_seconds_bucket{route="getCase",le="+Inf"} 2',
      'casebook_request_seconds_count{route="getCase"} 2',
      'casebook_open_streams 1',
      'casebook_used_bytes 11',
      'casebook_over_quota_total{quota="case"} 1',
      'casebook_over_quota_total{quota="tenant"} 0',
      'process_resident_memory_bytes 7',
    ]) {
      assert.ok(lines.includes(line), line);
    }
    assert.equal(
      lines.some(line => line.includes('seconds') && line.includes('events')),
      false,
    );
    for (const line of lines) assert.match(line, /^$|^# TYPE \w+ (counter|gauge|histogram)$|^\w+(\{[^}]*\})? [\d.]+$/);
  });

  it('and lines of the log of one turn are written together, the last ones when the process ends', async () => {
    const written: string[] = [];
    const lines = gatherLines(text => written.push(text));
    for (const line of ['one\n', 'two\n']) lines.add(line);
    await Promise.resolve();
    assert.deepEqual(written, []);
    await new Promise(resolve => setImmediate(resolve));
    assert.deepEqual(written, ['one\ntwo\n']);
    lines.add('three\n');
    lines.now();
    lines.now();
    assert.deepEqual(written, ['one\ntwo\n', 'three\n']);
    await new Promise(resolve => setImmediate(resolve));
    assert.equal(written.length, 2);
  });

  it('and lines of the log quote no message of an error', () => {
    const written: string[] = [];
    const log = createLog(
      line => written.push(line),
      () => 0,
    );
    log.error('failed', faultFields(new TypeError('canary title')));
    log.error('failed', faultFields('canary'));
    assert.equal(written.join('').includes('canary'), false);
    assert.match(
      written[0] ?? '',
      /^\{"time":"1970-01-01T00:00:00.000Z","level":"error","event":"failed","kind":"TypeError","at":"at /,
    );
  });
});
