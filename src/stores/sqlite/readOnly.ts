import { pathToFileURL } from 'node:url';
import type { CaseSummary } from '../../desk/case.ts';
import type { DeskError, Result } from '../../desk/errors.ts';
import { fail, ok } from '../../desk/errors.ts';
import type { CaseFilter, ListPlace } from '../../desk/store.ts';
import type { SqliteModule } from './connection.ts';
import { Connection } from './connection.ts';
import { inspect } from './header.ts';
import { list } from './reads.ts';
import { knownVersion } from './schema.ts';
import { Search } from './search.ts';
import { troubleOf } from './trouble.ts';

/** What a look from outside cannot put right: there is no database, or what is there is damaged or something else. */
export interface Unreadable {
  readonly code: 'missing' | 'damaged';
}

const page = 1_000;

/**
 * All cases of a desk that hold, newest change first. The database is neither made, migrated, repaired nor moved aside.
 * With an empty log it is read as it stands, so that SQLite makes no files beside it; with a log in use SQLite reads
 * that too, by the shared memory it keeps there.
 */
export async function readCases(
  path: string,
  filter: CaseFilter,
  load: () => Promise<SqliteModule> = () => import('node:sqlite'),
): Promise<Result<readonly CaseSummary[], DeskError | Unreadable>> {
  let sqlite: SqliteModule;
  try {
    sqlite = await load();
  } catch {
    return fail({ code: 'sqliteMissing' });
  }
  let connection: Connection | undefined;
  try {
    const found = await inspect(path);
    if (found.kind !== 'database') return fail({ code: found.kind });
    if (found.version > knownVersion) {
      return fail({ code: 'newerDatabase', found: found.version, known: knownVersion });
    }
    // What an older Casebook wrote has every table that is read here.
    if (found.version < 1) return fail({ code: 'damaged' });
    const url = pathToFileURL(path);
    if (found.wal === 'absent') url.searchParams.set('immutable', '1');
    connection = new Connection(sqlite, url, 'readOnly');
    const opened = connection;
    const source = { reader: opened, search: () => new Search(opened) };
    const cases: CaseSummary[] = [];
    let after: ListPlace | undefined;
    for (;;) {
      const next = await list(source, filter, after, page);
      cases.push(...next);
      const last = next.at(-1);
      if (last === undefined || next.length < page) return ok(cases);
      after = last;
    }
  } catch (error) {
    const trouble = troubleOf(error);
    // A row that is none of ours, or a table that is missing, is damage too: nothing here can tell more.
    if (trouble === 'damaged' || error instanceof TypeError || isMissingTable(error)) return fail({ code: 'damaged' });
    return fail({ code: trouble });
  } finally {
    connection?.close();
  }
}

const isMissingTable = (error: unknown): boolean => error instanceof Error && error.message.includes('no such ');
