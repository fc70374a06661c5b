import type { Instant } from '../rules/decision.ts';

/** What the command sees of the world, so that tests can be one. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Waits while the reader is behind; false once nobody reads any more. */
  readonly out: (text: string) => Promise<boolean>;
  readonly err: (text: string) => Promise<boolean>;
  readonly now: () => Instant;
  /** IANA zone of the person in front of the terminal. */
  readonly zone: string;
  /** The one way out to the network; only what reads a source uses it. */
  readonly fetch: typeof globalThis.fetch;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** 0: an answer. 1: a rule refuses, and the answer names it. 2: bad use or bad input, told on stderr. 3: a source
 * cannot be read, told on stderr. */
export type Exit = 0 | 1 | 2 | 3;
