import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Instant } from '../rules/decision.ts';
import { Folder, realFs, type FileSystem } from './files.ts';
import { parsed } from './notes.ts';

export interface CacheOptions {
  readonly now: () => Instant;
  readonly fs?: FileSystem;
  /** Told of failures underneath, for the log. */
  readonly report?: (what: 'cache', error: unknown) => void;
  /** How many answers are kept; 500 unless given. */
  readonly answers?: number;
  /** How many bytes they may have together; 32 MB unless given. */
  readonly bytes?: number;
}

/** What was answered, and when. */
export interface Remembered<Value> {
  readonly value: Value;
  readonly asOf: Instant;
}

/**
 * The last answers of one remote desk, on disk, to be read while it cannot be reached. Never the truth for a write. What
 * cannot be kept or read is not remembered; nobody waits for it and nobody is told.
 */
export interface Cache {
  keep(name: string, value: unknown): void;
  recall<Value>(name: string, schema: z.ZodMiniType<Value>): Promise<Remembered<Value> | undefined>;
  /** Resolves when everything is on disk. */
  idle(): Promise<void>;
}

const Kept = z.object({ asOf: z.int(), value: z.unknown() });
/** The same answer is not written again within this time. */
const freshFor = 60_000;
/** Old answers are removed after so many new ones. */
const pruneEvery = 50;
const largestShare = 8;

/** Answers in files of their own, in a folder that changes its name with the format. */
export function createCache(path: string, options: CacheOptions): Cache {
  const { now, fs = realFs, report = () => undefined, answers = 500, bytes = 32 * 1024 * 1024 } = options;
  const folder = new Folder(new Folder(path, fs).at('1'), fs);
  const written = new Map<string, { readonly text: string; readonly at: Instant }>();
  let turn: Promise<unknown> = Promise.resolve();
  let untilPrune = 1;
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

  async function prune(): Promise<void> {
    await folder.sweep(now());
    const kept: { readonly name: string; readonly size: number; readonly mtimeMs: number }[] = [];
    for (const name of await folder.names()) {
      if (!/^[0-9a-f]{64}\.json$/.test(name)) continue;
      const { size, mtimeMs } = await fs.stat(folder.at(name));
      kept.push({ name, size, mtimeMs });
    }
    let room = bytes;
    for (const [index, { name, size }] of kept.sort((a, b) => b.mtimeMs - a.mtimeMs).entries()) {
      room -= size;
      if (index >= answers || room < 0) await folder.remove(name);
    }
  }

  async function write(name: string, text: string, at: Instant): Promise<void> {
    const file = `${hash(name)}.json`;
    const content = hash(text);
    const last = written.get(file);
    if (last?.text === content && Math.abs(at - last.at) < freshFor) return;
    await folder.replace(file, `{"asOf":${Math.trunc(at)},"value":${text}}`);
    written.set(file, { text: content, at });
    if (--untilPrune > 0) return;
    untilPrune = pruneEvery;
    written.clear();
    await prune();
  }

  return {
    keep(name, value) {
      const text = JSON.stringify(value);
      // One answer does not push out all others.
      if (text.length > bytes / largestShare) return;
      const at = now();
      turn = turn.then(() => write(name, text, at)).catch((error: unknown) => report('cache', error));
    },
    async recall(name, schema) {
      try {
        const kept = Kept.safeParse(parsed((await folder.read(`${hash(name)}.json`)) ?? ''));
        if (!kept.success) return undefined;
        const value = z.safeParse(schema, kept.data.value);
        return value.success ? { value: value.data, asOf: kept.data.asOf } : undefined;
      } catch (error) {
        report('cache', error);
        return undefined;
      }
    },
    idle: () => turn.then(() => undefined),
  };
}
