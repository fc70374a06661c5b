// Runs the tests of the rules once against what Stryker put in their place, and ends with 1 as soon as one fails.
// Property tests take few runs here: a mutant that a table does not find is rarely found by the ten-thousandth input.
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMocha } from './mocha-run.mjs';

process.env['CASEBOOK_RUNS'] ??= '20';
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'test', 'rules');
const names = (await readdir(folder)).filter(name => name.endsWith('.test.ts'));
/** Slow ones last, so that most mutants end before them. */
const slow = ['zone.test.ts', 'calendar.properties.test.ts'];
const files = [...names.filter(name => !slow.includes(name)), ...slow].map(name => join(folder, name));
const resultFile = join(root, '.cache', 'mutant.json');
await mkdir(dirname(resultFile), { recursive: true });
const { failed } = await runMocha({ files, resultFile, timeout: 20_000, bail: true });
process.exit(failed === 0 ? 0 : 1);
