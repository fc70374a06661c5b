// Runs a lane and settles what came of it, whatever happens to its process.
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cache, root } from './paths.mjs';
import { runNode } from './process.mjs';

/** @typedef {import('./mocha-run.mjs').Result} Result */
/** @typedef {{ grep?: string | undefined, bail?: boolean }} Choice what the developer chose to run */

/**
 * Gives `work` a file for the result, and reads it. A crash, a hang or an empty lane is a failure.
 * @param {Choice} choice
 * @param {(resultFile: string) => Promise<unknown>} work
 * @returns {Promise<Result>}
 */
export async function settle(choice, work) {
  const resultFile = join(cache, 'results', `${randomUUID()}.json`);
  await mkdir(join(cache, 'results'), { recursive: true });
  /** @type {string | undefined} */
  let crash;
  await work(resultFile).catch(error => (crash = error instanceof Error ? error.message : String(error)));
  /** @type {Result} */
  const result = await readFile(resultFile, 'utf8').then(JSON.parse, () => ({
    passed: 0,
    failed: 0,
    skipped: 0,
    failures: [],
    running: 'starting',
  }));
  await rm(resultFile, { force: true });
  if (crash !== undefined || result.running !== '') add(result, `Ended early, while: ${result.running}`, crash ?? '');
  if (result.passed + result.failed === 0 && choice.grep === undefined) add(result, 'No test ran.', '');
  return result;
}

/**
 * Runs test files with mocha in a process of their own.
 * @param {string[]} files from the root
 * @param {Choice & { timeout: number, boundMs: number, env?: NodeJS.ProcessEnv }} options
 */
export function runFiles(files, { timeout, boundMs, env = {}, ...choice }) {
  return settle(choice, resultFile => {
    const options = { files: files.map(file => join(root, file)), resultFile, timeout, ...choice };
    return runNode('scripts/mocha-lane.mjs', [JSON.stringify(options)], { env, boundMs });
  });
}

/** @param {Result} result @param {string} title @param {string} error */
function add(result, title, error) {
  result.failed++;
  result.failures.push({ title, error });
}
