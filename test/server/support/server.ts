import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { DeskRole } from '../../../src/desk/lifecycle.ts';
import { ok } from '../../../src/desk/errors.ts';
import { limits } from '../../../src/desk/text.ts';
import type { Store } from '../../../src/desk/store.ts';
import type { Token, Tokens } from '../../../src/desk/tokens.ts';
import type { AppOptions } from '../../../src/server/app.ts';
import { createApp } from '../../../src/server/app.ts';
import type { SignIn } from '../../../src/server/callers.ts';
import { signInBy, tokenSignIn } from '../../../src/server/callers.ts';
import type { Fields } from '../../../src/server/log.ts';
import { followStanding } from '../../../src/server/standing.ts';
import type { Tenants } from '../../../src/server/tenants.ts';
import { createTenants } from '../../../src/server/tenants.ts';
import { makeToken } from '../../../src/stores/secret.ts';
import type { SqliteStoreOptions } from '../../../src/stores/sqlite/store.ts';
import { openSqliteTokens } from '../../../src/stores/sqlite/tokens.ts';
import { everyRole } from '../../desk/conformance.ts';
import { value } from '../../desk/build.ts';
import { openStore, start } from '../../stores/bench.ts';

export interface Logged {
  readonly level: 'info' | 'error';
  readonly event: string;
  readonly fields: Fields;
}
/** A team desk of the test's own, listening, with a clock of the test's own. */
export interface TestServer {
  readonly url: string;
  readonly folder: string;
  readonly app: FastifyInstance;
  readonly tokens: Tokens;
  readonly tenants: Tenants;
  readonly logged: readonly Logged[];
  now(): number;
  pass(ms: number): void;
  /** Calls what is to be called each so many milliseconds, once. */
  beat(): void;
  /** A fresh token. */
  token(of?: Partial<Omit<Token, 'id'>>): Promise<string>;
  close(): Promise<void>;
}
export interface TestServerOptions extends Partial<Pick<AppOptions, 'ready' | 'trustedProxies' | 'admit'>> {
  readonly byIssuer?: SignIn;
  /** Bytes that are taken, where it is not as many as usual. */
  readonly quotas?: { readonly caseBytes?: number; readonly tenantBytes?: number };
  readonly store?: Partial<SqliteStoreOptions>;
  /** Opens the storage of a tenant, where it is not SQLite. */
  readonly open?: (now: () => number) => Promise<Store>;
}

export const day = 24 * 60 * 60 * 1_000;

export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-server-'));
  let time = start;
  const now = (): number => time;
  const logged: Logged[] = [];
  const log = {
    info: (event: string, fields: Fields = {}) => void logged.push({ level: 'info', event, fields }),
    error: (event: string, fields: Fields = {}) => void logged.push({ level: 'error', event, fields }),
  };
  const tokens = value(await openSqliteTokens(folder));
  const folderOf = (tenant: string): string => join(folder, 'tenants', tenant);
  const tenants = createTenants({
    open: async tenant =>
      ok(
        await (options.open?.(now) ??
          openStore(folderOf(tenant), { now, ...options.store }).then(({ store }) => store)),
      ),
    standing: tenant => followStanding(folderOf(tenant), () => time, log),
    ...{ id: randomUUID, clock: now, quotas: { ...limits, ...options.quotas } },
  });
  const beats = new Set<() => void>();
  const every = (_: number, run: () => void): (() => void) => {
    beats.add(run);
    return () => void beats.delete(run);
  };
  const app = createApp({
    ...{ tenants, now, log, id: randomUUID, timing: { clock: now, every } },
    signIn: signInBy(tokenSignIn(tokens, now), options.byIssuer),
    ready: () => Promise.resolve(true),
    ...options,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, folder, app, tokens, tenants, logged, now },
    pass: ms => {
      time += ms;
    },
    beat: () => {
      for (const run of [...beats]) run();
    },
    token: async of => {
      const usual = { tenant: 'main', person: 'Jana', roles: [...everyRole], scope: 'write', createdAt: time } as const;
      const [secret, kept] = makeToken({
        ...usual,
        expiresAt: time + 365 * day,
        ...of,
        roles: [...(of?.roles ?? everyRole)],
      });
      value(await tokens.add(kept));
      return secret;
    },
    close: async () => {
      await app.close();
      await tenants.close();
      tokens.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface Sent {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** One request, with a fresh key where it writes and none is given. */
export async function ask(
  server: Pick<TestServer, 'url'>,
  line: string,
  { token, body, headers = {} }: Sent = {},
): Promise<Got> {
  const [method = '', path = ''] = line.split(' ');
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  const json = isJson ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : {};
  return { status: answer.status, headers: answer.headers, json, text };
}

/** The words of an answer that is a problem. */
export const problem = ({ status, json }: Got): string => `${status} ${String(json['code'])}`;

export type Role = DeskRole;
