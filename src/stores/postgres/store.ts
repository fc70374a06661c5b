import { hash } from 'node:crypto';
import type pg from 'pg';
import type { DeskChange } from '../../desk/desk.ts';
import type { Result } from '../../desk/errors.ts';
import { fail, ok } from '../../desk/errors.ts';
import type { Store } from '../../desk/store.ts';
import type { Instant } from '../../rules/decision.ts';
import { Refused } from '../refused.ts';
import type { UseCase } from '../together.ts';
import { Together } from '../together.ts';
import type { Timing } from '../waiting.ts';
import { realTiming, whileBusy } from '../waiting.ts';
import type { Changes } from './changes.ts';
import { Sum } from './changes.ts';
import { inTransaction } from './connection.ts';
import type { Database } from './database.ts';
import { openDatabase } from './database.ts';
import { Files } from './files.ts';
import { migrate, refuseNewer, tenantOf } from './migrate.ts';
import { bytesInUse, count, list, readBoard, readCase, readSnapshots } from './reads.ts';
import type { Migration } from './schema.ts';
import { migrations } from './schema.ts';
import { errorOf, isContention, reporter } from './trouble.ts';
import { HasToWait, parts, Writing } from './writes.ts';

export interface PostgresStoreOptions {
  /** Where the database is, as `postgres://…`; or what is open of it, which is not closed with the store. */
  readonly database: string | pg.Pool | Database;
  /** Whose cases these are; nothing of other tenants is ever seen. */
  readonly tenant: string;
  readonly now: () => Instant;
  /** Told of every failure underneath, for the log; values are left out. */
  readonly report?: (error: unknown) => void;
  /** At most so many connections, of which one hears what other copies change; where `database` is an address. */
  readonly connections?: number;
  readonly timing?: Timing;
  readonly migrations?: readonly Migration[];
}
export interface OpenedPostgresStore {
  readonly store: Store;
  /** Settles once what killed processes left half uploaded is removed; nobody needs to wait for it. */
  readonly swept: Promise<void>;
}

/** How long a write waits for the first try of the same write, and for others that want the same rows. */
const patience = 1_000;
const sweepMilliseconds = 60 * 60 * 1_000;

