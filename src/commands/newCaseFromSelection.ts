import * as vscode from 'vscode';
import type { CodePlace } from '../desk/case.ts';
import { cleanLine, cleanText, limits } from '../desk/text.ts';
import type { Run } from '../host/commandMap.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import { commitOf } from './gitCommit.ts';
import { say } from './say.ts';
import { workspaceIsTrusted } from './trust.ts';

/** The path to name a document by: relative to the workspace, and no more than its name outside of it. */
function pathOf(uri: vscode.Uri): string {
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const path = inWorkspace ? vscode.workspace.asRelativePath(uri) : uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return cleanLine(path).slice(0, 1_000).toWellFormed() || 'untitled';
}

function placeOf({ document, selection }: vscode.TextEditor): CodePlace {
  const { start, end } = selection;
  // A selection that ends before the first character of a line does not take that line.
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const commit = commitOf(document.uri);
  return {
    path: pathOf(document.uri),
    startLine: start.line + 1,
    endLine: last + 1,
    language: cleanLine(document.languageId).slice(0, 50),
    text: cleanText(document.getText(selection)).slice(0, limits.text).toWellFormed(),
    ...(commit === undefined ? {} : { commit }),
  };
}

/** Starts a case about the code that is selected. Reads the workspace, so it needs one that is trusted. */
export const run: Run = async services => {
  const strings = await services.strings();
  if (!workspaceIsTrusted()) {
    say.warn(safeText(strings, 'command.restricted'));
    return;
  }
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) {
    say.info(safeText(strings, 'command.selection.none'));
    return;
  }
  const cut = editor.document.getText(editor.selection).length > limits.text;
  await services.pages.newCase({ places: [placeOf(editor)] });
  if (cut) await notify.info(safeText(strings, 'command.selection.cut', { limit: limits.text }));
};
