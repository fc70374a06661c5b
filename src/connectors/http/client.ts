import type * as z from 'zod/mini';
import type { DeskError, Result } from '../../desk/errors.ts';
import { fail, ok } from '../../desk/errors.ts';
import { bytesOf, chunksOf, drop } from './body.ts';
import { createBreaker, type Breaker } from './breaker.ts';
import { parseJson } from './json.ts';
import { dateOf, longestPause, retryAfter } from './retryAfter.ts';
import type { Time } from './time.ts';
import { orAborted, sleep } from './time.ts';

/** What a request can end with other than an answer. */
export type HttpError =
  | Extract<DeskError, { readonly code: 'unreachable' | 'notADesk' | 'untrusted' | 'signedOut' | 'throttled' }>
  /** The other side refuses; `body` is what it says, in JSON that no schema has seen. */
  | { readonly code: 'refused'; readonly status: number; readonly body: unknown };

/** How long a request may take, in milliseconds, and how many bytes of an answer are read. */
export interface Limits {
  /** Until the headers of an answer. */
  readonly header: number;
  /** For everything, tries and pauses between them included. */
  readonly total: number;
  readonly bytes: number;
}
export const usualLimits: Limits = { header: 10_000, total: 30_000, bytes: 5 * 1024 * 1024 };

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** From the root of the origin, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly type: string; readonly content: string | (() => ReadableStream<Uint8Array>) };
  readonly limits?: Limits;
  /** Tried once only: who asks has a plan of its own for asking again. */
  readonly once?: boolean;
  /** Ends the request at once, as unreachable. */
  readonly signal?: AbortSignal;
}

export interface Answer<Value> {
  readonly value: Value;
  readonly headers: Headers;
}

/** One origin, and all that is ever asked of it. */
export interface HttpClient {
  readonly origin: string;
  /** An answer in JSON that `schema` takes; anything else is `notADesk`. */
  json<Value>(request: HttpRequest, schema: z.ZodMiniType<Value>): Promise<Result<Answer<Value>, HttpError>>;
  /** An answer of bytes, whatever they are. */
  bytes(request: HttpRequest): Promise<Result<Uint8Array, HttpError>>;
  /** An answer without an end, of one content type. Reading it rejects when the connection breaks or is aborted. */
  stream(request: HttpRequest, type: string): Promise<Result<AsyncIterable<Uint8Array>, HttpError>>;
  /** By how many milliseconds the clock of the other side is ahead, as its last answer tells to about a second. */
  clockOffset(): number | undefined;
}

/** From here on a person should know that a clock is wrong, in milliseconds. */
export const clockTolerance = 2 * 60_000;

export interface HttpOptions {
  /** As `parseOrigin` answers it. */
  readonly origin: string;
  /**
   * What signs in at this origin; nothing while nobody is. Called again with a token that was refused, it answers a
   * newer one if there is one. Left out where nobody signs in; then nothing is said about who asks.
   */
  readonly token?: (refused?: string) => Promise<string | undefined>;
  /** The editor's own, which knows its proxies and certificates. */
  readonly fetch: typeof globalThis.fetch;
  readonly time: Time;
  /** Shared with other clients of the same origin; one of its own without. */
  readonly breaker?: Breaker;
  /** Takes codes and status numbers, never an address, a header or a text. */
  readonly log?: (event: string, details: Readonly<Record<string, string | number>>) => void;
}

/** Few, since somebody waits; what must get through is tried again by the outbox. */
const retries = 2;
const firstPause = 1_000;
const longestBackoff = 64_000;

/** Takes an answer apart; nothing where it is not what was asked for. */
type Read<Value> = (response: Response, signal: AbortSignal) => Promise<Value | undefined>;
/**
 * What one try came to. `again` is whether another may help, `down` whether the place seems to be out of order; nothing
 * where it has not said a word.
 */
type Try<Value> =
  | { readonly ok: true; readonly value: Value; readonly down: false }
  | { readonly ok: false; readonly error: HttpError; readonly again?: boolean; readonly down?: boolean };

