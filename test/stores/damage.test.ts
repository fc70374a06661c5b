import { strict as assert } from 'node:assert';
import { mkdir, readFile, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { fileCase, value } from '../desk/build.ts';
import type { DeskChange } from '../../src/desk/desk.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { handTiming } from './faults.ts';
import { deskOver, openStore, start, withFolder } from './bench.ts';
import { child, ended, otherWindow, said } from './process.ts';

const page = 4_096;
const aside = /^desk\.damaged-2026-11-22T09-00-00-000Z(-\d+)?\.sqlite(-wal)?$/;
const path = (folder: string): string => join(folder, 'desk.sqlite');

/** A desk with some cases, closed in order: one file without a log. */
async function fill(folder: string, cases = 20, text = 'body'): Promise<void> {
  const { store } = await openStore(folder);
  for (let index = 0; index < cases; index++) await fileCase(deskOver(store), { title: `case ${index}`, text });
  store.close();
}
/** A desk whose last writes are only in the log, as after a crash: each insert is a commit of its own. */
async function crash(folder: string, commits = 3): Promise<void> {
  await fill(folder);
  await child(
    'crash',
    folder,
    ...Array.from({ length: commits }, () => "INSERT INTO changes (case_id) VALUES ('log')"),
  );
}
async function scribble(name: string, from: number, length: number): Promise<void> {
  const content = await readFile(name);
  content.fill(0xa5, from, from + length);
  await writeFile(name, content);
}
async function caseCount(folder: string): Promise<{ cases: number; movedAside?: string }> {
  const { store, movedAside } = await openStore(folder);
  const { items } = value(await deskOver(store).list({}, { limit: 200 }));
  store.close();
  return { cases: items.length, ...(movedAside !== undefined && { movedAside }) };
}

const damages: Readonly<Record<string, (name: string) => Promise<void>>> = {
  'its header is overwritten': name => scribble(name, 0, 100),
  'its first page is overwritten but for the name': name => scribble(name, 16, page - 16),
  'a page within is overwritten': name => scribble(name, 4 * page, page),
  'every other page is overwritten': async name => {
    for (let at = 1; at < 20; at += 2) await scribble(name, at * page, page);
  },
  'it is another file': name => writeFile(name, 'PK\u0003\u0004 not a database '.repeat(500)),
  'it is cut in the middle': name => truncate(name, 3 * page + 100),
  'it is cut within its header': name => truncate(name, 50),
  'it is the database of another program': name => {
    const database = new DatabaseSync(name);
    database.exec('PRAGMA application_id = 1234; CREATE TABLE theirs (a)');
    database.close();
    return Promise.resolve();
  },
  'a table is missing': name => {
    const database = new DatabaseSync(name);
    database.exec('DROP TABLE filed');
    database.close();
    return Promise.resolve();
  },
};

describe('A damaged database', () => {
  for (const [name, damage] of Object.entries(damages)) {
    it(`is moved aside and a new one started when ${name}`, () =>
      withFolder(async folder => {
        await fill(folder);
        await damage(path(folder));
        const damaged = await readFile(path(folder));
        const { cases, movedAside = '' } = await caseCount(folder);
        assert.match(movedAside, aside);
        assert.deepEqual(await readFile(join(folder, movedAside)), damaged);
        assert.equal(cases, 0);
        assert.deepEqual(await caseCount(folder), { cases: 0 });
      }));
  }

  it('is never overwritten by a second one', () =>
    withFolder(async folder => {
      const names: (string | undefined)[] = [];
      for (const text of ['first', 'second', 'third']) {
        await writeFile(path(folder), text.repeat(100));
        names.push((await caseCount(folder)).movedAside);
      }
      assert.equal(new Set(names).size, 3);
      const kept = await Promise.all(names.map(name => readFile(join(folder, name ?? ''), 'utf8')));
      assert.deepEqual(
        kept.map(text => text.slice(0, 5)),
        ['first', 'secon', 'third'],
      );
    }));

  it('takes its log with it', () =>
    withFolder(async folder => {
      await crash(folder);
      await scribble(path(folder), 0, 100);
      const log = await readFile(`${path(folder)}-wal`);
      const { movedAside = '' } = await caseCount(folder);
      assert.deepEqual(await readFile(join(folder, `${movedAside}-wal`)), log);
    }));

  it('is moved aside once, however many windows open it at the same time', () =>
    withFolder(async folder => {
      await fill(folder);
      await scribble(path(folder), 0, 100);
      const isOpened = (message: unknown): message is { movedAside: string | null } =>
        typeof message === 'object' && message !== null && 'movedAside' in message;
      const windows = Array.from({ length: 3 }, () => otherWindow('open', folder));
      const opened = await Promise.all(windows.map(window => said(window, isOpened)));
      const ends = windows.map(window => ended(window));
      for (const window of windows) window.send('close');
      await Promise.all(ends);
      assert.equal(opened.filter(({ movedAside }) => movedAside !== null).length, 1);
      assert.equal((await readdir(folder)).filter(name => aside.test(name)).length, 1);
      assert.deepEqual(await caseCount(folder), { cases: 0 });
    }));

  it('that shows its damage only in use is moved aside then, and the use succeeds on the new one', () =>
    withFolder(async folder => {
      // Larger than what is checked on opening, and damaged where only the texts of cases are.
      await fill(folder, 60, 'x'.repeat(100_000));
      const moved: string[] = [];
      const { store, movedAside } = await openStore(folder, { movedAside: name => moved.push(name) });
      assert.equal(movedAside, undefined);
      const desk = deskOver(store);
      const cases = value(await desk.list({}, { limit: 200 })).items;
      const told: DeskChange[] = [];
      desk.onDidChange(change => told.push(change));
      const { size } = await stat(path(folder));
      const half = Math.floor(size / page / 2) * page;
      await child('scribble', folder, String(half), String(size - half));
      const answers = await Promise.all(cases.map(({ id }) => desk.get(id)));
      assert.ok(answers.some(answer => !answer.ok));
      for (const answer of answers) if (!answer.ok) assert.deepEqual(answer.error, { code: 'notFound' });
      assert.deepEqual([moved.length, told], [1, [{}]]);
      await fileCase(desk);
      assert.equal(value(await desk.list({}, { limit: 200 })).items.length, 1);
      store.close();
    }));

  it('whose search index is of no known format is moved aside', () =>
    withFolder(async folder => {
      await fill(folder);
      const database = new DatabaseSync(path(folder), { defensive: false });
      database.exec("UPDATE search_config SET v = 0 WHERE k = 'version'");
      database.close();
      const damaged = await readFile(path(folder));
      const { store, movedAside } = await openStore(folder);
      assert.deepEqual(await readFile(join(folder, movedAside ?? '')), damaged);
      await fileCase(deskOver(store));
      store.close();
    }));

  it('of any kind opens something that works, and is itself in place or aside, byte for byte', function () {
    this.timeout(60_000);
    const scribbles = fc.array(fc.tuple(fc.nat({ max: 200_000 }), fc.integer({ min: 1, max: 5_000 })), {
      minLength: 1,
      maxLength: 4,
    });
    return withFolder(async parent => {
      await fill(parent);
      const good = await readFile(path(parent));
      let run = 0;
      await fc.assert(
        fc.asyncProperty(scribbles, fc.nat({ max: 255 }), async (places, byte) => {
          const folder = join(parent, String(run++));
          await mkdir(folder);
          const damaged = Buffer.from(good);
          for (const [from, length] of places)
            damaged
              .subarray(from % damaged.length)
              .subarray(0, length)
              .fill(byte);
          await writeFile(path(folder), damaged);
          const { store, movedAside } = await openStore(folder);
          const desk = deskOver(store);
          for (const answer of [await desk.list({}, { limit: 200 }), await desk.count({}, 'status')]) {
            if (!answer.ok) assert.equal(answer.error.code, 'failed');
          }
          if (movedAside !== undefined) {
            assert.deepEqual(await readFile(join(folder, movedAside)), damaged);
            await fileCase(desk);
          }
          store.close();
        }),
        { numRuns: 40 },
      );
    });
  });

  it('is left alone while another window works with it', () =>
    withFolder(async folder => {
      await fill(folder);
      const { store } = await openStore(folder);
      await fileCase(deskOver(store), { title: 'held in the cache' });
      const before = await readdir(folder);
      await scribble(path(folder), 16, 4);
      const second = await openSqliteStore(folder, { now: () => start, timing: handTiming() });
      assert.equal(second.ok, false);
      assert.deepEqual(await readdir(folder), before);
      store.close();
    }));
});

describe('The log of a database', () => {
  it('is read again after a crash, and nothing is moved', () =>
    withFolder(async folder => {
      await crash(folder);
      assert.deepEqual(await caseCount(folder), { cases: 20 });
      const database = new DatabaseSync(path(folder));
      const row = database.prepare("SELECT count(*) AS rows FROM changes WHERE case_id = 'log'").get();
      assert.deepEqual({ ...row }, { rows: 3 });
      database.close();
    }));

  it('with a torn end is read up to there, and nothing is moved', () =>
    withFolder(async folder => {
      await crash(folder);
      const { length } = await readFile(`${path(folder)}-wal`);
      await truncate(`${path(folder)}-wal`, length - 100);
      assert.deepEqual(await caseCount(folder), { cases: 20 });
    }));

  it('that cannot be read at all is moved aside; the cases of the database stay', () =>
    withFolder(async folder => {
      await crash(folder);
      await scribble(`${path(folder)}-wal`, 0, 32);
      const log = await readFile(`${path(folder)}-wal`);
      const { cases, movedAside = '' } = await caseCount(folder);
      assert.match(movedAside, aside);
      assert.equal(cases, 20);
      assert.deepEqual(await readFile(join(folder, movedAside)), log);
    }));

  it('with damage before its end is kept in a copy; what comes before the damage is read', () =>
    withFolder(async folder => {
      await crash(folder, 12);
      const log = await readFile(`${path(folder)}-wal`);
      await scribble(`${path(folder)}-wal`, Math.floor(log.length / 2), 64);
      const damaged = await readFile(`${path(folder)}-wal`);
      const { cases, movedAside = '' } = await caseCount(folder);
      assert.match(movedAside, aside);
      assert.equal(cases, 20);
      assert.deepEqual(await readFile(join(folder, movedAside)), damaged);
    }));

  it('without its database is moved aside, not played into a new one', () =>
    withFolder(async folder => {
      await crash(folder);
      const log = await readFile(`${path(folder)}-wal`);
      await truncate(path(folder), 0);
      const { cases, movedAside = '' } = await caseCount(folder);
      assert.equal(cases, 0);
      assert.deepEqual(await readFile(join(folder, `${movedAside}-wal`)), log);
    }));
});
