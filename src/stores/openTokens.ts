import type pg from 'pg';
import type { Result } from '../desk/errors.ts';
import type { Tokens } from '../desk/tokens.ts';

/** Where a team desk keeps its tokens. */
export interface TokensPlace {
  /** The data folder. */
  readonly data: string;
  /** Where PostgreSQL is, or connections to it; without it the tokens are in the data folder. */
  readonly database?: string | pg.Pool | undefined;
}

/** Opens the tokens of a desk where the desk itself would look for them. Neither storage is loaded before it is needed. */
export async function openTokens(
  { data, database }: TokensPlace,
  report?: (error: unknown) => void,
): Promise<Result<Tokens>> {
  const more = report ? { report } : {};
  if (database === undefined || database === '') {
    return (await import('./sqlite/tokens.ts')).openSqliteTokens(data, more);
  }
  return (await import('./postgres/tokens.ts')).openPostgresTokens({ database, ...more });
}
