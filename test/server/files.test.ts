import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { spanOf } from '../../src/server/download.ts';
import { eventually } from '../support/eventually.ts';
import type { Got, TestServer } from './support/server.ts';
import { ask, problem, startServer } from './support/server.ts';

const megabyte = 1024 * 1024;
const bytes = { 'content-type': 'application/octet-stream' };

describe('Files of a team desk', () => {
  let server: TestServer;
  let token: string;
  beforeEach(async () => {
    server = await startServer();
    token = await server.token();
  });
  afterEach(() => server.close());

  const keep = (name: string, body: string): Promise<Got> =>
    ask(server, `POST /v1/files?name=${encodeURIComponent(name)}`, { token, body, headers: bytes });
  /** What is on the disk below the files of the tenant. */
  const kept = async (): Promise<string[]> => {
    const entries = await readdir(join(server.folder, 'tenants', 'main', 'files'), {
      recursive: true,
      withFileTypes: true,
    });
    return entries.filter(entry => entry.isFile()).map(({ name }) => name);
  };

  interface Upload {
    readonly status: number;
    readonly code: unknown;
    /** Megabytes that were taken from us. */
    readonly taken: number;
  }
  /** Sends so many megabytes, as long as they are taken. */
  function upload(megabytes: number, headers: Readonly<Record<string, string>> = {}): Promise<Upload> {
    return new Promise((resolve, reject) => {
      const sending = request(`${server.url}/v1/files?name=big`, {
        method: 'POST',
        headers: { ...bytes, authorization: `Bearer ${token}`, 'idempotency-key': randomUUID(), ...headers },
      });
      let taken = 0;
      let over = false;
      sending.on('response', response => {
        over = true;
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () => {
          sending.destroy();
          resolve({ status: response.statusCode ?? 0, code: (JSON.parse(text) as { code?: string }).code, taken });
        });
      });
      sending.on('error', error => {
        if (!over) reject(error);
      });
      const piece = Buffer.alloc(megabyte);
      const more = (): void => {
        while (!over && taken < megabytes) {
          taken++;
          if (!sending.write(piece)) return void sending.once('drain', more);
        }
        if (!over) sending.end();
      };
      more();
    });
  }

  it('are cut at 25 MB, and nothing of them is left', async () => {
    const { status, code, taken } = await upload(1_000);
    assert.deepEqual([status, code], [413, 'fileTooLarge']);
    assert.ok(taken < 100, `${taken} MB were taken`);
    assert.deepEqual(await kept(), []);
    assert.equal((await upload(25)).status, 201);
    assert.equal((await kept()).length, 1);
  });

  it('that say they are larger are refused before they come', async () => {
    const { status, taken } = await upload(1_000, { 'content-length': String(1_000 * megabyte) });
    assert.equal(status, 413);
    assert.ok(taken < 20, `${taken} MB were taken`);
  });

  it('whose sender goes away leave nothing', async () => {
    const headers = { ...bytes, authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() };
    const sending = request(`${server.url}/v1/files?name=half`, { method: 'POST', headers });
    sending.on('error', () => undefined);
    sending.write(Buffer.alloc(megabyte));
    await eventually(async () => assert.equal((await kept()).length, 1));
    sending.destroy();
    await eventually(async () => assert.deepEqual(await kept(), []));
  });

  it('are kept under their hash, whatever they are called', async () => {
    for (const name of [
      '../../../etc/passwd',
      'C:\\con',
      'a\r\nSet-Cookie: x=1',
      '\u202egpj.exe',
      '<script>',
      'x'.repeat(255),
    ]) {
      const got = await keep(name, 'same');
      assert.equal(got.status, 201, name);
      assert.equal((await kept()).length, 1);
    }
    assert.equal(problem(await keep('x'.repeat(256), 'same')), '400 invalid');
    assert.equal(problem(await keep('\0', 'same')), '400 invalid');
  });

  it('are never shown as a page, whatever they hold', async () => {
    const { json } = await keep('page.html', '<script>alert(1)</script>');
    const got = await ask(server, `GET /v1/files/${String(json['sha256'])}`, { token });
    const { headers } = got;
    assert.equal(got.text, '<script>alert(1)</script>');
    assert.deepEqual(
      ['content-type', 'content-disposition', 'x-content-type-options'].map(name => headers.get(name)),
      ['application/octet-stream', 'attachment', 'nosniff'],
    );
    assert.match(headers.get('content-security-policy') ?? '', /sandbox/);
    assert.equal(headers.get('etag'), `"${String(json['sha256'])}"`);
  });

  const rows: readonly (readonly [string, string | undefined, number, string, string | null])[] = [
    ['no range', undefined, 200, '0123456789', null],
    ['a beginning', 'bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['a middle', 'bytes=4-4', 206, '4', 'bytes 4-4/10'],
    ['an open end', 'bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['an end', 'bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['more than there is', 'bytes=5-99', 206, '56789', 'bytes 5-9/10'],
    ['what is behind the end', 'bytes=10-', 416, '', 'bytes */10'],
    ['nothing of the end', 'bytes=-0', 416, '', 'bytes */10'],
    ['several', 'bytes=0-1,3-4', 200, '0123456789', null],
    ['what is none', 'lines=1-2', 200, '0123456789', null],
    ['backwards', 'bytes=5-2', 200, '0123456789', null],
  ];
  for (const [name, range, status, text, told] of rows) {
    it(`are sent for ${name}`, async () => {
      const { json } = await keep('digits', '0123456789');
      const headers = range === undefined ? {} : { range };
      const got = await ask(server, `GET /v1/files/${String(json['sha256'])}`, { token, headers });
      assert.deepEqual([got.status, got.text, got.headers.get('content-range')], [status, text, told]);
    });
  }

  it('are resumed only while they are the same', async () => {
    const { json } = await keep('digits', '0123456789');
    const line = `GET /v1/files/${String(json['sha256'])}`;
    const own = { range: 'bytes=5-', 'if-range': `"${String(json['sha256'])}"` };
    assert.equal((await ask(server, line, { token, headers: own })).text, '56789');
    const other = await ask(server, line, { token, headers: { ...own, 'if-range': '"else"' } });
    assert.deepEqual([other.status, other.text], [200, '0123456789']);
  });

  it('hold any range within them', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(1_000), (text, length) => {
        for (const header of [text, `bytes=${text}`]) {
          const span = spanOf(header, length);
          if (typeof span === 'object') assert.ok(span.from >= 0 && span.from < span.to && span.to <= length);
        }
      }),
    );
  });

  it('are read in pieces while they are sent', async () => {
    await upload(25);
    const [sha256 = ''] = await kept();
    const got = await fetch(`${server.url}/v1/files/${sha256}`, { headers: { authorization: `Bearer ${token}` } });
    let count = 0;
    for await (const piece of got.body ?? []) count += (piece as Uint8Array).length;
    assert.equal(count, 25 * megabyte);
  });
});
