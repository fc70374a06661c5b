import type { Run } from '../host/commandMap.ts';
import { askText } from './ask.ts';
import { caseFor } from './target.ts';
import { act } from './write.ts';

/** Answers what support asked for (E-07). */
export const run: Run = async (services, argument) => {
  const at = await caseFor(services, argument, 'command.answer.title', 'answer');
  if (at === undefined) return;
  const question = { title: 'command.answer.title', prompt: 'command.answer.prompt', required: true } as const;
  const text = await askText(at.strings, question);
  if (text !== undefined) await act(at, { kind: 'answer', text, files: [] });
};
