import type { Connection, Tuple } from './connection.ts';
import { int } from '../rows.ts';

/** The first place of the timeline of a case; see the schema. */
export const placeOf = (number: number, seq: number): number => number * 0x10_00_00 + seq;

/** Which cases hold all words of a search, by number. */
export interface Matches {
  readonly count: number;
  has(number: number): boolean;
  numbers(): number[];
}

const sliceMilliseconds = 8;
/** Reads rows for a few milliseconds at a time, so that everything else in this process goes on meanwhile. */
export async function readSliced(
  rows: Iterable<Tuple>,
  each: (row: Tuple) => boolean | undefined,
  elapsed: () => number = () => performance.now(),
): Promise<void> {
  let end = elapsed() + sliceMilliseconds;
  for (const row of rows) {
    if (each(row) === false) return;
    if (elapsed() < end) continue;
    await new Promise<void>(resolve => setImmediate(resolve));
    end = elapsed() + sliceMilliseconds;
  }
}

interface Wanted {
  readonly words: readonly string[];
  /** As in `CaseFilter`. */
  readonly outside: boolean;
}
/** As in the index of these events. */
export const isTeamOnly = "json_extract(event, '$.teamOnly') = 1";

/** Finds the cases in which each of `words` begins some word. Words come from `queryWords`: letters and digits only. */
async function find(connection: Connection, { words, outside }: Wanted): Promise<Matches> {
  const size = connection.number('SELECT coalesce(max(number), 0) FROM cases') + 1;
  let held: Uint8Array | undefined;
  for (const word of words) {
    const now = new Uint8Array(size);
    const seen = outside ? `AND rowid NOT IN (SELECT place FROM events WHERE ${isTeamOnly})` : '';
    const sql = `SELECT rowid >> 20 FROM search WHERE search MATCH ? ${seen}`;
    await readSliced(connection.rows(sql, `"${word}"*`), ([number]) => {
      now[int(number)] = 1;
      return undefined;
    });
    const before = held;
    held = before ? now.map((has, number) => has & (before[number] ?? 0)) : now;
  }
  const found = held ?? new Uint8Array(size);
  let count = 0;
  for (const has of found) count += has;
  const numbers = (): number[] => {
    const list: number[] = [];
    for (let at = found.indexOf(1); at !== -1; at = found.indexOf(1, at + 1)) list.push(at);
    return list;
  };
  return { count, has: number => found[number] === 1, numbers };
}

const remembered = 8;
/** Searches a database, one search after another, remembering the latest answers until something changes. */
export class Search {
  readonly #connection: Connection;
  readonly #known = new Map<string, Matches>();
  #version: number | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Works with the cases that hold all words, as of a moment after the call. */
  with<Answer>(wanted: Wanted, work: (connection: Connection, found: Matches) => Promise<Answer>): Promise<Answer> {
    const done = this.#last.then(async () => work(this.#connection, await this.#matches(wanted)));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #matches(wanted: Wanted): Promise<Matches> {
    // Changes whenever any other connection, of this process too, has written; this one never writes.
    const version = this.#connection.number('PRAGMA data_version');
    if (version !== this.#version) this.#known.clear();
    this.#version = version;
    const key = `${wanted.words.join(' ')}${wanted.outside ? ' -' : ''}`;
    const found = this.#known.get(key) ?? (await find(this.#connection, wanted));
    this.#known.delete(key);
    this.#known.set(key, found);
    const [oldest] = this.#known.keys();
    if (this.#known.size > remembered && oldest !== undefined) this.#known.delete(oldest);
    return found;
  }
}
