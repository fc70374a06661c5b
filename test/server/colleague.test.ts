import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createHttpClient } from '../../src/connectors/http/client.ts';
import { openTeamDesk } from '../../src/connectors/team/desk.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { ok } from '../../src/desk/errors.ts';
import { createDeskGroup } from '../../src/desk/group.ts';
import { createLateDesk } from '../../src/desk/late.ts';
import { createCache } from '../../src/outbox/cache.ts';
import { createOfflineDesk } from '../../src/outbox/offlineDesk.ts';
import { Queue } from '../../src/outbox/queue.ts';
import { CasesModel } from '../../src/views/casesModel.ts';
import { newCase } from '../desk/build.ts';
import { eventually } from '../support/eventually.ts';
import { createFakeTime, turn } from '../support/fakeTime.ts';
import { memoryDesk } from '../views/support/memoryDesk.ts';
import { world } from '../views/support/sources.ts';
import { ask, startServer, type TestServer } from './support/server.ts';

/*
 * A change by a colleague is to be seen within a second. A second on a busy machine says nothing, so the clock of the
 * client and that of the server stand still here: no pause ends, nothing is looked at from time to time, and a row that
 * appears all the same was brought by the change itself.
 */
describe('What a colleague does at the desk', () => {
  const time = createFakeTime();
  let server: TestServer;
  let folder: string;
  let asked: string[];
  /** Whether the stream of changes is there. */
  let isOpen = false;
  let ends: (() => void)[];
  beforeEach(async () => {
    server = await startServer();
    folder = await mkdtemp(join(tmpdir(), 'casebook-colleague-'));
    [asked, ends] = [[], []];
  });
  afterEach(async () => {
    for (const end of ends) end();
    server.app.server.closeAllConnections();
    await server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  });

  /** The desk as a window has it: the client with its outbox and memory, beside the person's own desk. */
  async function openDesk(): Promise<Desk> {
    const token = await server.token({ person: 'Jana' });
    const http = createHttpClient({
      origin: server.url,
      token: () => Promise.resolve(token),
      fetch: async (address, request) => {
        const { pathname } = address as URL;
        asked.push(pathname);
        const answer = await fetch(address, request);
        isOpen ||= pathname === '/v1/events';
        return answer;
      },
      time,
    });
    const late = createLateDesk({
      open: () => openTeamDesk({ http, time, id: randomUUID }),
      now: () => time.now(),
      after: (milliseconds, run) => time.after(milliseconds, run),
      again: () => undefined,
    });
    const queue = new Queue(join(folder, 'outbox'), { desk: 'team', now: () => time.now() });
    const cache = createCache(join(folder, 'cache'), { now: () => time.now() });
    const offline = await createOfflineDesk(() => late.ready(), queue, cache, {
      ...{ now: () => time.now(), random: () => 0.5 },
      later: (milliseconds, work) => time.after(milliseconds, work),
    });
    late.listen(true);
    ends.push(
      () => offline.close(),
      () => late.close(),
    );
    const own = { id: 'local', name: 'This computer', desk: memoryDesk() };
    return createDeskGroup([own, { id: 'team', name: 'Ours', desk: offline }]);
  }

  it('is a row of the sidebar before any time has passed, by one stream and without a look', async () => {
    const desk = await openDesk();
    const model = new CasesModel({ ...world(memoryDesk()).sources, desk: () => Promise.resolve(ok(desk)) }, () => ({
      ...{ filter: {}, grouping: 'status' },
    }));
    const rows = async (): Promise<string[]> => {
      const groups = model.roots.filter(node => node.kind === 'group');
      const nodes = await Promise.all(groups.map(group => model.children(group)));
      return nodes.flat().map(({ item }) => `${item.label} ${item.description ?? ''}`);
    };
    let [told, refreshing] = [0, Promise.resolve() as Promise<unknown>];
    ends.push(
      desk.onDidChange(() => {
        told++;
        refreshing = model.refresh();
      }),
    );
    await model.refresh();
    // What the desk answered before the stream was open is told once it is: that is over before anybody does anything.
    await eventually(() => assert.ok(isOpen));
    for (let turns = 0; turns < 10; turns++) await turn();
    await refreshing;
    const colleague = await server.token({ person: 'Petr' });
    const file = async (title: string): Promise<void> => {
      const filed = await ask(server, 'POST /v1/cases', {
        token: colleague,
        body: newCase({ title, contact: '+420 555 0100' }),
      });
      assert.equal(filed.status, 201, filed.text);
    };
    await file('First');
    await eventually(async () => {
      await refreshing;
      assert.match((await rows()).join(), /First .*Ours/);
    });

    const [before, heard] = [asked.length, told];
    await refreshing;
    assert.deepEqual([asked.length, told], [before, heard], 'nothing is asked while nothing changes');
    await file('Second');
    await eventually(async () => {
      await refreshing;
      assert.match((await rows()).join(), /Second .*Ours/);
    });
    assert.equal(told, heard + 1);
    assert.equal(time.monotonic(), 0);
    assert.equal(asked.filter(path => path === '/v1/events').length, 1);
    // One reading of the tree for one change: no question more than the first reading of the view.
    assert.ok(asked.length - before <= before, asked.slice(before).join());
  });
});
