// How long the event loop of this host keeps others waiting. The histogram counts what the machine takes away too; the
// time this thread ran on a processor between two ticks is ours alone.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { processorMs } from './processor.js';

const tickMs = 1;
const histogram = monitorEventLoopDelay({ resolution: tickMs });
let ticking;
let longest;

export async function startDelays() {
  longest = { wallMs: 0, cpuMs: 0 };
  let last = now();
  ticking = setInterval(() => {
    const next = now();
    if (next.cpu - last.cpu > longest.cpuMs) {
      longest = { cpuMs: next.cpu - last.cpu, wallMs: next.wall - last.wall };
    }
    last = next;
  }, tickMs);
  histogram.reset();
  histogram.enable();
}

/** All in milliseconds; `longest` is the stretch between two ticks that took the most processor time. */
export async function stopDelays() {
  histogram.disable();
  clearInterval(ticking);
  return { p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6, longest };
}

function now() {
  return { wall: performance.now(), cpu: processorMs() };
}
