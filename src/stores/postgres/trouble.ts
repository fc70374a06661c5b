import pg from 'pg';
import type { DeskError } from '../../desk/errors.ts';
import { Refused } from '../refused.ts';

type Trouble = Extract<DeskError['code'], 'busy' | 'unreachable' | 'storageFull' | 'storageReadOnly' | 'failed'>;

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const troubles: Readonly<Partial<Record<string, Trouble>>> = {
  '25006': 'storageReadOnly', // read_only_sql_transaction: a standby
  '25P03': 'busy', // idle_in_transaction_session_timeout
  '40001': 'busy', // serialization_failure
  '40P01': 'busy', // deadlock_detected
  '53100': 'storageFull', // disk_full
  '53200': 'busy', // out_of_memory
  '53300': 'busy', // too_many_connections
  '55P03': 'busy', // lock_not_available
  '57014': 'busy', // query_canceled: statement_timeout
  '57P01': 'unreachable', // admin_shutdown
  '57P02': 'unreachable', // crash_shutdown
  '57P03': 'unreachable', // cannot_connect_now
};

/** The SQLSTATE of an error that the server told of. */
export function stateOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** Hands on what a log may hold of each failure: what PostgreSQL says quotes values, and what a pool says, passwords. */
export function reporter(report: ((error: unknown) => void) | undefined): (error: unknown) => void {
  return error => {
    const state = stateOf(error);
    if (state !== undefined) report?.(Object.assign(new Error(`PostgreSQL says ${state}`), { code: state }));
    else if (error instanceof Error && 'client' in error) report?.(new Error(error.message));
    else report?.(error);
  };
}

/** What an error thrown underneath means. */
export function errorOf(error: unknown): DeskError {
  if (error instanceof Refused) return error.error;
  return { code: troubleOf(error) };
}

function troubleOf(error: unknown): Trouble {
  const state = stateOf(error);
  if (state !== undefined) return troubles[state] ?? (state.startsWith('08') ? 'unreachable' : 'failed');
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof SyntaxError) return 'failed';
  // All connections are in use, or an answer did not come in time.
  if (/^timeout exceeded|^Query read timeout/.test(error.message)) return 'busy';
  // The other errors of connections have a code of the system, or nothing but a sentence.
  const isSystem = 'code' in error && typeof error.code === 'string' && /^E[A-Z]/.test(error.code);
  return isSystem || /connection|not queryable/i.test(error.message) ? 'unreachable' : 'failed';
}

/** Whether the connection itself failed, so that it can be used no more. */
export function isBroken(error: unknown): boolean {
  return stateOf(error) === undefined && !(error instanceof Refused) && troubleOf(error) !== 'failed';
}

/** Whether another copy has just kept an answer under the same key: unique_violation. */
const isKeptTwice = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === 'kept_pkey';

/** Whether another transaction was in the way, so that the same one may succeed now: nothing of it was kept. */
export function isContention(error: unknown): boolean {
  const state = stateOf(error);
  return (
    state === '40001' ||
    state === '40P01' ||
    isKeptTwice(error) ||
    (error instanceof Refused && error.error.code === 'stillRunning')
  );
}
