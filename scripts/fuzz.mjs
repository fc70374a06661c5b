// Asks the team desk 100,000 requests made of its own description; a failure names the seed that shows it again.
// Usage: npm run test:fuzz
import { main } from './main.mjs';
import { runFiles } from './lane-run.mjs';
import { addUpAtExit, step } from './steps.mjs';

const requests = 100_000;

await main(import.meta, async () => {
  addUpAtExit();
  const options = { timeout: 10_000, boundMs: 3_600_000, env: { CASEBOOK_FUZZ: String(requests) } };
  await step(`Fuzz, ${requests} requests`, () => runFiles(['test/server/fuzz.test.ts'], options));
});
