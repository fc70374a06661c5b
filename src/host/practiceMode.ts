import type { Instant } from '../rules/decision.ts';
import { setContextKey } from './contextKeys.ts';

const key = 'casebook.practice';

/** Where the mode is kept: the state of the workspace, so that it survives a reload of the window. */
export interface Memento {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** Whether this window practises, and how far its practice clock is from the real one. */
export class PracticeMode {
  readonly #memento: Memento;
  readonly #realNow: () => Instant;
  #on: boolean;
  #offset: number;

  constructor(memento: Memento, realNow: () => Instant) {
    this.#memento = memento;
    this.#realNow = realNow;
    // Read by hand rather than by zod: this happens at activation, which must stay light.
    const kept = memento.get(key);
    const part = (name: string): unknown =>
      typeof kept === 'object' && kept !== null ? Object.getOwnPropertyDescriptor(kept, name)?.value : undefined;
    const offset = part('offset');
    this.#on = part('on') === true;
    this.#offset = typeof offset === 'number' && Number.isSafeInteger(offset) ? offset : 0;
    setContextKey(key, this.#on);
  }

  get on(): boolean {
    return this.#on;
  }

  /** What the practice clock shows. */
  readonly now = (): Instant => this.#realNow() + this.#offset;

  /** Enters or leaves practice. */
  async set(on: boolean): Promise<void> {
    this.#on = on;
    setContextKey(key, on);
    await this.#keep();
  }

  /** Sets the clock; without a time it shows the real one again. */
  async setNow(at?: Instant): Promise<void> {
    this.#offset = at === undefined ? 0 : Math.trunc(at - this.#realNow());
    await this.#keep();
  }

  async #keep(): Promise<void> {
    await this.#memento.update(key, { on: this.#on, offset: this.#offset });
  }
}
