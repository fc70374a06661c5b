// A PostgreSQL full of cases for the bench. They are made by a few statements, since only how many there are matters.
import pg from 'pg';
import { createLedgerDesk } from '../../../src/desk/ledger.ts';
import type { Desk } from '../../../src/desk/desk.ts';
import { openPostgresStore } from '../../../src/stores/postgres/store.ts';
import { randomUUID } from 'node:crypto';
import { startPostgres, type PostgresServer } from '../../stores/postgresServer.ts';

export interface FilledPostgres {
  readonly server: PostgresServer;
  /** The address of the database, where the cases are those of the tenant "bench". */
  readonly url: string;
  /** Connections for what the desk is compared with. */
  readonly pool: pg.Pool;
  readonly desk: Desk;
  close(): Promise<void>;
}

const statuses = "ARRAY['open', 'actionRequired', 'waitingForSupport', 'waitingForSupport', 'closed', 'closed']";
const services = "ARRAY['Exchange Online', 'SharePoint Online', 'Skype for Business Online']";
const fill = (size: number): string => `
  CREATE TEMPORARY TABLE made AS SELECT number, gen_random_uuid()::text AS id,
      (${statuses})[1 + number % 6] AS status, (ARRAY['A', 'B', 'C'])[1 + number % 3] AS severity,
      (${services})[1 + number * 7 % 3] AS service,
      'Mailbox ' || number || ' cannot be opened' AS title,
      'Mailbox ' || number || ' cannot be opened. It began on Monday and ' || number % 50 || ' people are affected.' AS text
    FROM generate_series(1, ${String(size)}) AS number;
  INSERT INTO casebook.cases SELECT 1, number, id, 1, 'm365China', 'standard', 'technical', service, title, status, NULL,
    severity, NULL, severity, number * 1000, number * 1000, NULL, NULL, 0, 0, 0, 0 FROM made;
  INSERT INTO casebook.filed SELECT 1, number, text, '', 'Build server', 'team@example.com', 'Europe/Prague', '[]', '[]',
    'Bench', NULL FROM made;
  INSERT INTO casebook.events SELECT 1, number, 1, json_build_object('kind', 'filed', 'seq', 1, 'at', number * 1000,
    'by', json_build_object('name', 'Bench'), 'status', 'open')::text FROM made;
  INSERT INTO casebook.words SELECT 1, number, false, array_to_tsvector(array_agg(DISTINCT '1:' || lower(word)))
    FROM made, regexp_split_to_table(text, '[^[:alnum:]]+') AS word WHERE word <> '' GROUP BY number;
  INSERT INTO casebook.tally SELECT 1, status, severity, service, number % 16, count(*) FROM made GROUP BY 2, 3, 4, 5;
  SELECT setval('casebook.case_numbers_1', ${String(size)});
  DROP TABLE made;
  ANALYZE`;

/** A server of its own, as safe as servers are, with so many cases. */
export async function filledPostgres(size: number): Promise<FilledPostgres> {
  const server = await startPostgres({ durable: true });
  console.log(`Filling ${server.what}, with ${String(size)} cases.`);
  const url = await server.newDatabase();
  const pool = new pg.Pool({ pipeline: true, connectionString: url, max: 20 });
  const opened = await openPostgresStore({ database: pool, tenant: 'bench', now: Date.now });
  if (!opened.ok) throw new Error(`The desk does not open: ${opened.error.code}.`);
  const { store } = opened.value;
  await pool.query(fill(size));
  const actor = { name: 'Bench', roles: ['requester', 'reviewer', 'agent'] } as const;
  const desk = createLedgerDesk({ store, actor, admit: () => undefined, now: Date.now, id: randomUUID });
  return {
    server,
    url,
    pool,
    desk,
    close: async () => {
      desk.close();
      await pool.end();
      await server.close();
    },
  };
}
