import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhenResult } from 'cockatiel';
import type { Time } from './time.ts';

const inARow = 5;
const probeMilliseconds = 30_000;

/** Keeps quiet towards a place that is down. */
export interface Breaker {
  /** Whether one call is trying out if the place is back. */
  isProbing(): boolean;
  /** Does `work`, which tells whether the place is `down`, or answers nothing while it is known to be. */
  run<Value extends { readonly down?: boolean }>(work: () => Promise<Value>): Promise<Value | undefined>;
}

/**
 * A breaker that opens after five results in a row that are `down`, and then lets one call through each 30 s. It goes by
 * time that cannot jump: the library's own goes by the clock, and a clock set back by a day would close a desk for a day.
 */
export function createBreaker(time: Time): Breaker {
  const pause = () => {
    const since = time.monotonic();
    return {
      get duration() {
        return time.monotonic() - since < probeMilliseconds ? Infinity : -Infinity;
      },
      next: pause,
    };
  };
  const isDown = (result: unknown): boolean => (result as { readonly down?: boolean }).down === true;
  const policy = circuitBreaker(handleWhenResult(isDown), {
    breaker: new ConsecutiveBreaker(inARow),
    halfOpenAfter: { next: pause },
  });
  const isProbing = (): boolean => policy.state === CircuitState.HalfOpen;
  return {
    isProbing,
    async run(work) {
      // The library would let others wait for the probe, which may take as long as the slowest answer.
      if (isProbing()) return undefined;
      try {
        return await policy.execute(work);
      } catch (error) {
        if (error instanceof BrokenCircuitError) return undefined;
        throw error;
      }
    },
  };
}
