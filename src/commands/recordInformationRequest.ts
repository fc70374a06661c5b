import type { Run } from '../host/commandMap.ts';
import { askText } from './ask.ts';
import { caseFor } from './target.ts';
import { act } from './write.ts';

/** Records that support asked for information: the case then needs the customer's action (E-07). */
export const run: Run = async (services, argument) => {
  const title = 'command.requestInformation.title';
  const at = await caseFor(services, argument, title, 'requestInformation');
  if (at === undefined) return;
  const text = await askText(at.strings, { title, prompt: 'command.requestInformation.prompt', required: true });
  if (text !== undefined) await act(at, { kind: 'requestInformation', text });
};
