import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhenResult } from 'cockatiel';
import type { Outage } from '../../desk/outage.ts';
import type { Time } from './time.ts';

const inARow = 5;
const probeMilliseconds = 30_000;

/** Keeps quiet towards a place that is down. */
export interface Breaker {
  /**
   * Does `work`, which tells whether the place is `down` where it knows, or answers nothing while that is known. May wait
   * for the disk before.
   */
  run<Value extends { readonly down?: boolean }>(work: () => Promise<Value>): Promise<Value | undefined>;
  /** Lets the next call through, whatever is known: somebody wants to know. */
  retry(): void;
}

/**
 * A breaker that opens after five results in a row that are `down`, and then lets one call through each 30 s: one of all
 * windows where they share an `outage`, which nobody looks at for 30 s after a good answer. It goes by time that cannot
 * jump: the library's own goes by the clock, and a clock set back by a day would close a desk for a day.
 */
export function createBreaker(time: Time, outage?: Outage): Breaker {
  /** Since when this window keeps quiet, and when it last heard a good answer. */
  let [since, heard] = [0, -Infinity];
  /** Whether the others were told, so that it is over when they know nothing of it any more. */
  let isTold = false;
  const pause = () => {
    since = time.monotonic();
    return {
      get duration() {
        return time.monotonic() - since < probeMilliseconds ? Infinity : -Infinity;
      },
      next: pause,
    };
  };
  const isProbing = (): boolean => policy.state === CircuitState.HalfOpen;
  // A probe that was stopped, or sent nothing, has not found the place to be back.
  const isDown = (result: unknown): boolean => (result as { readonly down?: boolean }).down ?? isProbing();
  const policy = circuitBreaker(handleWhenResult(isDown), {
    breaker: new ConsecutiveBreaker(inARow),
    halfOpenAfter: { next: pause },
  });
  const unheard = (): void => undefined;
  policy.onBreak(() => {
    isTold = false;
    outage?.begin().then(() => {
      isTold = true;
    }, unheard);
  });
  const retry = (): void => {
    since = -Infinity;
    heard = time.monotonic();
  };
  /** What the windows know; without a disk, what this one does. */
  async function look(): Promise<boolean | undefined> {
    if (!outage || time.monotonic() - heard < probeMilliseconds) return undefined;
    try {
      const claimed = await outage.claim();
      if (claimed ?? isTold) since = -Infinity;
      return claimed;
    } catch {
      return undefined;
    }
  }
  return {
    retry,
    async run(work) {
      // The library would let others wait for the probe, which may take as long as the slowest answer.
      if (isProbing()) return undefined;
      if ((await look()) === false || isProbing()) return undefined;
      try {
        const result = await policy.execute(work);
        if (result.down === true) heard = -Infinity;
        if (result.down === false) {
          retry();
          outage?.end().catch(unheard);
        }
        return result;
      } catch (error) {
        if (error instanceof BrokenCircuitError) return undefined;
        throw error;
      }
    },
  };
}
