import type pg from 'pg';
import type { Timing } from '../waiting.ts';
import { realTiming } from '../waiting.ts';
import { Changes } from './changes.ts';
import { connectionsTo } from './connection.ts';
import { reporter } from './trouble.ts';

/** What all tenants of a server share: connections, of which one hears what other copies change. */
export interface Database {
  readonly pool: pg.Pool;
  readonly changes: Changes;
  /** Lets go of the database; what was written before is told to the other copies first. */
  readonly end: () => void;
}

/** At most so many connections to a database, made as they are needed; or those that are given, which stay open. */
export function openDatabase(
  address: string | pg.Pool,
  most: number,
  report: ((error: unknown) => void) | undefined,
  timing: Timing = realTiming,
): Database {
  const told = reporter(report);
  const { pool, end } = connectionsTo(address, most, told);
  const changes = new Changes({ pool, timing, report: told });
  return {
    pool,
    changes,
    end: () => {
      changes.close();
      end();
    },
  };
}
