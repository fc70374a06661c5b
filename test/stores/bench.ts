import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Admit } from '../../src/desk/admission.ts';
import { createLedgerDesk } from '../../src/desk/ledger.ts';
import type { OpenedStore, SqliteStoreOptions } from '../../src/stores/sqlite/store.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import type { Bench, Somebody } from '../desk/conformance.ts';
import { everyRole } from '../desk/conformance.ts';
import { value } from '../desk/build.ts';
import type { Desk } from '../../src/desk/desk.ts';
import type { Store } from '../../src/desk/store.ts';

export const start = Date.UTC(2026, 10, 22, 9);

/** A folder of the test's own, gone after it. */
export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function openStore(folder: string, options: Partial<SqliteStoreOptions> = {}): Promise<OpenedStore> {
  return value(await openSqliteStore(folder, { now: () => start, durability: 'OFF', ...options }));
}

export function deskOver(store: Store, who: Somebody = {}, now: () => number = () => start, admit?: Admit): Desk {
  const actor = { name: who.name ?? 'Jana', roles: who.roles ?? everyRole };
  return createLedgerDesk({ store, actor, now, id: randomUUID, admit: admit ?? (() => undefined) });
}

/** A local desk in a new folder. */
export async function sqliteBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-'));
  let time = start;
  const now = (): number => time;
  const { store } = await openStore(folder, { now });
  return {
    desk: who => deskOver(store, who, now),
    now,
    pass: ms => {
      time += ms;
    },
    close: async () => {
      store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
