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

function addWords(connection: Connection, place: number, text: string): void {
  const words = searchWords(text).join(' ');
  if (words !== '') connection.run('INSERT INTO search (rowid, words) VALUES (?, ?)', place, words);
}

function addEvents(connection: Connection, number: number, events: readonly TimelineEvent[]): void {
  for (const event of events) {
    const place = placeOf(number, event.seq);
    connection.run('INSERT INTO events (place, event) VALUES (?, ?)', place, JSON.stringify(event));
    addWords(connection, place, eventText(event));
  }
}

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

function tell(connection: Connection, id: string | null): void {
  const seq = connection.run('INSERT INTO changes (case_id) VALUES (?)', id);
  connection.run('DELETE FROM changes WHERE seq <= ?', seq - changesKept);
}

/** The methods of one transaction; they work at once, and are promises only because other stores need that. */
export function transactionOver(connection: Connection): Transaction {
  const soon = <Answer>(work: () => Answer): Promise<Answer> => new Promise(resolve => resolve(work()));
  return {
    case: id => soon(() => readCase(connection, id)),
    addCase: (summary, filed, events) =>
      soon(() => {
        const number = connection.run(addSql, summary.id, ...caseValues(summary));
        addFiled(connection, number, filed);
        addEvents(connection, number, events);
        addWords(connection, placeOf(number, 0), `${summary.title}\n${filed.text}`);
        tell(connection, summary.id);
        return number;
      }),
    changeCase: (summary, events) =>
      soon(() => {
        connection.run(changeSql, ...caseValues(summary), summary.id);
        addEvents(connection, summary.number, events);
        tell(connection, summary.id);
      }),
    incident: id => soon(() => readIncident(connection, id)),
    addIncident: incident =>
      soon(() => {
        const { id, revision, service, title, classification, status, startedAt, updatedAt, posts } = incident;
        const sql = `INSERT INTO incidents (id, revision, service, title, classification, status, active, started_at, updated_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
        const active = Number(isActive(status));
        const told = [id, revision, service, title, classification, status, active, startedAt, updatedAt];
        const number = connection.run(sql, ...told);
        addPosts(connection, number, posts, 0);
        tell(connection, null);
        return number;
      }),
    changeIncident: ({ id, number, revision, status, updatedAt, posts }, from) =>
      soon(() => {
        const sql = 'UPDATE incidents SET revision = ?, status = ?, active = ?, updated_at = ? WHERE id = ?';
        connection.run(sql, revision, status, Number(isActive(status)), updatedAt, id);
        addPosts(connection, number, posts, from);
        tell(connection, null);
      }),
    keepSnapshot: ({ source, snapshot }, expires, now) =>
      soon(() => {
        connection.run('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)', source, snapshot, expires);
        const newest = 'SELECT source FROM snapshots ORDER BY expires_at DESC, source LIMIT ?';
        const sql = `DELETE FROM snapshots WHERE expires_at <= ? OR source NOT IN (${newest})`;
        connection.run(sql, now, mostSnapshots);
        tell(connection, null);
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
