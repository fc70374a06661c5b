// The practice desk, loaded when a window practises: it is made by using a desk of its own under a clock that is moved.
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { admitByRules } from './desk/admission.ts';
import { fail, ok, type DeskError, type Result } from './desk/errors.ts';
import { createLedgerDesk } from './desk/ledger.ts';
import type { Services } from './host/services.ts';
import { createDraftStore } from './outbox/drafts.ts';
import { codeOf, draftError } from './outbox/files.ts';
import { practiceStart } from './practice/clock.ts';
import { fillPractice } from './practice/fill.ts';
import type { Instant } from './rules/decision.ts';
import { openSqliteStore } from './stores/sqlite/store.ts';

export { markAnew, watchAnew } from './practiceMark.ts';
export { createPracticeSign } from './views/practiceSign.ts';

/** The samples are those of a team that may do all their support offer knows, whatever the settings say. */
const team = { role: 'admin', advancedAgreement: true, directSubscriptions: 1, partnerSubscriptions: 0 } as const;
const present = (path: string): Promise<boolean> =>
  fs.access(path).then(
    () => true,
    () => false,
  );

/**
 * Makes the practice desk where there is none, or anew, and answers the time at which practice begins; nothing where it
 * was there. It is made beside its place and moved there whole, so that nobody sees half of it, whatever fails.
 */
export async function makePractice(
  folder: string,
  services: Pick<Services, 'strings' | 'settings'>,
  anew: boolean,
): Promise<Result<Instant | undefined>> {
  const isThere = () => present(join(folder, 'desk.sqlite'));
  if (!anew && (await isThere())) return ok(undefined);
  const fresh = `${folder}.new-${randomUUID()}`;
  const old = `${folder}.old-${randomUUID()}`;
  try {
    await sweep(folder);
    const made = await make(fresh, services);
    if (!made.ok) return made;
    // Another window may have been first.
    if (!anew && (await isThere())) return ok(undefined);
    if (await present(folder)) await fs.rename(folder, old);
    await fs.rename(fresh, folder);
    return made;
  } catch (error) {
    if (!anew && (await isThere())) return ok(undefined);
    if (!(await present(folder)) && (await present(old))) await fs.rename(old, folder).catch(() => undefined);
    // Where a folder that is open cannot be moved, another window practises there.
    return fail<DeskError>(inUse.has(codeOf(error) ?? '') ? { code: 'busy' } : draftError(error));
  } finally {
    for (const path of [fresh, old]) await fs.rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

const inUse = new Set(['EBUSY', 'EPERM', 'ENOTEMPTY', 'EEXIST']);
const staleMs = 60 * 60 * 1_000;

/** Removes what a window that died left beside the desk. */
async function sweep(folder: string): Promise<void> {
  const parent = dirname(folder);
  await fs.mkdir(parent, { recursive: true });
  for (const name of await fs.readdir(parent)) {
    const path = join(parent, name);
    if (!path.startsWith(`${folder}.`)) continue;
    const { mtimeMs } = await fs.stat(path);
    if (Date.now() - mtimeMs > staleMs) await fs.rm(path, { recursive: true, force: true });
  }
}

async function make(
  folder: string,
  { strings, settings }: Pick<Services, 'strings' | 'settings'>,
): Promise<Result<Instant>> {
  const start = practiceStart(Date.now());
  const clock = { now: start };
  const now = (): Instant => clock.now;
  const [sentences, { settings: standing }] = await Promise.all([strings(), settings()]);
  // Nothing in it is worth waiting for the disk.
  const opened = await openSqliteStore(folder, { now, durability: 'OFF' });
  if (!opened.ok) return opened;
  const drafts = createDraftStore(join(folder, 'drafts'), { now, id: randomUUID });
  const desk = createLedgerDesk({
    store: opened.value.store,
    actor: { name: standing.person || userInfo().username, roles: ['requester', 'reviewer', 'agent'] },
    admit: admitByRules(() => team),
    now,
    id: randomUUID,
  });
  try {
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
    const writer = { strings: sentences, zone, holidays: standing.holidays };
    const filled = await fillPractice({ desk, drafts, clock, id: randomUUID }, start, writer);
    await opened.value.swept;
    return filled.ok ? ok(start) : filled;
  } finally {
    drafts.dispose();
    desk.close();
  }
}
