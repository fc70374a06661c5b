import { strict as assert } from 'node:assert';
import * as nodeFs from 'node:fs/promises';
import { readFile, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'mocha';
import type { DeskError } from '../../src/desk/errors.ts';
import type { FileSystem } from '../../src/stores/sqlite/files.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { bytes, fileCase, newCase, once, refusal, source, value } from '../desk/build.ts';
import { deskOver, openStore, start, withFolder } from './bench.ts';
import { faultySqlite, handTiming } from './faults.ts';

const options = { now: () => start, durability: 'OFF' } as const;
const failing =
  (code: string): (() => Promise<never>) =>
  () =>
    Promise.reject(Object.assign(new Error('injected'), { code }));

describe('A full disk', () => {
  it('refuses the write in words, keeps what was saved, and takes writes again once there is room', () =>
    withFolder(async folder => {
      let pages = 200;
      const { load } = faultySqlite(path => (path.endsWith('.sqlite') ? `PRAGMA max_page_count = ${pages}` : ''));
      const { store } = await openStore(folder, { load });
      const desk = deskOver(store);
      const saved: string[] = [];
      let error: DeskError | undefined;
      while (!error) {
        const answer = await desk.file(newCase({ text: 'x'.repeat(50_000) }), once());
        if (answer.ok) saved.push(answer.value.id);
        else error = answer.error;
      }
      assert.deepEqual(error, { code: 'storageFull' });
      assert.ok(saved.length > 1);
      assert.equal(value(await desk.list({}, { limit: 200 })).items.length, saved.length);
      store.close();
      pages = 1_000_000;
      const again = await openStore(folder, { load });
      const after = deskOver(again.store);
      for (const id of saved) assert.equal(value(await after.get(id)).text.length, 50_000);
      await fileCase(after);
      again.store.close();
    }));

  it('leaves no part of a file behind', () =>
    withFolder(async folder => {
      // Writes go to /dev/full, which is full for everybody and everywhere on Linux.
      const fs: FileSystem = {
        ...nodeFs,
        open: (path, flags, mode) =>
          nodeFs.open(flags === 'wx' ? '/dev/full' : path, flags === 'wx' ? 'w' : flags, mode),
      };
      const { store } = await openStore(folder, { fs });
      const answer = await deskOver(store).upload(source('a', [bytes('content')]));
      assert.deepEqual(refusal(answer), { code: 'storageFull' });
      assert.deepEqual(await readdir(join(folder, 'files')), []);
      store.close();
    }));
});

describe('Read-only storage', () => {
  it('is told when the desk is opened there', async () => {
    // Nobody, root included, makes folders here.
    assert.deepEqual(refusal(await openSqliteStore('/sys/casebook', options)), { code: 'storageReadOnly' });
  });

  const codes: readonly (readonly [string, number, DeskError['code']])[] = [
    ['READONLY', 8, 'storageReadOnly'],
    ['READONLY_DIRECTORY', 8 | (6 << 8), 'storageReadOnly'],
    ['FULL', 13, 'storageFull'],
    ['BUSY_SNAPSHOT', 5 | (2 << 8), 'busy'],
    ['IOERR_WRITE', 10 | (3 << 8), 'failed'],
    ['NOMEM', 7, 'failed'],
  ];
  for (const [name, code, expected] of codes) {
    it(`or any trouble while writing (${name}) is ${expected}; nothing of the write is kept, reading goes on`, () =>
      withFolder(async folder => {
        const sqlite = faultySqlite();
        const reported: unknown[] = [];
        const report = (error: unknown): number => reported.push(error);
        const { store } = await openStore(folder, { load: sqlite.load, timing: handTiming(), report });
        const desk = deskOver(store);
        const filed = await fileCase(desk);
        for (const when of [/BEGIN IMMEDIATE/, /INTO cases/, /INTO events/, /INTO kept/, /COMMIT/]) {
          sqlite.fail(code, when);
          assert.deepEqual(refusal(await desk.file(newCase(), once())), { code: expected }, String(when));
          sqlite.heal();
        }
        assert.deepEqual(
          value(await desk.list({}, { limit: 9 })).items.map(({ id }) => id),
          [filed.id],
        );
        await fileCase(desk);
        assert.equal(value(await desk.count({}, 'status'))[0]?.count, 2);
        assert.equal(reported.length, 5);
        store.close();
      }));
  }

  for (const [errno, expected] of [
    ['ENOSPC', 'storageFull'],
    ['EROFS', 'storageReadOnly'],
    ['EIO', 'failed'],
  ] as const) {
    it(`or any trouble with files (${errno}) is ${expected}, wherever it strikes`, () =>
      withFolder(async folder => {
        for (const call of ['mkdir', 'open', 'rename'] as const) {
          const fs: FileSystem = { ...nodeFs, [call]: failing(errno) };
          const { store } = await openStore(folder, { fs });
          const answer = await deskOver(store).upload(source('a', [bytes(call)]));
          assert.deepEqual(refusal(answer), { code: expected }, call);
          store.close();
          const left = await readdir(join(folder, 'files')).catch(() => []);
          assert.deepEqual(
            left.filter(name => name.startsWith('partial')),
            [],
          );
        }
      }));
  }

  it('explains an input/output error by what the file system says', () =>
    withFolder(async folder => {
      const sqlite = faultySqlite();
      const fs: FileSystem = { ...nodeFs, open: failing('EROFS') };
      const { store } = await openStore(folder, { load: sqlite.load, fs });
      sqlite.fail(10, /INTO cases/);
      assert.deepEqual(refusal(await deskOver(store).file(newCase(), once())), { code: 'storageReadOnly' });
      store.close();
    }));
});

describe('A database that another process writes to', () => {
  async function locked(work: (unlock: () => void, folder: string) => Promise<void>): Promise<void> {
    await withFolder(async folder => {
      (await openStore(folder)).store.close();
      const other = new DatabaseSync(join(folder, 'desk.sqlite'));
      other.exec('BEGIN IMMEDIATE');
      await work(() => other.exec('COMMIT'), folder);
      other.close();
    });
  }

  it('is waited for in short naps outside SQLite, up to five seconds, and then told as busy', () =>
    locked(async (unlock, folder) => {
      const timing = handTiming();
      const { store } = await openStore(folder, { timing });
      assert.deepEqual(refusal(await deskOver(store).file(newCase(), once())), { code: 'busy' });
      const waited = timing.naps.reduce((sum, nap) => sum + nap, 0);
      assert.ok(waited >= 5_000 && waited < 5_100, `waited ${waited}`);
      assert.ok(Math.max(...timing.naps) <= 100);
      assert.equal(value(await deskOver(store).list({}, { limit: 1 })).items.length, 0);
      unlock();
      await fileCase(deskOver(store));
      store.close();
    }));

  it('is written to as soon as the other is done', () =>
    locked(async (unlock, folder) => {
      const timing = handTiming();
      timing.onNap = () => {
        if (timing.naps.length === 7) unlock();
      };
      const { store } = await openStore(folder, { timing });
      await fileCase(deskOver(store));
      assert.equal(timing.naps.length, 7);
      store.close();
    }));

  it('never holds up this process for long while it waits', () =>
    locked(async (unlock, folder) => {
      const timing = handTiming();
      const { store } = await openStore(folder, { timing });
      const spent: number[] = [];
      let last = performance.now();
      timing.onNap = () => {
        spent.push(performance.now() - last);
        last = performance.now();
      };
      refusal(await deskOver(store).file(newCase(), once()));
      spent.sort((a, b) => a - b);
      assert.ok((spent[Math.floor(spent.length / 2)] ?? 0) < 40, `a try took ${spent.join()}`);
      unlock();
      store.close();
    }));
});

describe('Kept files', () => {
  it('that were damaged are told as gone, and kept again when they come again', () =>
    withFolder(async folder => {
      const { store } = await openStore(folder);
      const desk = deskOver(store);
      const content = source('a', [bytes('content')]);
      const { sha256 } = value(await desk.upload(content));
      const path = join(folder, 'files', sha256.slice(0, 2), sha256);
      await writeFile(path, 'CONTENT');
      assert.deepEqual(refusal(await desk.download(sha256)), { code: 'fileGone', name: sha256 });
      await truncate(path, 3);
      assert.deepEqual(refusal(await desk.download(sha256)), { code: 'fileGone', name: sha256 });
      value(await desk.upload(content));
      assert.deepEqual(value(await desk.download(sha256)), bytes('content'));
      await rm(path);
      assert.deepEqual(refusal(await desk.download(sha256)), { code: 'notFound' });
      store.close();
    }));

  it('are one file however often they come, at the same time too', () =>
    withFolder(async folder => {
      const { store } = await openStore(folder);
      const desk = deskOver(store);
      await Promise.all(['a', 'b', '../c'].map(name => desk.upload(source(name, [bytes('same')]))));
      const entries = await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true });
      const [file, ...more] = entries.filter(entry => entry.isFile());
      assert.match(file?.name ?? '', /^[0-9a-f]{64}$/);
      assert.deepEqual(more, []);
      store.close();
    }));

  it('that never became whole leave nothing: too large, vanished, or by a process that ended', () =>
    withFolder(async folder => {
      const { store } = await openStore(folder);
      const desk = deskOver(store);
      const large = Array.from({ length: 26 }, () => new Uint8Array(1024 * 1024));
      assert.equal(refusal(await desk.upload(source('26 MB', large))).code, 'fileTooLarge');
      const gone = (): never => {
        throw new Error('gone');
      };
      assert.equal(refusal(await desk.upload(source('gone', [bytes('half')], gone))).code, 'fileGone');
      assert.deepEqual(await readdir(join(folder, 'files')), []);
      store.close();

      for (const [name, age] of [
        ['partial-old', 2],
        ['partial-young', 0],
      ] as const) {
        const path = join(folder, 'files', name);
        await writeFile(path, 'half');
        const at = new Date(start - age * 24 * 3_600_000);
        await utimes(path, at, at);
      }
      const again = await openStore(folder);
      await again.swept;
      assert.deepEqual(await readdir(join(folder, 'files')), ['partial-young']);
      again.store.close();
    }));

  it('are never read to be hashed in one long go', () =>
    withFolder(async folder => {
      const { store } = await openStore(folder);
      const desk = deskOver(store);
      const { sha256 } = value(await desk.upload(source('a', [new Uint8Array(20 * 1024 * 1024)])));
      let turns = 0;
      const count = setInterval(() => turns++, 0);
      await desk.download(sha256);
      clearInterval(count);
      assert.ok(turns >= 5, `${turns} turns`);
      assert.equal((await readFile(join(folder, 'files', sha256.slice(0, 2), sha256))).length, 20 * 1024 * 1024);
      store.close();
    }));
});
