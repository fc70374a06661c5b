import type { DeskChange } from '../../desk/desk.ts';
import type { Connection } from './connection.ts';
import { int } from '../rows.ts';

/** What changed between two looks, as the database itself tells; own changes and those of other windows alike. */
export class Changes {
  readonly #writer: Connection;
  #seen: number;
  #version: number;

  constructor(writer: Connection) {
    this.#writer = writer;
    this.#seen = writer.number('SELECT coalesce(max(seq), 0) FROM changes');
    this.#version = writer.number('PRAGMA data_version');
  }

  /** Whether another connection wrote since the last call; costs next to nothing. */
  stirred(): boolean {
    const version = this.#writer.number('PRAGMA data_version');
    const stirred = version !== this.#version;
    this.#version = version;
    return stirred;
  }

  /** What changed since the last call. */
  take(): DeskChange | undefined {
    const rows = this.#writer.all('SELECT seq, case_id FROM changes WHERE seq > ? ORDER BY seq', this.#seen);
    const [first] = rows;
    const last = rows.at(-1);
    if (!first || !last) return undefined;
    const complete = int(first['seq']) === this.#seen + 1;
    this.#seen = int(last['seq']);
    if (!complete) return {};
    const cases = [...new Set(rows.map(row => row['case_id']).filter(id => typeof id === 'string'))];
    const incidents = rows.some(row => row['case_id'] === null);
    return { ...(cases.length > 0 && { cases }), ...(incidents && { incidents }) };
  }
}
