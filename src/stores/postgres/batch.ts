interface Waiting<Asked, Answer> {
  readonly asked: Asked;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers what several ask at the same moment, and asks it together. */
export class Batch<Asked, Answer> {
  readonly #ask: (all: readonly Asked[]) => Promise<readonly Answer[]>;
  readonly #soon: (run: () => void) => unknown;
  #waiting: Waiting<Asked, Answer>[] = [];

  /** `ask` answers each in its place. It is called `soon`: once everybody has asked who could go on, unless given. */
  constructor(
    ask: (all: readonly Asked[]) => Promise<readonly Answer[]>,
    soon: (run: () => void) => unknown = run => process.nextTick(run),
  ) {
    this.#ask = ask;
    this.#soon = soon;
  }

  add(asked: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.push({ asked, resolve, reject });
      if (waiting === 1) this.#soon(() => void this.#askAll());
    });
  }

  async #askAll(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      const answers = await this.#ask(waiting.map(({ asked }) => asked));
      if (answers.length !== waiting.length) throw new TypeError('an answer is missing');
      for (const [index, answer] of answers.entries()) waiting[index]?.resolve(answer);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}
