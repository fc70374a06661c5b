import * as sqlite from 'node:sqlite';
import type { SqliteModule } from '../../src/stores/sqlite/connection.ts';
import type { Timing } from '../../src/stores/waiting.ts';

export interface FaultySqlite {
  readonly load: () => Promise<SqliteModule>;
  /** From now on statements that match fail with a result code of SQLite. */
  fail(code: number, when?: RegExp): void;
  heal(): void;
  /** What was run on any connection, in order. */
  readonly ran: string[];
}

/** SQLite whose connections run `first`, and whose statements can be made to fail. */
export function faultySqlite(first: (path: string) => string = () => ''): FaultySqlite {
  let fault: { readonly code: number; readonly when: RegExp } | undefined;
  const ran: string[] = [];
  const strike = (sql: string): void => {
    ran.push(sql);
    if (!fault?.when.test(sql)) return;
    throw Object.assign(new Error('injected'), { code: 'ERR_SQLITE_ERROR', errcode: fault.code });
  };
  class DatabaseSync extends sqlite.DatabaseSync {
    constructor(path: string, options?: sqlite.DatabaseSyncOptions) {
      strike(`OPEN ${path}`);
      super(path, options ?? {});
      const sql = first(path);
      if (sql !== '') super.exec(sql);
    }
    override exec(sql: string): void {
      strike(sql);
      super.exec(sql);
    }
    override prepare(sql: string): sqlite.StatementSync {
      const statement = super.prepare(sql);
      for (const how of ['run', 'get', 'all'] as const) {
        const real = statement[how].bind(statement) as (...values: never[]) => unknown;
        const struck = (...values: never[]): unknown => {
          strike(sql);
          return real(...values);
        };
        Object.defineProperty(statement, how, { value: struck });
      }
      return statement;
    }
  }
  return {
    load: () => Promise.resolve({ ...sqlite, DatabaseSync }),
    fail: (code, when = /INSERT|UPDATE/) => {
      fault = { code, when };
    },
    heal: () => {
      fault = undefined;
    },
    ran,
  };
}

export interface HandTiming extends Timing {
  /** How long each sleep was. */
  readonly naps: number[];
  /** The polls that are set up now; call one to poll. */
  readonly polls: (() => void)[];
  onNap: () => void;
}

/** Time that passes only while somebody sleeps, and polls that happen when the test says so. */
export function handTiming(): HandTiming {
  let time = 0;
  const timing: HandTiming = {
    naps: [],
    polls: [],
    onNap: () => undefined,
    clock: () => time,
    random: () => 0.5,
    sleep: ms => {
      timing.naps.push(ms);
      time += ms;
      timing.onNap();
      return Promise.resolve();
    },
    every: (_ms, run) => {
      timing.polls.push(run);
      return () => {
        timing.polls.splice(timing.polls.indexOf(run), 1);
      };
    },
  };
  return timing;
}
