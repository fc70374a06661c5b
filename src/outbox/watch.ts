import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import type { Folder } from './files.ts';

const lookMilliseconds = 2_000;

/**
 * Tells of changes in a folder. Where it cannot be watched, as on some network disks, or the watcher breaks, its names
 * are compared from time to time instead.
 */
export function watchFolder(folder: Folder, tell: () => void, failed: (error: unknown) => void): () => void {
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const look = (): void => {
    if (stopped || timer) return;
    let known: string | undefined;
    timer = setInterval(() => {
      folder.names().then(names => {
        const now = names.sort().join();
        if (known !== undefined && known !== now) tell();
        known = now;
      }, failed);
    }, lookMilliseconds);
    timer.unref();
  };
  const broken = (error: unknown): void => {
    failed(error);
    watcher?.close();
    watcher = undefined;
    look();
  };
  const start = async (): Promise<void> => {
    try {
      await folder.fs.mkdir(folder.path, { recursive: true, mode: 0o700 });
      if (stopped) return;
      watcher = watch(folder.path, { persistent: false }, (_event, name) => {
        if (name === null || !name.startsWith('.')) tell();
      });
      watcher.on('error', broken);
    } catch (error) {
      broken(error);
    }
  };
  void start();

  return () => {
    stopped = true;
    watcher?.close();
    clearInterval(timer);
  };
}
