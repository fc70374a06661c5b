import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';
import type { Operation, OperationName } from '../api/operations.ts';
import { operations } from '../api/operations.ts';
import { admitByRules } from '../desk/admission.ts';
import type { Result } from '../desk/errors.ts';
import { fail, ok } from '../desk/errors.ts';
import { createLedgerDesk } from '../desk/ledger.ts';
import type { Instant } from '../rules/decision.ts';
import type { Timing } from '../stores/waiting.ts';
import type { Caller, SignIn } from './callers.ts';
import { bearerOf } from './callers.ts';
import { followConnections } from './connections.ts';
import { sendContent } from './download.ts';
import type { JsonName, Visit } from './handlers.ts';
import { handlers } from './handlers.ts';
import { createLimiter } from './limiter.ts';
import type { Log } from './log.ts';
import { faultFields } from './log.ts';
import { createMetrics } from './metrics.ts';
import { openApi } from './openapi.ts';
import type { Trouble } from './problems.ts';
import { problemOf } from './problems.ts';
import type { Asked, Refusal } from './requests.ts';
import { parseAsked } from './requests.ts';
import { createStreams } from './streams.ts';
import type { Tenants } from './tenants.ts';

export interface AppOptions {
  readonly signIn: SignIn;
  readonly tenants: Tenants;
  readonly now: () => Instant;
  /** A fresh UUID. */
  readonly id: () => string;
  readonly log: Log;
  readonly timing: Pick<Timing, 'clock' | 'every'>;
  readonly trustedProxies?: readonly string[];
  /** Decides by the standing of the caller and their tenant. */
  readonly admit?: typeof admitByRules;
  /** Whether the storage answers. */
  readonly ready: () => Promise<boolean>;
}

/** The longest body of JSON: the longest texts of a case and of its places, as UTF-8. */
const bodyBytes = 8 * 1024 * 1024;
/** How long, in milliseconds, a refused body is still let come in before its connection is cut, so that the answer is read. */
const patience = 2_000;
const requestTimeout = 10 * 60_000;

/** What is said to what is no request that could be answered. */
const unreadable: Readonly<Partial<Record<string, string>>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

