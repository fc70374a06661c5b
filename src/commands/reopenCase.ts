import type { Run } from '../host/commandMap.ts';
import { askText } from './ask.ts';
import { caseFor } from './target.ts';
import { act } from './write.ts';

/** Reopens a resolved or closed case. */
export const run: Run = async (services, argument) => {
  const title = 'command.reopen.title';
  const at = await caseFor(services, argument, title, 'reopen');
  if (at === undefined) return;
  const text = await askText(at.strings, { title, prompt: 'command.noteOptional', required: false });
  if (text !== undefined) await act(at, { kind: 'reopen', text });
};
