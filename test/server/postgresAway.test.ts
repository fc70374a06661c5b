import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'mocha';
import { Config } from '../../src/server/config.ts';
import { startDesk } from '../../src/server/start.ts';
import { newCase, value } from '../desk/build.ts';
import { withFolder } from '../stores/bench.ts';
import { startPostgres } from '../stores/postgresServer.ts';
import { eventually } from '../support/eventually.ts';
import { tokenFor } from './support/process.ts';
import type { Got } from './support/server.ts';
import { ask, problem } from './support/server.ts';

const draft = newCase({ contact: 'Jana' });
const silent = { info: () => undefined, error: () => undefined };
const config = Config.parse({});

for (const how of ['fast', 'immediate'] as const) {
  describe(`A team desk whose PostgreSQL is stopped under load (${how}) and started again`, () => {
    it('says so and when to come back, goes on by itself, and has every write it acknowledged, once', () =>
      withFolder(async data => {
        const postgres = await startPostgres({ durable: true });
        const database = await postgres.newDatabase();
        const token = await tokenFor(data, 'main', database);
        const options = { data, database, host: '127.0.0.1', port: 0, config, log: silent };
        const desk = value(await startDesk({ ...options, now: () => Date.now(), id: randomUUID }));
        const server = { url: desk.address };
        const acknowledged = new Map<string, string>();
        const refused: Got[] = [];
        let enough = false;
        /** Insists on each write under its key, as a client does. */
        const write = async (): Promise<void> => {
          while (!enough) {
            const key = randomUUID();
            for (;;) {
              const got = await ask(server, 'POST /v1/cases', {
                token,
                body: draft,
                headers: { 'idempotency-key': key },
              });
              if (got.status === 201) {
                acknowledged.set(key, String(got.json['id']));
                break;
              }
              refused.push(got);
            }
          }
        };
        try {
          const writers = Array.from({ length: 16 }, write);
          await eventually(() => assert.ok(acknowledged.size >= 100), 30_000);
          await postgres.stop(how);
          await eventually(async () => assert.equal(problem(await ask(server, 'GET /healthz')), '503 unavailable'));
          const before = refused.length;
          await eventually(() => assert.ok(refused.length > before + 16));
          const reading = await ask(server, 'GET /v1/cases', { token });
          await postgres.start();
          await eventually(async () => assert.equal((await ask(server, 'GET /healthz')).status, 200), 30_000);
          const reached = acknowledged.size;
          await eventually(() => assert.ok(acknowledged.size >= reached + 50), 30_000);
          enough = true;
          await Promise.all(writers);

          for (const got of [reading, ...refused.filter(({ status }) => status !== 409)]) {
            assert.equal(got.status, 503, got.text);
            assert.match(got.headers.get('content-type') ?? '', /^application\/problem\+json(;|$)/);
            assert.match(got.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
          }
          for (const [key, id] of acknowledged) {
            assert.deepEqual((await ask(server, `GET /v1/filed/${key}`, { token })).json, { id });
          }
          const counts = await ask(server, 'GET /v1/cases/counts?by=status', { token });
          assert.deepEqual(counts.json, [{ value: 'open', count: acknowledged.size }]);
        } finally {
          enough = true;
          await desk.stop();
          await postgres.close();
        }
      })).timeout(120_000);
  });
}
