import type { Run } from '../host/commandMap.ts';
import { askText } from './ask.ts';
import { caseFor } from './target.ts';
import { act } from './write.ts';

/** Records that support says it is resolved; closing is the customer's own step (E-10). */
export const run: Run = async (services, argument) => {
  const title = 'command.resolved.title';
  const at = await caseFor(services, argument, title, 'resolve');
  if (at === undefined) return;
  const text = await askText(at.strings, { title, prompt: 'command.noteOptional', required: false });
  if (text !== undefined) await act(at, { kind: 'resolve', text });
};
