import { Problem } from '../../api/problem.ts';
import type { ActionKind } from '../../desk/case.ts';
import type { DeskError } from '../../desk/errors.ts';
import { actionKinds, deskStatuses } from '../../desk/words.ts';
import type { FactId } from '../../rules/decision.ts';
import type { HttpError } from '../http/client.ts';

const failed = { code: 'failed' } as const;
/** The form of an id; a newer desk may name a fact that is not listed here, and whoever shows it looks it up. */
const isFactId = (id: string): id is FactId => /^[AGVCE]-\d{2}\b/.test(id);
const isOneOf = <Word extends string>(words: readonly Word[], word: string | undefined): word is Word =>
  words.some(known => known === word);

/**
 * What a desk's answer means to its caller. Trouble on the way or at the desk as a whole is `unreachable`; a desk that
 * says it failed at this one thing, or refuses in a way this client does not know, is `failed`.
 */
export function deskErrorOf(error: HttpError): DeskError {
  if (error.code !== 'refused') return error;
  const passing = error.status >= 500 && error.status !== 501 && error.status !== 505;
  const parsed = Problem.safeParse(error.body);
  if (!parsed.success) return { code: passing ? 'unreachable' : 'notADesk' };
  return known(parsed.data) ?? (passing ? { code: 'unreachable' } : failed);
}

function known(problem: Problem): DeskError | undefined {
  const { code, action, name = '' } = problem;
  switch (code) {
    case 'notFound':
    case 'keyReused':
    case 'stillRunning':
    case 'busy':
    case 'storageFull':
    case 'storageReadOnly':
    case 'failed':
      return { code };
    case 'conflict':
      return problem.revision === undefined ? undefined : { code, revision: problem.revision };
    case 'impossible':
      return isOneOf<ActionKind>(actionKinds, action) && isOneOf(deskStatuses, problem.caseStatus)
        ? { code, action, status: problem.caseStatus }
        : undefined;
    case 'alreadyRecorded':
      return isOneOf<ActionKind>(actionKinds, action) ? { code, action } : undefined;
    case 'notYours':
      return isOneOf([...actionKinds, 'writeToBoard'], action) ? { code, action } : undefined;
    case 'refused': {
      const { rule, cap } = problem;
      const facts = (problem.facts ?? []).filter(isFactId);
      return rule === undefined ? undefined : { code, rule, facts, ...(cap && { cap }) };
    }
    case 'invalid':
      return {
        code,
        issues: (problem.issues ?? []).map(({ path, code: why, limit }) => ({
          ...{ path, code: why },
          ...(limit !== undefined && { limit }),
        })),
      };
    case 'fileTooLarge':
      return problem.limit === undefined ? undefined : { code, name, limit: problem.limit };
    case 'caseFull':
    case 'quotaReached':
      return problem.limit === undefined ? undefined : { code, limit: problem.limit };
    case 'fileGone':
      return { code, name };
    case 'unauthenticated':
      return { code: 'signedOut' };
    case 'tooManyRequests':
      return { code: 'throttled' };
    default:
      return undefined;
  }
}
