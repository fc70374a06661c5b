import * as sqlite from 'node:sqlite';
import { join } from 'node:path';
import type { CaseSummary, TimelineEvent } from '../../src/desk/case.ts';
import { deskStatuses } from '../../src/desk/words.ts';
import { severities } from '../../src/rules/profile.ts';
import { Connection } from '../../src/stores/sqlite/connection.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { transactionOver } from '../../src/stores/sqlite/writes.ts';

const services = ['Exchange Online', 'SharePoint Online', 'Skype for Business Online', 'Microsoft 365 Apps'];
const parts = ['mail', 'queue', 'sync', 'sign', 'calendar', 'portal', 'licence', 'tenant', 'policy', 'search', 'share'];

/** A repeatable stream of numbers from 0 to below 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Fills a new desk with cases at once, the way a desk would write them one by one. */
export async function seedCases(folder: string, count: number): Promise<void> {
  const opened = await openSqliteStore(folder, { now: () => 0, durability: 'OFF' });
  if (!opened.ok) throw new Error(opened.error.code);
  opened.value.store.close();
  const connection = new Connection(sqlite, join(folder, 'desk.sqlite'), 'OFF');
  const random = numbers(count);
  const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(random() * list.length)] as Item;
  const word = (): string => `${pick(parts)}${random() < 0.5 ? '' : Math.floor(random() ** 3 * 4_000).toString(36)}`;
  const words = (length: number): string => Array.from({ length }, word).join(' ');
  const transaction = transactionOver(connection);
  const start = Date.UTC(2026, 0, 1);
  connection.begin('IMMEDIATE');
  for (let index = 0; index < count; index++) {
    const at = start + Math.floor(random() * 300 * 24 * 3_600_000);
    const status = pick(deskStatuses);
    const by = { name: 'Jana Nováková' };
    const summary: Omit<CaseSummary, 'number'> = {
      id: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
      ...{ revision: 2, profile: 'm365China', category: 'technical', service: pick(services) },
      ...{ title: words(7), status, openedAt: at, updatedAt: at + 1, notes: 1, files: 0 },
      ...(random() < 0.7 && { severityProposed: pick(severities) }),
    };
    const common = { zone: 'Europe/Prague', places: [], filedFiles: [], filedBy: by };
    const filed = { text: words(40), impact: '', resource: '', contact: '', ...common };
    const events: TimelineEvent[] = [
      { kind: 'filed', seq: 1, at, by, status: 'open' },
      { kind: 'annotated', seq: 2, at: at + 1, by, status, text: words(20), files: [] },
    ];
    await transaction.addCase(summary, filed, events);
  }
  connection.commit();
  connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  connection.close();
}
