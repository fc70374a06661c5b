// What was checked or made once need not be again while not one file of the project differs.
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cache, root } from './paths.mjs';
import { run } from './process.mjs';

/**
 * Does `work` unless it was done under this name with the same files as now, and what it made is as it left it; what fails
 * is done again.
 *
 * @param {string} name
 * @param {() => Promise<void>} work
 * @param {{ files?: string, memory?: string, made?: string[] }} [where] `made` are files, or folders of files
 */
export async function unlessUnchanged(name, work, { files = root, memory = cache, made = [] } = {}) {
  const done = join(memory, 'unchanged', name);
  const before = await fingerprint(files).catch(() => undefined);
  const now = async () => `${before} ${await contentOf(made)}`;
  if (before !== undefined && (await readFile(done, 'utf8').catch(() => '')) === (await now())) return;
  await work();
  if (before === undefined) return;
  await mkdir(dirname(done), { recursive: true });
  await writeFile(done, await now());
}

/** Of every file that git knows or would take; rejects where there is no git. @param {string} folder */
async function fingerprint(folder) {
  const known = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: folder });
  const names = known.split('\0').filter(Boolean);
  return `${process.version} ${await contentOf(names.map(name => join(folder, name)))}`;
}

/** Of all that is in files and folders. @param {string[]} paths */
async function contentOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.toSorted()) {
    const content = await readFile(path).catch(async (/** @type {NodeJS.ErrnoException} */ { code }) => {
      if (code !== 'EISDIR') return 'gone';
      return contentOf((await readdir(path)).map(name => join(path, name)));
    });
    hash.update(`${path}\0`).update(content);
  }
  return hash.digest('hex');
}