/** Opens the storage of one tenant in PostgreSQL, bringing the database to the known format where that is needed. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Result<OpenedPostgresStore>> {
  const { database, timing = realTiming, connections = 10 } = options;
  const report = reporter(options.report);
  const isShared = typeof database === 'object' && 'changes' in database;
  const { pool, changes, end } = isShared
    ? { ...database, end: () => undefined }
    : openDatabase(database, connections, options.report, timing);
  try {
    const steps = options.migrations ?? migrations;
    await migrate(pool, steps);
    const tenant = await tenantOf(pool, options.tenant);
    const store = new PostgresStore({ pool, changes, tenant, steps, timing, report, end, now: options.now });
    await store.listen();
    return ok({ store, swept: store.sweep() });
  } catch (error) {
    report(error);
    end();
    return fail(errorOf(error));
  }
}

interface Opened {
  readonly pool: pg.Pool;
  readonly changes: Changes;
  readonly tenant: number;
  readonly steps: readonly Migration[];
  readonly timing: Timing;
  readonly now: () => Instant;
  readonly report: (error: unknown) => void;
  readonly end: () => void;
}

class PostgresStore implements Store {
  readonly #with: Opened;
  readonly #files: Files;
  readonly #channel: string;
  readonly #listeners = new Set<(change: DeskChange) => void>();
  readonly #together = new Together(useCases => this.#workOn(useCases));
  /** In which part the last transaction counted. */
  #part: number;
  #sweepAt: Instant | undefined;
  #unfollow: (() => void) | undefined;
  #closed = false;

  constructor(opened: Opened) {
    const { pool, tenant } = opened;
    this.#with = opened;
    this.#part = Math.floor(opened.timing.random() * parts);
    this.#files = new Files(pool, tenant);
    this.#channel = `casebook_${String(tenant)}`;
  }

  async listen(): Promise<void> {
    this.#unfollow = await this.#with.changes.follow(this.#channel, change => this.#emit(change));
  }
  sweep(): Promise<void> {
    return this.#files.sweep(this.#with.now());
  }

  /** Turns whatever is thrown into an error of the desk. */
  async #use<Value>(work: () => Promise<Result<Value>>): Promise<Result<Value>> {
    if (this.#closed) return fail({ code: 'failed' });
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refused)) this.#with.report(error);
      return fail(errorOf(error));
    }
  }
  #read<Value>(work: (pool: pg.Pool, tenant: number) => Promise<Value>): Promise<Result<Value>> {
    return this.#use(async () => ok(await work(this.#with.pool, this.#with.tenant)));
  }

  transact: Store['transact'] = work => this.#together.add(work);

  async #workOn(useCases: readonly UseCase[]): Promise<void> {
    const state = { begun: false };
    const done = await this.#use(async () => {
      try {
        return ok(await this.#transaction(useCases, false, () => (state.begun = true)));
      } catch (error) {
        if (!state.begun || (useCases.length === 1 && !isContention(error))) throw error;
        // Nothing of it is kept, or is found again under its key. Alone, each comes to its own end.
        return ok(useCases);
      }
    });
    const alone = done.ok ? done.value : [];
    for (const useCase of useCases) {
      if (alone.includes(useCase)) void this.#workAlone(useCase);
      else useCase.answer(done.ok ? undefined : done.error);
    }
  }

  async #workAlone(useCase: UseCase): Promise<void> {
    const patient = { isBusy: isContention, patience };
    const work = (): Promise<unknown> => this.#transaction([useCase], true);
    const done = await this.#use(async () => ok(await whileBusy(this.#with.timing, patient, work)));
    useCase.answer(done.ok ? undefined : done.error);
  }

  /** Runs use cases in one transaction; answers those that have to wait for others, who hold what they asked for. */
  async #transaction(
    useCases: readonly UseCase[],
    waits: boolean,
    began: () => void = () => undefined,
  ): Promise<readonly UseCase[]> {
    const { pool, tenant, steps } = this.#with;
    const changed = new Sum();
    const waiting: UseCase[] = [];
    const part = (this.#part = (this.#part + 1) % parts);
    const work = async (connection: pg.PoolClient, asked: Promise<unknown>): Promise<Writing | undefined> => {
      const begun = asked.then(began);
      begun.catch(() => undefined);
      const writing = new Writing({
        ...{ connection, tenant, part, waits, begun },
        // Another copy may have been updated and have brought the database to a newer format.
        refuse: found => refuseNewer(found, steps),
        changed: change => changed.add(change),
        sweeps: () => this.#sweeps(),
      });
      const running = useCases.map(async useCase => {
        const state = { wrote: false };
        try {
          const isKept = await useCase.run(writing.useCase(() => (state.wrote = true)));
          // What it wrote cannot be undone without what the others did.
          if (!isKept && state.wrote && useCases.length > 1) throw new HasToWait();
          return isKept;
        } catch (error) {
          if (!(error instanceof HasToWait) || state.wrote) throw error;
          waiting.push(useCase);
          return false;
        }
      });
      // All have to have ended before anything is undone: what is asked after that would be kept.
      const ended = await Promise.allSettled(running);
      await begun;
      const isKept = ended.map(one => {
        if (one.status === 'rejected') throw one.reason;
        return one.value;
      });
      return isKept.includes(true) ? writing : undefined;
    };
    const kept = await inTransaction(pool, work, writing => writing?.finish());
    const change = kept && changed.take();
    if (change) {
      this.#emit(change);
      this.#with.changes.send(this.#channel, change);
    }
    return waiting;
  }

  /** Old answers are removed now and then, not at each write. */
  #sweeps(): boolean {
    const now = this.#with.now();
    if (this.#sweepAt !== undefined && now < this.#sweepAt) return false;
    this.#sweepAt = now + sweepMilliseconds;
    return true;
  }

  list: Store['list'] = (filter, after, limit) =>
    this.#read((pool, tenant) => list(pool, tenant, filter, after, limit));
  count: Store['count'] = (filter, by) => this.#read((pool, tenant) => count(pool, tenant, filter, by));
  case: Store['case'] = id => this.#read((pool, tenant) => readCase(pool, tenant, id));
  incidents: Store['incidents'] = limit => this.#read((pool, tenant) => readBoard(pool, tenant, limit));
  snapshots: Store['snapshots'] = now => this.#read((pool, tenant) => readSnapshots(pool, tenant, now));

  used: Store['used'] = () => this.#read(bytesInUse);
  upload: Store['upload'] = (source, limit) => this.#use(() => this.#files.keep(source, limit, this.#with.now()));
  download: Store['download'] = sha256 => this.#use(() => this.#files.read(sha256));
  read: Store['read'] = (sha256, from, to) => this.#use(() => this.#files.pieces(sha256, from, to));
  fileBytes: Store['fileBytes'] = sha256 => this.#use(async () => ok(await this.#files.bytes(sha256)));
  fingerprint: Store['fingerprint'] = text => hash('sha256', text);

  onDidChange(listener: (change: DeskChange) => void): () => void {
    const told = (change: DeskChange): void => listener(change);
    this.#listeners.add(told);
    return () => this.#listeners.delete(told);
  }

  #emit(change: DeskChange): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(change);
      } catch (error) {
        // What hears of a write must not fail it.
        this.#with.report(error);
      }
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#listeners.clear();
    this.#unfollow?.();
    this.#with.end();
  }
}
