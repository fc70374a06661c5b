// How Stryker mutates the rules (`npm run mutate`). It writes beside the sources' own copies only, everything into .cache/.
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['src/rules/**/*.ts', '!src/rules/facts/**'],
  testRunner: 'command',
  commandRunner: { command: `"${process.execPath}" scripts/rules.mjs` },
  // Node runs the sandbox unbuilt, as it runs the sources.
  checkers: [],
  disableTypeChecks: false,
  plugins: [],
  ignorePatterns: ['.cache', '.vscode-test', 'dist', 'docs', 'examples', '*.vsix'],
  tempDirName: '.cache/stryker',
  reporters: ['clear-text', 'html', 'json'],
  htmlReporter: { fileName: '.cache/mutation.html' },
  jsonReporter: { fileName: '.cache/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 100, low: 95, break: 95 },
  concurrency: 2,
  timeoutMS: 20_000,
};
