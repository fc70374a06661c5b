// Writes notes to a desk from windows that are killed all the time, and exits with 1 when one is lost, doubled or out of
// order. Usage: npm run test:soak -- [--notes 10000] [--kills 1000] [--windows 3] [--seed N]
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';

await bootstrap();
const { writeUnderKills } = await import('../test/outbox/kills.ts');

const { values } = parseArgs({
  options: {
    notes: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '1000' },
    windows: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const notes = Number(values.notes);
const kills = Number(values.kills);
const windows = Number(values.windows);
const seed = Number(values.seed);
console.log(`seed ${seed}: ${notes} notes, ${kills} kills, ${windows} windows`);
const started = Date.now();
const account = await writeUnderKills({ seed, notes, kills, windows, dropped: 0.05, boundMs: 300_000 });
const { lost, doubled, outOfOrder } = account;
console.log(JSON.stringify({ ...account, seconds: Math.round((Date.now() - started) / 1_000) }));
process.exit(lost + doubled + outOfOrder > 0 || account.kills < kills ? 1 : 0);
