// What parses everything that comes from outside is a file of its own in the package, for the extension and its pages alike:
// in each of them it would be 10 KB more.

const parser = 'zod/mini';
/** What the file leaves behind: a variable in a page, exports in Node. */
const name = 'casebookParser';
/** In front of each of its words, so that they are found in what was bundled. */
const mark = 'z_';

/**
 * The words of the parser that a bundle was left with.
 *
 * @param {string} code
 */
export const parserWords = code => Array.from(code.matchAll(/\.z_(\w+)/g), ([, word = '']) => word);

/**
 * The file: the parser as far as it is used.
 *
 * @param {ReadonlySet<string>} words
 * @returns {import('esbuild').BuildOptions}
 */
export function parserBundle(words) {
  return {
    stdin: {
      contents: `export { ${[...words].map(word => `${word} as ${mark}${word}`).join(', ')} } from '${parser}';`,
      ...{ resolveDir: '.', sourcefile: 'parser.js' },
    },
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
      const taken = words.map(
        (word, place) => `const word${place} = /* @__PURE__ */ (all => all.${mark}${word})(parser);`,
      );
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
