import { setTimeout as pause } from 'node:timers/promises';

const sampleMs = 200;
const samples = 4;
const boundMs = 20_000;

/** Returns when this host has had next to nothing to do for a while; answers whether it came to that. */
export async function quiet() {
  const end = performance.now() + boundMs;
  for (let still = 0; still < samples;) {
    if (performance.now() > end) return false;
    const before = performance.eventLoopUtilization();
    await pause(sampleMs);
    still = performance.eventLoopUtilization(before).utilization < 0.05 ? still + 1 : 0;
  }
  return true;
}
