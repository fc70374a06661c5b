// How long the event loop of this host keeps others waiting. The histogram counts what the machine takes away too; the
// time this thread ran on a processor between two ticks is ours alone.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { processorMs } from './processor.js';

const tickMs = 1;
const keptMs = 5;
const histogram = monitorEventLoopDelay({ resolution: tickMs });
let ticking;
let stretches;

export async function startDelays() {
  stretches = [];
  const begin = now();
  let last = begin;
  ticking = setInterval(() => {
    const next = now();
    const stretch = { at: last.wall - begin.wall, wallMs: next.wall - last.wall, processorMs: next.ran - last.ran };
    if (stretch.processorMs > keptMs) stretches.push(stretch);
    last = next;
  }, tickMs);
  histogram.reset();
  histogram.enable();
}

/** All in milliseconds; `stretches` are those between two ticks that took much time on the processor, longest first. */
export async function stopDelays() {
  histogram.disable();
  clearInterval(ticking);
  stretches.sort((a, b) => b.processorMs - a.processorMs);
  return { p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6, stretches };
}

const now = () => ({ wall: performance.now(), ran: processorMs() });
