import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { before, describe, it } from 'mocha';
import { List } from '../../src/cli/output.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { createLedgerDesk } from '../../src/desk/ledger.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { fileCase, newCase, once, upon, value } from '../desk/build.ts';
import { answer, casebook, complaint, folder } from './support/run.ts';

describe('casebook list', () => {
  const files = folder();
  const desk = join(files.path, 'desk');
  let at = Date.parse('2026-03-04T02:00:00Z');
  const open = async (path: string): Promise<Desk> => {
    const { store } = value(await openSqliteStore(path, { now: () => at }));
    const actor = { name: 'Test', roles: ['requester', 'agent'] as const };
    return createLedgerDesk({
      store,
      actor,
      admit: () => undefined,
      now: () => at,
      id: () => randomUUID(),
    });
  };

  before(async () => {
    const ledger = await open(desk);
    await fileCase(ledger, { title: 'First', severity: 'B' });
    at += 60_000;
    const second = await fileCase(ledger, { title: 'Second \u202e', service: 'Teams' });
    value(await ledger.act(second.id, { kind: 'close', reason: 'solved', text: '' }, upon(second)));
    ledger.close();
  });
  const snapshot = (path: string) =>
    readdirSync(path).map(name => [name, readFileSync(join(path, name)).toString('hex')]);

  it('lists the cases of a folder or a database, newest change first, and changes nothing', async () => {
    const was = snapshot(desk);
    for (const path of [desk, join(desk, 'desk.sqlite')]) {
      const { cases } = await answer(List, ['list', '--desk', path]);
      assert.deepEqual(
        cases.map(({ number, title, status, severity }) => [number, title, status, severity]),
        [
          [2, 'Second', 'closed', null],
          [1, 'First', 'open', 'B'],
        ],
      );
      assert.equal(cases[1]?.openedAt, '2026-03-04T02:00:00Z');
    }
    assert.deepEqual(snapshot(desk), was);
  });

  it('lists by status and severity', async () => {
    const titles = async (...more: string[]) =>
      (await answer(List, ['list', '--desk', desk, ...more])).cases.map(({ title }) => title);
    assert.deepEqual(await titles('--status', 'open,reopened'), ['First']);
    assert.deepEqual(await titles('--severity', 'none'), ['Second']);
    assert.deepEqual(await titles('--status', 'resolved'), []);
    assert.equal((await casebook(['list', '--desk', desk, '--status', 'resolved'])).out, 'No case matches.\n');
  });

  it('shows a line for each to a person', async () => {
    const { out } = await casebook(['list', '--desk', desk, '--zone', 'UTC', '--status', 'open']);
    assert.equal(out, '#1  Open  B  Wed 2026-03-04 02:00 UTC (UTC)  Exchange Online  First\n');
  });

  it('reads while a window has the desk open, with what it just wrote', async () => {
    const path = join(files.path, 'open');
    const ledger = await open(path);
    value(await ledger.file(newCase({ title: 'Just now' }), once()));
    const { cases } = await answer(List, ['list', '--desk', path]);
    assert.deepEqual(
      cases.map(({ title }) => title),
      ['Just now'],
    );
    ledger.close();
  });

  const sql = (statement: string) => (file: string) => {
    const database = new DatabaseSync(file);
    database.exec(statement);
    database.close();
  };
  it('lists more cases than it reads at once, each once', async () => {
    const path = join(files.path, 'many');
    cpSync(desk, path, { recursive: true });
    sql(`WITH RECURSIVE more(n) AS (SELECT 3 UNION ALL SELECT n + 1 FROM more WHERE n < 2500)
      INSERT INTO cases SELECT n, printf('00000000-0000-4000-8000-%012d', n), revision, profile, plan, category, service,
        title, status, close_reason, severity_proposed, severity_set, severity, opened_at, updated_at + n % 7,
        first_response_at, vendor_number, notes, files FROM more, cases WHERE number = 1`)(join(path, 'desk.sqlite'));
    const { cases } = await answer(List, ['list', '--desk', path]);
    assert.equal(new Set(cases.map(({ number }) => number)).size, 2_500);
    assert.equal(cases.length, 2_500);
  });

  it('reads what an older Casebook wrote, and leaves it in its format', async () => {
    const path = join(files.path, 'older');
    cpSync(desk, path, { recursive: true });
    const file = join(path, 'desk.sqlite');
    sql('ALTER TABLE filed DROP COLUMN details; PRAGMA user_version = 1')(file);
    const before = readFileSync(file);
    const { cases } = await answer(List, ['list', '--desk', path]);
    assert.deepEqual(
      cases.map(({ title }) => title),
      ['Second', 'First'],
    );
    assert.deepEqual(readFileSync(file), before);
  });

  for (const [name, change, part] of [
    ['without a format', sql('PRAGMA user_version = 0'), /is damaged or is no desk/],
    ['newer', sql('PRAGMA user_version = 9'), /newer Casebook \(format 9/],
    ['without a table', sql('ALTER TABLE cases RENAME TO others'), /is damaged or is no desk/],
    ['cut', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 5_000)), /is damaged or is no desk/],
    ['something else', (file: string) => writeFileSync(file, 'hello'), /is damaged or is no desk/],
    ['empty', (file: string) => writeFileSync(file, ''), /There is no desk database/],
    ['of another program', sql('PRAGMA application_id = 7'), /is damaged or/],
  ] as const) {
    it(`says in one sentence that a database is ${name}`, async () => {
      const path = join(files.path, name.replaceAll(' ', '-'));
      cpSync(desk, path, { recursive: true });
      change(join(path, 'desk.sqlite'));
      assert.match(await complaint(['list', '--desk', path]), part);
    });
  }

  it('says that there is none, and makes none', async () => {
    assert.match(await complaint(['list', '--desk', join(files.path, 'none')]), /There is no desk database at “/);
    assert.ok(!readdirSync(files.path).includes('none'));
  });
});
