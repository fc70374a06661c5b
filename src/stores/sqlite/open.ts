import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../../rules/decision.ts';
import { copyLogAside, moveAside, moveLogAside } from './aside.ts';
import type { Durability, SqliteModule } from './connection.ts';
import { Connection } from './connection.ts';
import { Gate } from './gate.ts';
import { inspect } from './header.ts';
import type { Migration } from './schema.ts';
import { applicationId, tables } from './schema.ts';
import { Search } from './search.ts';
import { Damaged, patient, troubleOf } from './trouble.ts';
import { Refused } from '../refused.ts';
import type { Timing } from '../waiting.ts';
import { whileBusy } from '../waiting.ts';

/** An open database. One connection writes, the other reads, so that no reader sees half a transaction. */
export interface Session {
  readonly writer: Connection;
  readonly reader: Connection;
  /** Reads at length, on a connection of its own, since an unfinished read keeps its connection at an old moment. */
  search(): Search;
  close(): void;
}
export interface Opening {
  readonly folder: string;
  readonly sqlite: SqliteModule;
  readonly timing: Timing;
  readonly now: () => Instant;
  readonly durability: Durability;
  readonly migrations: readonly Migration[];
  /** Whether damage was seen in use, so that the whole database is to be checked. */
  readonly suspect: boolean;
}

/**
 * Databases up to this size are checked whole when the first window opens them. Checking a larger one would hold up
 * this process for too long; it is checked when a use of it, or its log, shows damage.
 */
const checkedBytes = 4 * 1024 * 1024;

/** Refuses a database of a version that the migrations do not know. */
export function refuseNewer(found: number, migrations: readonly Migration[]): void {
  const known = migrations.at(-1)?.version ?? 0;
  if (found > known) throw new Refused({ code: 'newerDatabase', found, known });
}

function isComplete(connection: Connection): boolean {
  const held = new Set(connection.all('SELECT name FROM sqlite_schema').map(row => row['name']));
  return tables.every(table => held.has(table));
}

/** Whether SQLite finds the database whole, and we find it ours. */
function isSound(path: string, opening: Opening, thorough: boolean): boolean {
  let connection;
  try {
    connection = new Connection(opening.sqlite, path, opening.durability);
    const [row] = connection.all(thorough ? 'PRAGMA integrity_check(1)' : 'PRAGMA quick_check(1)');
    // An older version is still without what its migration will bring.
    const current = connection.number('PRAGMA user_version') === opening.migrations.at(-1)?.version;
    return Object.values(row ?? {})[0] === 'ok' && (!current || isComplete(connection));
  } catch (error) {
    if (troubleOf(error) === 'damaged') return false;
    throw error;
  } finally {
    connection?.close();
  }
}

/** Makes the database fit to open, alone with it. Answers the name of what had to be moved aside. */
async function prepare(path: string, opening: Opening, suspect: boolean): Promise<string | undefined> {
  const found = await inspect(path);
  const at = opening.now();
  const begin = async (): Promise<void> => (await fs.open(path, 'a', 0o600)).close();
  const anew = async (): Promise<string> => {
    const name = await moveAside(path, at);
    await begin();
    return name;
  };
  if (found.kind === 'missing') {
    await begin();
    return undefined;
  }
  if (found.kind === 'damaged') return anew();
  refuseNewer(found.version, opening.migrations);
  let moved: string | undefined;
  if (found.wal === 'damaged') moved = await moveLogAside(path, at);
  if (found.wal === 'cut') moved = await copyLogAside(path, at);
  const check = suspect || moved !== undefined || found.bytes <= checkedBytes;
  // Without its log a database may lack what its indexes have, which only the thorough check sees.
  return !check || isSound(path, opening, suspect || moved !== undefined) ? moved : anew();
}

/** Brings the database to the known format, one transaction a step. Others may be doing the same. */
async function migrate(writer: Connection, opening: Opening): Promise<void> {
  const version = (): number => writer.number('PRAGMA user_version');
  refuseNewer(version(), opening.migrations);
  if (version() === opening.migrations.at(-1)?.version) return;
  for (const step of opening.migrations) {
    await whileBusy(opening.timing, patient, () => {
      writer.begin('EXCLUSIVE');
      try {
        if (version() < step.version) {
          writer.exec(`${step.sql};
            PRAGMA application_id = ${String(applicationId)}; PRAGMA user_version = ${String(step.version)}`);
        }
        writer.commit();
      } catch (error) {
        writer.rollback();
        throw error;
      }
    });
  }
  // The version is then in the header of the file itself, for an older Casebook to see without opening it.
  writer.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

async function connect(path: string, gate: Gate, opening: Opening): Promise<Session> {
  const connections: Connection[] = [];
  const open = (): Promise<Connection> =>
    whileBusy(opening.timing, patient, () => new Connection(opening.sqlite, path, opening.durability));
  const close = (): void => {
    for (const connection of connections) connection.close();
    gate.close();
  };
  let searching: Search | undefined;
  const search = (): Search => {
    if (searching) return searching;
    const connection = new Connection(opening.sqlite, path, opening.durability);
    connections.push(connection);
    return (searching = new Search(connection));
  };
  try {
    const writer = await open();
    connections.push(writer);
    await migrate(writer, opening);
    if (!isComplete(writer)) throw new Damaged('tables are missing');
    const reader = await open();
    connections.push(reader);
    reader.exec('PRAGMA query_only = ON');
    return { writer, reader, search, close };
  } catch (error) {
    for (const connection of connections) connection.close();
    throw error;
  }
}

/** Opens or creates the database, moving a damaged one aside. Throws what SQLite and the file system throw, or {@link Refused}. */
export async function openSession(opening: Opening): Promise<{ session: Session; movedAside?: string }> {
  const { folder, sqlite, timing } = opening;
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'desk.sqlite');
  const gate = new Gate(sqlite, join(folder, 'desk.lock'));
  let movedAside: string | undefined;
  let { suspect } = opening;
  try {
    await fs.chmod(join(folder, 'desk.lock'), 0o600);
    return await whileBusy(timing, patient, async () => {
      const alone = gate.alone();
      if (alone) movedAside = (await prepare(path, opening, suspect)) ?? movedAside;
      await whileBusy(timing, patient, () => {
        gate.share();
      });
      try {
        return { session: await connect(path, gate, opening), ...(movedAside !== undefined && { movedAside }) };
      } catch (error) {
        gate.leave();
        if (troubleOf(error) !== 'damaged' || (alone && suspect)) throw error;
        // Damage that the first look missed: look closely, once no other window works with the database any more.
        suspect = true;
        throw new Refused({ code: 'busy' });
      }
    });
  } catch (error) {
    gate.close();
    throw error;
  }
}