const unreachable = { code: 'unreachable' } as const;
const notADesk = { code: 'notADesk' } as const;
const signedOut = { code: 'signedOut' } as const;

const isPassing = (status: number): boolean =>
  status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
const isRepeatable = ({ method, headers }: HttpRequest): boolean =>
  method === 'GET' || headers?.['Idempotency-Key'] !== undefined;
const typeOf = (response: Response): string => response.headers.get('content-type')?.toLowerCase() ?? '';
/** Whether it says to be JSON in UTF-8; Microsoft Graph names the charset last of several parameters. */
const isJson = (response: Response): boolean =>
  /^application\/([a-z.-]+\+)?json *(;|$)/.test(typeOf(response)) &&
  !/; *charset *=(?! *"?utf-8"? *(;|$))/.test(typeOf(response));
// As TLS of Node names what is wrong with a certificate.
const certificateTroubles = /CERT|LEAF_SIGNATURE|^INVALID_(CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH_EXCEEDED$/;
/** What stands between us and the place, where trying again does not help. */
function obstacle(error: unknown): 'notADesk' | 'untrusted' | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return undefined;
  if (cause.message === 'unexpected redirect') return 'notADesk';
  return 'code' in cause && certificateTroubles.test(String(cause.code)) ? 'untrusted' : undefined;
}

