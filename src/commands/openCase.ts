import type { Run } from '../host/commandMap.ts';
import { parseArgument } from './argument.ts';
import { atDesk } from './desk.ts';
import { pickCase } from './pickCase.ts';

/** Opens the page of a case or of a draft. From the palette it asks, whatever page is in front. */
export const run: Run = async (services, argument) => {
  const given = parseArgument(argument);
  if (given.kind === 'draft') {
    await services.pages.openDraft(given.draftId);
  } else if (given.kind === 'case') {
    // The page reads the case while the editor makes room for it, and says itself where there is none.
    await services.pages.openCase(given.caseId);
  } else if (given.kind === 'note') {
    await services.pages.openCase(given.caseId, 'note');
  } else if (given.kind === 'none') {
    const at = await atDesk(services);
    const id = at && (await pickCase(at, at.strings.t('command.openCase.title'), undefined));
    if (id !== undefined) await services.pages.openCase(id);
  }
};
