import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** Bytes of JavaScript heap in use once everything that can go is gone. */
export async function heap() {
  // What one collection finalizes, the next one frees.
  for (let pass = 0; pass < 3; pass++) {
    collect();
    await nextTurn();
  }
  return process.memoryUsage().heapUsed;
}
