// What it takes to send what was written without a network: 1,000 cases wait on disk and go to a team desk on SQLite,
// against as many bare requests of the same size, one after another.
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { createCache } from '../../../src/outbox/cache.ts';
import { createOfflineDesk } from '../../../src/outbox/offlineDesk.ts';
import { Queue } from '../../../src/outbox/queue.ts';
import { noPause } from '../../../src/outbox/tokens.ts';
import { ok } from '../../../src/desk/errors.ts';
import { newCase, value } from '../../desk/build.ts';
import { startProcess, tokenFor } from '../../server/support/process.ts';
import { summaryColumns } from '../../../src/stores/rows.ts';
import { compare, ms, type Bench, type Figure } from '../support/figure.ts';
import { openClient } from '../support/hearing.ts';
import { asking } from '../support/requests.ts';
import { takeTurns } from '../support/turns.ts';
import { filing, startBare } from './server.ts';

const items = 1_000;
const content = newCase({ contact: 'Jana' });

export async function drain({ runs = 5, selfCheck }: Bench, folder: string): Promise<Figure[]> {
  const [data, bareData] = [join(folder, 'drain'), join(folder, 'drain-bare')];
  for (const made of [data, bareData]) await mkdir(made);
  // A bare server wants a table of cases, though none is asked for here.
  new DatabaseSync(join(bareData, 'desk.sqlite')).exec(`CREATE TABLE cases (${summaryColumns})`);
  const token = await tokenFor(data);
  const processes = [await startProcess(data), await startBare(bareData)];
  const [desk = '', bare = ''] = processes.map(({ url }) => url);
  const [{ ask, close }, team] = [asking(bare, 1), asking(desk, 1)];
  const body = JSON.stringify(content);
  const floor = async (): Promise<number> => {
    const begin = performance.now();
    for (let sent = 0; sent < items; sent++) await ask({ path: '/items', body });
    return performance.now() - begin;
  };
  const file = filing(team.ask, token);
  const requests = async (): Promise<number> => {
    const begin = performance.now();
    for (let sent = 0; sent < items; sent++) await file();
    return performance.now() - begin;
  };
  const subject = async (): Promise<number> => {
    const path = join(folder, `outbox-${randomUUID()}`);
    const client = await openClient(desk, token);
    const queue = new Queue(join(path, 'outbox'), { desk: 'team', now: Date.now });
    for (let added = 0; added < items; added++) {
      const one = value(await queue.add(randomUUID(), { kind: 'file', content }));
      if ('token' in one) await queue.release(one, noPause);
    }
    const begin = performance.now();
    const cache = createCache(join(path, 'cache'), { now: Date.now });
    const options = { now: Date.now, random: Math.random };
    const offline = await createOfflineDesk(() => Promise.resolve(ok(client)), queue, cache, options);
    await offline.idle();
    const taken = performance.now() - begin;
    const left = value(await offline.outbox.list()).length;
    offline.close();
    if (left > 0) throw new Error(`${String(left)} of ${String(items)} items were not sent.`);
    return taken;
  };
  try {
    const turns = await takeTurns(runs, floor, selfCheck ? floor : subject);
    const plain = await takeTurns(runs, floor, selfCheck ? floor : requests);
    return [
      compare({ what: '1,000 cases sent that waited, SQLite', turns, unit: ms, most: 3 }),
      compare({ what: '… the requests alone, by a bare client', turns: plain, unit: ms }),
    ];
  } finally {
    close();
    team.close();
    for (const { process: server } of processes) server.kill('SIGTERM');
    await Promise.all(processes.map(({ ended }) => ended));
  }
}
