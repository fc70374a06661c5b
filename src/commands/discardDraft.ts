import type { Run } from '../host/commandMap.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import { parseArgument } from './argument.ts';
import { choose, quoted } from './choose.ts';
import { say } from './say.ts';
import { draftSentence } from './sentence.ts';

/** Discards a draft after asking; the only thing of the user's that Casebook ever deletes. */
export const run: Run = async (services, argument) => {
  const given = parseArgument(argument);
  if (given.kind !== 'none' && given.kind !== 'draft') return;
  const strings = await services.strings();
  const drafts = await services.drafts();
  const list = await drafts.list();
  if (!list.ok) {
    say.warn(draftSentence(strings, list.error));
    return;
  }
  const titleOf = (title: string): string => (title.trim() === '' ? strings.t('view.draft.untitled') : quoted(title));

  const rows = list.value.map(draft => ({ label: titleOf(draft.content.title), value: draft.id }));
  if (given.kind === 'none' && rows.length === 0) {
    say.info(safeText(strings, 'command.noDraft'));
    return;
  }
  const id = given.kind === 'draft' ? given.draftId : await choose(strings.t('command.discard.title'), rows);
  if (id === undefined) return;
  const draft = list.value.find(one => one.id === id);
  if (draft === undefined) {
    say.warn(draftSentence(strings, { code: 'notFound' }));
    return;
  }

  const yes = { label: safeText(strings, 'command.discard.button'), value: true };
  if (!(await notify.confirm(safeText(strings, 'command.discard.sure'), titleOf(draft.content.title), yes))) return;
  const discarded = await drafts.discard(id);
  if (!discarded.ok) say.warn(draftSentence(strings, discarded.error));
};
