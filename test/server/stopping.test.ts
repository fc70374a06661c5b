import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, it } from 'mocha';
import { newCase } from '../desk/build.ts';
import { withFolder } from '../stores/bench.ts';
import { eventually } from '../support/eventually.ts';
import { startProcess, tokenFor } from './support/process.ts';
import { ask, startServer } from './support/server.ts';

const draft = newCase({ contact: 'Jana' });

describe('A team desk that is told to stop', () => {
  it('finishes what it accepted, ends streams and silent connections, takes nothing new, and ends well', () =>
    withFolder(async data => {
      const token = await tokenFor(data);
      const desk = await startProcess(data);
      const headers = { authorization: `Bearer ${token}` };
      const stream = await fetch(`${desk.url}/v1/events`, { headers });
      const silent = connect(Number(new URL(desk.url).port), '127.0.0.1');
      silent.on('error', () => undefined);
      const half = request(`${desk.url}/v1/files?name=half`, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': randomUUID(), 'content-type': 'application/octet-stream' },
      });
      const answered = new Promise<number | undefined>(resolve => {
        half.on('response', response => {
          response.resume();
          resolve(response.statusCode);
        });
      });
      half.write('first half, ');
      // Its first bytes have come in once a later request has been answered twice.
      for (let time = 0; time < 2; time++) assert.equal((await ask(desk, 'GET /v1/me', { token })).status, 200);
      desk.process.kill('SIGTERM');
      await eventually(() => assert.ok(desk.lines.some(line => line.includes('"stopping"'))));
      await eventually(() => assert.rejects(fetch(`${desk.url}/healthz`)));
      half.end('second half');
      assert.equal(await answered, 201);
      let text = '';
      for await (const piece of stream.body ?? []) text += new TextDecoder().decode(piece as Uint8Array);
      assert.match(text, /: hello/);
      assert.equal(await desk.ended, 0);
      assert.match(desk.lines.at(-1) ?? '', /"stopped"/);
      silent.destroy();
    })).timeout(60_000);
});

describe('A team desk that is closed', () => {
  it('waits for no connection that is idle, fresh, half asked or left unread, nor for streams that were aborted', async () => {
    const server = await startServer();
    const token = await server.token();
    const aborted = new AbortController();
    const headers = { authorization: `Bearer ${token}` };
    for (let stream = 0; stream < 3; stream++) {
      await fetch(`${server.url}/v1/events`, { headers, signal: aborted.signal });
    }
    const sent = [
      '',
      'GET /v1/me HTTP/1.1\r\nHost:',
      `GET /v1/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    ];
    const sockets = sent.map(text => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.on('error', () => undefined).pause();
      if (text !== '') socket.write(text);
      return socket;
    });
    await eventually(async () => assert.match((await ask(server, 'GET /metrics')).text, /casebook_open_streams 4\n/));
    aborted.abort();
    await server.close();
    assert.equal(server.app.server.listening, false);
    for (const socket of sockets) socket.destroy();
  }).timeout(10_000);
});

describe('A team desk that is killed under 50 writers', () => {
  it('has every write it acknowledged when it is started again, and does the others once', () =>
    withFolder(async data => {
      const token = await tokenFor(data);
      const first = await startProcess(data);
      const acknowledged = new Map<string, string>();
      const unknown: string[] = [];
      const write = async (): Promise<void> => {
        for (;;) {
          const key = randomUUID();
          try {
            const got = await ask(first, 'POST /v1/cases', { token, body: draft, headers: { 'idempotency-key': key } });
            assert.equal(got.status, 201);
            acknowledged.set(key, String(got.json['id']));
          } catch {
            unknown.push(key);
            return;
          }
        }
      };
      const writers = Array.from({ length: 50 }, write);
      await eventually(() => assert.ok(acknowledged.size >= 200), 60_000);
      first.process.kill('SIGKILL');
      await Promise.all(writers);
      assert.equal(await first.ended, 'SIGKILL');
      assert.equal(unknown.length, 50);

      const second = await startProcess(data);
      for (const [key, id] of acknowledged) {
        assert.deepEqual((await ask(second, `GET /v1/filed/${key}`, { token })).json, { id });
        assert.equal((await ask(second, `GET /v1/cases/${id}`, { token })).status, 200);
      }
      // Who got no answer asks again with the same key, as a client does.
      for (const key of unknown) {
        const headers = { 'idempotency-key': key };
        const got = await ask(second, 'POST /v1/cases', { token, body: draft, headers });
        acknowledged.set(key, String(got.json['id']));
      }
      const counts = await ask(second, 'GET /v1/cases/counts?by=status', { token });
      assert.deepEqual(counts.json, [{ value: 'open', count: acknowledged.size }]);
      assert.equal(new Set(acknowledged.values()).size, acknowledged.size);
      second.process.kill('SIGTERM');
      assert.equal(await second.ended, 0);
    })).timeout(180_000);
});
