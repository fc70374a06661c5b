// The steps of a test run: each writes one line when it ends, and the last line of all adds them up.

/** @typedef {Omit<import('./mocha-run.mjs').Result, 'running'>} Outcome */

export const total = { passed: 0, failed: 0 };

/** @type {Outcome} */
export const nothing = { passed: 0, failed: 0, skipped: 0, failures: [] };
/** @type {Outcome} */
export const passes = { ...nothing, passed: 1 };

/**
 * @param {string} title
 * @param {string} error
 * @returns {Outcome}
 */
export const fails = (title, error) => ({ ...nothing, failed: 1, failures: [{ title, error }] });

/**
 * @param {string} name
 * @param {() => Promise<Outcome>} work
 */
export async function step(name, work) {
  const begin = performance.now();
  const { passed, failed, skipped, failures } = await work().catch(error => fails(`${name} failed.`, error.message));
  total.passed += passed;
  total.failed += failed;
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`${name}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''} (${seconds} s)`);
  for (const { title, error } of failures) console.log(`\n  ✖ ${title}\n${error.replace(/^/gm, '    ')}\n`);
}

/** Makes the sum the last line however this process ends, and a failure of anything a failure of the whole. */
export function addUpAtExit() {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  process.once('exit', code => {
    if (code !== 0 && total.failed === 0) total.failed = 1;
    console.log(`${total.passed} passed, ${total.failed} failed`);
    process.exitCode = total.failed === 0 ? 0 : 1;
  });
}
