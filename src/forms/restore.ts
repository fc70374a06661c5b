import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../host/disposables.ts';
import type { PageName } from './pageBundle.ts';

/** What brings pages back after a reload of the window. */
export interface Restorer {
  restore(page: PageName, panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/**
 * Makes pages come back after a reload. Called at activation: it loads nothing until a page is there to be restored.
 */
export function registerPageRestore(pages: () => Promise<Restorer>): Disposable {
  const registered = new DisposableStore();
  for (const page of ['newCase', 'case', 'incident'] as const satisfies readonly PageName[]) {
    registered.add(
      vscode.window.registerWebviewPanelSerializer(`casebook.${page}`, {
        deserializeWebviewPanel: async (panel, state: unknown) => (await pages()).restore(page, panel, state),
      }),
    );
  }
  return registered;
}