const everywhere = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** The server over HTTP, not yet listening. Closing it finishes what it accepted and ends its streams. */
export function createApp(options: AppOptions): FastifyInstance {
  const { signIn, tenants, now, log, timing, trustedProxies = [], admit = admitByRules } = options;
  const app = fastify({
    bodyLimit: bodyBytes,
    requestTimeout,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    onProtoPoisoning: 'remove',
    onConstructorPoisoning: 'remove',
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: ({ code }, socket) => {
      const status = unreadable[code] ?? '400 Bad Request';
      if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    },
    frameworkErrors: (_, __, reply) => void refuse(reply, { code: 'invalid', issues: [] }, 400),
  });
  const metrics = createMetrics(
    () => process.memoryUsage(),
    () => tenants.used(),
  );
  const streams = createStreams(timing.every, change => metrics.streams(change));
  const limiter = createLimiter({ now: timing.clock });
  const callers = new WeakMap<FastifyRequest, Caller>();
  const names = new WeakMap<FastifyRequest, string>();
  const codes = new WeakMap<FastifyReply, string>();
  /** Writes being worked on, by whose they are and their key. */
  const running = new Set<string>();

  function refuse(reply: FastifyReply, trouble: Trouble, status?: number): FastifyReply {
    const answer = problemOf(trouble, status);
    codes.set(reply, answer.body.code);
    if (trouble.code === 'caseFull' || trouble.code === 'quotaReached') metrics.overQuota(trouble.code);
    return reply
      .code(answer.status)
      .headers(answer.headers)
      .type('application/problem+json')
      .send(JSON.stringify(answer.body));
  }

  const connections = followConnections(app.server);
  app.addHook('onRequest', async (request, reply) => {
    connections.begun(request.raw.socket);
    void reply.headers(everywhere);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = names.get(request) ?? 'other';
    const ms = Math.round(reply.elapsedTime);
    metrics.answered(route, reply.statusCode, route === 'events' ? undefined : reply.elapsedTime / 1_000);
    log.info('request', { route, status: reply.statusCode, ms, code: codes.get(reply) });
    connections.answered(request.raw.socket);
    if (request.raw.complete) return;
    const cut = setTimeout(() => request.raw.destroy(), patience);
    cut.unref();
    request.raw.once('end', () => clearTimeout(cut)).resume();
  });
  app.addHook('preClose', done => {
    streams.end();
    connections.close();
    done();
  });
  app.setNotFoundHandler((_, reply) => refuse(reply, { code: 'notFound' }));
  app.setErrorHandler((error, _, reply) => {
    const { statusCode = 500 } = error as { statusCode?: number };
    if (statusCode === 413) {
      return refuse(reply, { code: 'invalid', issues: [{ path: '', code: 'tooLong', limit: bodyBytes }] }, 413);
    }
    if (statusCode === 415) return refuse(reply, { code: 'notAcceptable' });
    if (statusCode >= 400 && statusCode < 500) {
      return refuse(reply, { code: 'invalid', issues: [{ path: '', code: 'invalid' }] }, 400);
    }
    log.error('failed', faultFields(error));
    return refuse(reply, { code: 'failed' });
  });
  app.addContentTypeParser('application/octet-stream', (_, payload, done) => done(null, payload));

  /** Finds out who asks, before anything of a body is read. */
  async function callerOf(request: FastifyRequest): Promise<Result<Caller, Trouble>> {
    const credential = bearerOf(request.headers.authorization);
    if (credential === undefined) return fail({ code: 'unauthenticated' });
    const caller = await signIn(credential);
    if (caller.ok || caller.error.code !== 'unauthenticated') return caller;
    const retryAfter = limiter.failed(request.ip);
    return retryAfter === undefined ? caller : fail({ code: 'tooManyRequests', retryAfter });
  }

  function typeTrouble({ body }: Operation, request: FastifyRequest): Trouble | undefined {
    if (body === undefined) return undefined;
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    return type === (body === 'bytes' ? 'application/octet-stream' : 'application/json')
      ? undefined
      : { code: 'notAcceptable' };
  }

  async function visit(caller: Caller, request: FastifyRequest): Promise<Result<Visit>> {
    const tenant = await tenants.get(caller.tenant);
    if (!tenant.ok) return tenant;
    const { store, standing, quota } = tenant.value;
    const told = await standing();
    const role = caller.roles.includes('requester') ? 'admin' : 'user';
    const desk = createLedgerDesk({
      store,
      actor: { name: caller.name, roles: caller.roles, caller: caller.id },
      admit: admit(() => ({ ...told, role })),
      now,
      id: options.id,
      ...{ name: 'team', quota },
    });
    // A stream that is left early stays open, so that the answer can still be sent over its connection.
    const chunks = (): AsyncIterable<Uint8Array> => (request.body as Readable).iterator({ destroyOnReturn: false });
    const length = Number(request.headers['content-length'] ?? 0);
    return ok({ caller, tenant: tenant.value, desk, chunks, length });
  }

  async function answerJson(
    name: JsonName,
    asked: Asked<OperationName>,
    visiting: Visit,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const operation: Operation = operations[name];
    const { caller } = visiting;
    const write = `${caller.tenant} ${caller.id} ${asked.write.key}`;
    if (operation.write && running.has(write)) return refuse(reply, { code: 'stillRunning' });
    if (operation.write) running.add(write);
    const done = await handlers[name](asked as never, visiting).finally(() => operation.write && running.delete(write));
    if (!done.ok) {
      // Nothing but a body can be wrong in a way that is not a matter of syntax.
      return refuse(reply, done.error, done.error.code === 'invalid' && operation.body === undefined ? 400 : undefined);
    }
    const { value } = done;
    const hasRevision = typeof value === 'object' && value !== null && 'revision' in value;
    if (hasRevision) void reply.header('etag', `"${String(value.revision)}"`);
    return reply
      .code(operation.status ?? 200)
      .type('application/json')
      .send(JSON.stringify(value));
  }

  async function answerStream(
    name: 'download' | 'events',
    asked: Asked<'download'>,
    visiting: Visit,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const { caller, tenant, desk } = visiting;
    const { range, 'if-range': ifRange, 'last-event-id': lastEventId } = request.headers;
    if (name === 'download') {
      const sent = await sendContent(desk, asked.params.sha256, { range, ifRange: ifRange?.toString() }, reply);
      return sent.ok ? sent.value : refuse(reply, sent.error);
    }
    const stillSignedIn = async (): Promise<boolean> => {
      const again = await signIn(bearerOf(request.headers.authorization) ?? '');
      // A desk that cannot tell just now does not cut anybody off.
      return again.ok || again.error.code !== 'unauthenticated';
    };
    const stream = streams.open({ caller, feed: tenant.feed, lastEventId: lastEventId?.toString(), stillSignedIn });
    if (!stream) return refuse(reply, { code: 'tooManyRequests', retryAfter: 30 });
    return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(stream);
  }

  for (const [name, operation] of Object.entries(operations) as [OperationName, Operation][]) {
    app.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      onRequest: async (request, reply) => {
        names.set(request, name);
        const caller = await callerOf(request);
        if (!caller.ok) return refuse(reply, caller.error);
        if (operation.write && caller.value.scope === 'read') return refuse(reply, { code: 'forbidden' });
        const type = typeTrouble(operation, request);
        if (type) return refuse(reply, type);
        callers.set(request, caller.value);
        return undefined;
      },
      handler: async (request, reply) => {
        const caller = callers.get(request);
        if (!caller) throw new Error('nobody is signed in');
        const asked = parseAsked(name, request);
        if (!asked.ok) return refusal(reply, asked.error);
        const visiting = await visit(caller, request);
        if (!visiting.ok) return refuse(reply, visiting.error);
        if (name !== 'download' && name !== 'events') return await answerJson(name, asked.value, visiting.value, reply);
        return await answerStream(name, asked.value, visiting.value, request, reply);
      },
    });
  }
  const refusal = (reply: FastifyReply, { trouble, status }: Refusal): FastifyReply => refuse(reply, trouble, status);

  const description = JSON.stringify(openApi());
  app.get('/openapi.json', async (_, reply) => reply.type('application/json').send(description));
  app.get('/healthz', async (_, reply) => {
    if (!(await options.ready())) return refuse(reply, { code: 'unavailable' });
    return reply.type('application/json').send('{"status":"ok"}');
  });
  app.get('/metrics', async (_, reply) => reply.type('text/plain; version=0.0.4').send(metrics.text()));
  return app;
}
