// Runs the tests of the rules alone and ends with 1 as soon as one fails: for coverage.mjs, and for mutate.mjs, which puts
// changed rules in their place. Property tests take few runs here.
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runMocha } from './mocha-run.mjs';
import { cache, root } from './paths.mjs';

process.env['CASEBOOK_RUNS'] ??= '20';
const folder = join(root, 'test', 'rules');
const names = (await readdir(folder)).filter(name => name.endsWith('.test.ts'));
/** Slow ones last, so that most mutants end before them. */
const slow = ['facts.test.ts', 'zone.test.ts', 'calendar.properties.test.ts'];
const files = [...names.filter(name => !slow.includes(name)), ...slow].map(name => join(folder, name));
const resultFile = join(cache, 'rules.json');
await mkdir(cache, { recursive: true });
const { failed, failures } = await runMocha({ files, resultFile, timeout: 20_000, bail: true });
for (const { title, error } of failures) console.error(`${title}\n${error}`);
process.exit(failed === 0 ? 0 : 1);
