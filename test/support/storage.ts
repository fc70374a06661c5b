// The storage of a workbench, from outside: what another window could write there, and what no window should.
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { cp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { NewCase, StoredFile } from '../../src/desk/case.ts';
import type { Desk } from '../../src/desk/desk.ts';
import type { DraftContent } from '../../src/desk/drafts.ts';
import type { DeskError, Result } from '../../src/desk/errors.ts';
import { createLedgerDesk } from '../../src/desk/ledger.ts';
import { createDraftStore } from '../../src/outbox/drafts.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { eventually } from './eventually.ts';
import type { Workbench } from './workbench.ts';

const now = (): number => Date.now();

/** The folder the extension keeps everything in. */
export function storageOf(workbench: Workbench): string {
  return join(dirname(workbench.workspace), 'user', 'User', 'globalStorage', 'casebook.casebook');
}

/** The value of a result that must be one. */
export function valueOf<Value, Failure extends { readonly code: string } = DeskError>(
  result: Result<Value, Failure>,
): Value {
  if (result.ok) return result.value;
  throw new Error(`Refused: ${JSON.stringify(result.error)}`);
}

/** Opens the desk as one more window would; `name` is who writes. */
export async function openDesk(folder: string, name = 'Test'): Promise<Desk> {
  const { store } = valueOf(await openSqliteStore(folder, { now }));
  const actor = { name, roles: ['requester', 'agent'] as const };
  return createLedgerDesk({ store, actor, admit: () => undefined, now, id: () => randomUUID() });
}

/** A write with a key of its own. */
export const fresh = (): { key: string } => ({ key: randomUUID() });

const texts = { service: 'Exchange Online', text: 'It happens.', impact: '', resource: '', contact: '' };

export function newCase(changes: Partial<NewCase> & Pick<NewCase, 'title'>): NewCase {
  const kind = { profile: 'm365China', category: 'technical', severity: 'B', zone: 'UTC' } as const;
  return { ...kind, ...texts, places: [], files: [], ...changes };
}

/** Keeps a file of this name in the desk. */
export async function keepFile(desk: Desk, name: string): Promise<StoredFile> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(name));
  }
  return valueOf(await desk.upload({ name, chunks }));
}

const draftsOf = (storage: string): string => join(storage, 'drafts');

export async function makeDraft(storage: string, changes: Partial<DraftContent>): Promise<string> {
  const store = createDraftStore(draftsOf(storage), { now, id: () => randomUUID() });
  const kind = { profile: 'm365China', category: 'technical', title: '' } as const;
  const content: DraftContent = { ...kind, ...texts, places: [], files: [], ...changes };
  const { id } = valueOf(await store.create(content));
  store.dispose();
  return id;
}

/** Takes a copy of the drafts; the answer puts them back as they were, whatever was done since. */
export async function keepDrafts(storage: string): Promise<() => Promise<void>> {
  const folder = draftsOf(storage);
  const copy = `${folder}-copy`;
  // What a window is just writing is gone again when it is to be copied.
  await eventually(async () => {
    await rm(copy, { recursive: true, force: true });
    await cp(folder, copy, { recursive: true });
  });
  return async () => {
    await rm(folder, { recursive: true });
    await rename(copy, folder);
  };
}

/** The drafts on disk, read the way the next window would. */
export async function draftsOn(storage: string): Promise<readonly DraftContent[]> {
  const store = createDraftStore(draftsOf(storage), { now, id: () => randomUUID() });
  const drafts = valueOf(await store.list());
  store.dispose();
  return drafts.map(({ content }) => content);
}

/** The number of filed cases, asked of the file itself. */
export function casesOn(storage: string): number {
  const database = new DatabaseSync(join(storage, 'desk.sqlite'), { readOnly: true });
  try {
    database.exec('PRAGMA busy_timeout = 2000');
    return Number(database.prepare('SELECT count(*) AS held FROM cases').get()?.['held']);
  } finally {
    database.close();
  }
}

/** Names the format of the database, as a newer Casebook would. */
export function setFormat(storage: string, version: number): void {
  const database = new DatabaseSync(join(storage, 'desk.sqlite'));
  database.exec(
    `PRAGMA busy_timeout = 5000; PRAGMA user_version = ${String(version)}; PRAGMA wal_checkpoint(TRUNCATE)`,
  );
  database.close();
}

export async function hashOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

/** The names in a folder that begin like this. */
export async function namesIn(folder: string, beginning: string): Promise<string[]> {
  return (await readdir(folder)).filter(name => name.startsWith(beginning));
}

export interface Mount {
  /** Leaves so few bytes that nothing more can be written, or as many as there were. */
  setReadOnly(readOnly: boolean): void;
  end(): void;
}

/** Puts a small disk of its own over a folder that may be empty; undefined where this machine does not allow that. */
export function mountOver(folder: string, size: string): Mount | undefined {
  const mount = (...options: readonly string[]): void => {
    execFileSync('mount', [...options, folder], { stdio: 'ignore' });
  };
  try {
    mount('-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tmpfs');
  } catch {
    return undefined;
  }
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
  };
  process.once('exit', end);
  return { setReadOnly: readOnly => mount('-o', `remount,${readOnly ? 'ro' : 'rw'}`), end };
}
