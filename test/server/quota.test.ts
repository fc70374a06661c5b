import { strict as assert } from 'node:assert';
import { randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, describe, it } from 'mocha';
import { bytesOfText } from '../../src/desk/quota.ts';
import { newCase, value } from '../desk/build.ts';
import { openTenant } from '../stores/postgresBench.ts';
import type { Got, TestServer, TestServerOptions } from './support/server.ts';
import { ask, problem, startServer } from './support/server.ts';

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;
const draft = newCase({ contact: 'Jana' });
const octets = { 'content-type': 'application/octet-stream' };

interface Limited {
  readonly server: TestServer;
  readonly token: string;
  readonly keep: (bytes: number) => Promise<Got>;
  readonly file: (files?: readonly unknown[], text?: string) => Promise<Got>;
  readonly act: (of: Got, action: object, headers?: Readonly<Record<string, string>>) => Promise<Got>;
  readonly used: () => Promise<number>;
}
const note = (text: string): object => ({ kind: 'annotate', text, files: [] });

function describeQuotas(name: string, options: TestServerOptions): void {
  describe(`What a team desk takes, on ${name}`, () => {
    let server: TestServer | undefined;
    afterEach(() => server?.close());

    async function limited(quotas: TestServerOptions['quotas']): Promise<Limited> {
      const running = (server = await startServer({ ...options, ...(quotas && { quotas }) }));
      const token = await running.token();
      const { store } = value(await running.tenants.get('main'));
      return {
        ...{ server: running, token },
        keep: bytes =>
          ask(running, 'POST /v1/files?name=log', {
            token,
            headers: octets,
            body: 'x'.repeat(bytes - 32) + randomBytes(16).toString('hex'),
          }),
        file: (files = [], text = draft.text) =>
          ask(running, 'POST /v1/cases', { token, body: { ...draft, files, text } }),
        act: ({ json }, action, headers) =>
          ask(running, `POST /v1/cases/${String(json['id'])}/actions`, {
            ...{ token, body: action },
            headers: { 'if-match': `"${String(json['revision'])}"`, ...headers },
          }),
        used: async () => value(await store.used()),
      };
    }

    it('on one case is bounded, is told with it, and still lets it be closed', async () => {
      const { keep, file, act, token, server } = await limited({ caseBytes: 100 * kilobyte });
      const [small, large] = [(await keep(50 * kilobyte)).json, (await keep(101 * kilobyte)).json];
      const none = await file([large]);
      assert.deepEqual([problem(none), none.json['limit']], ['413 caseFull', 100 * kilobyte]);
      const filed = await file([small]);
      const left = 50 * kilobyte - draft.text.length - draft.impact.length;
      assert.deepEqual(filed.json['limits'], { bytesLeft: left });
      // A letter of two bytes counts as two.
      assert.equal(problem(await act(filed, note('č'.repeat(left / 2 + 1)))), '413 caseFull');
      assert.equal(problem(await act(filed, { ...note(''), files: [small] })), '413 caseFull');
      const noted = await act(filed, note('č'.repeat(Math.floor(left / 2))));
      assert.equal(noted.status, 200);
      assert.equal(problem(await act(noted, note('No room'))), '413 caseFull');
      const support = await server.token({ roles: ['agent'] });
      const path = `GET /v1/cases/${String(filed.json['id'])}`;
      assert.equal('limits' in (await ask(server, path, { token: support })).json, false);
      assert.equal((await act(noted, { kind: 'close', reason: 'solved', text: '' })).status, 200);
      const { text } = await ask(server, 'GET /metrics', { token });
      assert.match(text, /^casebook_over_quota_total\{quota="case"\} 4$/m);
    });

    it('of all files is bounded, however many come at once, and nothing is left of what was refused', async () => {
      const tenantBytes = 3 * megabyte;
      const { keep, used, server } = await limited({ tenantBytes });
      const answers = await Promise.all(Array.from({ length: 12 }, () => keep(megabyte / 2)));
      const refused = answers.filter(({ status }) => status !== 201);
      assert.ok(refused.length >= 6);
      for (const answer of refused) {
        assert.deepEqual([problem(answer), answer.json['limit']], ['507 quotaReached', tenantBytes]);
      }
      assert.ok((await used()) <= tenantBytes, String(await used()));
      assert.ok((await used()) >= (answers.length - refused.length) * (megabyte / 2));
      const folder = join(server.folder, 'tenants', 'main', 'files');
      const names = await readdir(folder).catch(() => []);
      assert.deepEqual(
        names.filter(part => part.startsWith('partial-')),
        [],
      );
    });

    it('of all texts is bounded; what was written before is answered again, and cases can be closed', async () => {
      const { keep, file, act, used } = await limited({ tenantBytes: 2 * megabyte });
      const filed = await file();
      const key = { 'idempotency-key': randomUUID() };
      const noted = await act(filed, note('Noted'), key);
      for (let bytes = megabyte; bytes >= 16 * kilobyte;) if ((await keep(bytes)).status !== 201) bytes /= 2;
      const long = 'x'.repeat(40 * kilobyte);
      assert.equal(problem(await act(noted, note(long))), '507 quotaReached');
      assert.equal(problem(await file([], long)), '507 quotaReached');
      assert.deepEqual((await act(filed, note('Noted'), key)).json, noted.json);
      assert.equal((await act(noted, { kind: 'close', reason: 'solved', text: '' })).status, 200);
      assert.ok((await used()) <= 2 * megabyte + 64 * kilobyte);
    });

    it('counts the texts that are kept', async () => {
      const { file, act, used } = await limited({});
      const filed = await file();
      const before = await used();
      assert.equal((await act(filed, note('x'.repeat(90 * kilobyte)))).status, 200);
      const grown = (await used()) - before;
      assert.ok(grown >= 90 * kilobyte, String(grown));
    });
  });
}
describeQuotas('SQLite', {});
describeQuotas('PostgreSQL', { open: async now => (await openTenant({ now })).store });

describe('The bytes of a text', () => {
  it('are those of its UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        assert.equal(bytesOfText(text), Buffer.byteLength(text));
      }),
    );
    for (const text of ['', 'a', 'č', '語', '😀', 'a😀č'])
      assert.equal(bytesOfText(text), Buffer.byteLength(text), text);
  });
});
