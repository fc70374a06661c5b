/**
 * Runs `work` with the newest value, one run at a time: what arrives meanwhile replaces what waits. The first value is
 * worked on at once, so that a window that goes away a moment later has it written, and a slow disk sets the pace.
 */
export class Latest<Value> {
  readonly #work: (value: Value) => Promise<void>;
  #waiting: { readonly value: Value } | undefined;
  #running: Promise<void> | undefined;

  constructor(work: (value: Value) => Promise<void>) {
    this.#work = work;
  }

  set(value: Value): void {
    this.#waiting = { value };
    this.#running ??= this.#run();
  }

  /** Resolves when nothing runs and nothing waits; rejects never. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting) {
      const { value } = this.#waiting;
      this.#waiting = undefined;
      try {
        await this.#work(value);
      } catch {
        // `work` tells of its own failures; one it did not foresee must not stop the values after it.
      }
    }
    this.#running = undefined;
  }
}
