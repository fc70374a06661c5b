import * as fs from 'node:fs/promises';
import { applicationId } from './schema.ts';

// Read without SQLite, since opening a database in WAL mode writes beside it: https://www.sqlite.org/fileformat2.html

/** What the files of a database hold, as far as their headers tell. */
export type Found =
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'database'; readonly version: number; readonly bytes: number; readonly wal: WalState };

/**
 * `absent`: closed in order, or nothing written. `sound`: a process ended without closing. `cut`: commits lie behind a
 * damaged frame, so SQLite will not see them. `damaged`: SQLite would ignore, then overwrite all of it.
 */
export type WalState = 'absent' | 'sound' | 'cut' | 'damaged';
interface Wal {
  readonly state: WalState;
  /** The version in the newest committed first page, which may not be in the database file yet. */
  readonly version?: number;
}

const magic = 'SQLite format 3\0';
const versionOffset = 60;
const applicationOffset = 68;
const walHeader = 32;
const frameHeader = 24;
/** A log this long is left to SQLite; it grows so only behind a reader that never ends. */
const walLimit = 64 * 1024 * 1024;

class Checksum {
  #a = 0;
  #b = 0;
  readonly #view: DataView;
  readonly #little: boolean;
  constructor(view: DataView, little: boolean) {
    this.#view = view;
    this.#little = little;
  }
  add(from: number, to: number): void {
    let [a, b] = [this.#a, this.#b];
    for (let at = from; at < to; at += 8) {
      a = (a + this.#view.getUint32(at, this.#little) + b) >>> 0;
      b = (b + this.#view.getUint32(at + 4, this.#little) + a) >>> 0;
    }
    [this.#a, this.#b] = [a, b];
  }
  matches(at: number): boolean {
    return this.#view.getUint32(at) === this.#a && this.#view.getUint32(at + 4) === this.#b;
  }
}

/** Reads a write-ahead log as SQLite's recovery would, and looks behind where it would stop. */
export function readWal(bytes: Uint8Array): Wal {
  if (bytes.length < walHeader || bytes.every(byte => byte === 0)) return { state: 'absent' };
  if (bytes.length > walLimit) return { state: 'sound' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = view.getUint32(0);
  const page = view.getUint32(8);
  const sum = new Checksum(view, kind === 0x37_7f_06_82);
  sum.add(0, 24);
  if (kind >>> 1 !== 0x1b_bf_83_41 || page < 512 || !sum.matches(24)) return { state: 'damaged' };
  let sound = true;
  let committed: number | undefined;
  let pending: number | undefined;
  for (let at = walHeader; at + frameHeader + page <= bytes.length; at += frameHeader + page) {
    // Frames of an earlier round carry other salts: the log ended before them.
    if (view.getUint32(at + 8) !== view.getUint32(16) || view.getUint32(at + 12) !== view.getUint32(20)) {
      if (sound) break;
      continue;
    }
    const commits = view.getUint32(at + 4) !== 0;
    if (!sound) {
      if (commits) return { state: 'cut', ...(committed !== undefined && { version: committed }) };
      continue;
    }
    sum.add(at, at + 8);
    sum.add(at + frameHeader, at + frameHeader + page);
    sound = sum.matches(at + 16);
    if (!sound) continue;
    if (view.getUint32(at) === 1) pending = view.getUint32(at + frameHeader + versionOffset);
    if (commits) committed = pending ?? committed;
  }
  return { state: 'sound', ...(committed !== undefined && { version: committed }) };
}

async function bytesOf(path: string): Promise<Uint8Array | undefined> {
  try {
    return await fs.readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function headOf(path: string): Promise<{ head: DataView; bytes: number } | undefined> {
  let file;
  try {
    file = await fs.open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const head = new Uint8Array(100);
    await file.read(head, 0, 100, 0);
    return { head: new DataView(head.buffer), bytes: (await file.stat()).size };
  } finally {
    await file.close();
  }
}

/**
 * Looks at a database that no process has open. Never call it otherwise: closing a file drops the locks that SQLite
 * holds on it in this process (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
export async function inspect(path: string): Promise<Found> {
  const main = await headOf(path);
  const log = await bytesOf(`${path}-wal`);
  const wal: Wal = log ? readWal(log) : { state: 'absent' };
  if (!main || main.bytes === 0) return { kind: wal.state === 'absent' ? 'missing' : 'damaged' };
  const { head, bytes } = main;
  const page = head.getUint16(16) === 1 ? 65_536 : head.getUint16(16);
  const application = head.getUint32(applicationOffset);
  const ours = application === applicationId || application === 0;
  const whole = page >= 512 && (page & (page - 1)) === 0 && bytes >= page;
  const named = Buffer.from(head.buffer, 0, magic.length).toString('latin1') === magic;
  if (!named || !ours || !whole) return { kind: 'damaged' };
  return { kind: 'database', bytes, wal: wal.state, version: wal.version ?? head.getUint32(versionOffset) };
}
