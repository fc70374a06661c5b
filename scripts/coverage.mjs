// Runs the tests of the rules and fails unless every branch of the rules was taken. Property tests take few runs here: a
// branch that only the ten-thousandth input reaches is not tested.
// Usage: npm run coverage
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { main } from './main.mjs';
import { root } from './paths.mjs';
import { runNode } from './process.mjs';

const c8 = 'node_modules/c8/bin/c8.js';
const options = [
  ...['--all', '--src', 'src/rules', '--include', 'src/rules/**/*.ts'],
  ...['--100', '--reporter', 'text'],
  ...['--temp-directory', '.cache/coverage', '--reports-dir', '.cache/coverage-report'],
];

/** Resolves to the table of what was covered; rejects with it when something was not. */
export async function coverRules() {
  if (!existsSync(join(root, c8))) throw new Error('c8 is missing: npm install.');
  // What was compiled before does not tell exactly what ran of it.
  const env = { NODE_DISABLE_COMPILE_CACHE: '1' };
  return runNode(c8, [...options, process.execPath, 'scripts/rules.mjs'], { env, boundMs: 120_000 });
}

await main(import.meta, async () => console.log(await coverRules()));
