// Runs test files with mocha and keeps the account of it in a file, so that it survives a crash of the process. The same
// code runs in a process of its own (mocha-lane.mjs) and inside an extension host (test/host/index.ts).
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

/**
 * @typedef {object} Result
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {{ title: string, error: string }[]} failures
 * @property {string} running what was going on when this was written; empty at the end
 *
 * @typedef {object} RunOptions
 * @property {string[]} files absolute paths
 * @property {string} resultFile
 * @property {number} timeout of one test, in milliseconds
 * @property {string} [grep]
 * @property {boolean} [bail]
 */

/**
 * @param {RunOptions} options
 * @returns {Promise<Result>}
 */
export async function runMocha({ files, resultFile, timeout, grep, bail = false }) {
  /** @type {Result} */
  const result = { passed: 0, failed: 0, skipped: 0, failures: [], running: '' };
  const at = (/** @type {string} */ running) => {
    result.running = running;
    writeFileSync(resultFile, JSON.stringify(result));
  };
  const fail = (/** @type {string} */ title, /** @type {unknown} */ error) => {
    result.failed++;
    result.failures.push({ title, error: inspect(error) });
  };

  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({
    timeout,
    bail,
    forbidOnly: grep === undefined,
    reporter: Mocha.reporters.Base,
    ...(grep ? { grep } : {}),
  });
  for (const file of files) {
    at(`loading ${file}`);
    mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, file, mocha);
    await import(pathToFileURL(file).href).catch(error => fail(`loading ${file}`, error));
  }
  await new Promise(resolve => {
    const runner = mocha.run(resolve);
    runner.on('hook', hook => at(hook.fullTitle()));
    runner.on('test', test => at(test.fullTitle()));
    runner.on('pass', () => result.passed++);
    runner.on('pending', () => result.skipped++);
    runner.on('fail', (test, error) => fail(test.fullTitle(), error));
  });
  at('');
  return result;
}
