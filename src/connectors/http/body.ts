import type { ReadableStreamReadResult } from 'node:stream/web';
import { orAborted } from './time.ts';

/** What is left of an answer is not waited for; the connection goes with it. */
export function drop(response: Response): void {
  void response.body?.cancel().catch(() => undefined);
}

/** The bytes of an answer as they come. Rejects when the connection breaks or `signal` is aborted. */
export async function* chunksOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const read: ReadableStreamReadResult<Uint8Array> = await orAborted(reader.read(), signal);
      if (read.done) return;
      yield read.value;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** The bytes of an answer; nothing as soon as there are more than `most`, counted after unpacking. */
export async function bytesOf(response: Response, most: number, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(response, signal)) {
    length += chunk.length;
    if (length > most) return undefined;
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** The content of an upload for several tries: what was read for one is kept for the next, since a source is read once. */
export function replayable(source: AsyncIterable<Uint8Array>): () => ReadableStream<Uint8Array> {
  const kept: Uint8Array[] = [];
  const rest = source[Symbol.asyncIterator]();
  let pending: Promise<boolean> | undefined;
  const more = async (): Promise<boolean> => {
    const read: IteratorResult<Uint8Array, unknown> = await rest.next();
    pending = undefined;
    if (read.done !== true) kept.push(read.value);
    return read.done !== true;
  };
  return () => {
    let next = 0;
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        // Two tries never read the source at once; the later one waits for what the earlier one asked for.
        while (next >= kept.length && (await (pending ??= more()))) continue;
        const chunk = kept[next++];
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
    });
  };
}
