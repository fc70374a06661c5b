import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'mocha';
import pg from 'pg';
import { Config } from '../../src/server/config.ts';
import type { RunningDesk } from '../../src/server/start.ts';
import { startDesk } from '../../src/server/start.ts';
import { openTokens } from '../../src/stores/openTokens.ts';
import { makeToken } from '../../src/stores/secret.ts';
import { newCase, value } from '../desk/build.ts';
import { everyRole } from '../desk/conformance.ts';
import { withFolder } from '../stores/bench.ts';
import { sharedPostgres } from '../stores/postgresServer.ts';
import { eventually } from '../support/eventually.ts';
import type { Got } from './support/server.ts';
import { ask, problem } from './support/server.ts';

const draft = newCase({ contact: 'Jana' });
const config = Config.parse({ databaseConnections: 3 });
const silent = { info: () => undefined, error: () => undefined };

describe('Several copies of a team desk over one PostgreSQL', () => {
  let database: string;
  let copies: { readonly url: string }[];
  const running: RunningDesk[] = [];
  beforeEach(async function () {
    this.timeout(60_000);
    database = await (await sharedPostgres()).newDatabase();
    copies = [];
    await withFolder(async data => {
      for (let copy = 0; copy < 2; copy++) {
        const options = { data, database, host: '127.0.0.1', port: 0, config, log: silent };
        const desk = value(await startDesk({ ...options, now: () => Date.now(), id: randomUUID }));
        running.push(desk);
        copies.push({ url: desk.address });
      }
    });
  });
  afterEach(() => Promise.all(running.splice(0).map(desk => desk.stop())));

  async function token(tenant = 'main'): Promise<string> {
    const tokens = value(await openTokens({ data: '', database }));
    const createdAt = Date.now();
    const of = { tenant, person: 'Jana', roles: [...everyRole], scope: 'write', createdAt } as const;
    const [secret, kept] = makeToken({ ...of, roles: [...everyRole], expiresAt: createdAt + 60_000 });
    value(await tokens.add(kept));
    tokens.close();
    return secret;
  }
  const [here, there] = [() => copies[0] ?? { url: '' }, () => copies[1] ?? { url: '' }];

  it('are one desk: what one is told the other knows, and follows as it happens', async () => {
    const own = await token();
    const stopped = new AbortController();
    const stream = await fetch(`${there().url}/v1/events`, {
      signal: stopped.signal,
      headers: { authorization: `Bearer ${own}` },
    });
    let text = '';
    void (async () => {
      for await (const piece of stream.body ?? []) text += new TextDecoder().decode(piece as Uint8Array);
    })().catch(() => undefined);
    await eventually(() => assert.match(text, /: hello/));
    const filed = await ask(here(), 'POST /v1/cases', { token: own, body: draft });
    const id = String(filed.json['id']);
    await eventually(() => assert.ok(text.includes(`data: {"cases":["${id}"]}`), text));
    assert.deepEqual((await ask(there(), `GET /v1/cases/${id}`, { token: own })).json, filed.json);
    stopped.abort();
  }).timeout(60_000);

  it('do a write once, whichever of them is asked how often', async () => {
    const own = await token();
    const headers = { 'idempotency-key': randomUUID() };
    const insist = async (copy: { readonly url: string }): Promise<Got> => {
      for (;;) {
        const got = await ask(copy, 'POST /v1/cases', { token: own, body: draft, headers });
        if (got.status === 201) return got;
        assert.ok(['409 stillRunning', '503 busy'].includes(problem(got)), got.text);
      }
    };
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => insist(index % 2 ? here() : there())));
    assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
    const counts = await ask(there(), 'GET /v1/cases/counts?by=status', { token: own });
    assert.deepEqual(counts.json, [{ value: 'open', count: 1 }]);
  }).timeout(60_000);

  it('keep the tenants apart', async () => {
    const filed = await ask(here(), 'POST /v1/cases', { token: await token(), body: draft });
    const other = await token('other');
    assert.equal(
      problem(await ask(there(), `GET /v1/cases/${String(filed.json['id'])}`, { token: other })),
      '404 notFound',
    );
    assert.equal((await ask(there(), 'GET /v1/cases', { token: other })).text, '{"items":[]}');
  }).timeout(60_000);

  it('share few connections among any number of tenants, and hear of all of them', async () => {
    const tokens = await Promise.all(Array.from({ length: 8 }, (_, index) => token(`tenant-${index}`)));
    const stopped = new AbortController();
    const heard = await Promise.all(
      tokens.map(async own => {
        const headers = { authorization: `Bearer ${own}` };
        const stream = await fetch(`${there().url}/v1/events`, { signal: stopped.signal, headers });
        const said = { text: '' };
        void (async () => {
          for await (const piece of stream.body ?? []) said.text += new TextDecoder().decode(piece as Uint8Array);
        })().catch(() => undefined);
        return said;
      }),
    );
    const filed = await Promise.all(tokens.map(own => ask(here(), 'POST /v1/cases', { token: own, body: draft })));
    for (const [index, { json }] of filed.entries()) {
      const own = `data: {"cases":["${String(json['id'])}"]}`;
      await eventually(() => assert.ok(heard[index]?.text.includes(own)));
      assert.equal(heard.filter(({ text }) => text.includes(own)).length, 1);
    }
    const client = new pg.Client({ connectionString: database });
    await client.connect();
    const sql = `SELECT count(*)::integer AS open FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'casebook'`;
    const { rows } = await client.query<{ open: number }>(sql);
    await client.end();
    assert.ok((rows[0]?.open ?? 0) <= 2 * config.databaseConnections, JSON.stringify(rows));
    stopped.abort();
  }).timeout(60_000);
});
