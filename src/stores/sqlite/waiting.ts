import { setTimeout as sleep } from 'node:timers/promises';
import { troubleOf } from './trouble.ts';

/** Time as the store uses it; tests bring their own. */
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

const patience = 5_000;
const longestNap = 100;

/**
 * Tries until no other process is in the way, for up to five seconds. SQLite itself waits only a few milliseconds at
 * a time, since its waiting stops everything else in this process.
 */
export async function whileBusy<Value>(timing: Timing, work: () => Value | Promise<Value>): Promise<Value> {
  const end = timing.clock() + patience;
  for (let nap = 4; ; nap = Math.min(nap * 2, longestNap)) {
    try {
      return await work();
    } catch (error) {
      if (troubleOf(error) !== 'busy' || timing.clock() >= end) throw error;
    }
    await timing.sleep(nap * (0.5 + timing.random() / 2));
  }
}
