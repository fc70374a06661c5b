import * as z from 'zod/mini';
import { Instant } from './case.ts';
import type { Result } from './errors.ts';
import { deskRoles } from './lifecycle.ts';

/** What a token may be used for: to read only, or to write as well. What its person may do is up to the roles. */
export const scopes = ['read', 'write'] as const;
export type Scope = (typeof scopes)[number];

/** What is known of a personal token of a team desk. The token itself is kept nowhere. */
export const Token = z.object({
  /** The first 16 hexadecimal digits of the SHA-256 of the token: names it in lists, and finds it. */
  id: z.string(),
  tenant: z.string(),
  /** Shown beside what the person writes. */
  person: z.string(),
  roles: z.array(z.enum(deskRoles)),
  scope: z.enum(scopes),
  createdAt: Instant,
  expiresAt: Instant,
  revokedAt: z.optional(Instant),
});
export type Token = z.infer<typeof Token>;

/** A token with the SHA-256 it is compared by, hexadecimal; the only trace of its secret. */
export const KeptToken = z.extend(Token, { sha256: z.string() });
export type KeptToken = z.infer<typeof KeptToken>;

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
  revoke(id: string, at: number): Promise<Result<boolean>>;
  close(): void;
}
