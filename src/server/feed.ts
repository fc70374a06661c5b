import type { DeskChange } from '../desk/desk.ts';

/** A change with the id a client resumes from. */
export interface FedChange {
  readonly id: string;
  readonly change: DeskChange;
}

/** The latest changes of one tenant, for streams to follow and to resume. */
export interface Feed {
  push(change: DeskChange): void;
  /** The id of the newest change; where a stream stands that missed nothing. */
  newest(): string;
  /** What came after an id; nothing when the feed no longer knows, and anything may have changed. */
  since(id: string): readonly FedChange[] | undefined;
  follow(listener: (fed: FedChange) => void): () => void;
}

/** `name` tells this feed's ids from those of other copies and of earlier runs; `kept` changes can be resumed from. */
export function createFeed(name: string, kept = 1_000): Feed {
  const changes: FedChange[] = [];
  const listeners = new Set<(fed: FedChange) => void>();
  let last = 0;
  const idOf = (number: number): string => `${name}-${number}`;
  return {
    push: change => {
      const fed = { id: idOf(++last), change };
      changes.push(fed);
      if (changes.length > kept) changes.shift();
      for (const listener of [...listeners]) listener(fed);
    },
    newest: () => idOf(last),
    since: id => {
      const number = Number(id.slice(name.length + 1));
      if (!Number.isSafeInteger(number) || id !== idOf(number)) return undefined;
      if (number > last || number < last - changes.length) return undefined;
      return changes.slice(changes.length - (last - number));
    },
    follow: listener => {
      const told = (fed: FedChange): void => listener(fed);
      listeners.add(told);
      return () => void listeners.delete(told);
    },
  };
}
