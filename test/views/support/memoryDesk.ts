import {
  effectiveSeverity,
  type CaseAction,
  type CaseDetail,
  type CaseSummary,
  type StoredFile,
} from '../../../src/desk/case.ts';
import type { CaseQuery, Desk, DeskChange, Write } from '../../../src/desk/desk.ts';
import { fail, ok, type DeskError } from '../../../src/desk/errors.ts';
import type { Incident, NewIncident, NewPost } from '../../../src/desk/health.ts';
import { allowedActions, transition } from '../../../src/desk/lifecycle.ts';
import { aDetail, noon } from './builders.ts';

/** A desk over arrays that counts how much is asked of it; what it cannot do it refuses as failed. */
export interface MemoryDesk extends Desk {
  cases: CaseSummary[];
  board: Incident[];
  snapshots: string[];
  asOf?: () => number;
  /** When set, every reading answers it. */
  trouble: DeskError | undefined;
  /** How many cases its pages have given so far. */
  given: number;
  /** Every write, in order. */
  readonly writes: (CaseAction | NewIncident | NewPost)[];
  readonly attempts: Write[];
  /** What the next writes answer instead of being done, one after the other. */
  readonly refusals: DeskError[];
  readonly files: Map<string, Uint8Array>;
  readonly filed: Map<string, readonly StoredFile[]>;
  readonly listeners: Set<(change: DeskChange) => void>;
  change(change: DeskChange): void;
}

function holds(query: CaseQuery, of: CaseSummary): boolean {
  return (
    (query.text === undefined || of.title.includes(query.text)) &&
    (query.status?.includes(of.status) ?? true) &&
    (query.severity?.includes(effectiveSeverity(of) ?? 'none') ?? true) &&
    (query.service === undefined || of.service === query.service)
  );
}

export function memoryDesk(cases: CaseSummary[] = [], board: Incident[] = []): MemoryDesk {
  const failed = () => Promise.resolve(fail<DeskError>({ code: 'failed' }));
  const found = (query: CaseQuery) =>
    desk.cases.filter(one => holds(query, one)).toSorted((a, b) => b.updatedAt - a.updatedAt || b.number - a.number);
  const answer = <Value>(value: () => Value) =>
    Promise.resolve(desk.trouble === undefined ? ok(value()) : fail(desk.trouble));
  const desk: MemoryDesk = {
    cases,
    board,
    snapshots: [],
    trouble: undefined,
    given: 0,
    writes: [],
    attempts: [],
    refusals: [],
    files: new Map(),
    filed: new Map(),
    listeners: new Set(),
    change: change => desk.listeners.forEach(listener => listener(change)),
    capabilities: () => ({
      id: 'memory',
      actions: [],
      fileBytes: 25 * 1024 * 1024,
      incidents: true,
      teamNotes: true,
      roles: ['requester', 'reviewer', 'agent'],
    }),
    list: (query, { cursor = '0', limit }) =>
      answer(() => {
        const all = found(query);
        const end = Number(cursor) + Math.min(limit, 200);
        const items = all.slice(Number(cursor), end);
        desk.given += items.length;
        return end < all.length ? { items, next: String(end) } : { items };
      }),
    count: (query, by) =>
      answer(() => {
        const value = (one: CaseSummary): string =>
          by === 'status' ? one.status : by === 'service' ? one.service : (effectiveSeverity(one) ?? 'none');
        const groups = Object.groupBy(found(query), value);
        return Object.entries(groups).map(([name, all]) => ({ value: name, count: all?.length ?? 0 }));
      }),
    get: id => {
      const of = desk.cases.find(one => one.id === id);
      const { roles } = desk.capabilities();
      return answer(() => of).then(found => {
        if (!found.ok) return found;
        if (of === undefined) return fail<DeskError>({ code: 'notFound' });
        const filedFiles = [...(desk.filed.get(id) ?? [])];
        return ok<CaseDetail>(aDetail({ ...of, allowed: allowedActions(of, roles), filedFiles }));
      });
    },
    file: failed,
    filedAs: () => answer(() => undefined),
    act: async (id, action, write) => {
      desk.attempts.push(write);
      const of = desk.cases.find(one => one.id === id);
      if (of === undefined) return fail({ code: 'notFound' });
      const refusal = desk.refusals.shift();
      if (refusal !== undefined) return fail(refusal);
      if (of.revision !== write.revision) return fail({ code: 'conflict', revision: of.revision });
      const to = transition(of, action.kind, desk.capabilities().roles);
      if (!to.ok) return to;
      desk.writes.push(action);
      const after = { ...of, status: to.value, revision: of.revision + 1 };
      desk.cases = desk.cases.map(one => (one === of ? after : one));
      return desk.get(id);
    },
    upload: async source => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of source.chunks()) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const digest = await crypto.subtle.digest('SHA-256', bytes);
      const sha256 = Buffer.from(digest).toString('hex');
      desk.files.set(sha256, bytes);
      return ok({ name: source.name, bytes: bytes.length, sha256 });
    },
    download: sha256 => {
      const bytes = desk.files.get(sha256);
      return Promise.resolve(bytes === undefined ? fail<DeskError>({ code: 'notFound' }) : ok(bytes));
    },
    incidents: () => answer(() => desk.board),
    healthSnapshots: () => answer(() => desk.snapshots.map(text => ({ text }))),
    publishHealth: ({ snapshot }) =>
      answer(() => {
        desk.snapshots = [...desk.snapshots, snapshot];
        return { expires: noon };
      }),
    recordIncident: ({ text, ...incident }, write) => {
      desk.attempts.push({ ...write, revision: 0 });
      desk.writes.push({ text, ...incident });
      const id = crypto.randomUUID();
      const number = desk.board.length + 1;
      const made = { ...incident, id, number, revision: 1, startedAt: noon, updatedAt: noon, posts: [] };
      desk.board = [...desk.board, made];
      return Promise.resolve(ok(made));
    },
    postToIncident: (id, post, write) => {
      desk.attempts.push(write);
      const found = desk.board.find(one => one.id === id);
      if (found === undefined) return Promise.resolve(fail<DeskError>({ code: 'notFound' }));
      const refusal = desk.refusals.shift();
      if (refusal !== undefined) return Promise.resolve(fail(refusal));
      desk.writes.push(post);
      return Promise.resolve(ok({ ...found, status: post.status, revision: found.revision + 1 }));
    },
    onDidChange: listener => {
      desk.listeners.add(listener);
      return () => desk.listeners.delete(listener);
    },
    close: () => undefined,
  };
  return desk;
}
