import { randomUUID } from 'node:crypto';
import { createHttpClient } from '../../src/connectors/http/client.ts';
import { systemTime } from '../../src/connectors/http/time.ts';
import { createTeamDesk } from '../../src/connectors/team/desk.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { createLedgerDesk } from '../../src/desk/ledger.ts';
import { keyDays } from '../../src/api/operations.ts';
import type { Bench } from '../desk/conformance.ts';
import { describeDesk, everyRole } from '../desk/conformance.ts';
import { value } from '../desk/build.ts';
import { startServer } from './support/server.ts';

/** The whole way: the client of a team desk, HTTP, the server, SQLite. */
async function httpBench(): Promise<Bench> {
  const server = await startServer({ admit: () => () => undefined });
  const { store } = value(await server.tenants.get('main'));
  const clients: Desk[] = [];
  return {
    ...server,
    desk({ name = 'Jana', roles = everyRole } = {}) {
      const token = server.token({ person: name, roles: [...roles] });
      const http = createHttpClient({
        ...{ origin: server.url, fetch: globalThis.fetch, time: systemTime },
        token: () => token,
      });
      // What the desk would say about who asks; asking it takes time that a desk at hand does not.
      const here = createLedgerDesk({
        store,
        actor: { name, roles },
        admit: () => undefined,
        ...server,
        id: randomUUID,
      });
      const capabilities = { ...here.capabilities(), roles: [...roles], actions: [...here.capabilities().actions] };
      const me = { capabilities, person: { name }, tenant: 'main', keyDays, standing: undefined };
      const client = createTeamDesk({ http, time: systemTime, id: randomUUID }, me);
      clients.push(client);
      return client;
    },
    async close() {
      for (const client of clients) client.close();
      await server.close();
    },
  };
}

describeDesk('A team desk over HTTP, on SQLite', httpBench);
