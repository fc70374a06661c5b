// What the team desk is compared with: fastify and a driver, one statement for each request, nobody signed in.
// Usage: bareServer.ts FOLDER | bareServer.ts postgres://… ; logs where it listens, as the desk does.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PassThrough } from 'node:stream';
import fastify from 'fastify';
import pg from 'pg';
import { summaryColumns } from '../../../src/stores/rows.ts';

interface Bare {
  insert(id: string, body: string): unknown;
  /** A page of 100 after a place. */
  page(updatedAt: number, number: number): unknown;
}

function onSqlite(folder: string): Bare {
  const cases = new DatabaseSync(join(folder, 'desk.sqlite'));
  const page = cases.prepare(`SELECT ${summaryColumns} FROM cases WHERE (updated_at, number) < (?, ?)
    ORDER BY updated_at DESC, number DESC LIMIT 100`);
  const bare = new DatabaseSync(join(folder, 'bare.sqlite'));
  bare.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE bare (id TEXT PRIMARY KEY, body TEXT)');
  const insert = bare.prepare('INSERT INTO bare VALUES (?, ?)');
  return { insert: (id, body) => insert.run(id, body), page: (...place) => page.all(...place) };
}

async function onPostgres(database: string): Promise<Bare> {
  const pool = new pg.Pool({ connectionString: database, max: 20 });
  await pool.query('CREATE TABLE bare (id text PRIMARY KEY, body text NOT NULL)');
  const page = `SELECT ${summaryColumns} FROM casebook.cases WHERE tenant = 1 AND (updated_at, number) < ($1, $2)
    ORDER BY updated_at DESC, number DESC LIMIT 100`;
  return {
    insert: (id, body) => pool.query('INSERT INTO bare VALUES ($1, $2)', [id, body]),
    page: async (...place) => (await pool.query<Record<string, unknown>>(page, place)).rows,
  };
}

const [, , at = ''] = process.argv;
const bare = at.startsWith('postgres:') ? await onPostgres(at) : onSqlite(at);
const streams = new Set<PassThrough>();
const app = fastify();
app.get<{ Querystring: { at: string; number: string } }>('/items', ({ query }) =>
  bare.page(Number(query.at), Number(query.number)),
);
app.post('/items', async ({ body }, reply) => {
  const id = randomUUID();
  await bare.insert(id, JSON.stringify(body));
  for (const stream of streams) stream.write(`data: ${id}\n\n`);
  return reply.code(201).send({ id });
});
app.get('/events', (_, reply) => {
  const stream = new PassThrough();
  streams.add(stream);
  stream.once('close', () => streams.delete(stream));
  stream.write(': hello\n\n');
  return reply.type('text/event-stream').send(stream);
});
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ event: 'listening', address })}\n`);
