import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** Bytes of JavaScript heap in use once everything that can go is gone. */
export function collectedHeap() {
  // What one collection finalizes, the next one frees.
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
