import { effectiveSeverity, type CaseDetail, type CaseSummary } from '../../../src/desk/case.ts';
import type { CaseQuery, Desk, DeskChange } from '../../../src/desk/desk.ts';
import { fail, ok, type DeskError } from '../../../src/desk/errors.ts';
import type { Incident } from '../../../src/desk/health.ts';
import { aDetail } from './builders.ts';

/** A desk over arrays that counts how much is asked of it; what it cannot do it refuses as failed. */
export interface MemoryDesk extends Desk {
  cases: CaseSummary[];
  board: Incident[];
  /** When set, every reading answers it. */
  trouble: DeskError | undefined;
  /** How many cases its pages have given so far. */
  given: number;
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
    trouble: undefined,
    given: 0,
    listeners: new Set(),
    change: change => desk.listeners.forEach(listener => listener(change)),
    capabilities: () => ({
      id: 'memory',
      actions: [],
      fileBytes: 25 * 1024 * 1024,
      incidents: true,
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
      return Promise.resolve(of === undefined ? fail<DeskError>({ code: 'notFound' }) : ok<CaseDetail>(aDetail(of)));
    },
    file: failed,
    act: failed,
    upload: failed,
    download: failed,
    incidents: () => answer(() => desk.board),
    recordIncident: failed,
    postToIncident: failed,
    onDidChange: listener => {
      desk.listeners.add(listener);
      return () => desk.listeners.delete(listener);
    },
    close: () => undefined,
  };
  return desk;
}
