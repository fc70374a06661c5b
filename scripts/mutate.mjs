// Mutates the rules and counts which changes the tests of the rules find. The account is left in .cache/mutation.html; fails
// below the share that stryker.config.mjs names.
// Usage: npm run mutate -- [--mutate src/rules/severity.ts] [any other option of Stryker]
import { main } from './main.mjs';
import { runNode } from './process.mjs';

const stryker = 'node_modules/@stryker-mutator/core/bin/stryker.js';
const boundMs = 6 * 3_600_000;

await main(import.meta, async () => {
  await runNode(stryker, ['run', 'scripts/stryker.config.mjs', ...process.argv.slice(2)], { show: true, boundMs });
});
