// What was checked once need not be checked again while not one file of the project differs.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cache, root } from './paths.mjs';
import { run } from './process.mjs';

/**
 * Does `work` unless it was done under this name with the same files as now; what fails is done again.
 *
 * @param {string} name
 * @param {() => Promise<void>} work
 * @param {{ files: string, memory: string }} [folders]
 */
export async function unlessUnchanged(name, work, { files, memory } = { files: root, memory: cache }) {
  const done = join(memory, 'unchanged', name);
  const now = await fingerprint(files).catch(() => undefined);
  if (now !== undefined && now === (await readFile(done, 'utf8').catch(() => ''))) return;
  await work();
  if (now === undefined) return;
  await mkdir(dirname(done), { recursive: true });
  await writeFile(done, now);
}

/** Of every file that git knows or would take; rejects where there is no git. @param {string} folder */
async function fingerprint(folder) {
  const known = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: folder });
  const names = known.split('\0');
  const hash = createHash('sha256').update(process.version);
  for (const name of names.filter(Boolean).sort()) {
    hash.update(`${name}\0`).update(await readFile(join(folder, name)).catch(() => 'gone'));
  }
  return hash.digest('hex');
}
