import * as vscode from 'vscode';

/** Whether the user trusts the workspace; commands that read its files work only then. */
export function workspaceIsTrusted(): boolean {
  // eslint-disable-next-line no-restricted-syntax -- the rule is about trusted markup, this is the trust of a folder
  return vscode.workspace.isTrusted;
}
