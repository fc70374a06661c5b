// A clock that stands still until it is moved.
import type { Time } from '../../src/connectors/http/time.ts';

export interface FakeTime extends Time {
  /** The delays of the timers that wait now, shortest first. */
  readonly timers: readonly number[];
  /** Lets time pass; timers that fall due run in their order, and what they start is let go on between them. */
  pass(milliseconds: number): Promise<void>;
  /** Sets the clock on the wall, which timers do not follow. */
  setClock(at: number): void;
}

/** Resolves once what was promised and what is on its way in this process had a turn. */
export const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** A few turns, for what needs one after another. */
async function turns(): Promise<void> {
  for (let count = 0; count < 4; count++) await turn();
}

/** Waits, turn by turn, until `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn();
}

/** `random` answers what `chance` does; without it, pauses chosen at random are as long as they can be. */
export function createFakeTime(start = Date.UTC(2026, 10, 26, 9), chance = (): number => 1 - Number.EPSILON): FakeTime {
  let [passed, clock] = [0, start];
  let waiting: { readonly due: number; readonly run: () => void }[] = [];
  const move = (to: number): void => {
    clock += to - passed;
    passed = to;
  };
  return {
    now: () => clock,
    monotonic: () => passed,
    random: chance,
    after(milliseconds, run) {
      const timer = { due: passed + milliseconds, run };
      waiting.push(timer);
      return () => {
        waiting = waiting.filter(one => one !== timer);
      };
    },
    get timers() {
      return waiting.map(({ due }) => due - passed).sort((a, b) => a - b);
    },
    async pass(milliseconds) {
      const end = passed + milliseconds;
      for (;;) {
        await turns();
        const next = waiting.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
        if (!next) break;
        move(Math.max(passed, next.due));
        waiting = waiting.filter(one => one !== next);
        next.run();
      }
      move(end);
      await turns();
    },
    setClock: at => {
      clock = at;
    },
  };
}
