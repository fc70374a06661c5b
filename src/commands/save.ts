import * as vscode from 'vscode';
import { safeText } from '../host/safeText.ts';
import type { AtDesk } from './desk.ts';
import { say } from './say.ts';

/** Asks where to save, and saves there. Nothing is opened. Answers where, or undefined when the user turned away or it failed. */
export async function saveAs(
  { services, strings }: Pick<AtDesk, 'services' | 'strings'>,
  title: string,
  name: string,
  content: Uint8Array,
): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title,
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (uri === undefined) return undefined;
  try {
    await vscode.workspace.fs.writeFile(uri, content);
    return uri;
  } catch (error) {
    services.log.error('save', error);
    say.error(safeText(strings, 'command.notSaved'));
    return undefined;
  }
}