/** The one way in which Casebook speaks HTTP: to one origin, without redirects, with bounds on all that comes back. */
export function createHttpClient(options: HttpOptions): HttpClient {
  const { origin, time } = options;
  const { breaker = createBreaker(time) } = options;
  /** Until when nothing is asked, and until when nothing should be, in monotonic time. */
  let quiet = { until: 0, told: 0 };
  let offset: number | undefined;

  function keepQuiet(told: number): void {
    const now = time.monotonic();
    quiet = {
      until: Math.max(quiet.until, now + Math.min(told, longestPause)),
      told: Math.max(quiet.told, now + told),
    };
  }
  const isQuiet = (): boolean => quiet.until > time.monotonic();
  const throttled = (): HttpError => {
    const left = quiet.told - time.monotonic();
    return left > 0 ? { code: 'throttled', until: Math.ceil(time.now() + left) } : { code: 'throttled' };
  };

  async function judge<Value>(response: Response, read: Read<Value>, signal: AbortSignal): Promise<Try<Value>> {
    const { status, headers } = response;
    const date = dateOf(headers);
    if (date !== undefined) offset = date - time.now();
    if (response.ok) {
      const value = await read(response, signal);
      if (value !== undefined) return { ok: true, value, down: false };
      drop(response);
      return { ok: false, error: notADesk, down: false };
    }
    const again = isPassing(status);
    const down = again && status !== 429;
    const told = again ? retryAfter(headers, time.now()) : undefined;
    if (told !== undefined) keepQuiet(told);
    if (status === 401 || status === 429 || told !== undefined) {
      drop(response);
      return { ok: false, error: status === 401 ? signedOut : throttled(), again, down };
    }
    const said = isJson(response) ? await bytesOf(response, usualLimits.bytes, signal) : undefined;
    const body = said && parseJson(said);
    drop(response);
    if (body) return { ok: false, error: { code: 'refused', status, body: body.json }, again, down };
    return { ok: false, error: again ? unreachable : notADesk, again, down };
  }

  async function attempt<Value>(
    request: HttpRequest,
    bearer: string,
    stop: AbortSignal,
    read: Read<Value>,
  ): Promise<Try<Value>> {
    // The breaker may have waited; nothing may be awaited between this look and the request.
    if (isQuiet()) return { ok: false, error: throttled() };
    const { type, content } = request.body ?? {};
    const late = new AbortController();
    const signal = AbortSignal.any([stop, late.signal]);
    const cancel = time.after((request.limits ?? usualLimits).header, () => late.abort());
    try {
      const asked = options.fetch(new URL(request.path, origin), {
        method: request.method,
        headers: {
          ...request.headers,
          ...(type !== undefined && { 'Content-Type': type }),
          ...(bearer !== '' && { Authorization: `Bearer ${bearer}` }),
        },
        ...(content !== undefined && { body: typeof content === 'string' ? content : content(), duplex: 'half' }),
        redirect: 'error',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal,
      });
      const response = await orAborted(asked, signal);
      cancel();
      return await judge(response, read, stop);
    } catch (error) {
      const code = obstacle(error);
      if (code) return { ok: false, error: { code }, down: false };
      // Who stops waiting says nothing about the place.
      return { ok: false, error: unreachable, again: true, ...(request.signal?.aborted !== true && { down: true }) };
    } finally {
      cancel();
    }
  }

  /** What signs in, empty where nobody does; `refused` is a token that did not. */
  async function bearerOf(stop: AbortSignal, refused: string | undefined): Promise<string | undefined> {
    if (options.token === undefined) return refused === undefined ? '' : undefined;
    const token = await orAborted(options.token(refused), stop).catch(() => undefined);
    // One that no header can carry would be quoted in the error about it.
    return token !== undefined && token !== refused && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
  }

  async function tries<Value>(
    request: HttpRequest,
    stop: AbortSignal,
    deadline: number,
    read: Read<Value>,
  ): Promise<Result<Value, HttpError>> {
    let refused: string | undefined;
    for (let pauses = 0; ;) {
      const bearer = await bearerOf(stop, refused);
      if (bearer === undefined) return fail(stop.aborted ? unreachable : signedOut);
      if (isQuiet()) return fail(throttled());
      const tried = await breaker.run(() => attempt(request, bearer, stop, read));
      if (tried?.ok === true) return ok(tried.value);
      const { error, again = false } = tried ?? { error: unreachable as HttpError };
      options.log?.(
        'http.failed',
        error.code === 'refused' ? { code: error.code, status: error.status } : { code: error.code },
      );
      if (error.code === 'signedOut' && refused === undefined) {
        refused = bearer;
        continue;
      }
      const chosen = time.random() * Math.min(firstPause * 2 ** pauses, longestBackoff);
      const pause = Math.max(chosen, quiet.told - time.monotonic());
      const isLast = request.once === true || pauses++ === retries || time.monotonic() + pause >= deadline;
      if (!again || isLast || !isRepeatable(request)) return fail(error);
      await sleep(time, pause, stop);
      if (stop.aborted) return fail(error);
    }
  }

  async function exchange<Value>(request: HttpRequest, read: Read<Value>): Promise<Result<Value, HttpError>> {
    if (new URL(request.path, origin).origin !== origin) return fail(notADesk);
    const { total } = request.limits ?? usualLimits;
    const stop = new AbortController();
    const end = (): void => stop.abort();
    const cancel = time.after(total, end);
    request.signal?.addEventListener('abort', end);
    if (request.signal?.aborted === true) end();
    try {
      return await tries(request, stop.signal, time.monotonic() + total, read);
    } finally {
      cancel();
      request.signal?.removeEventListener('abort', end);
    }
  }
  const accepting = (request: HttpRequest, accept: string): HttpRequest => ({
    ...request,
    headers: { ...request.headers, Accept: accept },
  });
  const most = (request: HttpRequest): number => (request.limits ?? usualLimits).bytes;

  return {
    origin,
    json: (request, schema) =>
      exchange(accepting(request, 'application/json, application/problem+json'), async (response, signal) => {
        const bytes = isJson(response) ? await bytesOf(response, most(request), signal) : undefined;
        const parsed = bytes && parseJson(bytes);
        const read = parsed && schema.safeParse(parsed.json);
        return read?.success === true ? { value: read.data, headers: response.headers } : undefined;
      }),
    bytes: request =>
      exchange(accepting(request, 'application/octet-stream'), (response, signal) =>
        bytesOf(response, most(request), signal),
      ),
    stream: (request, type) =>
      exchange(accepting(request, type), response => {
        const { signal = new AbortController().signal } = request;
        return Promise.resolve(typeOf(response).startsWith(type) ? chunksOf(response, signal) : undefined);
      }),
    clockOffset: () => offset,
  };
}
