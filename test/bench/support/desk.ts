// Local desks full of cases, made through the real desk and store and kept in the cache until either changes.
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { once } from '../../../scripts/once.mjs';
import { cache, root } from '../../../scripts/paths.mjs';
import type { CaseAction, NewCase } from '../../../src/desk/case.ts';
import type { Desk } from '../../../src/desk/desk.ts';
import { createLedgerDesk } from '../../../src/desk/ledger.ts';
import type { Store } from '../../../src/desk/store.ts';
import { openSqliteStore } from '../../../src/stores/sqlite/store.ts';

type Work = Parameters<Store['transact']>[0];

const batch = 1_000;
const dayMs = 86_400_000;
const services = ['Exchange Online', 'SharePoint Online', 'Skype for Business Online', 'Microsoft 365 Apps'];
/** One of these is in every title. */
export const troubles = [
  'Mailbox',
  'Calendar',
  'Shared folder',
  'Licence',
  'Sign-in',
  'Migration',
  'Search',
  'Meeting',
];
const symptoms = ['cannot be opened', 'is slow since the update', 'shows an error', 'lost its settings', 'is missing'];

/** The desk over a folder, as the extension opens it; every case is admitted. */
export async function openDesk(folder: string): Promise<Desk> {
  return deskOver(await openStore(folder, Date.now, 'FULL'), Date.now);
}

/** A folder with a desk of so many cases, to be copied before anything is written to it. */
export async function filledDesk(size: number): Promise<string> {
  const folder = join(cache, 'bench');
  const prefix = `desk-${size}-`;
  const name = `${prefix}${await fingerprint()}`;
  return once(join(folder, name), async unfinished => {
    for (const entry of await readdir(folder))
      if (entry.startsWith(prefix) && !entry.startsWith(name)) await rm(join(folder, entry), { recursive: true });
    console.log(`Filling a desk with ${size} cases, once.`);
    await fill(unfinished, size);
  });
}

/** The cases of a desk that are open and have a note, oldest first. */
export function someCases(folder: string, count: number): string[] {
  const database = new DatabaseSync(join(folder, 'desk.sqlite'));
  try {
    const sql = "SELECT id FROM cases WHERE notes > 0 AND status = 'waitingForSupport' ORDER BY number LIMIT ?";
    return database
      .prepare(sql)
      .all(count)
      .map(row => String(row['id']));
  } finally {
    database.close();
  }
}

async function openStore(folder: string, now: () => number, durability: 'FULL' | 'OFF'): Promise<Store> {
  const opened = await openSqliteStore(folder, { now, durability });
  if (!opened.ok) throw new Error(`The desk in ${folder} does not open: ${opened.error.code}.`);
  return opened.value.store;
}

function deskOver(store: Store, now: () => number): Desk {
  const actor = { name: 'Bench', roles: ['requester', 'reviewer', 'agent'] } as const;
  return createLedgerDesk({ store, actor, admit: () => undefined, now, id: randomUUID });
}

async function fill(folder: string, size: number): Promise<void> {
  // Two months of cases up to now, the newest last.
  const step = Math.floor((60 * dayMs) / size);
  let clock = Date.now() - (size + 1) * step;
  const now = () => clock;
  const store = await openStore(folder, now, 'OFF');
  for (let index = 0; index < size;) {
    // One transaction for many cases: the desk within works on it instead of making its own.
    const filled = await store.transact(async within => {
      const desk = deskOver(
        Object.assign(Object.create(store) as Store, { transact: (work: Work) => work(within) }),
        now,
      );
      for (const end = Math.min(index + batch, size); index < end; index++) {
        clock += step;
        await fileAndAct(desk, index, clock);
      }
      return { ok: true, value: undefined };
    });
    if (!filled.ok) throw new Error(`The desk was not filled: ${JSON.stringify(filled.error)}`);
  }
  store.close();
}

async function fileAndAct(desk: Desk, index: number, at: number): Promise<void> {
  let done = await desk.file(caseNumber(index), { key: randomUUID() });
  for (const action of historyOf(index, at)) {
    if (!done.ok) break;
    done = await desk.act(done.value.id, action, { key: randomUUID(), revision: done.value.revision });
  }
  if (!done.ok) throw new Error(`A case was refused: ${JSON.stringify(done.error)}`);
}

function caseNumber(index: number): NewCase {
  const pick = <T>(list: readonly T[], salt: number) => list[(index * salt) % list.length] as T;
  const title = `${pick(troubles, 7)} ${index} ${pick(symptoms, 3)}`;
  return {
    profile: 'm365China',
    plan: 'standard',
    category: 'technical',
    service: pick(services, 3),
    title,
    text: `${title}. It began on Monday and ${index % 50} people are affected. A restart did not help.`,
    severity: pick(['B', 'C', 'C'], 1),
    impact: 'Half of the team cannot work.',
    resource: 'Build server',
    contact: 'team@example.com',
    places: [],
    files: [],
    zone: 'Europe/Prague',
  };
}

/** Where a case stands: three of ten need their filer, four wait for support, three are closed. */
function historyOf(index: number, at: number): CaseAction[] {
  const note: CaseAction = { kind: 'annotate', text: `Tried again, step ${index % 9}: the same.`, files: [] };
  const respond: CaseAction = { kind: 'recordFirstResponse', respondedAt: at, text: 'We are looking into it.' };
  switch (index % 10) {
    case 0:
    case 1:
      return [{ kind: 'requestInformation', text: 'Which version do you use?' }];
    case 2:
      return [respond, { kind: 'resolve', text: 'It was a setting.' }];
    case 3:
    case 4:
      return [respond, note];
    case 5:
    case 6:
      return [];
    default:
      return [respond, note, { kind: 'close', reason: 'solved', text: '' }];
  }
}

/** Changes whenever the code does that filled the desks. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['src/desk', 'src/stores/sqlite']) {
    for (const file of (await readdir(join(root, folder))).sort())
      hash.update(await readFile(join(root, folder, file)));
  }
  hash.update(await readFile(fileURLToPath(import.meta.url)));
  return hash.digest('hex').slice(0, 12);
}
