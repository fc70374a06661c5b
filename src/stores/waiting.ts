import { setTimeout as sleep } from 'node:timers/promises';

/** Time as a store uses it; tests bring their own. */
export interface Timing {
  /** Milliseconds that never go back. */
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Calls again and again, without keeping the process alive; the answer stops it. */
  readonly every: (ms: number, run: () => void) => () => void;
}

export const realTiming: Timing = {
  clock: () => performance.now(),
  sleep,
  random: () => Math.random(),
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    timer.unref();
    return () => {
      clearInterval(timer);
    };
  },
};

/** When a store tries again, and for how long. */
export interface Patience {
  readonly isBusy: (error: unknown) => boolean;
  /** Milliseconds; five seconds where it is not said. */
  readonly patience?: number;
}
const longestNap = 100;

/** Tries until nobody is in the way any more, or patience ends; then rejects with what was in the way. */
export async function whileBusy<Value>(
  timing: Timing,
  { isBusy, patience = 5_000 }: Patience,
  work: () => Value | Promise<Value>,
): Promise<Value> {
  const end = timing.clock() + patience;
  for (let nap = 4; ; nap = Math.min(nap * 2, longestNap)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || timing.clock() >= end) throw error;
    }
    await timing.sleep(nap * (0.5 + timing.random() / 2));
  }
}
