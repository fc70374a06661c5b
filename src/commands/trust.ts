import * as vscode from 'vscode';

/** Whether the user trusts the workspace; commands that read its files work only then. */
export function workspaceIsTrusted(): boolean {
  return vscode.workspace.isTrusted;
}
