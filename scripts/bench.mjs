// Measures what docs/architecture.md sets budgets for, always against a floor in the same run, and prints one table. Exits with 1
// when a budget is missed. What a row measures is told in test/bench/rows/.
// Usage: npm run bench -- [--only ROWS] [--runs N] [--self-check] [--profile]
// Rows: size,targets,libraries,list,postgres,server,server-postgres,drain,activation,tree,health,pages,delay
// --self-check puts the floor on both sides, so that every ratio should be 1; --profile also writes what the extension
// host did during `delay` to .cache/*.cpuprofile.
import { main } from './main.mjs';

await main(import.meta, async () => {
  const { bench } = await import('../test/bench/bench.ts');
  process.exitCode = (await bench(process.argv.slice(2))) ? 0 : 1;
});
