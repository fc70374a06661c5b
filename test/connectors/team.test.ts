import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'mocha';
import { createHttpClient } from '../../src/connectors/http/client.ts';
import { systemTime } from '../../src/connectors/http/time.ts';
import { createTeamDesk, openTeamDesk } from '../../src/connectors/team/desk.ts';
import type { Desk, DeskChange } from '../../src/desk/desk.ts';
import { ok } from '../../src/desk/errors.ts';
import { SharedHealth } from '../../src/healthSnapshots.ts';
import { fileCase, value } from '../desk/build.ts';
import type { Bench, Somebody } from '../desk/conformance.ts';
import { describeDesk, everyRole } from '../desk/conformance.ts';
import type { TestServer } from '../server/support/server.ts';
import { startServer } from '../server/support/server.ts';
import { deskOver } from '../stores/bench.ts';
import { eventually } from '../support/eventually.ts';

const tools = { time: systemTime, id: randomUUID };

function clientOf(server: TestServer, { name = 'Jana', roles = everyRole }: Somebody = {}) {
  const token = server.token({ person: name, roles: [...roles] });
  return createHttpClient({ origin: server.url, token: () => token, fetch: globalThis.fetch, time: systemTime });
}

/** What a server says of somebody, known without asking it. */
function meOf(who: Somebody) {
  const { roles, actions, ...rest } = deskOver({} as never, who).capabilities();
  const capabilities = { ...rest, roles: [...roles], actions: [...actions] };
  return { capabilities, person: { name: who.name ?? 'Jana' }, tenant: 'main', keyDays: 30 };
}

async function teamBench(): Promise<Bench> {
  const server = await startServer({ admit: () => () => undefined });
  const clients: Desk[] = [];
  return {
    desk(who = {}) {
      const client = createTeamDesk({ ...tools, http: clientOf(server, who) }, meOf(who));
      clients.push(client);
      return client;
    },
    now: () => server.now(),
    pass: ms => server.pass(ms),
    async close() {
      for (const client of clients) client.close();
      // An abandoned stream leaves a fresh connection behind on which nothing was ever asked, and which is not idle.
      server.app.server.closeAllConnections();
      await server.close();
    },
  };
}

describeDesk('A team desk through its client', teamBench);

describe('A team desk', () => {
  it('keeps what one publishes of service health for others to believe by its key', async () => {
    const server = await startServer({ admit: () => () => undefined });
    const [mine, theirs] = (['agent', 'reviewer'] as const).map(role =>
      createTeamDesk({ ...tools, http: clientOf(server, { name: role, roles: [role] }) }, meOf({ roles: [role] })),
    );
    assert.ok(mine && theirs);
    const health = (desk: Desk, keys: Readonly<Record<string, string>>): SharedHealth => {
      const kept = new Map<string, string>();
      return new SharedHealth({
        ...{ now: () => server.now(), keys: () => Promise.resolve(keys), files: () => Promise.resolve([]) },
        desk: () => Promise.resolve(ok(desk)),
        secrets: {
          get: key => Promise.resolve(kept.get(key)),
          store: (key, secret) => Promise.resolve(void kept.set(key, secret)),
          delete: key => Promise.resolve(void kept.delete(key)),
        },
      });
    };
    try {
      const publisher = health(mine, {});
      const reading = { source: 'graph:china', name: '', asOf: server.now(), partial: false };
      const source = {
        ...{ id: 'graph:china', label: 'Our cloud' },
        state: { due: 0, reading: { ...reading, services: [], issues: [], notices: [] } },
      };
      const snapshot = (await publisher.sign(source, { by: 'Jana', key: 'jana' }, 500_000)) ?? '';
      const own = await publisher.publicKey();
      value(await mine.publishHealth({ source: 'graph:china', snapshot }, { key: randomUUID() }));
      const [believing, other] = [health(theirs, { jana: own }), health(theirs, {})];
      await Promise.all([believing.read(), other.read()]);
      assert.deepEqual(
        [...believing.all([]), ...other.all([])].map(({ label, seenBy, state }) => [
          label,
          seenBy?.by,
          state.failure?.code,
        ]),
        [
          ['Our cloud', 'Jana', undefined],
          ['', undefined, 'unknownKey'],
        ],
      );
    } finally {
      for (const desk of [mine, theirs]) desk.close();
      server.app.server.closeAllConnections();
      await server.close();
    }
  });

  it('tells one of what a colleague does, and after a pause of what was missed', async () => {
    const server = await startServer({ admit: () => () => undefined });
    const [mine, theirs] = ['Jana', 'Petr'].map(name =>
      createTeamDesk({ ...tools, http: clientOf(server, { name }) }, meOf({ name })),
    );
    assert.ok(mine && theirs);
    try {
      const told: DeskChange[] = [];
      mine.onDidChange(change => told.push(change));
      // The stream is open once a change gets through.
      await eventually(async () => {
        const { id } = await fileCase(theirs);
        await eventually(() => assert.ok(told.some(({ cases }) => cases?.includes(id))), 1_000);
      });
      mine.pause();
      told.length = 0;
      const missed = await fileCase(theirs);
      mine.resume();
      await eventually(() => assert.deepEqual(told.at(-1), { cases: [missed.id] }));
    } finally {
      for (const desk of [mine, theirs]) desk.close();
      server.app.server.closeAllConnections();
      await server.close();
    }
  });

  it('says for itself what each role may do', async () => {
    const server = await startServer();
    try {
      for (const roles of [everyRole, ['reviewer'], ['agent']] as const) {
        const desk = value(await openTeamDesk({ ...tools, http: clientOf(server, { roles }) }));
        const { actions, roles: said } = meOf({ roles }).capabilities;
        assert.deepEqual([desk.capabilities().actions, desk.capabilities().roles], [actions, said]);
        assert.deepEqual([desk.me().person.name, desk.me().tenant, desk.me().keyDays], ['Jana', 'main', 30]);
        desk.close();
      }
    } finally {
      await server.close();
    }
  });
});
