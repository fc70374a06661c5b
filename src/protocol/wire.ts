// How a page gets what parses its messages. It has to know that message before it can parse any.

/** What a page says once it can be seen: all that was needed to show it is there, now the rest may come. */
export const standing = 'standing';

/** What the host answers: a script as text. */
export interface WireMessage {
  readonly wire: string;
}

export const isWire = (data: unknown): data is WireMessage =>
  typeof data === 'object' && data !== null && 'wire' in data && typeof data.wire === 'string';
