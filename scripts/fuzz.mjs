// Asks the team desk 100,000 requests made of its own description; a failure names the seed that shows it again.
// Usage: npm run test:fuzz
import { main } from './main.mjs';
import { runNode } from './process.mjs';

await main(import.meta, async () => {
  const env = { CASEBOOK_FUZZ: '100000' };
  await runNode('scripts/test.mjs', ['--lane', 'unit', 'test/server/fuzz'], { env, show: true, boundMs: 3_600_000 });
});
