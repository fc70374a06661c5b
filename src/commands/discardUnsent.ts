import type { Run } from '../host/commandMap.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import type { Services } from '../host/services.ts';
import { parseArgument } from './argument.ts';
import { quoted } from './choose.ts';
import { sayDeskError } from './desk.ts';
import { say } from './say.ts';
import { draftSentence } from './sentence.ts';
import { mayHaveArrived, unsentFor } from './unsent.ts';

/** Gives up what was typed for a case and not sent, after asking. */
async function discardNote(services: Services, caseId: string): Promise<void> {
  const strings = await services.strings();
  const drafts = await services.drafts();
  const notes = await drafts.notes();
  const note = notes.ok ? notes.value.find(one => one.caseId === caseId) : undefined;
  if (note === undefined) {
    say.info(safeText(strings, 'command.unsent.none'));
    return;
  }
  const yes = { label: safeText(strings, 'command.discard.button'), value: true };
  const detail = note.title === '' ? strings.t('export.untitled') : quoted(note.title);
  if (!(await notify.confirm(safeText(strings, 'command.discardUnsent.sure'), detail, yes))) return;
  const done = await drafts.writeNote(caseId, { text: '' });
  if (done.ok) await services.pages.showNote(caseId);
  else say.warn(draftSentence(strings, done.error));
}

/** Gives up something unsent after asking. */
export const run: Run = async (services, argument) => {
  const given = parseArgument(argument);
  if (given.kind === 'note') return discardNote(services, given.caseId);
  const at = await unsentFor(services, argument, 'command.discardUnsent.title');
  if (at === undefined) return;
  const { strings, outbox, item, title } = at;
  const yes = { label: safeText(strings, 'command.discard.button'), value: true };
  const detail = [title, ...mayHaveArrived(at)].join('\n\n');
  if (!(await notify.confirm(safeText(strings, 'command.discardUnsent.sure'), detail, yes))) return;
  const done = await outbox.discard(item.id);
  if (!done.ok) sayDeskError(at, done.error);
};
