import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import pg from 'pg';
import type { Tokens } from '../../src/desk/tokens.ts';
import { openPostgresTokens } from '../../src/stores/postgres/tokens.ts';
import { makeToken } from '../../src/stores/secret.ts';
import { refusal, value } from '../desk/build.ts';
import { asked } from './postgresBench.ts';
import { sharedPostgres } from './postgresServer.ts';

const made = (person: string, createdAt = 1): ReturnType<typeof makeToken> =>
  makeToken({
    tenant: 'a',
    person,
    roles: ['agent', 'reviewer'],
    scope: 'write',
    createdAt,
    expiresAt: 1_900_000_000_000,
  });

/** The tokens of a new database, as two copies of a server see them. */
async function withTokens(work: (one: Tokens, other: Tokens) => Promise<void>): Promise<void> {
  const database = await (await sharedPostgres()).newDatabase();
  const opened = (await Promise.all([openPostgresTokens({ database }), openPostgresTokens({ database })])).map(value);
  const [one, other] = opened;
  assert.ok(one && other);
  try {
    await work(one, other);
  } finally {
    for (const tokens of opened) tokens.close();
  }
}

describe('Personal tokens in PostgreSQL', () => {
  it('are found by every copy as they were kept, and no others are', () =>
    withTokens(async (one, other) => {
      const [, token] = made('Jana');
      value(await one.add(token));
      assert.deepEqual(value(await other.find(token.id)), token);
      assert.equal(value(await other.find('0'.repeat(16))), undefined);
      assert.deepEqual(refusal(await other.add(token)), { code: 'failed' });
    }));

  it('are listed newest first and without what they are compared by', () =>
    withTokens(async one => {
      const tokens = [made('a', 1), made('c', 3), made('b', 2)].map(([, token]) => token);
      for (const token of tokens) value(await one.add(token));
      const listed = value(await one.list());
      assert.deepEqual(
        listed.map(({ person }) => person),
        ['c', 'b', 'a'],
      );
      assert.ok(listed.every(token => !('sha256' in token)));
    }));

  it('are revoked once, for every copy', () =>
    withTokens(async (one, other) => {
      const [, token] = made('Jana');
      value(await one.add(token));
      assert.equal(value(await one.revoke(token.id, 5)), true);
      assert.equal(value(await other.revoke(token.id, 6)), true);
      assert.equal(value(await other.revoke('0'.repeat(16), 6)), false);
      assert.deepEqual(value(await other.find(token.id)), { ...token, revokedAt: 5 });
    }));

  it('are looked up together by all who ask while others are looked up', async () => {
    const pool = new pg.Pool({ connectionString: await (await sharedPostgres()).newDatabase(), max: 1 });
    const tokens = value(await openPostgresTokens({ database: pool }));
    const [, token] = made('Jana');
    value(await tokens.add(token));
    const looks: ReturnType<Tokens['find']>[] = [];
    const heard = await asked(async () => {
      const only = await pool.connect();
      for (let times = 0; times < 5; times++) {
        looks.push(tokens.find(token.id));
        await new Promise(resolve => setImmediate(resolve));
      }
      await only.query('UPDATE casebook.tokens SET revoked_at = 5');
      only.release();
      await Promise.all(looks);
    });
    assert.deepEqual(
      (await Promise.all(looks)).map(look => value(look)?.revokedAt),
      [5, 5, 5, 5, 5],
    );
    assert.equal(heard.filter(({ text }) => text.startsWith('SELECT')).length, 2);
    tokens.close();
    await pool.end();
  });

  it('are out of reach in words', async () => {
    const database = 'postgres://x@localhost/x?host=/nonexistent';
    assert.deepEqual(refusal(await openPostgresTokens({ database })), { code: 'unreachable' });
  });
});
