import { createHash } from 'node:crypto';
import type { FileSource } from '../../desk/desk.ts';
import type { DeskError } from '../../desk/errors.ts';

/** Content on its way, watched while it is read. */
export interface WatchedContent {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Why it could not be read to its end, if it could not. */
  trouble(): DeskError | undefined;
  /** The SHA-256 of what was read. */
  sha256(): string;
}

/** Reads a source once; `stop` is called when it vanishes, or as soon as it has more than `limit` bytes. */
export function watchContent(source: FileSource, limit: number, stop: () => void): WatchedContent {
  const hash = createHash('sha256');
  let trouble: DeskError | undefined;
  async function* chunks(): AsyncGenerator<Uint8Array, void> {
    let bytes = 0;
    try {
      for await (const chunk of source.chunks()) {
        bytes += chunk.length;
        if (bytes > limit) {
          trouble = { code: 'fileTooLarge', name: source.name, limit };
          throw new Error('too large');
        }
        hash.update(chunk);
        yield chunk;
      }
    } catch (error) {
      trouble ??= { code: 'fileGone', name: source.name };
      stop();
      throw error;
    }
  }
  return { chunks: chunks(), trouble: () => trouble, sha256: () => hash.digest('hex') };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
