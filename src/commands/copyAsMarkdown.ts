import * as vscode from 'vscode';
import type { Run } from '../host/commandMap.ts';
import { safeText } from '../host/safeText.ts';
import { exportMarkdown } from './exportCase.ts';
import { say } from './say.ts';
import { caseFor } from './target.ts';

/** Puts a case with its timeline on the clipboard. */
export const run: Run = async (services, argument) => {
  const at = await caseFor(services, argument, 'command.copy.title');
  if (at === undefined) return;
  await vscode.env.clipboard.writeText(exportMarkdown(at.case, at.strings));
  // Nothing else shows that it worked.
  say.info(safeText(at.strings, 'command.copy.done', { number: at.case.number }));
};
