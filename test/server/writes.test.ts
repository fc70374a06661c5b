import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { newCase, newIncident } from '../desk/build.ts';
import type { Timing } from '../../src/stores/waiting.ts';
import { eventually } from '../support/eventually.ts';
import type { Got, TestServer } from './support/server.ts';
import { ask, day, problem, startServer } from './support/server.ts';

type Headers = Readonly<Record<string, string>>;
const draft = newCase({ contact: 'Jana' });

describe('Writing to a team desk', () => {
  let server: TestServer;
  let token: string;
  beforeEach(async () => {
    server = await startServer();
    token = await server.token();
  });
  afterEach(() => server.close());

  const file = (headers: Headers = {}, body: unknown = draft): Promise<Got> =>
    ask(server, 'POST /v1/cases', { token, body, headers });
  const act = (id: string, headers: Headers, body: unknown = { kind: 'annotate', text: 'More', files: [] }) =>
    ask(server, `POST /v1/cases/${id}/actions`, { token, body, headers });
  const cases = async (): Promise<unknown[]> =>
    (await ask(server, 'GET /v1/cases', { token })).json['items'] as unknown[];
  const filed = async (): Promise<string> => String((await file()).json['id']);

  describe('by key', () => {
    it('needs one', async () => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const got = await fetch(`${server.url}/v1/cases`, { method: 'POST', headers, body: JSON.stringify(draft) });
      assert.equal(got.status, 400);
      assert.equal(((await got.json()) as { code: string }).code, 'keyMissing');
      assert.deepEqual(await cases(), []);
    });

    for (const key of ['', 'x', '__proto__', `"${randomUUID()}`, `${randomUUID()}, ${randomUUID()}`]) {
      it(`refuses “${key.slice(0, 12)}”, which is none`, async () => {
        const got = await file({ 'idempotency-key': key });
        assert.equal(problem(got), '400 invalid');
        assert.deepEqual(got.json['issues'], [{ path: 'key', code: 'invalid' }]);
      });
    }

    it('answers a repeat the same, quoted or not, for 30 days, and does nothing twice', async () => {
      const key = randomUUID();
      const first = await file({ 'idempotency-key': key });
      assert.equal(first.status, 201);
      server.pass(30 * day);
      for (const again of [key, `"${key}"`, key.toUpperCase()]) {
        const repeated = await file({ 'idempotency-key': again });
        assert.deepEqual([repeated.status, repeated.json], [201, first.json]);
      }
      assert.equal((await cases()).length, 1);
      server.pass(1);
      assert.notEqual((await file({ 'idempotency-key': key })).json['id'], first.json['id']);
    });

    it('refuses it for anything else', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      await file(headers);
      assert.equal(problem(await file(headers, { ...draft, title: 'Other' })), '422 keyReused');
      const recorded = await ask(server, 'POST /v1/incidents', { token, body: newIncident(), headers });
      assert.equal(problem(recorded), '422 keyReused');
    });

    it('is bound to who writes, however their token changes', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const first = await file(headers);
      const newer = await server.token({ person: 'Jana' });
      assert.deepEqual((await ask(server, 'POST /v1/cases', { token: newer, body: draft, headers })).json, first.json);
      const other = await server.token({ person: 'Petr' });
      const theirs = await ask(server, 'POST /v1/cases', { token: other, body: draft, headers });
      assert.equal(theirs.status, 201);
      assert.notEqual(theirs.json['id'], first.json['id']);
      const key = headers['idempotency-key'];
      assert.deepEqual((await ask(server, `GET /v1/filed/${key}`, { token })).json, { id: first.json['id'] });
      assert.deepEqual((await ask(server, `GET /v1/filed/${key}`, { token: other })).json, { id: theirs.json['id'] });
    });

    it('is told to wait while the first try is worked on, and gets its answer afterwards', async () => {
      await filed();
      const database = new DatabaseSync(join(server.folder, 'tenants', 'main', 'desk.sqlite'));
      database.exec('BEGIN IMMEDIATE');
      const headers = { 'idempotency-key': randomUUID() };
      const first = file(headers);
      await eventually(async () =>
        assert.equal(problem(await file(headers, { ...draft, title: 'x' })), '409 stillRunning'),
      );
      database.exec('ROLLBACK');
      database.close();
      const done = await first;
      assert.equal(done.status, 201);
      assert.deepEqual((await file(headers)).json, done.json);
      assert.equal((await cases()).length, 2);
    });

    it('does once what was committed though its answer never came', async () => {
      const id = await filed();
      const key = randomUUID();
      const body = JSON.stringify({ kind: 'annotate', text: 'Once', files: [] });
      const { port } = new URL(server.url);
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(
        `POST /v1/cases/${id}/actions HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer ${token}\r\nIdempotency-Key: ${key}\r\n` +
          `If-Match: "1"\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        () => socket.resetAndDestroy(),
      );
      const seen = await eventually(async () => {
        const { json } = await ask(server, `GET /v1/cases/${id}`, { token });
        assert.equal(json['revision'], 2);
        return json;
      });
      const repeated = await act(id, { 'idempotency-key': key, 'if-match': '"1"' }, JSON.parse(body));
      assert.deepEqual([repeated.status, repeated.json], [200, seen]);
      assert.equal((repeated.json['timeline'] as unknown[]).length, 2);
    });
  });

  describe('upon a revision', () => {
    it('needs it', async () => {
      const id = await filed();
      assert.equal(problem(await act(id, {})), '428 revisionMissing');
      for (const wrong of ['1', '*', 'W/"1"', '"1", "2"', '"-1"', '"1.0"', '""', `"${'9'.repeat(30)}"`]) {
        const got = await act(id, { 'if-match': wrong });
        assert.equal(problem(got), '400 invalid', wrong);
        assert.deepEqual(got.json['issues'], [{ path: 'revision', code: 'invalid' }]);
      }
    });

    it('takes the ETag of the case, and tells the newer one to who was late', async () => {
      const id = await filed();
      const etag = (await ask(server, `GET /v1/cases/${id}`, { token })).headers.get('etag') ?? '';
      const first = await act(id, { 'if-match': etag });
      assert.deepEqual([first.status, first.headers.get('etag')], [200, '"2"']);
      const late = await act(id, { 'if-match': etag });
      assert.deepEqual([problem(late), late.json['revision']], ['412 conflict', 2]);
    });

    it('holds for incidents too', async () => {
      const recorded = await ask(server, 'POST /v1/incidents', { token, body: newIncident() });
      assert.equal(recorded.headers.get('etag'), '"1"');
      const line = `POST /v1/incidents/${String(recorded.json['id'])}/posts`;
      const body = { status: 'resolved', text: 'Over' };
      assert.equal(problem(await ask(server, line, { token, body })), '428 revisionMissing');
      assert.equal((await ask(server, line, { token, body, headers: { 'if-match': '"1"' } })).status, 200);
      const late = await ask(server, line, { token, body, headers: { 'if-match': '"1"' } });
      assert.deepEqual([problem(late), late.json['revision']], ['412 conflict', 2]);
    });

    it('lets one of two colleagues win, and the other keeps the text', async () => {
      const id = await filed();
      const texts = ['one', 'other'];
      const answers = await Promise.all(
        texts.map(text => act(id, { 'if-match': '"1"' }, { kind: 'annotate', text, files: [] })),
      );
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412]);
    });
  });

  describe('with a crafted request', () => {
    it('files no billing case of severity A (C-24)', async () => {
      const got = await file({}, { ...draft, category: 'billing', severity: 'A', impact: 'x', resource: 'x' });
      assert.equal(problem(got), '403 refused');
      assert.ok((got.json['facts'] as string[]).includes('C-24'), got.text);
      assert.equal(got.json['cap'], 'B');
      assert.deepEqual(await cases(), []);
    });

    it('raises no billing case to severity A afterwards (C-24)', async () => {
      const billing = await file({}, { ...draft, category: 'billing', severity: 'B' });
      assert.equal(billing.status, 201, billing.text);
      const raise = { kind: 'changeSeverity', severity: 'A', side: 'proposed', text: '' };
      const got = await act(String(billing.json['id']), { 'if-match': '"1"' }, raise);
      assert.ok((got.json['facts'] as string[]).includes('C-24'), got.text);
    });

    it('claims no agreement, role or subscription: those are the tenant’s (C-22)', async () => {
      const claimed = { ...draft, severity: 'A', impact: 'x', resource: 'x', role: 'admin', advancedAgreement: true };
      assert.equal(problem(await file({}, claimed)), '403 refused');
      const policy = join(server.folder, 'tenants', 'main', 'casebook.policy.json');
      await writeFile(policy, '{ "advancedAgreement": true }');
      server.pass(5_000);
      assert.equal((await file({}, claimed)).status, 201);
      const me = await ask(server, 'GET /v1/me', { token });
      assert.equal((me.json['standing'] as { advancedAgreement: boolean }).advancedAgreement, true);
      // Half a policy is one nobody agreed on: the last good one stays.
      await writeFile(policy, '{ "advancedAgreement": false, "nonsense": 1 }');
      server.pass(5_000);
      assert.equal((await file({}, claimed)).status, 201);
      assert.ok(server.logged.some(({ event, fields }) => event === 'policy' && fields['code'] === 'unknownKey'));
    });

    it('sets nothing that the desk sets itself', async () => {
      const forged = {
        ...{ id: randomUUID(), number: 999, revision: 7, status: 'closed', severitySet: 'A', vendorNumber: 'SR-1' },
        ...{
          openedAt: 0,
          updatedAt: 0,
          filedBy: { name: 'Boss' },
          timeline: [],
          allowed: ['resolve'],
          tenant: 'other',
        },
      };
      const got = await file({}, { ...draft, ...forged });
      assert.equal(got.status, 201);
      const { id, number, revision, status, openedAt, filedBy } = got.json;
      assert.notEqual(id, forged.id);
      assert.deepEqual([number, revision, status, openedAt, filedBy], [1, 1, 'open', server.now(), { name: 'Jana' }]);
      assert.equal('severitySet' in got.json || 'vendorNumber' in got.json || 'tenant' in got.json, false);
      const by = { kind: 'annotate', text: 'x', files: [], by: { name: 'Boss' }, at: 0, seq: 77, status: 'closed' };
      const noted = await act(String(id), { 'if-match': '"1"' }, by);
      const [, last] = noted.json['timeline'] as Record<string, unknown>[];
      assert.deepEqual(
        [last?.['by'], last?.['at'], last?.['seq'], last?.['status']],
        [{ name: 'Jana' }, server.now(), 2, 'open'],
      );
    });

    const odd: readonly (readonly [string, string, string])[] = [
      ['no JSON', '{', '400 invalid'],
      ['nothing', '', '400 invalid'],
      ['a list', '[]', '422 invalid'],
      ['null', 'null', '422 invalid'],
      ['a text', '"x"', '422 invalid'],
      ['100,000 levels', '['.repeat(100_000) + ']'.repeat(100_000), '422 invalid'],
      ['more than 8 MB', JSON.stringify({ ...draft, text: 'x'.repeat(9_000_000) }), '413 invalid'],
      [
        'what would change objects',
        `{"__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}}}`,
        '422 invalid',
      ],
    ];
    for (const [name, body, told] of odd) {
      it(`of ${name} is told ${told}`, async () => {
        assert.equal(problem(await file({ 'content-type': 'application/json' }, body)), told);
        assert.equal('role' in {}, false);
      });
    }

    it('of another type than the operation takes is turned away', async () => {
      for (const type of [
        'text/plain',
        'application/xml',
        'application/octet-stream',
        'multipart/form-data; boundary=x',
      ]) {
        assert.equal(problem(await file({ 'content-type': type }, JSON.stringify(draft))), '415 notAcceptable', type);
      }
    });
  });

  it('is told 503 and when to come back while the storage is held by others, and goes on afterwards', async () => {
    // The clock of this server runs away while it waits, so nobody has to wait five seconds.
    const impatient = await startServer({ store: { timing: racing() } });
    const theirs = await impatient.token();
    await ask(impatient, 'POST /v1/cases', { token: theirs, body: draft });
    const other = new DatabaseSync(join(impatient.folder, 'tenants', 'main', 'desk.sqlite'));
    other.exec('BEGIN EXCLUSIVE');
    const headers = { 'idempotency-key': randomUUID() };
    const got = await ask(impatient, 'POST /v1/cases', { token: theirs, body: draft, headers });
    assert.deepEqual([problem(got), got.headers.get('retry-after')], ['503 busy', '2']);
    other.exec('ROLLBACK');
    other.close();
    assert.equal((await ask(impatient, 'POST /v1/cases', { token: theirs, body: draft, headers })).status, 201);
    await impatient.close();
  });
});

/** Time that is a second later each time one looks. */
function racing(): Timing {
  let time = 0;
  return {
    clock: () => (time += 1_000),
    sleep: () => Promise.resolve(),
    random: () => 0.5,
    every: () => () => undefined,
  };
}
