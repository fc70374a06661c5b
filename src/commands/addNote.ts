import type { Run } from '../host/commandMap.ts';
import { askText } from './ask.ts';
import { caseFor } from './target.ts';
import { annotate } from './write.ts';

/** Adds a note of one line; longer texts are written on the page of the case. */
export const run: Run = async (services, argument) => {
  const at = await caseFor(services, argument, 'command.addNote.title', 'annotate');
  if (at === undefined) return;
  const question = { title: 'command.addNote.title', prompt: 'command.addNote.prompt', required: true } as const;
  const text = await askText(at.strings, question);
  if (text !== undefined) await annotate(at, text);
};
