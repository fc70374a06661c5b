import * as z from 'zod/mini';
import type { Instant } from '../rules/decision.ts';
import type { Memento } from './practiceMode.ts';

const Follows = z.record(z.string(), z.boolean());
/** So many cases of a desk are remembered, the newest. */
const remembered = 2_000;

/** Which cases the user follows, and up to when they were told of any: in the state of the editor, by desk. */
export class Following {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  #read(desk: string): Record<string, boolean> {
    const kept = z.safeParse(Follows, this.#state.get(`casebook.follow.${desk}`));
    return kept.success ? kept.data : {};
  }

  /** Nothing where the user said neither. */
  follows(desk: string, caseId: string): boolean | undefined {
    const kept = this.#read(desk);
    return Object.hasOwn(kept, caseId) ? kept[caseId] : undefined;
  }

  async follow(desk: string, caseId: string, on: boolean): Promise<void> {
    const others = Object.entries(this.#read(desk)).filter(([id]) => id !== caseId);
    const kept = [...others, [caseId, on] as const].slice(-remembered);
    await this.#state.update(`casebook.follow.${desk}`, Object.fromEntries(kept));
  }

  /** By the clock of the desk. */
  toldUntil(desk: string): Instant | undefined {
    const kept = z.safeParse(z.int(), this.#state.get(`casebook.told.${desk}`));
    return kept.success ? kept.data : undefined;
  }

  async told(desk: string, until: Instant): Promise<void> {
    await this.#state.update(`casebook.told.${desk}`, until);
  }
}
