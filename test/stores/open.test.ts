import { strict as assert } from 'node:assert';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'mocha';
import type { Migration } from '../../src/stores/sqlite/schema.ts';
import { knownVersion, migrations } from '../../src/stores/sqlite/schema.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { bytes, fileCase, newCase, once, refusal, source, value } from '../desk/build.ts';
import { deskOver, openStore, start, withFolder } from './bench.ts';
import { child } from './process.ts';

const next: Migration = { version: knownVersion + 1, sql: 'CREATE TABLE later (a); INSERT INTO later VALUES (1)' };
const newer = [...migrations, next];
const open = { now: () => start, durability: 'OFF' } as const;

async function snapshot(folder: string): Promise<Map<string, string>> {
  const files = (await readdir(folder)).filter(name => name.startsWith('desk.sqlite')).sort();
  const contents = await Promise.all(files.map(name => readFile(join(folder, name), 'base64')));
  return new Map(files.map((name, index) => [name, contents[index] ?? '']));
}
async function withCase(folder: string): Promise<void> {
  const { store } = await openStore(folder);
  await fileCase(deskOver(store), { title: 'kept' });
  store.close();
}
async function titles(folder: string): Promise<string[]> {
  const { store } = await openStore(folder);
  const { items } = value(await deskOver(store).list({}, { limit: 200 }));
  store.close();
  return items.map(({ title }) => title);
}

describe('Opening the local desk', () => {
  for (const { logPages, about } of [{ about: 1_000 }, { logPages: 4_000, about: 4_000 }]) {
    it(`has a log of SQLite grow to about ${about} pages before it begins anew`, () =>
      withFolder(async folder => {
        const { store } = await openStore(folder, logPages === undefined ? {} : { logPages });
        let longest = 0;
        for (let filed = 0; filed < 400; filed++) {
          await fileCase(deskOver(store));
          longest = Math.max(longest, (await stat(join(folder, 'desk.sqlite-wal'))).size / 4_120);
        }
        assert.ok(longest > about * 0.8 && longest < about * 1.2, `${longest} pages`);
        store.close();
      }));
  }

  it('finds everything again', () =>
    withFolder(async folder => {
      await withCase(folder);
      assert.deepEqual(await titles(folder), ['kept']);
    }));

  it('keeps its files to the user', () =>
    withFolder(async parent => {
      const folder = join(parent, 'desk');
      const { store } = await openStore(folder);
      const { sha256 } = value(await deskOver(store).upload(source('a', [bytes('a')])));
      const mode = async (...path: string[]): Promise<string> =>
        ((await stat(join(folder, ...path))).mode & 0o777).toString(8);
      for (const name of ['desk.sqlite', 'desk.sqlite-wal', 'desk.sqlite-shm', 'desk.lock']) {
        assert.equal(await mode(name), '600', name);
      }
      assert.equal(await mode('files', sha256.slice(0, 2), sha256), '600');
      for (const path of [[], ['files'], ['files', sha256.slice(0, 2)]]) assert.equal(await mode(...path), '700');
      store.close();
    }));

  it('says so where SQLite is missing, and touches nothing', () =>
    withFolder(async parent => {
      const load = (): Promise<never> => Promise.reject(new Error('No such built-in module: node:sqlite'));
      const answer = await openSqliteStore(join(parent, 'desk'), { ...open, load });
      assert.deepEqual(refusal(answer), { code: 'sqliteMissing' });
      assert.deepEqual(await readdir(parent), []);
    }));

  it('answers after closing without throwing', () =>
    withFolder(async folder => {
      const { store } = await openStore(folder);
      const desk = deskOver(store);
      desk.close();
      desk.close();
      const reads = [desk.list({}, { limit: 1 }), desk.count({}, 'status'), desk.list({ text: 'x' }, { limit: 1 })];
      for (const answer of await Promise.all([...reads, desk.incidents(), desk.file(newCase(), once())])) {
        assert.deepEqual(refusal(answer), { code: 'failed' });
      }
    }));

  describe('of another version', () => {
    it('refuses a newer one and leaves every byte as it was', () =>
      withFolder(async folder => {
        await withCase(folder);
        const { store } = await openStore(folder, { migrations: newer });
        store.close();
        const before = await snapshot(folder);
        const error = { code: 'newerDatabase', found: knownVersion + 1, known: knownVersion };
        assert.deepEqual(refusal(await openSqliteStore(folder, open)), error);
        assert.deepEqual(await snapshot(folder), before);
        assert.deepEqual([...before.keys()], ['desk.sqlite']);
      }));

    it('refuses a newer one whose version is only in its log, as after a crash', () =>
      withFolder(async folder => {
        await withCase(folder);
        await child('crash', folder, `PRAGMA user_version = ${knownVersion + 7}`);
        const before = await snapshot(folder);
        assert.ok(before.has('desk.sqlite-wal'));
        const error = { code: 'newerDatabase', found: knownVersion + 7, known: knownVersion };
        assert.deepEqual(refusal(await openSqliteStore(folder, open)), error);
        assert.deepEqual(await snapshot(folder), before);
      }));

    it('brings an older one forward and keeps its cases', () =>
      withFolder(async folder => {
        await withCase(folder);
        const { store } = await openStore(folder, { migrations: newer });
        assert.equal(value(await deskOver(store).list({}, { limit: 1 })).items.length, 1);
        store.close();
      }));

    it('brings it forward once, however many windows open it at the same time', () =>
      withFolder(async folder => {
        await withCase(folder);
        const opened = await Promise.all([1, 2, 3, 4].map(() => openStore(folder, { migrations: newer })));
        for (const { store } of opened) store.close();
        const database = new DatabaseSync(join(folder, 'desk.sqlite'));
        assert.deepEqual({ ...database.prepare('SELECT count(*) AS rows FROM later').get() }, { rows: 1 });
        database.close();
      }));

    it('keeps the old version whole when a step fails', () =>
      withFolder(async folder => {
        await withCase(folder);
        const broken = { version: knownVersion + 1, sql: 'CREATE TABLE half (a); INSERT INTO missing VALUES (1)' };
        const answer = await openSqliteStore(folder, { ...open, migrations: [...migrations, broken] });
        assert.deepEqual(refusal(answer), { code: 'failed' });
        assert.deepEqual(await titles(folder), ['kept']);
        const database = new DatabaseSync(join(folder, 'desk.sqlite'));
        assert.equal(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").get(), undefined);
        database.close();
      }));

    it('stops an older window from writing once a newer one has brought the database forward', () =>
      withFolder(async folder => {
        const { store: old } = await openStore(folder);
        const { store: updated } = await openStore(folder, { migrations: newer });
        const error = { code: 'newerDatabase', found: knownVersion + 1, known: knownVersion };
        assert.deepEqual(refusal(await deskOver(old).file(newCase(), once())), error);
        assert.ok((await deskOver(updated).file(newCase(), once())).ok);
        old.close();
        updated.close();
      }));
  });

  it('makes a new database where the file is empty', () =>
    withFolder(async folder => {
      await writeFile(join(folder, 'desk.sqlite'), '');
      const { store, movedAside } = await openStore(folder);
      assert.equal(movedAside, undefined);
      store.close();
    }));
});
