// Measures what DESIGN.md sets budgets for, always against a floor in the same run, and prints one table. Exits with 1
// when a budget is missed. What a row measures is told in test/bench/rows/.
// Usage: npm run bench -- [--only size,activation,tree,pages,list,delay,targets] [--runs N] [--self-check]
import { main } from './main.mjs';

await main(import.meta, async () => {
  const { bench } = await import('../test/bench/bench.ts');
  process.exitCode = (await bench(process.argv.slice(2))) ? 0 : 1;
});
