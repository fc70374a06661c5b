// Bundles the extension host side and the command line (ESM, split so that heavy parts load when first used) and the webview
// pages into dist/. Nothing is built while a fact of the support documents has no home (facts.mjs).
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { checkFacts } from './facts.mjs';
import { main } from './main.mjs';
import { foundBy, parserBundle, parserWords, withParser } from './parser.mjs';
import { cache, root } from './paths.mjs';
import { joinSmallFiles } from './roll.mjs';

process.chdir(root);

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: true,
  logLevel: 'warning',
  metafile: true,
  legalComments: 'none',
  // Its other form is found by Node, but loads parts of itself by names that no bundler can follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
};

/** What is still CommonJS (fastify, pg) asks for parts of Node by `require`, which a module has to make for itself. */
const banner = {
  js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
};

/**
 * The extension never says what only the terminal does.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutTerminal = {
  name: 'sentences of the terminal stay out',
  setup({ onLoad }) {
    onLoad({ filter: /strings[\\/]en[\\/]cli\.ts$/ }, () => ({ contents: 'export const cli = {};' }));
  },
};

/**
 * Facts that "Why?" never shows are for the terminal and docs/facts.md: their rows have a statement.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutOtherFacts = {
  name: 'facts that are never shown stay out',
  setup({ onLoad }) {
    onLoad({ filter: /rules[\\/]facts[\\/]\w+\.ts$/ }, async ({ path }) => {
      const shown = (/** @type {unknown[][]} */ rows) => JSON.stringify(rows.filter(row => row.length === 2));
      const tables = Object.entries(await import(path));
      return { contents: tables.map(([name, rows]) => `export const ${name} = ${shown(rows)};`).join('\n') };
    });
  },
};

/**
 * How the numbers of each country are grouped is a third of what is known of them; they are shown as they were typed.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutPhoneFormats = {
  name: 'how phone numbers are grouped stays out',
  setup({ onLoad }) {
    onLoad({ filter: /libphonenumber-js[\\/]metadata\.min\.json\.js$/ }, async ({ path }) => {
      const { default: metadata } = await import(path);
      const { countries, nonGeographic, ...rest } = structuredClone(metadata);
      for (const known of [...Object.values(countries), ...Object.values(nonGeographic)]) known[phoneFormats] = 0;
      return { contents: `export default ${JSON.stringify({ ...rest, countries, nonGeographic })}` };
    });
  },
};
/** Their place in what is known of a country. */
const phoneFormats = 4;

const pages = ['newCase', 'case', 'incident'];
const inBrowser = /** @type {const} */ ({ format: 'iife', platform: 'browser', target: 'chrome138' });

/** @type {Record<string, import('esbuild').BuildOptions>} */
const targets = {
  extension: {
    ...shared,
    entryPoints: ['src/extension.ts'],
    outdir: 'dist',
    format: 'esm',
    platform: 'node',
    target: 'node22',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['vscode'],
    plugins: [withoutTerminal, withoutOtherFacts, withoutPhoneFormats, withParser(foundBy.node)],
  },
  webview: {
    ...shared,
    ...{ entryPoints: pages.map(page => `src/webview/${page}.ts`), outdir: 'dist/webview', ...inBrowser },
  },
  wire: {
    ...shared,
    ...{ entryPoints: ['src/webview/wire.ts'], outdir: 'dist/webview', ...inBrowser, globalName: 'casebookWire' },
    plugins: [withParser(foundBy.page)],
  },
  cli: {
    ...shared,
    entryPoints: { casebook: 'src/cli/bin.ts' },
    outdir: 'dist',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'cli/[name]-[hash]',
    banner,
    external: ['pg-native'],
  },
  server: {
    ...shared,
    entryPoints: ['src/server/main.ts'],
    outfile: 'dist/server.js',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    banner,
    external: ['pg-native'],
  },
};

/**
 * For `import 'vscode'` the editor makes a module of its whole interface, and finds it anew for every file that asks: each
 * time about as long as the start of an extension that does nothing. `require('vscode')` gets the object that is there.
 *
 * @param {string} code
 */
