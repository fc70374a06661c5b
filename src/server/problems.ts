import type { BorderCode, Problem, ProblemCode } from '../api/problem.ts';
import { statuses } from '../api/problem.ts';
import type { DeskError } from '../desk/errors.ts';

/** What a request is answered with other than what it asked for. */
export type Trouble =
  | DeskError
  | {
      readonly code: BorderCode;
      /** Seconds, where it is worth trying again. */
      readonly retryAfter?: number;
    };

const titles: Readonly<Record<ProblemCode, string>> = {
  notFound: 'There is no such thing here.',
  conflict: 'It changed since the revision this was made against.',
  impossible: 'This is not possible where the case stands.',
  alreadyRecorded: 'This can be recorded once only, and was.',
  notYours: 'The roles of the caller do not allow this.',
  refused: 'A rule of the support offer refuses this.',
  invalid: 'Something in the request does not hold.',
  fileTooLarge: 'The file is larger than the desk takes.',
  fileGone: 'The content is not there.',
  caseFull: 'The case holds as much as the desk takes on one case.',
  quotaReached: 'The cases and files of the tenant have as many bytes as the desk takes.',
  keyReused: 'The key was used before for another write.',
  stillRunning: 'The first try of this write is still being worked on.',
  busy: 'The storage is busy.',
  storageFull: 'The storage is full.',
  storageReadOnly: 'The storage cannot be written.',
  failed: 'Something went wrong.',
  unauthenticated: 'A valid token is needed.',
  forbidden: 'The token does not allow this.',
  keyMissing: 'A write needs an Idempotency-Key.',
  revisionMissing: 'This write needs an If-Match with the revision it was made against.',
  notAcceptable: 'The content type is not what this operation takes.',
  tooManyRequests: 'There were too many requests.',
  unavailable: 'The desk cannot answer now.',
};

/** Seconds after which what is busy or away is worth another try. */
const soon = 2;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
}

function known(code: Trouble['code']): ProblemCode {
  if (code in statuses) return code as ProblemCode;
  // The rest is what a desk cannot do because of what is underneath it, and what only clients say.
  return code === 'unreachable' || code === 'newerDatabase' || code === 'sqliteMissing' ? 'unavailable' : 'failed';
}

/** A trouble as problem details. `status` is for what does not hold outside a body, and for what HTTP has its own word for. */
export function problemOf(trouble: Trouble, status: number = statuses[known(trouble.code)]): Answer {
  const code = known(trouble.code);
  const told = { type: `urn:casebook:problem:${code}`, title: titles[code], status, code };
  const headers: Record<string, string> = {};
  if (code === 'unauthenticated') headers['www-authenticate'] = 'Bearer';
  if (status === 503) headers['retry-after'] = String(soon);
  if ('retryAfter' in trouble) headers['retry-after'] = String(trouble.retryAfter);
  return { status, headers, body: { ...told, ...membersOf(trouble) } };
}

/** What goes with the code, member by member, so that nothing else ever does. */
function membersOf(trouble: Trouble): Partial<Problem> {
  if ('issues' in trouble) return { issues: [...trouble.issues] };
  if ('revision' in trouble) return { revision: trouble.revision };
  if ('rule' in trouble) {
    const { rule, facts, cap } = trouble;
    return { rule, facts: [...facts], ...(cap === undefined ? {} : { cap }) };
  }
  if ('status' in trouble) return { action: trouble.action, caseStatus: trouble.status };
  if ('action' in trouble) return { action: trouble.action };
  if (!('name' in trouble) && 'limit' in trouble) return { limit: trouble.limit };
  if ('name' in trouble) return { name: trouble.name, ...('limit' in trouble ? { limit: trouble.limit } : {}) };
  return {};
}
