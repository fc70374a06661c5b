/** One event of a stream, as the desk sent it. */
export interface StreamEvent {
  readonly name: string;
  readonly data: string;
}

/** What one event may be made of, in characters. */
const longest = 64 * 1024;

/**
 * Reads `text/event-stream`. Lines end in any of three ways, anywhere between two chunks; comments keep the connection
 * alive and say nothing. `onId` is told each place from which the stream can be resumed. Rejects when an event has no end.
 */
export async function* eventsOf(
  chunks: AsyncIterable<Uint8Array>,
  onId: (id: string) => void,
): AsyncGenerator<StreamEvent, void> {
  const decoder = new TextDecoder();
  let rest = '';
  let name = '';
  let data: string[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    // A `\r` at the very end may be half of a line end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      size += line.length;
      if (line === '') {
        if (data.length > 0) yield { name: name || 'message', data: data.join('\n') };
        [name, data, size] = ['', [], 0];
        continue;
      }
      const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (field === 'data') data.push(value);
      else if (field === 'event') name = value;
      else if (field === 'id') onId(value);
    }
    if (size + rest.length > longest) throw new Error('an event without an end');
  }
}
