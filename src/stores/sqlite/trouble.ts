import { Refused } from '../refused.ts';
import type { Patience } from '../waiting.ts';

/** What can go wrong under a store. `damaged` never leaves it: the database is moved aside and opened anew. */
export type Trouble = 'busy' | 'storageFull' | 'storageReadOnly' | 'damaged' | 'failed';

/** A database that SQLite can read but that is not what it should be. */
export class Damaged extends Error {}

// https://www.sqlite.org/rescode.html, primary codes
const sqliteTroubles: Readonly<Partial<Record<number, Trouble>>> = {
  5: 'busy', // BUSY
  6: 'busy', // LOCKED
  8: 'storageReadOnly', // READONLY
  11: 'damaged', // CORRUPT
  13: 'storageFull', // FULL
  26: 'damaged', // NOTADB
};
const fileTroubles: Readonly<Partial<Record<string, Trouble>>> = {
  ENOSPC: 'storageFull',
  EDQUOT: 'storageFull',
  EROFS: 'storageReadOnly',
  EACCES: 'storageReadOnly',
  EPERM: 'storageReadOnly',
};

/** The primary result code of an error of SQLite. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

/** What an error thrown by SQLite or the file system means. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Damaged) return 'damaged';
  if (error instanceof Refused) return error.error.code === 'busy' ? 'busy' : 'failed';
  const code = sqliteCode(error);
  // The search index tells of its own damage as a mere error.
  if (code === 1 && error instanceof Error && error.message.includes('fts5 file format')) return 'damaged';
  if (code !== undefined) return sqliteTroubles[code] ?? 'failed';
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return fileTroubles[error.code] ?? 'failed';
  }
  return 'failed';
}

/** Whether SQLite failed in a way that only the file system below can explain: I/O error, cannot open. */
export function isVague(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 10 || code === 14;
}

/** How long a store tries while another process is in the way. */
export const patient: Patience = { isBusy: error => troubleOf(error) === 'busy' };
