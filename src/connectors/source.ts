import type { Result } from '../desk/errors.ts';
import type { HealthFailure } from '../desk/healthReading.ts';
import type { Instant } from '../rules/decision.ts';

/** An answer with status 2xx whose body was JSON. */
export interface Got {
  readonly body: unknown;
  /** The clock of who answered, from its `Date` header. */
  readonly date?: Instant | undefined;
}

/** Why there is no such answer. */
export type GetFailure =
  /** Another status. `retryAt` is when to come back, where it was told; `body` where it was JSON. */
  | {
      readonly code: 'status';
      readonly status: number;
      readonly retryAt?: Instant | undefined;
      readonly body?: unknown;
    }
  | { readonly code: 'unreachable' }
  /** No JSON: a page, a part of an answer, other bytes, or more of them than are read. */
  | { readonly code: 'unreadable' };

/**
 * Asks one origin for JSON, with whatever signs in there, and goes nowhere else: no redirect is followed. `path` is from
 * the root of the origin, with its query. Bounded in size and time.
 */
export type GetJson = (
  path: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<Result<Got, GetFailure>>;

const minute = 60_000;

/** What a failed request means for a source, as far as HTTP says it. */
export function failureOf(failure: GetFailure, now: Instant): HealthFailure {
  if (failure.code === 'unreachable') return { code: 'unreachable' };
  if (failure.code !== 'status') return { code: 'notASource' };
  const { status, retryAt } = failure;
  if (status === 429 || (status === 503 && retryAt !== undefined)) {
    return { code: 'throttled', until: retryAt ?? now + minute };
  }
  if (status === 401) return { code: 'signedOut' };
  if (status === 404 || status === 410) return { code: 'noService' };
  return { code: status >= 500 || status === 408 ? 'unreachable' : 'notASource' };
}
