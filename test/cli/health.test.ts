import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Health } from '../../src/cli/output.ts';
import { anIncident } from '../views/support/builders.ts';
import { anIssue, anOverview, aMessage, root } from '../connectors/support/graph.ts';
import { component, incident } from '../connectors/support/statuspage.ts';
import { faults, startFaultServer, type Fault, type FaultServer } from '../support/faultServer.ts';
import { answer, casebook, complaint } from './support/run.ts';

const overviews = `GET ${root}/healthOverviews`;
const summaryAt = 'GET /api/v2/summary.json';
const summary = {
  page: { name: 'Example' },
  components: [component('API', 'partial_outage'), component('Web', 'operational')],
  incidents: [incident()],
};
const env = { CASEBOOK_GRAPH_TOKEN: 'graph-t0ken', CASEBOOK_DESK_TOKEN: 'desk-t0ken' };

describe('casebook health', () => {
  let server: FaultServer;
  beforeEach(async () => {
    server = await startFaultServer();
    server.work(summaryAt, () => ({ body: summary }));
    server.work(overviews, () => ({
      body: { value: [anOverview([anIssue({ id: 'A', classification: 'advisory' }), anIssue()])] },
    }));
    server.work(`GET ${root}/messages`, () => ({ body: { value: [aMessage] } }));
    server.work('GET /v1/incidents', () => ({ body: [anIncident()] }));
  });
  afterEach(() => server.close());
  const from = (source: string, ...more: string[]) => ['health', '--source', source, '--url', server.origin, ...more];

  it('reads a status page without a token', async () => {
    const { source, name, issues } = await answer(Health, from('statuspage'), 0, { env });
    assert.deepEqual(
      [source, name, issues.map(({ id, open }) => [id, open])],
      [`statuspage:${server.origin}`, 'Example', [['i1', true]]],
    );
    assert.ok(server.seen.every(({ headers }) => headers.authorization === undefined));
  });

  it('says in text what is not as it should be', async () => {
    const { out, exit } = await casebook(from('statuspage', '--text'));
    assert.equal(exit, 0);
    const [service, issue, asOf, ...more] = out.trimEnd().split('\n');
    assert.deepEqual(
      [service, issue, more],
      ['API  Service interruption', 'i1  Incident  Restoring service  API  Requests fail', []],
    );
    assert.match(asOf ?? '', /^As of Wed 2026-03-04 03:00 Europe\/Prague/);
  });

  it('says so when nothing is wrong, and in the language of the person', async () => {
    server.work(summaryAt, () => ({ body: { ...summary, components: [], incidents: [] } }));
    const { out } = await casebook(from('statuspage', '--language', 'fi'));
    assert.match(out, /^Ei avoimia häiriöitä\.\n/);
  });

  it('reads Graph with the token of the environment, incidents before advisories', async () => {
    const { issues, notices, services } = await answer(Health, from('graph'), 0, { env });
    assert.deepEqual(
      issues.map(({ id }) => id),
      ['EX900001', 'A'],
    );
    assert.deepEqual([notices[0]?.actionBy, services.length], ['2026-04-01T00:00:00Z', 1]);
    assert.ok(server.seen.every(({ headers }) => headers.authorization === 'Bearer graph-t0ken'));
  });

  it('reads the board of a team desk', async () => {
    const { issues } = await answer(Health, from('desk'), 0, { env });
    assert.deepEqual(
      issues.map(({ id, title }) => [id, title]),
      [['#3', 'Mail waits in queues']],
    );
    assert.equal(server.seen[0]?.headers.authorization, 'Bearer desk-t0ken');
  });

  const failures: readonly (readonly [what: string, fault: Fault, said: RegExp])[] = [
    ['HTML', faults.html, /answered with something that is no service health/],
    ['truncated JSON', faults.truncated, /answered with something that is no service health/],
    ['nothing', faults.answer(500), /cannot be reached/],
    [
      'a time to wait until',
      faults.answer(429, {}, { 'Retry-After': '120' }),
      /asks not to be read before Wed 2026-03-04 03:02/,
    ],
    ['no rights', faults.answer(403, { error: { code: 'Forbidden', message: '' } }), /is for administrators/],
    ['no such service', faults.answer(404, {}), /There is no service health/],
  ];
  for (const [what, fault, said] of failures) {
    it(`ends with 3 and one sentence where it is answered with ${what}`, async () => {
      server.script(overviews, fault, fault, fault);
      const { exit, out, err } = await casebook(from('graph', '--json'), { env });
      assert.deepEqual([exit, out], [3, '']);
      assert.match(err, /^casebook: [^\n]+\n$/);
      assert.match(err, said);
      assert.ok(!err.includes('t0ken'));
    });
  }
  it('ends with 3 where nobody is signed in, and asks nothing', async () => {
    const { exit, err } = await casebook(from('graph'));
    assert.deepEqual([exit, server.count()], [3, 0]);
    assert.match(err, /Nobody is signed in/);
  });
  it('ends with 3 where nobody listens', async () => {
    await server.close();
    const { exit, err } = await casebook(from('statuspage'));
    assert.equal(exit, 3);
    assert.match(err, /cannot be reached/);
    server = await startFaultServer();
  });

  for (const [args, said] of [
    [['--source', 'rss', '--url', 'https://a.example'], /--source must be one of graph, statuspage, desk/],
    [['--source', 'graph'], /The option --url is missing/],
    [
      ['--source', 'graph', '--url', 'https://graph.evil.example'],
      /--url must be one of https:\/\/graph\.microsoft\.com/,
    ],
    [['--source', 'desk', '--url', 'http://desk.example'], /no address of a source/],
    [['--source', 'statuspage', '--url', 'https://user@a.example'], /no address of a source/],
    [['--source', 'statuspage', '--url', 'https://a.example', '--json', '--text'], /cannot be used together/],
  ] as const) {
    it(`is bad use: ${args.join(' ')}`, async () => assert.match(await complaint(['health', ...args], { env }), said));
  }
});
