import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../desk/errors.ts';
import { fail, ok } from '../../desk/errors.ts';
import type { Tokens } from '../../desk/tokens.ts';
import { KeptToken, Token } from '../../desk/tokens.ts';
import type { Timing } from '../waiting.ts';
import { realTiming, whileBusy } from '../waiting.ts';
import type { Row, SqliteModule } from './connection.ts';
import { Connection } from './connection.ts';
import { patient, troubleOf } from './trouble.ts';

export interface SqliteTokensOptions {
  /** Told of every failure underneath, for the log. */
  readonly report?: (error: unknown) => void;
  readonly timing?: Timing;
  readonly load?: () => Promise<SqliteModule>;
}

const schema = `
CREATE TABLE IF NOT EXISTS tokens (
  id TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  tenant TEXT NOT NULL,
  person TEXT NOT NULL,
  roles TEXT NOT NULL,
  scope TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tokens_newest ON tokens (created_at)`;
const version = 1;
const listed = 10_000;

const columns = 'id, tenant, person, roles, scope, created_at, expires_at, revoked_at';
function told(row: Row): object {
  const { created_at: createdAt, expires_at: expiresAt, revoked_at: revokedAt, roles, ...rest } = row;
  const held: unknown = JSON.parse(String(roles));
  return { ...rest, roles: held, createdAt, expiresAt, ...(revokedAt === null ? {} : { revokedAt }) };
}

/** Opens the tokens of a desk on SQLite: `tokens.sqlite` in its data folder, made where it is missing. */
export async function openSqliteTokens(folder: string, options: SqliteTokensOptions = {}): Promise<Result<Tokens>> {
  const { report, timing = realTiming, load = () => import('node:sqlite') } = options;
  async function using<Value>(work: () => Value): Promise<Result<Value>> {
    try {
      return ok(await whileBusy(timing, patient, work));
    } catch (error) {
      report?.(error);
      const trouble = troubleOf(error);
      return fail({ code: trouble === 'damaged' ? 'failed' : trouble });
    }
  }
  let sqlite: SqliteModule;
  try {
    sqlite = await load();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await (await open(join(folder, 'tokens.sqlite'), 'a', 0o600)).close();
  } catch (error) {
    report?.(error);
    return fail({ code: 'failed' });
  }
  const opened = await using(() => {
    const connection = new Connection(sqlite, join(folder, 'tokens.sqlite'), 'FULL');
    try {
      const found = connection.number('PRAGMA user_version');
      if (found === 0) connection.exec(`BEGIN IMMEDIATE; ${schema}; PRAGMA user_version = ${version}; COMMIT`);
      return { connection, found };
    } catch (error) {
      connection.close();
      throw error;
    }
  });
  if (!opened.ok) return opened;
  const { connection, found } = opened.value;
  if (found > version) {
    connection.close();
    return fail({ code: 'newerDatabase', found, known: version });
  }
  return ok({
    add: token =>
      using(() => {
        const { id, sha256, tenant, person, roles, scope, createdAt, expiresAt, revokedAt = null } = token;
        const values = [id, sha256, tenant, person, JSON.stringify(roles), scope, createdAt, expiresAt, revokedAt];
        connection.run('INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', ...values);
      }),
    find: id =>
      using(() => {
        const row = connection.get('SELECT * FROM tokens WHERE id = ?', id);
        return row && KeptToken.parse(told(row));
      }),
    list: () =>
      using(() =>
        connection
          .all(`SELECT ${columns} FROM tokens ORDER BY created_at DESC, id LIMIT ?`, listed)
          .map(row => Token.parse(told(row))),
      ),
    revoke: (id, at) =>
      using(() => {
        connection.run('UPDATE tokens SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?', at, id);
        return connection.get('SELECT 1 FROM tokens WHERE id = ?', id) !== undefined;
      }),
    close: () => {
      connection.close();
    },
  });
}
