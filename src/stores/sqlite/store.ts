import { createHash } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import type { DeskChange } from '../../desk/desk.ts';
import type { DeskError, Result } from '../../desk/errors.ts';
import { fail, ok } from '../../desk/errors.ts';
import type { Store } from '../../desk/store.ts';
import type { Instant } from '../../rules/decision.ts';
import { Changes } from './changes.ts';
import type { Durability, SqliteModule } from './connection.ts';
import type { FileSystem } from './files.ts';
import { Files } from './files.ts';
import type { Session } from './open.ts';
import { openSession, refuseNewer } from './open.ts';
import { bytesInUse, count, list, readBoard, readCase } from './reads.ts';
import type { Migration } from './schema.ts';
import { migrations } from './schema.ts';
import { isVague, patient, troubleOf } from './trouble.ts';
import { Refused } from '../refused.ts';
import { text } from '../rows.ts';
import type { UseCase } from '../together.ts';
import { Together } from '../together.ts';
import type { Timing } from '../waiting.ts';
import { realTiming, whileBusy } from '../waiting.ts';
import { Writing } from './writes.ts';

export interface SqliteStoreOptions {
  readonly now: () => Instant;
  /** Told of every failure underneath, for the log. */
  readonly report?: (error: unknown) => void;
  /** Told the name of what had to be moved aside after the store was opened. */
  readonly movedAside?: (name: string) => void;
  readonly durability?: Durability;
  /**
   * How many pages of 4 KB SQLite's log grows to before they go into the database, which holds up the write that comes
   * then: 1,000 unless given, as on a machine that somebody works at.
   */
  readonly logPages?: number;
  readonly timing?: Timing;
  readonly fs?: FileSystem;
  readonly load?: () => Promise<SqliteModule>;
  readonly migrations?: readonly Migration[];
}
export interface OpenedStore {
  readonly store: Store;
  /** What was damaged and is now beside the new database under this name. */
  readonly movedAside?: string;
  /** Settles once what killed processes left half written is removed; nobody needs to wait for it. */
  readonly swept: Promise<void>;
}

const pollMilliseconds = 1_000;
/** Free space below which an unexplained write error is a full disk. */
const fullBelow = 64 * 1024;

/** Opens the local desk's storage in a folder of its own. SQLite is loaded only here. */
export async function openSqliteStore(folder: string, options: SqliteStoreOptions): Promise<Result<OpenedStore>> {
  const load = options.load ?? (() => import('node:sqlite'));
  let sqlite: SqliteModule;
  try {
    sqlite = await load();
  } catch (error) {
    options.report?.(error);
    return fail({ code: 'sqliteMissing' });
  }
  const store = new SqliteStore(folder, sqlite, options);
  const opened = await store.open();
  if (!opened.ok) return opened;
  const movedAside = opened.value;
  return ok({ store, swept: store.sweep(), ...(movedAside !== undefined && { movedAside }) });
}

interface Open extends Session {
  readonly changes: Changes;
}

class SqliteStore implements Store {
  readonly #folder: string;
  readonly #sqlite: SqliteModule;
  readonly #options: SqliteStoreOptions;
  readonly #timing: Timing;
  readonly #files: Files;
  readonly #listeners = new Set<(change: DeskChange) => void>();
  #opening: Promise<Open> | undefined;
  #open: Open | undefined;
  #suspect = false;
  readonly #together = new Together(useCases => this.#workOn(useCases));
  #stopPolling: (() => void) | undefined;
  #closed = false;

  constructor(folder: string, sqlite: SqliteModule, options: SqliteStoreOptions) {
    this.#folder = folder;
    this.#sqlite = sqlite;
    this.#options = options;
    this.#timing = options.timing ?? realTiming;
    this.#files = new Files(folder, options.fs);
  }

