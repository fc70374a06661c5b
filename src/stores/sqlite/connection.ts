import type * as Sqlite from 'node:sqlite';
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

export type SqliteModule = typeof Sqlite;
export type Value = SQLInputValue;
export type Row = Readonly<Record<string, SQLOutputValue>>;
export type Tuple = readonly SQLOutputValue[];

/** Has a statement answer tuples where Node.js can: from 22.16 and 24 on. */
function asTuples(statement: StatementSync): StatementSync {
  if (typeof statement.setReturnArrays === 'function') statement.setReturnArrays(true);
  return statement;
}
const tupleOf = (row: Row | Tuple): Tuple => (Array.isArray(row) ? (row as Tuple) : Object.values(row));

/** How long SQLite may stop this process while another holds a lock; longer waits are not spent inside SQLite. */
const busyMilliseconds = 8;

/** Filters come in many combinations, each a statement of its own. */
const preparedKept = 100;

/** How safe an acknowledged write is: FULL survives a power cut, OFF (for tests and imports) only a crash of this process. */
export type Durability = 'FULL' | 'NORMAL' | 'OFF';

/** A connection that keeps its prepared statements. */
export class Connection {
  readonly #db: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(sqlite: SqliteModule, path: string | URL, durability: Durability | 'readOnly') {
    const readOnly = durability === 'readOnly';
    this.#db = new sqlite.DatabaseSync(path, { enableForeignKeyConstraints: true, readOnly });
    // What a savepoint needs to go back stays in memory: nothing of a case is written to a temporary folder.
    try {
      if (readOnly) {
        this.#db.exec(`PRAGMA busy_timeout = ${String(busyMilliseconds)}; PRAGMA trusted_schema = OFF`);
        return;
      }
      this.#db.exec(`PRAGMA busy_timeout = ${String(busyMilliseconds)};
        PRAGMA trusted_schema = OFF;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = ${durability};
        PRAGMA temp_store = MEMORY;
        PRAGMA journal_size_limit = 8388608;`);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #statement(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#prepared.set(sql, statement);
    const [oldest] = this.#prepared.keys();
    if (this.#prepared.size > preparedKept && oldest !== undefined) this.#prepared.delete(oldest);
    return statement;
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }
  run(sql: string, ...values: readonly Value[]): number {
    return Number(this.#statement(sql).run(...values).lastInsertRowid);
  }
  get(sql: string, ...values: readonly Value[]): Row | undefined {
    return this.#statement(sql).get(...values);
  }
  all(sql: string, ...values: readonly Value[]): Row[] {
    return this.#statement(sql).all(...values);
  }
  /** Rows as lists in the order of their columns, which are faster to make and to read than objects. */
  tuples(sql: string, ...values: readonly Value[]): Tuple[] {
    return asTuples(this.#statement(sql))
      .all(...values)
      .map(tupleOf);
  }
  /** Rows one by one, by a statement of its own: others may run between two of them. */
  *rows(sql: string, ...values: readonly Value[]): Generator<Tuple, void> {
    for (const row of asTuples(this.#db.prepare(sql)).iterate(...values)) yield tupleOf(row);
  }
  /** A single whole number, such as a PRAGMA answers. */
  number(sql: string, ...values: readonly Value[]): number {
    return Number(Object.values(this.get(sql, ...values) ?? {})[0]);
  }

  /** Several reads of one moment. */
  snapshot<Answer>(work: () => Answer): Answer {
    this.run('BEGIN');
    try {
      return work();
    } finally {
      this.rollback();
    }
  }

  begin(mode: 'IMMEDIATE' | 'EXCLUSIVE'): void {
    this.run(`BEGIN ${mode}`);
  }
  commit(): void {
    this.run('COMMIT');
  }
  /** Undoes the open transaction; SQLite may have undone it already. */
  rollback(): void {
    try {
      this.run('ROLLBACK');
    } catch {
      // No transaction was open any more.
    }
  }

  close(): void {
    this.#prepared.clear();
    try {
      this.#db.close();
    } catch {
      // It was closed before.
    }
  }
}
