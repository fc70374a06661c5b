import { randomUUID } from 'node:crypto';
import * as nodeFs from 'node:fs/promises';
import { join } from 'node:path';
import type { DraftError } from '../desk/drafts.ts';

/** The file system calls of drafts and notes; tests make them fail. */
export type FileSystem = Pick<
  typeof nodeFs,
  'link' | 'mkdir' | 'open' | 'readdir' | 'readFile' | 'rename' | 'stat' | 'unlink'
>;
export const realFs: FileSystem = nodeFs;

/** The code of an error of the file system. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const full: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT']);
const readOnly: ReadonlySet<string | undefined> = new Set(['EROFS', 'EACCES', 'EPERM']);
const noLinks: ReadonlySet<string | undefined> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EXDEV',
]);

/** What an error of the file system means for who writes. */
export function draftError(error: unknown): DraftError {
  const code = codeOf(error);
  if (full.has(code)) return { code: 'storageFull' };
  return { code: readOnly.has(code) ? 'storageReadOnly' : 'failed' };
}

const partialPrefix = '.partial-';
/** A writer takes milliseconds; a claim or partial file this old was left by a process that ended. */
const abandonedAfter = 60_000;

/** A folder whose files appear whole or not at all. */
export class Folder {
  readonly path: string;
  readonly fs: FileSystem;

  constructor(path: string, fs: FileSystem) {
    this.path = path;
    this.fs = fs;
  }

  at(name: string): string {
    return join(this.path, name);
  }

  async names(): Promise<string[]> {
    try {
      return await this.fs.readdir(this.path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }

  /** The text of a file, or nothing when there is none. */
  async read(name: string): Promise<string | undefined> {
    try {
      return await this.fs.readFile(this.at(name), 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async has(name: string): Promise<boolean> {
    try {
      await this.fs.stat(this.at(name));
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    try {
      // Not `rm`, which looks first, and holds up the process while it does.
      await this.fs.unlink(this.at(name));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }

  /** Writes a file that did not exist; false when it does. Of several windows writing the same name one succeeds. */
  create(name: string, text: string): Promise<boolean> {
    return this.#written(text, async partial => {
      try {
        await this.fs.link(partial, this.at(name));
        return true;
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return false;
        if (!noLinks.has(codeOf(error))) throw error;
        return this.#claim(name, partial);
      }
    });
  }

  /** Writes a file, in place of an older one if there is one. Its name may depend on what `content` turned out to be. */
  async replace(name: string | (() => string), content: string | AsyncIterable<Uint8Array>): Promise<void> {
    await this.#written(content, partial => this.fs.rename(partial, this.at(typeof name === 'string' ? name : name())));
  }

  async #written<Answer>(
    content: string | AsyncIterable<Uint8Array>,
    settle: (partial: string) => Promise<Answer>,
  ): Promise<Answer> {
    await this.fs.mkdir(this.path, { recursive: true, mode: 0o700 });
    const partial = this.at(partialPrefix + randomUUID());
    try {
      const file = await this.fs.open(partial, 'wx', 0o600);
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      const answer = await settle(partial);
      await this.#syncFolder();
      return answer;
    } finally {
      await this.fs.unlink(partial).catch(() => undefined);
    }
  }

  /** Where a file system knows no links, whoever creates the claim first may rename. */
  async #claim(name: string, partial: string): Promise<boolean> {
    const claim = this.at(`${name}.claim`);
    try {
      await (await this.fs.open(claim, 'wx', 0o600)).close();
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
    try {
      if (await this.has(name)) return false;
      await this.fs.rename(partial, this.at(name));
      return true;
    } finally {
      await this.remove(`${name}.claim`);
    }
  }

  /** Makes new names survive a power cut; not every system can sync a folder. */
  async #syncFolder(): Promise<void> {
    try {
      const folder = await this.fs.open(this.path, 'r');
      await folder.sync().finally(() => folder.close());
    } catch {
      // The content is synced; only the name may be lost with the power.
    }
  }

  /** Moves a file that cannot be read into `bad/`; answers where to, or nothing when another window did. */
  async quarantine(name: string): Promise<string | undefined> {
    await this.fs.mkdir(this.at('bad'), { recursive: true, mode: 0o700 });
    for (let again = 1; ; again++) {
      const to = again === 1 ? name : `${name}.${again}`;
      if (await this.has(join('bad', to))) continue;
      try {
        await this.fs.rename(this.at(name), this.at(join('bad', to)));
        return join('bad', to);
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      }
    }
  }

  /** The names of what was last written before `before`. */
  async olderThan(before: number): Promise<string[]> {
    const old: string[] = [];
    for (const name of await this.names()) {
      const { mtimeMs } = await this.fs.stat(this.at(name));
      if (mtimeMs < before) old.push(name);
    }
    return old;
  }

  /** Removes what processes that ended left half written. */
  async sweep(now: number): Promise<void> {
    for (const name of await this.names()) {
      if (!name.startsWith(partialPrefix) && !name.endsWith('.claim')) continue;
      const left = await this.fs.stat(this.at(name)).catch(() => undefined);
      if (left && left.mtimeMs < now - abandonedAfter) await this.remove(name);
    }
  }
}
