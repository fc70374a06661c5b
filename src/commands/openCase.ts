import type { Run } from '../host/commandMap.ts';
import { parseArgument } from './argument.ts';
import { atDesk } from './desk.ts';
import { pickCase } from './pickCase.ts';
import { caseFor } from './target.ts';

const title = 'command.openCase.title';

/** Opens the page of a case or of a draft. From the palette it asks, whatever page is in front. */
export const run: Run = async (services, argument) => {
  const given = parseArgument(argument);
  if (given.kind === 'draft') {
    await services.pages.openDraft(given.draftId);
  } else if (given.kind === 'case' || given.kind === 'note') {
    const at = await caseFor(services, { caseId: given.caseId }, title);
    if (at === undefined) return;
    if (given.kind === 'note') await services.pages.openCase(at.case.id, 'note');
    else await services.pages.openCase(at.case.id);
  } else if (given.kind === 'none') {
    const at = await atDesk(services);
    const id = at && (await pickCase(at, at.strings.t(title), undefined));
    if (id !== undefined) await services.pages.openCase(id);
  }
};
