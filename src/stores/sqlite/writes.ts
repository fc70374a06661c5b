import type { TimelineEvent } from '../../desk/case.ts';
import type { Incident } from '../../desk/health.ts';
import { isActive, mostSnapshots } from '../../desk/health.ts';
import type { Filed, Transaction } from '../../desk/store.ts';
import { searchWords } from '../../desk/store.ts';
import { caseColumns, caseValues, eventText, filedColumns, filedValues } from '../rows.ts';
import type { Connection } from './connection.ts';
import { readCase, readIncident } from './reads.ts';
import { placeOf } from './search.ts';

/** Other windows learn from the latest changes what to refresh; who missed more than these refreshes everything. */
const changesKept = 1_000;

const addSql = `INSERT INTO cases (id, ${caseColumns.join()}) VALUES (?${', ?'.repeat(caseColumns.length)})`;
const changeSql = `UPDATE cases SET ${caseColumns.map(column => `${column} = ?`).join()} WHERE id = ?`;

function addFiled(connection: Connection, number: number, filed: Filed): void {
  const sql = `INSERT INTO filed (number, ${filedColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  connection.run(sql, number, ...filedValues(filed));
}

function addPosts(connection: Connection, number: number, posts: Incident['posts'], from: number): void {
  for (const [index, { at, by, status, text }] of posts.entries()) {
    if (index < from) continue;
    connection.run('INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?)', number, index, at, by.name, status, text);
  }
}

/** Words for the search, and the event or case they are of. */
interface Words {
  readonly place: number;
  readonly words: string;
}

/**
 * The writing of one transaction, in which use cases run one after another. What one of them refuses is undone as if it
 * had not been there. Words go into the index at the end: each of its writes would otherwise be a segment of its own.
 */
export class Writing {
  readonly #connection: Connection;
  #words: Words[] = [];
  #told: (string | null)[] = [];
  /** What is kept of the use cases before the one that runs. */
  #before = { words: 0, told: 0 };
  /** The methods a use case works with; they work at once, and are promises only because other stores need that. */
  readonly transaction: Transaction;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.transaction = this.#methods();
  }

  /** Begins a use case. */
  begin(): void {
    this.#before = { words: this.#words.length, told: this.#told.length };
    this.#connection.run('SAVEPOINT one');
  }

  /** Ends it. */
  end(isKept: boolean): void {
    if (!isKept) {
      this.#connection.run('ROLLBACK TO one');
      this.#words = this.#words.slice(0, this.#before.words);
      this.#told = this.#told.slice(0, this.#before.told);
    }
    this.#connection.run('RELEASE one');
  }

  /** Writes what was put off. */
  finish(): void {
    for (const { place, words } of this.#words) {
      this.#connection.run('INSERT INTO search (rowid, words) VALUES (?, ?)', place, words);
    }
    if (this.#told.length === 0) return;
    const seqs = this.#told.map(id => this.#connection.run('INSERT INTO changes (case_id) VALUES (?)', id));
    this.#connection.run('DELETE FROM changes WHERE seq <= ?', Math.max(...seqs) - changesKept);
  }

  #addWords(place: number, text: string): void {
    const words = searchWords(text).join(' ');
    if (words !== '') this.#words.push({ place, words });
  }

  #addEvents(number: number, events: readonly TimelineEvent[]): void {
    for (const event of events) {
      const place = placeOf(number, event.seq);
      this.#connection.run('INSERT INTO events (place, event) VALUES (?, ?)', place, JSON.stringify(event));
      this.#addWords(place, eventText(event));
    }
  }

  #methods(): Transaction {
    const connection = this.#connection;
    const soon = <Answer>(work: () => Answer): Promise<Answer> => new Promise(resolve => resolve(work()));
    return {
      case: id => soon(() => readCase(connection, id)),
      addCase: (summary, filed, events) =>
        soon(() => {
          const number = connection.run(addSql, summary.id, ...caseValues(summary));
          addFiled(connection, number, filed);
          this.#addEvents(number, events);
          this.#addWords(placeOf(number, 0), `${summary.title}\n${filed.text}`);
          this.#told.push(summary.id);
          return number;
        }),
      changeCase: (summary, events) =>
        soon(() => {
          connection.run(changeSql, ...caseValues(summary), summary.id);
          this.#addEvents(summary.number, events);
          this.#told.push(summary.id);
        }),
      incident: id => soon(() => readIncident(connection, id)),
      addIncident: incident =>
        soon(() => {
          const { id, revision, service, title, classification, status, startedAt, updatedAt, posts } = incident;
          const sql = `INSERT INTO incidents (id, revision, service, title, classification, status, active, started_at, updated_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
          const active = Number(isActive(status));
          const values = [id, revision, service, title, classification, status, active, startedAt, updatedAt];
          const number = connection.run(sql, ...values);
          addPosts(connection, number, posts, 0);
          this.#told.push(null);
          return number;
        }),
      changeIncident: ({ id, number, revision, status, updatedAt, posts }, from) =>
        soon(() => {
          const sql = 'UPDATE incidents SET revision = ?, status = ?, active = ?, updated_at = ? WHERE id = ?';
          connection.run(sql, revision, status, Number(isActive(status)), updatedAt, id);
          addPosts(connection, number, posts, from);
          this.#told.push(null);
        }),
      keepSnapshot: ({ source, snapshot }, expires, now) =>
        soon(() => {
          connection.run('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)', source, snapshot, expires);
          const newest = 'SELECT source FROM snapshots ORDER BY expires_at DESC, source LIMIT ?';
          const sql = `DELETE FROM snapshots WHERE expires_at <= ? OR source NOT IN (${newest})`;
          connection.run(sql, now, mostSnapshots);
          this.#told.push(null);
        }),
      kept: (caller, key) =>
        soon(() => {
          const row = connection.get('SELECT payload, answer FROM kept WHERE caller = ? AND key = ?', caller, key);
          return row && { payload: String(row['payload']), answer: String(row['answer']) };
        }),
      keep: (caller, key, at, { payload, answer }) =>
        soon(() => {
          connection.run('INSERT INTO kept VALUES (?, ?, ?, ?, ?)', caller, key, payload, answer, at);
        }),
      forget: before =>
        soon(() => {
          connection.run('DELETE FROM kept WHERE at < ?', before);
        }),
    };
  }
}
