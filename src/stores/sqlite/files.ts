import { createHash, randomUUID } from 'node:crypto';
import * as nodeFs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StoredFile } from '../../desk/case.ts';
import type { FileSource } from '../../desk/desk.ts';
import type { Result } from '../../desk/errors.ts';
import { fail, ok } from '../../desk/errors.ts';

/** The file system calls used for content; tests make them fail. */
export type FileSystem = Pick<typeof nodeFs, 'mkdir' | 'open' | 'readdir' | 'rename' | 'rm' | 'stat'>;

/** Content is written and hashed in pieces this long, so that none holds up this process for long. */
const piece = 1024 * 1024;
/** What is read to be sent on comes in shorter ones, since a slow reader holds them. */
const pieceRead = 64 * 1024;
const abandonedAfter = 24 * 60 * 60 * 1_000;

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** What the source of an upload threw, told apart from what writing threw. */
class SourceFailed extends Error {}

async function* piecesOf(source: FileSource): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of source.chunks()) {
      for (let from = 0; from < chunk.length; from += piece) yield chunk.subarray(from, from + piece);
    }
  } catch (error) {
    throw new SourceFailed(source.name, { cause: error });
  }
}

/** Content kept by its hash: `files/ab/abcd…`. What a file is called never becomes part of a path. */
export class Files {
  readonly #folder: string;
  readonly #fs: FileSystem;
  #counted: Promise<number> | undefined;
  /** Bytes that came since. */
  #added = 0;

  constructor(folder: string, fs: FileSystem = nodeFs) {
    this.#folder = join(folder, 'files');
    this.#fs = fs;
  }

  #pathOf(sha256: string): string {
    return join(this.#folder, sha256.slice(0, 2), sha256);
  }

  /** Bytes of all content; other processes add to it unseen once it was counted. */
  async used(): Promise<number> {
    return (await (this.#counted ??= this.#count())) + this.#added;
  }
  async #count(): Promise<number> {
    let bytes = 0;
    const names = await this.#fs.readdir(this.#folder, { recursive: true }).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    for (const name of names) {
      if (/[0-9a-f]{64}$/.test(name)) bytes += (await this.#fs.stat(join(this.#folder, name))).size;
    }
    return bytes;
  }

  async bytes(sha256: string): Promise<number | undefined> {
    try {
      return (await this.#fs.stat(this.#pathOf(sha256))).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async keep(source: FileSource, limit: number): Promise<Result<StoredFile>> {
    await this.#fs.mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const partial = join(this.#folder, `partial-${randomUUID()}`);
    try {
      const written = await this.#write(partial, source, limit);
      if (!written) return fail({ code: 'fileTooLarge', name: source.name, limit });
      const { bytes, sha256 } = written;
      // Content that is there is left alone, unless it lost bytes since.
      if ((await this.bytes(sha256)) !== bytes) {
        await this.#settle(partial, this.#pathOf(sha256));
        if (this.#counted) this.#added += bytes;
      }
      return ok({ name: source.name, bytes, sha256 });
    } catch (error) {
      if (error instanceof SourceFailed) return fail({ code: 'fileGone', name: source.name });
      throw error;
    } finally {
      await this.#fs.rm(partial, { force: true });
    }
  }

  async #write(path: string, source: FileSource, limit: number): Promise<Omit<StoredFile, 'name'> | undefined> {
    const hash = createHash('sha256');
    const file = await this.#fs.open(path, 'wx', 0o600);
    try {
      let bytes = 0;
      for await (const chunk of piecesOf(source)) {
        bytes += chunk.length;
        if (bytes > limit) return undefined;
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      await file.sync();
      return { bytes, sha256: hash.digest('hex') };
    } finally {
      await file.close();
    }
  }

  async #settle(partial: string, path: string): Promise<void> {
    const folder = dirname(path);
    await this.#fs.mkdir(folder, { recursive: true, mode: 0o700 });
    await this.#fs.rename(partial, path);
    // Makes the new name survive a power cut; not every system can sync a folder.
    const handle = await this.#fs.open(folder, 'r').catch(() => undefined);
    await handle?.sync().catch(() => undefined);
    await handle?.close();
  }

  /** The content, once its hash was found to be right. */
  async read(sha256: string): Promise<Result<Uint8Array>> {
    const damaged = fail({ code: 'fileGone', name: sha256 } as const);
    try {
      const file = await this.#fs.open(this.#pathOf(sha256), 'r');
      try {
        const content = new Uint8Array((await file.stat()).size);
        const hash = createHash('sha256');
        for (let at = 0; at < content.length;) {
          const { bytesRead } = await file.read(content, at, Math.min(piece, content.length - at), at);
          if (bytesRead === 0) return damaged;
          hash.update(content.subarray(at, at + bytesRead));
          at += bytesRead;
        }
        return hash.digest('hex') === sha256 ? ok(content) : damaged;
      } finally {
        await file.close();
      }
    } catch (error) {
      if (isMissing(error)) return fail({ code: 'notFound' });
      throw error;
    }
  }

  /** The bytes from `from` to before `to`; the file is opened when the first are asked for. */
  async pieces(sha256: string, from: number, to: number): Promise<Result<AsyncIterable<Uint8Array>>> {
    const bytes = await this.bytes(sha256);
    return bytes === undefined ? fail({ code: 'notFound' }) : ok(this.#pieces(sha256, from, Math.min(to, bytes)));
  }

  async *#pieces(sha256: string, from: number, to: number): AsyncGenerator<Uint8Array> {
    const file = await this.#fs.open(this.#pathOf(sha256), 'r');
    try {
      for (let at = from; at < to;) {
        const { bytesRead, buffer } = await file.read(new Uint8Array(Math.min(pieceRead, to - at)), 0, null, at);
        if (bytesRead === 0) throw new Error('content is shorter than it was');
        yield buffer.subarray(0, bytesRead);
        at += bytesRead;
      }
    } finally {
      await file.close();
    }
  }

  /** Fails as any write would. */
  async probe(): Promise<void> {
    await this.#fs.mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, `partial-${randomUUID()}`);
    await (await this.#fs.open(path, 'wx', 0o600)).close();
    await this.#fs.rm(path, { force: true });
  }

  /** Removes what a killed process left half written. */
  async sweep(now: number): Promise<void> {
    try {
      for (const name of await this.#fs.readdir(this.#folder)) {
        if (!name.startsWith('partial-')) continue;
        const path = join(this.#folder, name);
        if ((await this.#fs.stat(path)).mtimeMs < now - abandonedAfter) await this.#fs.rm(path, { force: true });
      }
    } catch {
      // Sweeping is a courtesy: a folder that is missing or cannot be written needs none.
    }
  }
}
