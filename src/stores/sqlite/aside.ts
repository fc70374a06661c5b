import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Instant } from '../../rules/decision.ts';

const parts = ['', '-wal', '-shm'] as const;
type Part = (typeof parts)[number];

function gone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function freeName(folder: string, stamp: string): Promise<string> {
  const taken = new Set(await fs.readdir(folder));
  for (let again = 1; ; again++) {
    const name = `desk.damaged-${stamp}${again === 1 ? '' : `-${String(again)}`}.sqlite`;
    if (parts.every(part => !taken.has(name + part))) return name;
  }
}

async function put(
  how: (from: string, to: string) => Promise<void>,
  path: string,
  only: readonly Part[],
  at: Instant,
): Promise<string> {
  const folder = dirname(path);
  const name = await freeName(folder, new Date(at).toISOString().replaceAll(/[:.]/g, '-'));
  for (const part of only) {
    try {
      await how(path + part, join(folder, name + part));
    } catch (error) {
      if (!gone(error)) throw error;
    }
  }
  return basename(name) + (only[0] ?? '');
}

/** Moves a damaged database aside, log and all, so that it can still be opened there. Never deletes. */
export function moveAside(path: string, at: Instant): Promise<string> {
  return put((from, to) => fs.rename(from, to), path, parts, at);
}

/** Moves only a damaged log aside; the database goes on from its last checkpoint. */
export function moveLogAside(path: string, at: Instant): Promise<string> {
  return put((from, to) => fs.rename(from, to), path, ['-wal', '-shm'], at);
}

/** Keeps a copy of a log that SQLite is about to shorten. */
export function copyLogAside(path: string, at: Instant): Promise<string> {
  return put((from, to) => fs.copyFile(from, to), path, ['-wal'], at);
}
