import { randomUUID } from 'node:crypto';
import { createHttpClient } from '../../src/connectors/http/client.ts';
import { systemTime } from '../../src/connectors/http/time.ts';
import { createTeamDesk } from '../../src/connectors/team/desk.ts';
import type { Desk } from '../../src/desk/desk.ts';
import type { Bench, Somebody } from '../desk/conformance.ts';
import { describeDesk } from '../desk/conformance.ts';
import { sqliteBench } from '../stores/bench.ts';
import { startFaultServer } from '../support/faultServer.ts';
import { ledgerServer } from './support/ledgerServer.ts';

async function teamBench(): Promise<Bench> {
  const ledger = await sqliteBench();
  const people = new Map<string, Desk>();
  const server = await startFaultServer(ledgerServer(token => people.get(token) ?? ledger.desk()));
  const clients: Desk[] = [];
  return {
    ...ledger,
    desk(who?: Somebody) {
      const token = randomUUID();
      const desk = ledger.desk(who);
      people.set(token, desk);
      const { roles, actions, ...rest } = desk.capabilities();
      const capabilities = { ...rest, roles: [...roles], actions: [...actions] };
      const http = createHttpClient({
        origin: server.origin,
        token: () => Promise.resolve(token),
        fetch: globalThis.fetch,
        time: systemTime,
      });
      const me = { capabilities, person: { name: who?.name ?? 'Jana' }, tenant: 't', keyDays: 30, standing: undefined };
      const client = createTeamDesk({ http, time: systemTime, id: randomUUID }, me);
      clients.push(client);
      return client;
    },
    async close() {
      for (const client of clients) client.close();
      await server.close();
      await ledger.close();
    },
  };
}

describeDesk('A team desk through its client', teamBench);
