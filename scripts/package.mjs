// Builds the extension and packages it as casebook.vsix. What goes in is listed in .vscodeignore.
// Usage: npm run package
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { main } from './main.mjs';
import { exclusively } from './once.mjs';
import { cache, root, vsix } from './paths.mjs';
import { runNode } from './process.mjs';
import { shrink } from './shrink.mjs';
import { unlessUnchanged } from './unchanged.mjs';

/** With a fixed date, the same sources give the same bytes. */
const env = { SOURCE_DATE_EPOCH: '1000000000' };
const quietly = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];

/** What stays of it. */
const made = [vsix, join(root, 'dist'), join(cache, 'metafiles.json')];

/** Resolves to the path of the package, which is there already when nothing changed; one at a time. */
export async function packageExtension() {
  await exclusively(join(cache, 'package.lock'), () => unlessUnchanged('package', makePackage, { made }));
  return vsix;
}

/** The file is never half-written. */
async function makePackage() {
  await runNode('scripts/build.mjs');
  const folder = join(cache, 'package');
  await stage(folder);
  const unfinished = join(cache, 'unfinished.vsix');
  await leaveOut(folder);
  await runNode('node_modules/@vscode/vsce/vsce', ['package', ...quietly, '--out', unfinished], { cwd: folder, env });
  await shrink(unfinished);
  await rename(unfinished, vsix);
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

/** Parts of README.md for those who have the sources, and tables that VS Code has beside the page of the extension. */
const forSources = ['Try it', 'Commands', 'Settings', 'Command line'];

/**
 * Leaves out of a folder's README.md and package.json what only those need who have the sources.
 * @param {string} folder
 */
async function leaveOut(folder) {
  const readme = join(folder, 'README.md');
  const [lead = '', ...parts] = (await readFile(readme, 'utf8')).split(/^(?=## )/m);
  const kept = parts.filter(part => !forSources.includes(/^## (.*)$/m.exec(part)?.[1] ?? ''));
  if (parts.length - kept.length !== forSources.length) throw new Error('A part of README.md has another name now.');
  await writeFile(readme, [lead, ...kept].join(''));
  const manifest = join(folder, 'package.json');
  const { scripts: _, devDependencies: __, ...needed } = JSON.parse(await readFile(manifest, 'utf8'));
  await writeFile(manifest, JSON.stringify(needed));
}

await main(import.meta, async () => console.log(await packageExtension()));
