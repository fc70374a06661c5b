import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseSummary } from '../../desk/case.ts';
import { effectiveSeverity } from '../../desk/case.ts';
import type { DeskError } from '../../desk/errors.ts';
import type { CaseFilter } from '../../desk/store.ts';
import { deskStatuses } from '../../desk/words.ts';
import { severities } from '../../rules/profile.ts';
import { readCases, type Unreadable } from '../../stores/sqlite/readOnly.ts';
import type { Answer, Call } from '../command.ts';
import { BadUse } from '../fault.ts';
import { readZone } from '../instant.ts';
import type { List } from '../output.ts';
import { plain } from '../plain.ts';
import { isoUtc, showAt } from '../show.ts';

/** The database of a desk, named itself or by its folder. */
async function databaseAt(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true ? join(path, 'desk.sqlite') : path;
}

const simple = { missing: 'deskMissing', damaged: 'deskDamaged', busy: 'deskBusy' } as const;

function faultOf(file: string, error: DeskError | Unreadable): BadUse {
  const { code } = error;
  if (code === 'newerDatabase') return new BadUse('deskNewer', { file, found: error.found, known: error.known });
  if (code === 'sqliteMissing') return new BadUse('sqliteMissing');
  const known = code === 'missing' || code === 'damaged' || code === 'busy';
  return new BadUse(known ? simple[code] : 'fileUnreadable', { file });
}

const instant = (at: number | undefined): string | null => (at === undefined ? null : isoUtc(at));

function rowOf(of: CaseSummary): List['cases'][number] {
  const { number, id, status, service, title, profile, category, vendorNumber, openedAt, updatedAt } = of;
  return {
    ...{ number, id, status, severity: effectiveSeverity(of) ?? null, service, title, profile, category },
    vendorNumber: vendorNumber ?? null,
    openedAt: isoUtc(openedAt),
    updatedAt: isoUtc(updatedAt),
    firstResponseAt: instant(of.firstResponseAt),
  };
}

/** The cases of a local desk, newest change first. Nothing is written, also while a window has the desk open. */
export async function run({ given, io, strings }: Call): Promise<Answer<List>> {
  const status = given.words('status', deskStatuses);
  const severity = given.words('severity', [...severities, 'none']);
  const zone = given.text('zone') ?? io.zone;
  readZone('--zone', zone);
  const file = await databaseAt(given.needed('desk'));
  const filter: CaseFilter = { ...(status && { status }), ...(severity && { severity }) };
  const read = await readCases(file, filter);
  if (!read.ok) throw faultOf(file, read.error);
  const cases = read.value.map(rowOf);
  const lines = read.value.map(one =>
    [
      `#${one.number}`,
      strings.t(`status.${one.status}`),
      effectiveSeverity(one) ?? '-',
      showAt(one.updatedAt, zone, strings.language),
      plain(one.service),
      plain(one.title),
    ].join('  '),
  );
  return { exit: 0, json: { cases }, lines: lines.length === 0 ? [strings.t('cli.list.none')] : lines };
}
