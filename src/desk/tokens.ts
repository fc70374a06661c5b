import type { Instant } from '../rules/decision.ts';
import type { Result } from './errors.ts';
import type { DeskRole } from './lifecycle.ts';

/** What a token may be used for: to read only, or to write as well. What its person may do is up to the roles. */
export const scopes = ['read', 'write'] as const;
export type Scope = (typeof scopes)[number];

/** What is known of a personal token of a team desk. The token itself is kept nowhere. */
export interface Token {
  /** The first 16 hexadecimal digits of the SHA-256 of the token: names it in lists, and finds it. */
  readonly id: string;
  readonly tenant: string;
  /** Shown beside what the person writes. */
  readonly person: string;
  readonly roles: readonly DeskRole[];
  readonly scope: Scope;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt?: Instant;
}
/** A token with the SHA-256 it is compared by, hexadecimal; the only trace of its secret. */
export interface KeptToken extends Token {
  readonly sha256: string;
}

/**
 * Where the personal tokens of a team desk are kept, those of all tenants together: in a file of its own beside the
 * SQLite stores (`stores/sqlite/tokens.ts`), or in a table `tokens` of PostgreSQL (`stores/postgres/tokens.ts`).
 * Implementations keep and find; they compare no secret and judge neither expiry nor revocation.
 */
export interface Tokens {
  /** Keeps a new token; `failed` when one of this id is kept. */
  add(token: KeptToken): Promise<Result<void>>;
  find(id: string): Promise<Result<KeptToken | undefined>>;
  /** Newest first, at most 10,000. */
  list(): Promise<Result<readonly Token[]>>;
  /** Marks a token as revoked; the first time counts. Answers whether there is such a token. */
  revoke(id: string, at: Instant): Promise<Result<boolean>>;
  close(): void;
}
