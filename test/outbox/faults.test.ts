import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { fork } from 'node:child_process';
import * as nodeFs from 'node:fs/promises';
import { readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import type { DraftStore } from '../../src/desk/drafts.ts';
import type { FileSystem } from '../../src/outbox/files.ts';
import { refusal, value } from '../desk/build.ts';
import { content, drafts, start, withFolder } from './build.ts';
import { injected, watched, type Call } from './faultyFiles.ts';

const none = (): void => undefined;
const succeeds = (done: { ok: boolean }): Promise<void> => {
  assert.ok(done.ok);
  return Promise.resolve();
};

const works: Readonly<Record<string, (store: DraftStore, id: string) => Promise<{ ok: boolean }>>> = {
  create: store => store.create(content({ title: 'created' })),
  write: (store, id) => store.write(id, 1, content({ title: 'new' })),
  discard: (store, id) => store.discard(id),
  list: store => store.list(),
  read: (store, id) => store.read(id),
  'write a note': (store, id) => store.writeNote(id, { text: 'new' }),
  'read a note': (store, id) => store.readNote(id),
};

/** Does a piece of work on a folder with one draft and one note, failing from the given call on. */
async function attempt(
  work: (store: DraftStore, id: string) => Promise<{ ok: boolean }>,
  before: (call: Call, nth: number) => void,
  check: (done: { ok: boolean }, fresh: DraftStore, id: string, folder: string) => Promise<void>,
): Promise<number> {
  let made = 0;
  await withFolder(async folder => {
    const { id } = value(await drafts(folder).create(content({ title: 'old' })));
    value(await drafts(folder).writeNote(id, { text: 'old' }));
    const fs = watched((call, nth) => {
      made = nth + 1;
      before(call, nth);
    });
    const done = await work(drafts(folder, { fs }), id);
    await check(done, drafts(folder), id, folder);
  });
  return made;
}

describe('Drafts on a disk that fails', () => {
  for (const [name, work] of Object.entries(works)) {
    for (const code of ['ENOSPC', 'EROFS', 'EIO']) {
      it(`to ${name} keep what was saved, whichever call answers ${code}`, async () => {
        const count = await attempt(work, none, succeeds);
        for (let at = 0; at < count; at++) {
          const strike = (_call: Call, nth: number): void => {
            if (nth === at) throw injected(code);
          };
          await attempt(work, strike, async (done, fresh, id) => {
            const kept = await fresh.read(id);
            const title = kept.ok && kept.value.content.title;
            const note = value(await fresh.readNote(id)).text;
            if (name === 'discard') assert.ok(!done.ok || !kept.ok, `call ${at}`);
            else
              assert.equal(
                title,
                name === 'write' && done.ok ? 'new' : title === 'new' && name === 'write' ? 'new' : 'old',
              );
            assert.equal(note, name === 'write a note' && done.ok ? 'new' : note === 'new' ? 'new' : 'old');
            assert.deepEqual(fresh.takeQuarantined(), []);
          });
        }
      });
    }

    it(`to ${name} keep what was saved when the process ends before any call`, async () => {
      const count = await attempt(work, none, succeeds);
      for (let at = 0; at < count; at++) {
        const end = (_call: Call, nth: number): void => {
          if (nth >= at) throw injected('EKILLED');
        };
        await attempt(work, end, async (done, fresh, id) => {
          const kept = await fresh.read(id);
          const titles = name === 'discard' ? ['old', undefined] : name === 'write' ? ['old', 'new'] : ['old'];
          assert.ok(titles.includes(kept.ok ? kept.value.content.title : undefined), `call ${at}`);
          if (done.ok && name === 'write') assert.equal(value(kept).content.title, 'new');
          assert.ok(['old', 'new'].includes(value(await fresh.readNote(id)).text));
          const { revision } = kept.ok ? kept.value : { revision: 0 };
          if (revision > 0) value(await fresh.write(id, revision, content({ title: 'goes on' })));
          assert.deepEqual(fresh.takeQuarantined(), []);
        });
      }
    });
  }

  it('say what is wrong in words: full, read-only, anything else', async () => {
    for (const [code, expected] of [
      ['ENOSPC', 'storageFull'],
      ['EDQUOT', 'storageFull'],
      ['EROFS', 'storageReadOnly'],
      ['EACCES', 'storageReadOnly'],
      ['EIO', 'failed'],
    ] as const) {
      const strike = (call: Call): void => {
        if (call === 'open') throw injected(code);
      };
      await withFolder(async folder => {
        const store = drafts(folder, { fs: watched(strike) });
        assert.deepEqual(refusal(await store.create(content())), { code: expected });
        assert.deepEqual(refusal(await store.writeNote(randomUUID(), { text: 'x' })), { code: expected });
      });
    }
  });

  it('that is full in truth: the last good revision stays and no part of the new one', () =>
    withFolder(async folder => {
      const { id } = value(await drafts(folder).create(content({ title: 'old' })));
      const open: FileSystem['open'] = (path, flags, mode) =>
        flags === 'wx' ? nodeFs.open('/dev/full', 'w') : nodeFs.open(path, flags, mode);
      const store = drafts(folder, { fs: { ...nodeFs, open } });
      assert.deepEqual(refusal(await store.write(id, 1, content({ title: 'new' }))), { code: 'storageFull' });
      assert.equal(value(await store.read(id)).content.title, 'old');
      assert.deepEqual(await readdir(folder), [`${id}.1.json`]);
    }));

  it('show the others when one cannot be read, and say so when none can', () =>
    withFolder(async folder => {
      const [unreadable, other] = [
        value(await drafts(folder).create(content())),
        value(await drafts(folder).create(content())),
      ];
      let ids = [unreadable.id];
      const unreadableOnes = (path: unknown): boolean => typeof path === 'string' && ids.some(id => path.includes(id));
      const readFile = ((path, how) =>
        unreadableOnes(path)
          ? Promise.reject(injected('EACCES'))
          : nodeFs.readFile(path, how)) as FileSystem['readFile'];
      const store = drafts(folder, { fs: { ...nodeFs, readFile } });
      assert.deepEqual(value(await store.list()), [other]);
      ids = [unreadable.id, other.id];
      assert.deepEqual(refusal(await store.list()), { code: 'storageReadOnly' });
      assert.deepEqual(store.takeQuarantined(), []);
      assert.equal((await readdir(folder)).length, 2);
    }));

  it('that nobody may write to is told', async () => {
    assert.deepEqual(refusal(await drafts('/sys/casebook').create(content())), { code: 'storageReadOnly' });
    assert.deepEqual(value(await drafts('/sys/casebook').list()), []);
  });

  it('forget what ended processes left half written, and only that', () =>
    withFolder(async folder => {
      const { id } = value(await drafts(folder).create(content()));
      const old = new Date(start - 3_600_000);
      for (const name of ['.partial-old', `${id}.2.json.claim`]) {
        await writeFile(join(folder, name), 'half');
        await utimes(join(folder, name), old, old);
      }
      await writeFile(join(folder, '.partial-young'), 'half');
      value(await drafts(folder).list());
      assert.deepEqual((await readdir(folder)).sort(), ['.partial-young', `${id}.1.json`]);
    }));
});

describe('A window that falls asleep just before its revision gets its name', () => {
  /** A window whose next link first lets `meanwhile` happen. */
  function sleepy(folder: string, meanwhile: () => Promise<void>): DraftStore {
    const link: FileSystem['link'] = async (from, to) => {
      await meanwhile();
      await nodeFs.link(from, to);
    };
    return drafts(folder, { fs: { ...nodeFs, link } });
  }

  it('overwrites nothing that another window wrote meanwhile, however much', async () => {
    for (let others = 1; others < 9; others++) {
      await withFolder(async folder => {
        const other = drafts(folder);
        const { id } = value(await other.create(content()));
        const late = sleepy(folder, async () => {
          for (let revision = 1; revision <= others; revision++) {
            value(await other.write(id, revision, content({ title: `other ${revision + 1}` })));
          }
        });
        const answer = await late.write(id, 1, content({ title: 'late' }));
        assert.deepEqual(refusal(answer), { code: 'conflict', revision: others + 1 });
        assert.equal(value(await other.read(id)).content.title, `other ${others + 1}`);
        const names = await readdir(folder);
        for (const name of names) assert.ok(!(await readFile(join(folder, name), 'utf8')).includes('late'));
      });
    }
  });

  it('does not bring back what another window discarded meanwhile', () =>
    withFolder(async folder => {
      const other = drafts(folder);
      const { id } = value(await other.create(content()));
      const late = sleepy(folder, async () => assert.ok((await other.discard(id)).ok));
      assert.deepEqual(refusal(await late.write(id, 1, content({ title: 'late' }))), { code: 'notFound' });
      assert.deepEqual(await readdir(folder), [`${id}.gone`]);
    }));

  it('can tell, because revisions are removed oldest first', () =>
    withFolder(async folder => {
      const { id } = value(await drafts(folder).create(content()));
      const removed: string[] = [];
      let stuck = true;
      const unlink: FileSystem['unlink'] = path => {
        const name = String(path).split('.').at(-2);
        if (!String(path).endsWith('.json') || name === undefined) return nodeFs.unlink(path);
        if (stuck) return Promise.reject(injected('EBUSY'));
        removed.push(name);
        return nodeFs.unlink(path);
      };
      const store = drafts(folder, { fs: { ...nodeFs, unlink } });
      for (let revision = 1; revision < 9; revision++) {
        stuck = revision < 8;
        value(await store.write(id, revision, content()));
      }
      assert.deepEqual(removed, ['1', '2', '3', '4', '5']);
    }));
});

describe('Drafts where files cannot be linked', () => {
  const fs: FileSystem = { ...nodeFs, link: () => Promise.reject(injected('ENOTSUP')) };

  it('are still written by one window only', () =>
    withFolder(async folder => {
      const stores = Array.from({ length: 5 }, () => drafts(folder, { fs }));
      const [first] = stores;
      assert.ok(first);
      const { id } = value(await first.create(content()));
      for (let revision = 1; revision < 6; revision++) {
        const answers = await Promise.all(
          stores.map((store, index) => store.write(id, revision, content({ title: `${index}` }))),
        );
        const winner = answers.findIndex(({ ok }) => ok);
        assert.equal(answers.filter(({ ok }) => ok).length, 1);
        assert.equal(value(await first.read(id)).content.title, `${winner}`);
      }
      value(await first.discard(id));
      assert.deepEqual(await readdir(folder), [`${id}.gone`]);
    }));
});

describe('A window that is killed while it writes drafts', () => {
  it('loses nothing it had acknowledged', function () {
    this.timeout(60_000);
    return withFolder(async folder => {
      const window = fork(fileURLToPath(new URL('window.ts', import.meta.url)), [folder], {
        execArgv: ['--no-warnings'],
      });
      const acknowledged = new Map<string, number>();
      await new Promise<void>(resolve => {
        let left = 60;
        window.on('message', message => {
          const { id, revision } = message as { id: string; revision: number };
          acknowledged.set(id, revision);
          if (--left === 0) window.kill('SIGKILL');
        });
        window.on('exit', () => resolve());
      });
      const store = drafts(folder);
      assert.ok(acknowledged.size > 0);
      for (const [id, revision] of acknowledged) {
        const draft = value(await store.read(id));
        assert.ok(draft.revision >= revision);
        assert.equal(draft.content.title, `revision ${draft.revision}`);
      }
      assert.deepEqual(store.takeQuarantined(), []);
    });
  });
});
