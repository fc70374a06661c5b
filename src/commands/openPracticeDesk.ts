import * as vscode from 'vscode';
import type { Run } from '../host/commandMap.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import { sayDeskError } from './desk.ts';
import { say } from './say.ts';

/** Brings the window to the practice desk and shows its cases; where it does not open, the window stays at its own. */
export const run: Run = async services => {
  const strings = await services.strings();
  const first = !services.practice.on();
  const opened = await notify.progress('casebook.cases', () => services.practice.open());
  if (!opened.ok) {
    sayDeskError({ services, strings }, opened.error);
    return;
  }
  await vscode.commands.executeCommand('casebook.cases.focus');
  if (first) say.info(safeText(strings, 'practice.opened'));
};
