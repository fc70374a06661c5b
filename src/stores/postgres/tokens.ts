import type pg from 'pg';
import type { Result } from '../../desk/errors.ts';
import { fail, ok } from '../../desk/errors.ts';
import type { Tokens } from '../../desk/tokens.ts';
import { KeptToken, Token } from '../../desk/tokens.ts';
import type { Tuple } from '../rows.ts';
import { text } from '../rows.ts';
import { Batch } from './batch.ts';
import { ask, connectionsTo } from './connection.ts';
import { migrate } from './migrate.ts';
import { migrations } from './schema.ts';
import { errorOf, reporter } from './trouble.ts';

export interface PostgresTokensOptions {
  /** As for a store of the same database. */
  readonly database: string | pg.Pool;
  /** Told of every failure underneath, for the log; values are left out. */
  readonly report?: (error: unknown) => void;
}

const listed = 10_000;
const columns = 'id, tenant, person, roles, scope, created_at, expires_at, revoked_at';
function told([id, tenant, person, roles, scope, createdAt, expiresAt, revokedAt, sha256]: Tuple): object {
  const held: unknown = JSON.parse(text(roles));
  const token = { id, tenant, person, roles: held, scope, createdAt, expiresAt, sha256 };
  return revokedAt === null ? token : { ...token, revokedAt };
}

/** Opens the tokens of a desk on PostgreSQL, those of all its tenants. */
export async function openPostgresTokens(options: PostgresTokensOptions): Promise<Result<Tokens>> {
  const { database } = options;
  const report = reporter(options.report);
  const { pool, end } = connectionsTo(database, 2, report);
  async function using<Value>(work: () => Promise<Value>): Promise<Result<Value>> {
    try {
      return ok(await work());
    } catch (error) {
      report(error);
      return fail(errorOf(error));
    }
  }
  const opened = await using(() => migrate(pool, migrations));
  if (!opened.ok) {
    end();
    return opened;
  }
  // One statement for all that are asked for in a turn of the event loop and while another is under way; it begins after
  // the last of them asked.
  let looking: Promise<unknown> = Promise.resolve();
  const look = async (ids: readonly string[]): Promise<Result<Tuple | undefined>[]> => {
    const sql = `SELECT ${columns}, sha256 FROM casebook.tokens WHERE id = ANY($1::text[])`;
    const rows = await using(() => ask(pool, sql, [[...new Set(ids)]], 'tokens'));
    return ids.map(id => (rows.ok ? ok(rows.value.find(([found]) => found === id)) : rows));
  };
  const looks = new Batch<string, Result<Tuple | undefined>>(
    ids => (looking = look(ids)),
    run => void looking.then(() => setImmediate(run)),
  );
  return ok({
    add: token =>
      using(async () => {
        const { id, sha256, tenant, person, roles, scope, createdAt, expiresAt, revokedAt = null } = token;
        const values = [id, tenant, person, JSON.stringify(roles), scope, createdAt, expiresAt, revokedAt, sha256];
        const sql = `INSERT INTO casebook.tokens (${columns}, sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
        await ask(pool, sql, values);
      }),
    find: async id => {
      const found = await looks.add(id);
      if (!found.ok) return found;
      return using(() => Promise.resolve(found.value && KeptToken.parse(told(found.value))));
    },
    list: () =>
      using(async () => {
        const sql = `SELECT ${columns} FROM casebook.tokens ORDER BY created_at DESC, id LIMIT $1`;
        return (await ask(pool, sql, [listed])).map(row => Token.parse(told(row)));
      }),
    revoke: (id, at) =>
      using(async () => {
        const sql = 'UPDATE casebook.tokens SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING id';
        return (await ask(pool, sql, [id, at])).length > 0;
      }),
    close: end,
  });
}
