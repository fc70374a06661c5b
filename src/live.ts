// Which window hears of changes for all of them: the one in front, so that there is one connection to a desk for any
// number of windows and none while nobody looks. It tells the others by a file.
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { DisposableStore, type Disposable } from './host/disposables.ts';
import { Folder, realFs } from './outbox/files.ts';
import { watchFolder } from './outbox/watch.ts';

interface Focus {
  readonly focused: boolean;
}

export interface LiveOptions {
  /** Of a folder that all windows share. */
  readonly folder: string;
  /** Of VS Code. */
  readonly window: {
    readonly state: Focus;
    onDidChangeWindowState(listener: (state: Focus) => unknown): Disposable;
  };
  /** This window came to the front, or another did. */
  readonly turned: (front: boolean) => void;
  /** The window in front heard of a change. */
  readonly told: () => void;
  readonly failed: (error: unknown) => void;
}

export interface Live extends Disposable {
  /** Whether this window is in front. */
  front(): boolean;
  /** Tells the other windows that something changed. */
  tell(): void;
}

/** Starts to watch at once. */
export function createLive({ folder, window, turned, told, failed }: LiveOptions): Live {
  const owned = new DisposableStore();
  const front = (): boolean => window.state.focused;
  let last = front();
  owned.add(
    window.onDidChangeWindowState(({ focused }) => {
      if (focused === last) return;
      last = focused;
      turned(focused);
    }),
  );
  const stop = watchFolder(
    new Folder(folder, realFs),
    () => {
      if (!front()) told();
    },
    failed,
  );
  owned.add({ dispose: stop });

  /** Leaves one file whose name is new: where a folder cannot be watched, its names are compared. */
  async function mark(): Promise<void> {
    const name = randomUUID();
    await fs.writeFile(join(folder, name), '');
    for (const other of await fs.readdir(folder)) if (other !== name) await fs.rm(join(folder, other), { force: true });
  }
  return {
    front,
    tell: () => {
      mark().catch(failed);
    },
    dispose: () => owned.dispose(),
  };
}