function askPlainly(code) {
  const plain = code.replaceAll(/import\s*\*\s*as (\S+) from\s*["']vscode["']/g, 'const $1=require("vscode")');
  if (/from\s*["']vscode["']/.test(plain)) throw new Error('A form of importing vscode that the build does not know.');
  return plain;
}

/**
 * What the entry imports at once is drawn into it: each file more costs the start of the editor half a millisecond.
 * Parts that load later keep their own copy, so what they share with the entry must hold no state. The entry is CommonJS,
 * which has a `require` of its own; later parts stay modules.
 *
 * @type {import('esbuild').BuildOptions}
 */
const inOneFile = {
  ...shared,
  ...{ format: 'cjs', platform: 'node', target: 'node22', external: ['vscode'] },
  plugins: [
    {
      name: 'later parts stay files',
      setup({ onLoad, onResolve }) {
        onLoad({ filter: /\.js$/ }, async ({ path }) => ({
          contents: askPlainly(await readFile(path, 'utf8')),
        }));
        onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
          kind === 'dynamic-import' ? { external: true, path: `./chunks/${basename(join(resolveDir, path))}` } : null,
        );
      },
    },
  ],
};

/** Gives every later part that uses the editor's interface a `require` to ask with. @param {string} folder */
async function askPlainlyLater(folder) {
  const require =
    'import{createRequire as casebookRequire}from"node:module";const require=casebookRequire(import.meta.url);';
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const code = await readFile(path, 'utf8');
    const plain = askPlainly(code);
    if (plain !== code) await writeFile(path, require + plain);
  }
}

/**
 * Makes what esbuild left of the extension and its pages a few in a hundred smaller: 6 KB of 300 in the package.
 *
 * @param {string} folder
 */
async function tighten(folder) {
  const { minify } = await import('terser');
  for (const entry of await readdir(folder, { recursive: true })) {
    if (!/\.c?js$/.test(entry) || entry === 'server.js') continue;
    const module = entry.startsWith('chunks');
    const { code = '' } = await minify(await readFile(join(folder, entry), 'utf8'), {
      ...{ module, ecma: 2020, mangle: { module, reserved: ['require'] } },
      compress: { module, ecma: 2020, passes: 2, keep_fargs: false },
      format: { ascii_only: false },
    });
    await writeFile(join(folder, entry), code);
  }
}

/**
 * Packs the sentences of all languages for the extension: in one file, where each begins with the words of those before.
 *
 * @param {string} folder
 */
async function packSentences(folder) {
  const { build } = await import('esbuild');
  const options = /** @type {const} */ ({ bundle: true, format: 'esm', platform: 'neutral', write: false });
  const { outputFiles } = await build({ ...options, entryPoints: ['src/strings/packed.ts'] });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const { pack } = await import(`data:text/javascript;base64,${code}`);
  /** @type {Record<string, unknown>} */
  const tables = {};
  for (const name of (await readdir('l10n')).sort()) {
    tables[basename(name, '.json')] = pack(JSON.parse(await readFile(join('l10n', name), 'utf8')));
  }
  const packed = Buffer.from(JSON.stringify(tables));
  // Languages take turns more often than blocks of the size that brotli would choose.
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: packed.length, [constants.BROTLI_PARAM_LGBLOCK]: 16 };
  await writeFile(join(folder, 'l10n.json.br'), brotliCompressSync(packed, { params }));
}

/**
 * Packs the pages into one file: most of each is in the others as well, and a document holds nothing that another needs.
 *
 * @param {string} folder
 */
async function packPages(folder) {
  const read = (/** @type {string} */ name) => readFile(join(folder, 'webview', name), 'utf8');
  const parts = await Promise.all(
    pages.map(async page => [page, { script: await read(`${page}.js`), style: await read(`${page}.css`) }]),
  );
  const packed = JSON.stringify({ pages: Object.fromEntries(parts), wire: await read('wire.js') });
  await rm(join(folder, 'webview'), { recursive: true });
  await writeFile(join(folder, 'pages.json.br'), brotliCompressSync(packed));
}

/**
 * Builds every bundle and leaves esbuild's account of them in the cache, for the tests of the walls. The new dist/ takes
 * the place of the old one at the end, so a build that fails or runs beside a test harms nothing.
 */
export async function buildAll() {
  await checkFacts();
  const { build } = await import('esbuild');
  const dist = join(root, 'dist');
  const fresh = join(cache, `dist-new-${process.pid}`);
  const stale = join(cache, `dist-old-${process.pid}`);
  /** @type {Record<string, import('esbuild').Metafile>} */
  const metafiles = {};
  /** @param {string} name @param {import('esbuild').BuildOptions} options */
  const bundle = async (name, options) => {
    const { metafile, outputFiles } = await build({ ...options, metafile: true, write: false });
    metafiles[name] = metafile;
    for (const { path, contents } of outputFiles) {
      const file = join(fresh, relative(dist, path));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, contents);
    }
    return outputFiles.flatMap(({ text }) => parserWords(text));
  };
  /** @type {Set<string>} */
  const words = new Set();
  for (const [name, options] of Object.entries(targets)) {
    for (const word of await bundle(name, options)) words.add(word);
  }
  await bundle('parser', { ...shared, ...parserBundle(words) });
  await packSentences(fresh);
  const entry = join(fresh, 'extension.js');
  await build({ ...inOneFile, entryPoints: [entry], outfile: join(fresh, 'extension.cjs') });
  await rm(entry);
  await joinSmallFiles(join(fresh, 'chunks'));
  await askPlainlyLater(join(fresh, 'chunks'));
  await tighten(fresh);
  await packPages(fresh);
  await writeFile(join(cache, 'metafiles.json'), JSON.stringify(metafiles));
  await rename(dist, stale).catch(() => {});
  await rename(fresh, dist);
  await rm(stale, { recursive: true, force: true });
}

await main(import.meta, buildAll);
