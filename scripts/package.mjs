// Builds the extension and packages it as casebook.vsix. What goes in is listed in .vscodeignore.
// Usage: npm run package
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { main } from './main.mjs';
import { exclusively } from './once.mjs';
import { cache, root, vsix } from './paths.mjs';
import { runNode } from './process.mjs';
import { shrink } from './shrink.mjs';

/** With a fixed date, the same sources give the same bytes. */
const env = { SOURCE_DATE_EPOCH: '1000000000' };
const quietly = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];

/** Resolves to the path of the package; one at a time, and the file is never half-written. */
export async function packageExtension() {
  return exclusively(join(cache, 'package.lock'), async () => {
    await runNode('scripts/build.mjs');
    const folder = join(cache, 'package');
    await stage(folder);
    const unfinished = join(cache, 'unfinished.vsix');
    await leaveOutTables(join(folder, 'README.md'));
    await runNode('node_modules/@vscode/vsce/vsce', ['package', ...quietly, '--out', unfinished], { cwd: folder, env });
    await shrink(unfinished);
    await rename(unfinished, vsix);
    return vsix;
  });
}

/**
 * Copies what is allowed into the package to a folder of its own. The packager lists every file below its folder before
 * it leaves any out, and below ours lie two editors.
 * @param {string} folder
 */
async function stage(folder) {
  const { glob } = await import('node:fs/promises');
  const rules = (await readFile(join(root, '.vscodeignore'), 'utf8')).split('\n');
  const allowed = rules.filter(rule => rule.startsWith('!')).map(rule => rule.slice(1));
  await rm(folder, { recursive: true, force: true });
  for await (const entry of glob([...allowed, '.vscodeignore'], { cwd: root, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(folder, source.slice(root.length));
    await mkdir(dirname(target), { recursive: true });
    await copyFile(source, target);
  }
}

/**
 * Leaves the tables of commands and settings out of the page that VS Code shows about the extension, beside which it has
 * such tables of its own.
 * @param {string} readme
 */
async function leaveOutTables(readme) {
  const text = await readFile(readme, 'utf8');
  const without = text.replaceAll(
    /<!-- (\w+):start -->[^]*?<!-- \1:end -->/g,
    'VS Code lists them under **Features**.',
  );
  if (without === text) throw new Error('README.md has no tables to leave out.');
  await writeFile(readme, without);
}

await main(import.meta, async () => console.log(await packageExtension()));
