// Snapshots of service health in the editor: the file of the workspace, the desk, the key of the person.
import * as vscode from 'vscode';
import type { Desk } from './desk/desk.ts';
import type { Result } from './desk/errors.ts';
import { debounced, every, type DisposableStore } from './host/disposables.ts';
import { SharedHealth } from './healthSnapshots.ts';
import { snapshotFile } from './host/ids.ts';
import type { Services } from './host/services.ts';

const quietMs = 200;
const tickMs = 60_000;
/** Larger files are not read, in bytes. */
const largest = 10 * 1024 * 1024;

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) return undefined;
    // What is too large is no snapshot, which is told as for any other text.
    return size > largest ? '' : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/** The snapshot files of the folders that are open. An author of a folder nobody trusts has nothing to say. */
async function files(): Promise<{ name: string; text: string }[]> {
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  const read = folders.map(async ({ uri }) => textOf(vscode.Uri.joinPath(uri, snapshotFile)));
  return (await Promise.all(read)).flatMap(text => (text === undefined ? [] : [{ name: snapshotFile, text }]));
}

/** Puts together what reads and publishes snapshots; `owned` ends it. */
export async function shareHealth(
  secrets: vscode.SecretStorage,
  services: () => Services,
  owned: DisposableStore,
): Promise<SharedHealth> {
  let watched: Desk | undefined;
  let stop: (() => void) | undefined;
  /** The desk in use, which is another once one was connected. */
  async function desk(): Promise<Result<Desk>> {
    const opened = await services().desk();
    if (!opened.ok || opened.value === watched) return opened;
    stop?.();
    watched = opened.value;
    stop = watched.onDidChange(({ incidents, cases }) => {
      if (incidents || !cases) soon();
    });
    return opened;
  }
  const shared = new SharedHealth({
    ...{ secrets, files, now: () => Date.now(), desk },
    keys: async () => (await services().settings()).settings.healthKeys,
  });
  const soon = owned.add(debounced(quietMs, () => void shared.read()));
  const watcher = owned.add(vscode.workspace.createFileSystemWatcher(`**/${snapshotFile}`));
  for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) owned.add(event(() => soon()));
  owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => soon()));
  owned.add(
    vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration('casebook')) soon();
    }),
  );
  owned.add(services().onDidChangePolicy(() => soon()));
  owned.add({ dispose: () => stop?.() });
  owned.add(every(tickMs, () => shared.tick()));
  await shared.read();
  return shared;
}
