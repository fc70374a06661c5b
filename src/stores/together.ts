import type { DeskError, Result } from '../desk/errors.ts';
import { fail } from '../desk/errors.ts';
import type { Transaction } from '../desk/store.ts';

/** A use case that waits for its turn. It can be run again from the start for as long as it was not answered. */
export interface UseCase {
  /** Works within a transaction; answers whether what it did is to be kept. */
  readonly run: (within: Transaction) => Promise<boolean>;
  /** Tells who asked what came of the last run, or what kept it from being done. */
  readonly answer: (trouble?: DeskError) => void;
}

/** Use cases that share one transaction at most; it holds up a process for as long as they take. */
const mostTogether = 32;

/**
 * Gathers the use cases that are asked for at about the same time, so that a store can work on them together and make
 * them last with a single COMMIT. Nobody waits for others to come: what is there goes.
 */
export class Together {
  readonly #work: (useCases: readonly UseCase[]) => Promise<void>;
  readonly #waiting: UseCase[] = [];
  #isWorking = false;

  /** `work` answers each of the use cases it is given, and is called again once it has. */
  constructor(work: (useCases: readonly UseCase[]) => Promise<void>) {
    this.#work = work;
  }

  add<Value>(work: (within: Transaction) => Promise<Result<Value>>): Promise<Result<Value>> {
    return new Promise(resolve => {
      let done: Result<Value> = fail({ code: 'failed' });
      this.#waiting.push({
        run: async within => {
          done = await work(within);
          return done.ok;
        },
        answer: trouble => resolve(trouble ? fail(trouble) : done),
      });
      if (!this.#isWorking) void this.#workOnAll();
    });
  }

  async #workOnAll(): Promise<void> {
    this.#isWorking = true;
    while (this.#waiting.length > 0) {
      // By then everybody was heard whose request had come in.
      await new Promise(resolve => setImmediate(resolve));
      const useCases = this.#waiting.splice(0, mostTogether);
      if (useCases.length === 0) continue;
      // Nobody waits for ever because of a mistake of ours.
      await this.#work(useCases).catch(() => useCases.forEach(({ answer }) => answer({ code: 'failed' })));
    }
    this.#isWorking = false;
  }
}
