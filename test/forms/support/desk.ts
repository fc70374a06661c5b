import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { admitByRules } from '../../../src/desk/admission.ts';
import type { CaseDetail, NewCase } from '../../../src/desk/case.ts';
import type { Desk } from '../../../src/desk/desk.ts';
import type { Settings } from '../../../src/host/settingsSchema.ts';
import type { Result } from '../../../src/desk/errors.ts';
import { createLedgerDesk } from '../../../src/desk/ledger.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';

export function good<Value>(result: Result<Value, unknown>): Value {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

/** A real desk over SQLite in a folder of its own; `end` closes and deletes it. */
export async function openDesk(
  settings: () => Settings,
  now: () => number,
): Promise<{ readonly desk: Desk; readonly end: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-forms-'));
  const { store } = good(await openSqliteStore(folder, { now }));
  const actor = { name: 'Anna Kivi', roles: ['requester', 'reviewer', 'agent'] as const };
  const desk = createLedgerDesk({ store, actor, admit: admitByRules(settings), now, id: () => crypto.randomUUID() });
  return {
    desk,
    end: () => {
      desk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const filed: NewCase = {
  profile: 'm365China',
  plan: 'standard',
  category: 'technical',
  service: 'Exchange Online',
  title: 'Mail arrives late',
  text: 'Since Friday.',
  severity: 'B',
  impact: '',
  resource: '',
  contact: '+358 40 123 4567',
  places: [],
  files: [],
  zone: 'Europe/Helsinki',
};

/** Files a case; a test says what is different. */
export async function fileCase(desk: Desk, different: Partial<NewCase> = {}): Promise<CaseDetail> {
  return good(await desk.file({ ...filed, ...different }, { key: crypto.randomUUID() }));
}
