import type { Memento } from './practiceMode.ts';

/** So many of either are remembered, the newest. */
const remembered = 500;

const parts = { favourite: 'casebook.health.favourites', muted: 'casebook.health.muted' } as const;
export type Mark = keyof typeof parts;

/** What a mark is on: a service or an issue of a source. The board is a source too. */
export function markKey(source: string, id: string): string {
  return `${source}\n${id}`;
}

/** The favourite services and the muted incidents of the user: in the state of the editor. */
export class HealthMarks {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  /** The keys that have this mark. */
  all(mark: Mark): ReadonlySet<string> {
    // By hand rather than by zod: the view is made at activation, which must stay light.
    const kept = this.#state.get(parts[mark]);
    return new Set(Array.isArray(kept) ? kept.filter(one => typeof one === 'string') : []);
  }

  async set(mark: Mark, key: string, on: boolean): Promise<void> {
    const others = [...this.all(mark)].filter(one => one !== key);
    await this.#state.update(parts[mark], (on ? [...others, key] : others).slice(-remembered));
  }

  /** An incident is muted until it ends: those that did are forgotten. */
  async ended(keys: ReadonlySet<string>): Promise<void> {
    const muted = this.all('muted');
    const left = [...muted].filter(key => !keys.has(key));
    if (left.length < muted.size) await this.#state.update(parts.muted, left);
  }
}
