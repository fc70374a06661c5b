import { createHash } from 'node:crypto';
import type { StoredFile } from '../desk/case.ts';
import type { FileSource } from '../desk/desk.ts';
import type { Result } from '../desk/errors.ts';
import { fail, ok } from '../desk/errors.ts';
import type { Instant } from '../rules/decision.ts';
import type { Folder } from './files.ts';

/** Content that no item names is kept this long: someone may still be about to write. */
const unusedFor = 24 * 60 * 60 * 1_000;
const Hash = /^[0-9a-f]{64}$/;

class TooLarge extends Error {}

/** Files on their way to a desk, by the hash of their content, so that a picked file may vanish. */
export class Contents {
  readonly #folder: Folder;

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  /** Keeps content; more than `limit` bytes are refused as soon as they are seen. */
  async keep(source: FileSource, limit: number): Promise<Result<StoredFile>> {
    const hash = createHash('sha256');
    let bytes = 0;
    let sha256 = '';
    let trouble: unknown;
    async function* counted(): AsyncGenerator<Uint8Array> {
      try {
        for await (const chunk of source.chunks()) {
          bytes += chunk.length;
          if (bytes > limit) throw new TooLarge();
          hash.update(chunk);
          yield chunk;
        }
      } catch (error) {
        trouble = error;
        throw error;
      }
      sha256 = hash.digest('hex');
    }
    try {
      await this.#folder.replace(() => sha256, counted());
    } catch (error) {
      if (error instanceof TooLarge) return fail({ code: 'fileTooLarge', name: source.name, limit });
      if (trouble !== undefined && error === trouble) return fail({ code: 'fileGone', name: source.name });
      throw error;
    }
    return ok({ name: source.name, bytes, sha256 });
  }

  has({ sha256 }: Pick<StoredFile, 'sha256'>): Promise<boolean> {
    return this.#folder.has(sha256);
  }

  async read(sha256: string): Promise<Result<Uint8Array>> {
    if (!Hash.test(sha256) || !(await this.#folder.has(sha256))) return fail({ code: 'notFound' });
    return ok(await this.#folder.fs.readFile(this.#folder.at(sha256)));
  }

  /** Kept content as an upload to the desk. */
  source({ name, sha256 }: StoredFile): FileSource {
    const folder = this.#folder;
    return {
      name,
      async *chunks() {
        const file = await folder.fs.open(folder.at(sha256), 'r');
        yield* file.createReadStream() as AsyncIterable<Uint8Array>;
      },
    };
  }

  /** Removes old content that `used` does not name; all stays where that is not known. */
  async sweep(now: Instant, used: () => Promise<readonly string[] | undefined>): Promise<void> {
    await this.#folder.sweep(now);
    const old = (await this.#folder.olderThan(now - unusedFor)).filter(name => Hash.test(name));
    const needed = old.length > 0 ? await used() : undefined;
    for (const name of old) if (needed && !needed.includes(name)) await this.#folder.remove(name);
  }
}
