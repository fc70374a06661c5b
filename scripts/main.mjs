// The frame of a script that people start: makes the clone ready, does the work, and reports a failure in its own words.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap.mjs';

/**
 * Does nothing when the module was only imported (`import.meta.main` would tell, but is newer than Node 20).
 * @param {ImportMeta} meta
 * @param {() => Promise<void>} work
 */
export async function main(meta, work) {
  if (process.argv[1] === undefined || realpathSync(process.argv[1]) !== fileURLToPath(meta.url)) return;
  try {
    await bootstrap();
    await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
