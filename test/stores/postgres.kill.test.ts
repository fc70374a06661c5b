import { strict as assert } from 'node:assert';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import type { Desk } from '../../src/desk/desk.ts';
import { fileCase, value } from '../desk/build.ts';
import { deskOver } from './bench.ts';
import { openTenant } from './postgresBench.ts';
import { startPostgres } from './postgresServer.ts';
import { ended } from './process.ts';

const script = fileURLToPath(new URL('postgresWriter.ts', import.meta.url));

/** Starts 50 writers, and strikes once so many cases more were acknowledged. Settles when the writers are gone. */
async function write(url: string, acknowledged: Set<string>, more: number, strike: () => void): Promise<void> {
  const writer = fork(script, [url, 'a'], { execArgv: ['--no-warnings'] });
  const end = ended(writer);
  const enough = acknowledged.size + more;
  writer.on('message', message => {
    acknowledged.add((message as { id: string }).id);
    if (acknowledged.size === enough) {
      strike();
      writer.kill('SIGKILL');
    }
  });
  assert.equal(await end, 'SIGKILL');
}

async function allOf(desk: Desk): Promise<Set<string>> {
  const all: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = value(await desk.list({}, { limit: 200, ...(cursor !== undefined && { cursor }) }));
    all.push(...page.items.map(({ id }) => id));
    cursor = page.next;
    if (cursor === undefined) break;
  }
  assert.equal(new Set(all).size, all.length);
  return new Set(all);
}

describe('50 writers', () => {
  it('lose nothing that was acknowledged when their process is killed, or PostgreSQL as well', async function () {
    this.timeout(60_000);
    const server = await startPostgres({ durable: true });
    const acknowledged = new Set<string>();
    await write(server.url(), acknowledged, 100, () => undefined);
    await write(server.url(), acknowledged, 101, () => undefined);
    let stopped: Promise<void> | undefined;
    await write(server.url(), acknowledged, 102, () => {
      stopped = server.stop('immediate');
    });
    await stopped;
    await server.start();
    const { store } = await openTenant({ database: server.url(), tenant: 'a' });
    const desk = deskOver(store);
    const all = await allOf(desk);
    assert.ok(acknowledged.size >= 303);
    for (const id of acknowledged) assert.ok(all.has(id));
    // At most the writes that were under way each time were kept without their acknowledgement having been heard.
    assert.ok(all.size - acknowledged.size <= 3 * 50, `${all.size} of ${acknowledged.size}`);
    assert.equal(value(await desk.count({}, 'status'))[0]?.count, all.size);
    await fileCase(desk);
    store.close();
    await server.close();
  });
});
