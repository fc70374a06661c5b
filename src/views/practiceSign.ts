import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../host/disposables.ts';
import type { Services } from '../host/services.ts';
import { createTimes } from './times.ts';

const minute = 60_000;

/** What says in the status bar, as long as a window practises, that it does, and what its clock shows. */
export function createPracticeSign(services: Services): Disposable {
  const owned = new DisposableStore();
  const item = owned.add(
    vscode.window.createStatusBarItem('casebook.practice', vscode.StatusBarAlignment.Left, Number.MAX_SAFE_INTEGER),
  );
  item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
  item.command = 'casebook.setPracticeClock';
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  owned.add({
    dispose: () => {
      ended = true;
      clearTimeout(timer);
    },
  });

  const show = async (): Promise<void> => {
    clearTimeout(timer);
    const strings = await services.strings();
    if (ended) return;
    const now = services.now();
    const time = createTimes(strings.language).moment(now, now);
    item.name = strings.t('practice.status.name');
    item.text = `$(beaker) ${strings.t('practice.status.text', { time })}`;
    item.tooltip = strings.t('practice.status.tooltip', { time });
    item.accessibilityInformation = { label: item.tooltip, role: 'button' };
    item.show();
    clearTimeout(timer);
    timer = setTimeout(() => void show(), minute - (((now % minute) + minute) % minute));
    timer.unref();
  };
  owned.add(services.onDidChangePlace(() => void show()));
  owned.add(
    vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration('casebook.language')) void show();
    }),
  );
  void show();
  return owned;
}
