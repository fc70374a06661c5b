// A server that misbehaves as it is told, route by route, and counts what came.
import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** One request as it came in. */
export interface Seen {
  readonly route: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** What of the body was read. */
  readonly body: Buffer;
}
/** What a route does when nothing is wrong. */
export type Work = (seen: Seen) => Reply | Promise<Reply>;
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
export interface Exchange {
  readonly seen: Seen;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The request with the whole of its body. */
  readonly whole: () => Promise<Seen>;
  /** Does the work of the route, once per Idempotency-Key, and answers what it came to. */
  readonly commit: () => Promise<Reply>;
}
/** How one request is answered. */
export type Fault = (exchange: Exchange) => void | Promise<void>;

export interface FaultServer {
  readonly origin: string;
  readonly seen: readonly Seen[];
  /** How many requests came to a route, such as `GET /v1/me`; without one, to all. */
  count(route?: string): number;
  /** How often the work of a route was done. */
  committed(route: string): number;
  /** What a route does when it is asked as it should be. */
  work(route: string, work: Work): void;
  /** The next requests of a route are answered by these, in order; then it works again. */
  script(route: string, ...faults: readonly Fault[]): void;
  /** How many connections are open. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Reply): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(
    body === undefined ? undefined : typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  );
}

/** A promise and what fulfils it. */
export interface Release {
  readonly released: Promise<void>;
  release(): void;
}
export function gate(): Release {
  let release: () => void = () => undefined;
  const released = new Promise<void>(resolve => {
    release = resolve;
  });
  return { released, release: () => release() };
}

const megabyte = Buffer.alloc(1024 * 1024, 0x20);

export const faults = {
  /** Nothing is wrong. */
  none: async ({ response, commit }: Exchange) => send(response, await commit()),
  answer:
    (status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}): Fault =>
    ({ response }) =>
      send(response, { status, headers, body }),
  problem:
    (status: number, code: string, members: object = {}, headers: Readonly<Record<string, string>> = {}): Fault =>
    ({ response }) =>
      send(response, {
        status,
        headers: { 'Content-Type': 'application/problem+json', ...headers },
        body: { type: `urn:casebook:problem:${code}`, title: code, status, code, ...members },
      }),
  /** Keeps the request until `released`, then goes on with `then`. */
  held:
    (released: Promise<void>, then: Fault): Fault =>
    async exchange => {
      await released;
      await then(exchange);
    },
  /** Reads this many bytes of what is sent, then goes on with `then`. */
  afterBytes:
    (bytes: number, then: Fault): Fault =>
    async exchange => {
      let read = 0;
      for await (const chunk of exchange.request as AsyncIterable<Buffer>) {
        read += chunk.length;
        if (read >= bytes) break;
      }
      await then(exchange);
    },
  reset: ({ request }: Exchange) => void request.socket.resetAndDestroy(),
  /** Never answers. */
  hang: () => undefined,
  /** Answers with headers, then never again. */
  stall: ({ response }: Exchange) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.write('{"items":');
  },
  /** A byte each time `next` is fulfilled. */
  drip:
    (text: string, next: () => Promise<void>): Fault =>
    async ({ response }) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      for (const character of text) {
        if (response.destroyed) return;
        response.write(character);
        await next();
      }
      response.end();
    },
  html: ({ response }: Exchange) =>
    send(response, { headers: { 'Content-Type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' }),
  /** The whole of half an answer. */
  truncated: async ({ response, commit }: Exchange) => {
    const { body, ...reply } = await commit();
    const text = JSON.stringify(body);
    send(response, { ...reply, body: text.slice(0, text.length / 2) });
  },
  /** Half an answer, then the connection breaks. */
  cut: async ({ response, commit }: Exchange) => {
    const text = JSON.stringify((await commit()).body);
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': text.length });
    response.write(text.slice(0, text.length / 2), () => response.socket?.resetAndDestroy());
  },
  byteOrderMark: async ({ response, commit }: Exchange) => {
    const { body, ...reply } = await commit();
    send(response, { ...reply, body: `\ufeff${JSON.stringify(body)}` });
  },
  /** As many megabytes as the other side takes, at most `megabytes`; `sent` counts them. */
  bomb:
    (megabytes: number, sent: { megabytes: number }): Fault =>
    async ({ response }) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      for (; sent.megabytes < megabytes && !response.destroyed; sent.megabytes++) {
        if (!response.write(megabyte)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      }
      response.end();
    },
  /** Megabytes of nothing, packed a thousandfold. */
  packedBomb:
    (megabytes: number): Fault =>
    ({ response }) => {
      const body = gzipSync(Buffer.alloc(megabytes * megabyte.length, 0x20));
      send(response, { headers: { 'Content-Encoding': 'gzip' }, body });
    },
  redirect:
    (status: number, to: string): Fault =>
    ({ response }) =>
      send(response, { status, headers: { Location: to } }),
  commitThen:
    (then: Fault): Fault =>
    async exchange => {
      await exchange.commit();
      await then(exchange);
    },
  /** The same answer twice on one connection. */
  twice: async ({ response, commit }: Exchange) => {
    const text = JSON.stringify((await commit()).body);
    const answer = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
    response.socket?.end(answer + answer);
  },
} as const;

/** Listens on a free port of this machine. Routes without work and script do what `otherwise` says, which is 404. */
export async function startFaultServer(otherwise: Fault = faults.answer(404)): Promise<FaultServer> {
  const seen: Seen[] = [];
  const works = new Map<string, Work>();
  const scripts = new Map<string, Fault[]>();
  const done = new Map<string, number>();
  const kept = new Map<string, Promise<Reply>>();

  function commit(one: Seen): Promise<Reply> {
    const key = one.headers['idempotency-key'];
    const known = typeof key === 'string' ? kept.get(`${one.route} ${key}`) : undefined;
    if (known) return known;
    const work = works.get(one.route);
    if (work) done.set(one.route, (done.get(one.route) ?? 0) + 1);
    const reply = Promise.resolve(work?.(one) ?? { status: 404 });
    if (typeof key === 'string') kept.set(`${one.route} ${key}`, reply);
    return reply;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '';
    const route = `${request.method ?? ''} ${url.replace(/\?.*/, '')}`;
    const one = { route, url, headers: request.headers, body: Buffer.alloc(0) };
    seen.push(one);
    const whole = async (): Promise<Seen> => {
      for await (const chunk of request as AsyncIterable<Buffer>) one.body = Buffer.concat([one.body, chunk]);
      return one;
    };
    const fault = scripts.get(route)?.shift() ?? (works.has(route) ? faults.none : otherwise);
    await fault({ seen: one, request, response, whole, commit: async () => commit(await whole()) });
  }
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${String(port)}`,
    seen,
    count: route => seen.filter(one => route === undefined || one.route === route).length,
    committed: route => done.get(route) ?? 0,
    work: (route, work) => void works.set(route, work),
    script: (route, ...list) => void scripts.set(route, [...(scripts.get(route) ?? []), ...list]),
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
