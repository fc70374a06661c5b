// Makes a folder once: whole or not at all, also when two processes want it at the same time or one is killed half-way.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * @param {string} folder
 * @param {(unfinished: string) => Promise<void>} make fills a folder beside; what a killed run left there is still there
 */
export async function once(folder, make) {
  while (!existsSync(folder))
    await exclusively(`${folder}.lock`, async () => {
      if (existsSync(folder)) return;
      const unfinished = `${folder}.unfinished`;
      await mkdir(unfinished, { recursive: true });
      await make(unfinished);
      await rename(unfinished, folder);
    });
  return folder;
}

/**
 * Runs `work` while no other process runs work under the same lock file.
 * @template T
 * @param {string} lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function exclusively(lock, work) {
  await mkdir(dirname(lock), { recursive: true });
  while (!(await claim(lock))) await pause(200);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** @param {string} lock */
async function claim(lock) {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (owner > 0 && !isRunning(owner)) await rm(lock, { force: true });
    return false;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
