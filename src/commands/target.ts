import type { CaseDetail } from '../desk/case.ts';
import type { DeskError } from '../desk/errors.ts';
import { transition } from '../desk/lifecycle.ts';
import type { ActionKind } from '../desk/words.ts';
import type { Services } from '../host/services.ts';
import type { Key } from '../strings/strings.ts';
import { parseArgument } from './argument.ts';
import { atDesk, sayDeskError, type AtDesk } from './desk.ts';
import { pickCase } from './pickCase.ts';

/** A command's case as it is now, and the desk it is on. */
export interface AtCase extends AtDesk {
  readonly case: CaseDetail;
}

/** Why the action cannot be done to the case now; undefined when it can. */
function refusalOf({ desk, case: detail }: AtCase, action: ActionKind | undefined): DeskError | undefined {
  if (action === undefined || detail.allowed.includes(action)) return undefined;
  const step = transition(detail, action, desk.capabilities({ caseId: detail.id }).roles);
  return step.ok ? { code: 'notYours', action } : step.error;
}

/**
 * The case a command is for: the one it was given, else the one of the page in front, else one the user picks. Says why
 * where the action does not apply; answers undefined then, when the user turns away, and when the argument means nothing.
 */
export async function caseFor(
  services: Services,
  argument: unknown,
  title: Key,
  action?: ActionKind,
): Promise<AtCase | undefined> {
  const given = parseArgument(argument);
  if (given.kind !== 'none' && given.kind !== 'case') return undefined;
  const at = await atDesk(services);
  if (at === undefined) return undefined;

  const read = async (id: string): Promise<AtCase | DeskError> => {
    const found = await at.desk.get(id);
    return found.ok ? { ...at, case: found.value } : found.error;
  };
  if (given.kind === 'none') {
    const active = services.pages.activeCase();
    const inFront = active === undefined ? undefined : await read(active);
    if (inFront !== undefined && 'case' in inFront && refusalOf(inFront, action) === undefined) return inFront;
  }
  const id = given.kind === 'case' ? given.caseId : await pickCase(at, at.strings.lookup(title) ?? title, action);
  if (id === undefined) return undefined;
  const chosen = await read(id);
  const problem = 'case' in chosen ? refusalOf(chosen, action) : chosen;
  if (problem === undefined && 'case' in chosen) return chosen;
  if (problem !== undefined) sayDeskError(at, problem);
  return undefined;
}
