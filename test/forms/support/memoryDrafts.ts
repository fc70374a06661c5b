import type { Draft, DraftError, DraftStore } from '../../../src/desk/drafts.ts';
import { fail, ok, type Result } from '../../../src/desk/errors.ts';

export interface MemoryDrafts extends DraftStore {
  readonly kept: Map<string, Draft>;
  /** The texts of the unsent notes, and which of them are for the team alone. */
  readonly texts: Map<string, string>;
  readonly teamOnly: Set<string>;
  /** What the next writes answer instead of writing; undefined when the disk works. */
  broken: DraftError | undefined;
  writes: number;
}

/** Drafts in memory, with the same promises about revisions as those on disk. */
export function memoryDrafts(now: () => number): MemoryDrafts {
  const kept = new Map<string, Draft>();
  const texts = new Map<string, string>();
  const teamOnly = new Set<string>();
  const titles = new Map<string, string>();
  const listeners = new Set<() => void>();
  const told = <Value>(value: Value): Result<Value, never> => {
    for (const listener of listeners) listener();
    return ok(value);
  };
  const later = () => new Promise<void>(resolve => setImmediate(resolve));
  const store: MemoryDrafts = {
    kept,
    texts,
    teamOnly,
    broken: undefined,
    writes: 0,
    list: () => Promise.resolve(ok([...kept.values()])),
    async read(id) {
      await later();
      const draft = kept.get(id);
      return draft ? ok(draft) : fail({ code: 'notFound' });
    },
    begin(content) {
      const draft = { id: crypto.randomUUID(), key: crypto.randomUUID(), revision: 1, updatedAt: now(), content };
      const create = async () => {
        await later();
        if (store.broken) return fail(store.broken);
        kept.set(draft.id, draft);
        return told(draft);
      };
      return { draft, create };
    },
    create: content => store.begin(content).create(),
    async write(id, revision, content) {
      await later();
      store.writes += 1;
      if (store.broken) return fail(store.broken);
      const before = kept.get(id);
      if (!before) return fail({ code: 'notFound' });
      if (before.revision !== revision) return fail({ code: 'conflict', revision: before.revision });
      const draft = { ...before, content, revision: revision + 1, updatedAt: now() };
      kept.set(id, draft);
      return told(draft);
    },
    async discard(id) {
      await later();
      if (store.broken) return fail(store.broken);
      return kept.delete(id) ? told(undefined) : fail({ code: 'notFound' });
    },
    takeQuarantined: () => [],
    readNote: id => Promise.resolve(ok({ text: texts.get(id) ?? '', teamOnly: teamOnly.has(id) })),
    async writeNote(id, note) {
      await later();
      if (store.broken) return fail(store.broken);
      texts.set(id, note.text);
      teamOnly[note.teamOnly === true ? 'add' : 'delete'](id);
      if (note.title !== undefined) titles.set(id, note.title);
      return ok(undefined);
    },
    notes: () => {
      const kept = [...titles].filter(([id]) => (texts.get(id) ?? '') !== '');
      const list = kept.map(([caseId, title]) => ({ caseId, title, teamOnly: teamOnly.has(caseId), updatedAt: now() }));
      return Promise.resolve(ok(list));
    },
    onDidChange: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => listeners.clear(),
  };
  return store;
}
