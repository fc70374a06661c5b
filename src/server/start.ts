import { join } from 'node:path';
import type { Result } from '../desk/errors.ts';
import { ok } from '../desk/errors.ts';
import type { Instant } from '../rules/decision.ts';
import type { Store } from '../desk/store.ts';
import { openDatabase } from '../stores/postgres/database.ts';
import { openPostgresStore } from '../stores/postgres/store.ts';
import { openSqliteStore } from '../stores/sqlite/store.ts';
import { openTokens } from '../stores/openTokens.ts';
import { realTiming } from '../stores/waiting.ts';
import { createApp } from './app.ts';
import { signInBy, tokenSignIn } from './callers.ts';
import type { Config } from './config.ts';
import { issuerSignIn } from './issuers.ts';
import type { Log } from './log.ts';
import { faultFields } from './log.ts';
import { followStanding } from './standing.ts';
import { createTenants } from './tenants.ts';

/** Of 4 KB: 32 MB, so that one write in some 2,000 waits for a few hundredths of a second, and not one in 250. */
const logPages = 8_000;

export interface StartOptions {
  /** The data folder: configuration, policies of tenants, and on SQLite all that is kept. */
  readonly data: string;
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly config: Config;
  readonly log: Log;
  readonly now: () => Instant;
  readonly id: () => string;
  /** Where PostgreSQL is; without it the desk keeps everything in its data folder. */
  readonly database?: string;
}
export interface RunningDesk {
  readonly address: string;
  /** Finishes what was accepted, ends the streams, and closes the storage. */
  stop(): Promise<void>;
}

/** Opens the storage and listens. */
export async function startDesk(options: StartOptions): Promise<Result<RunningDesk>> {
  const { data, host, port, config, log, now, id, database } = options;
  const report = (error: unknown): void => log.error('storage', faultFields(error));
  const folderOf = (tenant: string): string => join(data, 'tenants', tenant);
  const shared = database === undefined ? undefined : openDatabase(database, config.databaseConnections, report);
  const tokens = await openTokens({ data, database: shared?.pool }, report);
  if (!tokens.ok) {
    shared?.end();
    return tokens;
  }
  async function openStore(tenant: string): Promise<Result<Store>> {
    if (shared) {
      const opened = await openPostgresStore({ database: shared, tenant, now, report });
      return opened.ok ? ok(opened.value.store) : opened;
    }
    const opened = await openSqliteStore(folderOf(tenant), { now, report, logPages });
    if (!opened.ok) return opened;
    if (opened.value.movedAside !== undefined) log.error('movedAside', { tenant });
    return ok(opened.value.store);
  }
  const tenants = createTenants({
    open: openStore,
    standing: name => followStanding(folderOf(name), realTiming.clock, log),
    ...{ id, quotas: config, clock: realTiming.clock },
  });
  const byIssuer =
    config.issuers.length > 0
      ? issuerSignIn(config.issuers, now, error => log.error('issuer', faultFields(error)))
      : undefined;
  const app = createApp({
    ...{ tenants, now, id, log, timing: realTiming, trustedProxies: config.trustedProxies },
    signIn: signInBy(tokenSignIn(tokens.value, now), byIssuer),
    ready: async () => (await tokens.value.find('')).ok,
  });
  const address = await app.listen({ host, port });
  return ok({
    address,
    stop: async () => {
      await app.close();
      await tenants.close();
      tokens.value.close();
      shared?.end();
    },
  });
}