  async open(): Promise<Result<string | undefined>> {
    let moved: string | undefined;
    const opened = await this.#use(
      () => Promise.resolve(ok(undefined)),
      name => (moved = name),
    );
    return opened.ok ? ok(moved) : opened;
  }

  sweep(): Promise<void> {
    return this.#files.sweep(this.#options.now());
  }

  #connected(movedAside: (name: string) => void): Promise<Open> {
    if (this.#closed) throw new Refused({ code: 'failed' });
    this.#opening ??= this.#connect(movedAside).catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #connect(movedAside: (name: string) => void): Promise<Open> {
    const { now, durability = 'FULL', logPages, migrations: steps = migrations } = this.#options;
    const files = { folder: this.#folder, sqlite: this.#sqlite, durability, migrations: steps };
    const opened = await openSession({ ...files, timing: this.#timing, now, suspect: this.#suspect });
    const { session } = opened;
    if (this.#closed) {
      session.close();
      throw new Refused({ code: 'failed' });
    }
    if (logPages !== undefined) {
      // A log that kept its length need not grow again.
      const bytes = String(logPages * 5_000);
      session.writer.exec(`PRAGMA wal_autocheckpoint = ${String(logPages)}; PRAGMA journal_size_limit = ${bytes}`);
    }
    this.#suspect = false;
    this.#open = { ...session, changes: new Changes(session.writer) };
    if (opened.movedAside !== undefined) movedAside(opened.movedAside);
    // Listeners there are only when it is opened anew.
    this.#emit({});
    return this.#open;
  }

  #disconnect(): void {
    this.#open?.close();
    this.#open = undefined;
    this.#opening = undefined;
  }

  /** Works on the open database and turns whatever is thrown into an error of the desk. */
  async #use<Value>(
    work: (open: Open) => Promise<Result<Value>>,
    movedAside: (name: string) => void = name => this.#options.movedAside?.(name),
  ): Promise<Result<Value>> {
    for (let again = false; ; again = true) {
      let open: Open | undefined;
      try {
        open = await this.#connected(movedAside);
        return await work(open);
      } catch (error) {
        const replaced = open !== undefined && open !== this.#open;
        const retry = replaced || troubleOf(error) === 'damaged';
        if (!retry || again || this.#closed) return fail(await this.#explain(error));
        this.#options.report?.(error);
        // Damage seen in use: opening anew moves the database aside if it is damaged indeed, and the work is done again.
        if (replaced) continue;
        this.#suspect = true;
        if (open) this.#disconnect();
      }
    }
  }

  /** What an error means; where SQLite only says that reading or writing failed, the file system is asked why. */
  async #explain(error: unknown): Promise<DeskError> {
    if (error instanceof Refused) return error.error;
    this.#options.report?.(error);
    let trouble = troubleOf(error);
    if (isVague(error)) {
      try {
        const { bavail, bsize } = await statfs(this.#folder);
        if (bavail * bsize < fullBelow) return { code: 'storageFull' };
        await this.#files.probe();
      } catch (below) {
        trouble = troubleOf(below);
      }
    }
    return { code: trouble === 'damaged' ? 'failed' : trouble };
  }

  #read<Value>(work: (open: Open) => Value | Promise<Value>): Promise<Result<Value>> {
    return this.#use(async open => ok(await whileBusy(this.#timing, patient, () => work(open))));
  }

  transact: Store['transact'] = work => this.#together.add(work);

  async #workOn(useCases: readonly UseCase[]): Promise<void> {
    const done = await this.#use(open => this.#transaction(open, useCases));
    if (done.ok || useCases.length === 1 || done.error.code === 'busy') {
      for (const { answer } of useCases) answer(done.ok ? undefined : done.error);
      return;
    }
    // Nothing of them was kept. Alone, each comes to what it would have come to without the others.
    for (const useCase of useCases) await this.#workOn([useCase]);
  }

  /** Runs use cases in one transaction; what one refuses is undone for that one. */
  async #transaction({ writer, changes }: Open, useCases: readonly UseCase[]): Promise<Result<void>> {
    await whileBusy(this.#timing, patient, () => writer.begin('IMMEDIATE'));
    const writing = new Writing(writer);
    let keeps = false;
    try {
      // Another window may have been updated and have brought the database to a newer format.
      refuseNewer(writer.number('PRAGMA user_version'), this.#options.migrations ?? migrations);
      for (const { run } of useCases) {
        writing.begin();
        const isKept = await run(writing.transaction);
        writing.end(isKept);
        keeps ||= isKept;
      }
      if (keeps) {
        writing.finish();
        writer.commit();
      } else writer.rollback();
    } catch (error) {
      writer.rollback();
      throw error;
    }
    if (keeps) this.#tell(changes);
    return ok(undefined);
  }

  list: Store['list'] = (filter, after, limit) => this.#read(open => list(open, filter, after, limit));
  count: Store['count'] = (filter, by) => this.#read(open => count(open, filter, by));
  case: Store['case'] = id => this.#read(({ reader }) => reader.snapshot(() => readCase(reader, id)));
  incidents: Store['incidents'] = limit => this.#read(({ reader }) => reader.snapshot(() => readBoard(reader, limit)));

  snapshots: Store['snapshots'] = now => {
    const sql = 'SELECT snapshot FROM snapshots WHERE expires_at > ? ORDER BY source';
    return this.#read(({ reader }) => reader.all(sql, now).map(({ snapshot }) => text(snapshot)));
  };

  async #onFiles<Value>(work: () => Promise<Result<Value>>): Promise<Result<Value>> {
    try {
      return await work();
    } catch (error) {
      return fail(await this.#explain(error));
    }
  }
  used: Store['used'] = async () => {
    const files = await this.#onFiles(async () => ok(await this.#files.used()));
    const database = files.ok ? await this.#read(({ reader }) => bytesInUse(reader)) : files;
    return files.ok && database.ok ? ok(files.value + database.value) : database;
  };
  upload: Store['upload'] = (source, limit) => this.#onFiles(() => this.#files.keep(source, limit));
  download: Store['download'] = sha256 => this.#onFiles(() => this.#files.read(sha256));
  read: Store['read'] = (sha256, from, to) => this.#onFiles(() => this.#files.pieces(sha256, from, to));
  fileBytes: Store['fileBytes'] = sha256 => this.#onFiles(async () => ok(await this.#files.bytes(sha256)));
  fingerprint: Store['fingerprint'] = text => createHash('sha256').update(text).digest('hex');

  onDidChange(listener: (change: DeskChange) => void): () => void {
    const told = (change: DeskChange): void => listener(change);
    if (this.#listeners.size === 0) {
      this.#quietly(() => this.#open?.changes.take());
      this.#stopPolling = this.#timing.every(pollMilliseconds, () => this.#poll());
    }
    this.#listeners.add(told);
    return () => {
      if (this.#listeners.delete(told) && this.#listeners.size === 0) this.#stopPolling?.();
    };
  }

  #poll(): void {
    const open = this.#open;
    if (open?.changes.stirred()) this.#tell(open.changes);
  }

  #tell(changes: Changes): void {
    if (this.#listeners.size === 0) return;
    const change = this.#quietly(() => changes.take());
    if (change) this.#emit(change);
  }

  #emit(change: DeskChange): void {
    for (const listener of [...this.#listeners]) this.#quietly(() => listener(change));
  }

  /** For what must not fail the write that was made: telling of it. */
  #quietly<Value>(work: () => Value): Value | undefined {
    try {
      return work();
    } catch (error) {
      this.#options.report?.(error);
      return undefined;
    }
  }

  close(): void {
    this.#closed = true;
    this.#stopPolling?.();
    this.#listeners.clear();
    this.#disconnect();
  }
}
