// The test module of the host lane: an editor loads its bundle and calls run(). The suites lie beside it.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runMocha } from '../../scripts/mocha-run.mjs';

interface Options {
  resultFile: string;
  grep?: string;
  bail?: boolean;
}

export async function run(): Promise<void> {
  const options = JSON.parse(process.env['CASEBOOK_TEST_OPTIONS'] ?? '') as Options;
  const suites = join(import.meta.dirname, 'suites');
  const files = readdirSync(suites).map(name => join(suites, name));
  await runMocha({ timeout: 20_000, ...options, files });
}
