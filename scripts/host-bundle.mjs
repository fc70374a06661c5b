// Bundles the suites of the host lane, one file each beside the module that runs them.
import { join } from 'node:path';
import { findTests } from './lanes.mjs';
import { cache, root } from './paths.mjs';

/**
 * Resolves to the module to give to an editor as its test module.
 * @param {(file: string) => boolean} [chosen]
 */
export async function bundleHostTests(chosen = () => true) {
  const { build } = await import('esbuild');
  const { tests } = await findTests();
  const suites = (tests.host ?? []).filter(chosen);
  const outdir = join(cache, 'host-tests', String(process.pid));
  await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'test/host/index.ts', out: 'index' },
      ...suites.map(suite => ({ in: suite, out: join('suites', suite.replaceAll('/', '-').replace(/\.ts$/, '')) })),
    ],
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    logLevel: 'warning',
  });
  return { folder: outdir, index: join(outdir, 'index.js') };
}
