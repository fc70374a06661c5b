import type { DatabaseSync } from 'node:sqlite';
import type { SqliteModule } from './connection.ts';
import { troubleOf } from './trouble.ts';

/**
 * Who has the desk open. Each open store holds a shared lock on an empty file beside the database; who holds it alone
 * may inspect the database and move it aside. The lock is SQLite's own, so it ends with its process, however that ends.
 */
export class Gate {
  readonly #db: DatabaseSync;

  constructor(sqlite: SqliteModule, path: string) {
    this.#db = new sqlite.DatabaseSync(path);
    this.#db.exec('PRAGMA busy_timeout = 0');
  }

  /** Locks everyone out, if no one else is in. */
  alone(): boolean {
    try {
      this.#db.exec('BEGIN EXCLUSIVE');
      return true;
    } catch (error) {
      if (troubleOf(error) === 'busy') return false;
      throw error;
    }
  }

  /** Holds the desk open beside others; fails as busy while someone is in alone. */
  share(): void {
    this.leave();
    this.#db.exec('BEGIN');
    try {
      this.#db.prepare('SELECT 1 FROM sqlite_schema').all();
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  leave(): void {
    try {
      this.#db.exec('ROLLBACK');
    } catch {
      // Nothing was held.
    }
  }

  close(): void {
    this.leave();
    this.#db.close();
  }
}
