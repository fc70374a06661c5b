import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { Tokens } from '../../src/desk/tokens.ts';
import { openPostgresTokens } from '../../src/stores/postgres/tokens.ts';
import { makeToken } from '../../src/stores/secret.ts';
import { refusal, value } from '../desk/build.ts';
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

  it('are out of reach in words', async () => {
    const database = 'postgres://x@localhost/x?host=/nonexistent';
    assert.deepEqual(refusal(await openPostgresTokens({ database })), { code: 'unreachable' });
  });
});
