// esbuild makes a file of whatever two parts of the extension share, forty in all. Each takes time to be found, 150 bytes of
// the package for its name, and packs badly alone; so small ones, and what they rest on, become one file.
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** In bytes. */
const small = 3_100;

/**
 * Joins the small files of a folder that holds nothing but what esbuild split.
 *
 * @param {string} folder
 */
export async function joinSmallFiles(folder) {
  const names = await readdir(folder);
  const shared = names.filter(name => name.startsWith('chunk-'));
  /** @type {Set<string>} */
  const joined = new Set();
  /** @param {string} name */
  const add = async name => {
    if (joined.has(name)) return;
    joined.add(name);
    const code = await readFile(join(folder, name), 'utf8');
    for (const [, next = ''] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) await add(next);
  };
  for (const name of shared) if ((await stat(join(folder, name))).size < small) await add(name);

  const { rollup } = await import('rollup');
  const bundle = await rollup({
    input: names.filter(name => !shared.includes(name)).map(name => join(folder, name)),
    ...{ external: [/^node:/, 'vscode'], preserveEntrySignatures: 'strict' },
    treeshake: { moduleSideEffects: 'no-external' },
  });
  const fresh = `${folder}-joined`;
  await bundle.write({
    ...{ dir: fresh, format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[hash].js' },
    hoistTransitiveImports: false,
    manualChunks: path => (joined.has(basename(path)) ? 'shared' : undefined),
  });
  await rm(folder, { recursive: true });
  await rename(fresh, folder);
}
