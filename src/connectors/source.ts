import * as z from 'zod/mini';
import { fail, ok, type Result } from '../desk/errors.ts';
import type { HealthFailure } from '../desk/healthReading.ts';
import type { Instant } from '../rules/decision.ts';
import { usualLimits, type HttpClient, type HttpError } from './http/client.ts';
import { dateOf } from './http/retryAfter.ts';

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

function failed(error: HttpError): GetFailure {
  switch (error.code) {
    case 'unreachable':
    case 'untrusted':
      return { code: 'unreachable' };
    case 'notADesk':
      return { code: 'unreadable' };
    case 'signedOut':
      return { code: 'status', status: 401 };
    case 'throttled':
      return { code: 'status', status: 429, retryAt: error.until };
    case 'refused':
      return { code: 'status', status: error.status, body: error.body };
  }
}

/** Health of many services is more than a desk ever says. */
const limits = { ...usualLimits, bytes: 10 * 1024 * 1024 };

/** Asks through the one HTTP client, each time once: when to ask again is for who polls. */
export function getJsonOver(http: Pick<HttpClient, 'json'>): GetJson {
  return async (path, headers, signal) => {
    const got = await http.json({ method: 'GET', path, headers, signal, limits, once: true }, z.unknown());
    if (!got.ok) return fail(failed(got.error));
    return ok({ body: got.value.value, date: dateOf(got.value.headers) });
  };
}

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
