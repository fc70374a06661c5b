import { closeReasons } from '../desk/words.ts';
import type { Run } from '../host/commandMap.ts';
import { askText } from './ask.ts';
import { choose } from './choose.ts';
import { caseFor } from './target.ts';
import { act } from './write.ts';

/** Closes a case for one of the two reasons there are (E-10), with a note if wanted. */
export const run: Run = async (services, argument) => {
  const title = 'command.close.title';
  const at = await caseFor(services, argument, title, 'close');
  if (at === undefined) return;
  const { strings } = at;
  const reasons = closeReasons.map(value => ({ label: strings.t(`reason.${value}`), value }));
  const reason = await choose(strings.t('command.close.why'), reasons);
  if (reason === undefined) return;
  const text = await askText(strings, { title, prompt: 'command.noteOptional', required: false });
  if (text !== undefined) await act(at, { kind: 'close', reason, text });
};
