import type { Instant } from '../../rules/decision.ts';

/** Clock, timers and chance, passed in so that tests move them. */
export interface Time {
  /** What the clock on the wall says; it may be wrong, and may jump. */
  now(): Instant;
  /** Milliseconds that only grow, whatever happens to the clock. */
  monotonic(): number;
  /** Runs once after `milliseconds`, unless the answer is called first. */
  after(milliseconds: number, run: () => void): () => void;
  /** At least 0, less than 1. */
  random(): number;
}

export const systemTime: Time = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** Resolves after `milliseconds`, or as soon as `signal` is aborted. */
export function sleep(time: Time, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = time.after(milliseconds, end);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}

/** What `work` comes to, or a rejection as soon as `signal` is aborted, even if `work` does not care. */
export function orAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(new Error('aborted'));
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}
