// What parses everything that comes from outside is a file of its own in the package, for the extension and its pages alike:
// in each of them it would be 10 KB more.
import { readFile } from 'node:fs/promises';

const parser = 'zod/mini';
/** What the file leaves behind: a variable in a page, exports in Node. */
const name = 'casebookParser';

/**
 * What these sources say of the parser. A word that is missing here is nothing there, which the build tells of.
 *
 * @param {Iterable<string>} sources
 * @returns {Promise<string[]>}
 */
export async function parserWords(sources) {
  const known = await import(parser);
  const own = [...new Set(sources)].filter(path => path.startsWith('src/'));
  const texts = await Promise.all(own.map(path => readFile(path, 'utf8')));
  const words = texts.flatMap(text => Array.from(text.matchAll(/\bz\s*\.(\w+)\b(?!\.\$)/g), ([, word = '']) => word));
  return [...new Set(words)].filter(word => Object.hasOwn(known, word)).toSorted();
}

/**
 * The file: the parser as far as it is used.
 *
 * @param {readonly string[]} words
 * @returns {import('esbuild').BuildOptions}
 */
export function parserBundle(words) {
  return {
    stdin: { contents: `export { ${words.join(', ')} } from '${parser}';`, resolveDir: '.', sourcefile: 'parser.js' },
    ...{ outfile: 'dist/parser.cjs', format: 'iife', platform: 'neutral', globalName: name },
    ...{ mainFields: ['module', 'main'], target: ['node22', 'chrome138'] },
    footer: { js: `typeof module=="object"&&(module.exports=${name});` },
  };
}

/**
 * Has a bundle take the parser from its file, which `find` gets.
 *
 * @param {string} find
 * @returns {import('esbuild').Plugin}
 */
export const withParser = find => ({
  name: 'the parser is in a file of its own',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: new RegExp(`^${parser}$`) }, () => ({ path: parser, namespace: 'parser' }));
    onLoad({ filter: /./, namespace: 'parser' }, async () => {
      const words = Object.keys(await import(parser));
      // Only a call can be marked as one that may be left out.
      const taken = words.map((word, place) => `const word${place} = /* @__PURE__ */ (all => all.${word})(parser);`);
      const given = words.map((word, place) => `word${place} as ${word}`);
      return { contents: [`const parser = ${find};`, ...taken, `export { ${given.join(', ')} };`].join('\n') };
    });
  },
});

/** Where the file is beside the parts of the extension, and in a page that ran it. */
export const foundBy = {
  node: `process.getBuiltinModule('node:module').createRequire(import.meta.url)('../parser.cjs')`,
  page: `globalThis.${name}`,
};
