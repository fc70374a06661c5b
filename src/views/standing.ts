import type { Counts } from '../desk/desk.ts';
import { appliesIn, statusGroups } from '../desk/lifecycle.ts';
import { actionKinds, deskStatuses, type ActionKind, type DeskStatus } from '../desk/words.ts';

/** How many cases stand in each status. */
export type ByStatus = Readonly<Record<DeskStatus, number>>;

/** The counts of a desk as a table; a status nobody knows is left out. */
export function byStatus(counts: Counts): ByStatus {
  const table = { open: 0, actionRequired: 0, waitingForSupport: 0, resolved: 0, closed: 0, reopened: 0 };
  for (const { value, count } of counts) {
    const status = deskStatuses.find(one => one === value);
    if (status !== undefined) table[status] = count;
  }
  return table;
}

/** How many cases stand in any of the given statuses. */
export function countIn(table: ByStatus, statuses: readonly DeskStatus[]): number {
  return statuses.reduce((sum, status) => sum + table[status], 0);
}

/** What the badge, the status bar item and the context keys say. */
export interface Standing {
  readonly needsYou: number;
  readonly waiting: number;
  readonly total: number;
  /** What can be done to at least one case. */
  readonly possible: ReadonlySet<ActionKind>;
}

/** How things stand, from the counts of all cases. */
export function standingOf(table: ByStatus): Standing {
  const held = deskStatuses.filter(status => table[status] > 0);
  return {
    needsYou: countIn(table, statusGroups.needsYou),
    waiting: countIn(table, statusGroups.waiting),
    total: countIn(table, deskStatuses),
    possible: new Set(actionKinds.filter(action => held.some(status => appliesIn(status, action)))),
  };
}
