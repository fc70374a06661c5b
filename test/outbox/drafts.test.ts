import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { DraftStore } from '../../src/desk/drafts.ts';
import { refusal, value } from '../desk/build.ts';
import { content, drafts, start, withFolder } from './build.ts';

const files = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter(name => !name.startsWith('.')).sort();
const heard = (listen: (listener: () => void) => () => void): { next: () => Promise<void>; stop: () => void } => {
  let waiting: (() => void)[] = [];
  let times = 0;
  const stop = listen(() => {
    times++;
    for (const resolve of waiting) resolve();
    waiting = [];
  });
  let taken = 0;
  const next = (): Promise<void> => {
    if (times > taken++) return Promise.resolve();
    return new Promise(resolve => waiting.push(resolve));
  };
  return { next, stop };
};

describe('Drafts', () => {
  it('are found again by another window, newest first, with the key they will be filed with', () =>
    withFolder(async folder => {
      let time = start;
      const store = drafts(folder, { now: () => time });
      const first = value(await store.create(content({ title: 'first' })));
      time++;
      const second = value(await store.create(content({ title: 'second' })));
      assert.notEqual(first.key, second.key);
      assert.deepEqual(value(await drafts(folder).list()), [second, first]);
      assert.deepEqual(value(await drafts(folder).read(first.id)), first);
    }));

  it('grow by revisions; the latest four stay on disk', () =>
    withFolder(async folder => {
      const store = drafts(folder);
      const { draft, create } = store.begin(content());
      assert.deepEqual(value(await store.list()), []);
      assert.deepEqual(value(await create()), draft);
      const { id, key } = draft;
      for (let revision = 1; revision < 7; revision++) {
        const draft = value(await store.write(id, revision, content({ title: `${revision}` })));
        assert.deepEqual([draft.revision, draft.key, draft.id], [revision + 1, key, id]);
      }
      assert.deepEqual(
        await files(folder),
        [4, 5, 6, 7].map(revision => `${id}.${revision}.json`),
      );
      assert.equal(value(await store.read(id)).content.title, '6');
    }));

  it('take what no desk would: a title of 1 MB, NUL, bidi overrides, half a pair', () =>
    withFolder(async folder => {
      const store = drafts(folder);
      const title = `${'x'.repeat(1024 * 1024)}\0\u202e\u2066שלום`;
      const { id } = value(await store.create(content({ title })));
      assert.equal(value(await drafts(folder).read(id)).content.title, title);
      assert.deepEqual(refusal(await store.create(content({ title: 'x'.repeat(5 * 1024 * 1024) }))), {
        code: 'failed',
      });
      assert.deepEqual(refusal(await store.write(id, 1, { title: 5 } as never)), { code: 'failed' });
    }));

  it('written by two windows from one revision keep the first and tell the second', () =>
    withFolder(async folder => {
      const [left, right] = [drafts(folder), drafts(folder)];
      const { id } = value(await left.create(content()));
      value(await left.write(id, 1, content({ title: 'left' })));
      assert.deepEqual(refusal(await right.write(id, 1, content({ title: 'right' }))), {
        code: 'conflict',
        revision: 2,
      });
      const both = await Promise.all([left, right].map(store => store.write(id, 2, content({ title: 'both' }))));
      assert.deepEqual(both.map(({ ok }) => ok).sort(), [false, true]);
      assert.equal(value(await right.write(id, 3, content({ title: 'right' }))).revision, 4);
    }));

  it('that were discarded stay so, whatever another window writes', () =>
    withFolder(async folder => {
      const [left, right] = [drafts(folder), drafts(folder)];
      const { id } = value(await left.create(content({ text: 'secret' })));
      value(await left.discard(id));
      assert.deepEqual(await files(folder), [`${id}.gone`]);
      assert.equal((await stat(join(folder, `${id}.gone`))).size, 0);
      assert.deepEqual(refusal(await right.write(id, 1, content())), { code: 'notFound' });
      assert.deepEqual(refusal(await right.read(id)), { code: 'notFound' });
      assert.deepEqual(refusal(await right.discard(id)), { code: 'notFound' });
      assert.deepEqual(value(await right.list()), []);
    }));

  it('that were discarded do not return when a revision appears afterwards, and the rest of it is removed', () =>
    withFolder(async folder => {
      const { id, ...draft } = value(await drafts(folder).create(content()));
      value(await drafts(folder).discard(id));
      await writeFile(join(folder, `${id}.2.json`), JSON.stringify({ format: 1, id, ...draft, revision: 2 }));
      assert.deepEqual(value(await drafts(folder).list()), []);
      assert.deepEqual(await files(folder), [`${id}.gone`]);
    }));

  it('that were discarded stay so for a window that looked before', () =>
    withFolder(async folder => {
      const store = drafts(folder);
      const { id, ...draft } = value(await store.create(content()));
      value(await drafts(folder).discard(id));
      await writeFile(join(folder, `${id}.2.json`), JSON.stringify({ format: 1, id, ...draft, revision: 2 }));
      assert.deepEqual(value(await store.list()), []);
      assert.deepEqual(refusal(await store.read(id)), { code: 'notFound' });
      assert.deepEqual(refusal(await store.write(id, 2, content())), { code: 'notFound' });
    }));

  it('that were discarded long ago are forgotten altogether', () =>
    withFolder(async folder => {
      const { id } = value(await drafts(folder).create(content()));
      value(await drafts(folder).discard(id));
      const month = new Date(start - 31 * 24 * 3_600_000);
      await utimes(join(folder, `${id}.gone`), month, month);
      value(await drafts(folder).list());
      assert.deepEqual(await files(folder), []);
    }));

  it('are not found by anything but their id', () =>
    withFolder(async folder => {
      const store = drafts(folder);
      value(await store.create(content()));
      for (const id of [randomUUID(), '', '..', '../drafts', '\0']) {
        assert.deepEqual(refusal(await store.read(id)), { code: 'notFound' });
        assert.deepEqual(refusal(await store.write(id, 1, content())), { code: 'notFound' });
        assert.deepEqual(refusal(await store.discard(id)), { code: 'notFound' });
      }
    }));

  it('are kept to the user', () =>
    withFolder(async folder => {
      const store = drafts(folder);
      const { id } = value(await store.create(content()));
      assert.equal((await stat(folder)).mode & 0o777, 0o700);
      assert.equal((await stat(join(folder, `${id}.1.json`))).mode & 0o777, 0o600);
    }));

  it('do not change what objects are, whatever keys a file has', () =>
    withFolder(async folder => {
      const { id } = value(await drafts(folder).create(content()));
      const path = join(folder, `${id}.1.json`);
      const text = (await readFile(path, 'utf8')).replace('{', '{"__proto__":{"polluted":1},"constructor":1,');
      await writeFile(path, text);
      assert.equal('polluted' in value(await drafts(folder).read(id)), false);
      assert.equal('polluted' in {}, false);
    }));
});

describe('A damaged draft', () => {
  const damages: Readonly<Record<string, (path: string) => Promise<void>>> = {
    empty: path => truncate(path, 0),
    'cut short': path => truncate(path, 100),
    'no JSON': path => writeFile(path, 'not json'),
    'other JSON': path => writeFile(path, '[1]'),
    null: path => writeFile(path, 'null'),
    'without a format': path => writeFile(path, '{}'),
    'of another draft': async path => {
      const draft = JSON.parse(await readFile(path, 'utf8')) as object;
      await writeFile(path, JSON.stringify({ ...draft, id: randomUUID() }));
    },
    'with a word that does not exist': async path => {
      await writeFile(path, (await readFile(path, 'utf8')).replace('m365China', 'moon'));
    },
    'a folder': async path => {
      await rm(path);
      await mkdir(path);
      await writeFile(join(path, 'inside'), '');
    },
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`(${name}) is moved aside and told once; others and its older revision are used`, () =>
      withFolder(async folder => {
        const store = drafts(folder);
        const { id } = value(await store.create(content({ title: 'good' })));
        const other = value(await store.create(content({ title: 'other' })));
        value(await store.write(id, 1, content({ title: 'better' })));
        const newest = join(folder, `${id}.2.json`);
        await damage(newest);
        const before = await readFile(newest).catch(() => undefined);
        const titles = value(await store.list()).map(draft => draft.content.title);
        assert.deepEqual(titles.sort(), ['good', 'other']);
        const aside = join('bad', `${id}.2.json`);
        assert.deepEqual(store.takeQuarantined(), [aside]);
        assert.deepEqual(store.takeQuarantined(), []);
        if (before) assert.deepEqual(await readFile(join(folder, aside)), before);
        assert.equal((await stat(join(folder, aside))).isDirectory(), name === 'a folder');
        assert.equal(value(await store.write(id, 1, content({ title: 'again' }))).revision, 2);
        assert.equal(value(await store.read(other.id)).content.title, 'other');
        value(await store.list());
        assert.deepEqual(store.takeQuarantined(), []);
      }));
  }

  it('without an older revision is gone from the list, not from the disk', () =>
    withFolder(async folder => {
      const store = drafts(folder);
      const { id } = value(await store.create(content()));
      for (let times = 0; times < 3; times++)
        await writeFile(join(folder, `${id}.1.json`), `{"half${times}`).then(() => store.list());
      assert.deepEqual(refusal(await store.read(id)), { code: 'notFound' });
      assert.deepEqual((await readdir(join(folder, 'bad'))).sort(), [
        `${id}.1.json`,
        `${id}.1.json.2`,
        `${id}.1.json.3`,
      ]);
    }));

  it('of a newer format is left untouched and out of the list, and no older revision is shown in its place', () =>
    withFolder(async folder => {
      const said: string[] = [];
      const store = drafts(folder, { report: what => said.push(what) });
      const { id } = value(await store.create(content()));
      value(await store.write(id, 1, content()));
      const path = join(folder, `${id}.2.json`);
      const text = JSON.stringify({ format: 2, anything: 'else' });
      await writeFile(path, text);
      assert.deepEqual(value(await store.list()), []);
      assert.deepEqual(refusal(await store.read(id)), { code: 'notFound' });
      assert.deepEqual(refusal(await store.write(id, 1, content())), { code: 'conflict', revision: 2 });
      assert.equal(await readFile(path, 'utf8'), text);
      assert.deepEqual(store.takeQuarantined(), []);
      assert.ok(said.includes('newerFormat'));
    }));
});

describe('Unsent notes', () => {
  it('are kept by case, replaced whole, and removed when empty', () =>
    withFolder(async folder => {
      const id = randomUUID();
      const store = drafts(folder);
      assert.equal(value(await store.readNote(id)).text, '');
      value(await store.writeNote(id, { text: 'half a sen\0tence \u202e שלום' }));
      value(await store.writeNote(id, { text: 'a sentence' }));
      assert.equal(value(await drafts(folder).readNote(id)).text, 'a sentence');
      value(await store.writeNote(id, { text: '' }));
      assert.equal(value(await store.readNote(id)).text, '');
      assert.deepEqual(await files(join(folder, 'notes')), []);
      assert.deepEqual(value(await store.list()), []);
    }));

  it('have no path of their own choosing', () =>
    withFolder(async folder => {
      const store = drafts(folder);
      for (const id of ['../x', '', '\0', 'x/../../y']) {
        assert.deepEqual(refusal(await store.writeNote(id, { text: 'x' })), { code: 'notFound' });
        assert.deepEqual(refusal(await store.readNote(id)), { code: 'notFound' });
      }
    }));

  it('that are damaged are moved aside and told; those of a newer format are left alone', () =>
    withFolder(async folder => {
      const [bad, newer] = [randomUUID(), randomUUID()];
      const store = drafts(folder);
      for (const id of [bad, newer]) value(await store.writeNote(id, { text: 'x' }));
      await writeFile(join(folder, 'notes', `${bad}.json`), '{"text');
      assert.equal(value(await store.readNote(bad)).text, '');
      assert.deepEqual(store.takeQuarantined(), [join('bad', `${bad}.json`)]);
      const path = join(folder, 'notes', `${newer}.json`);
      await writeFile(path, '{"format":2}');
      assert.equal(refusal(await store.readNote(newer)).code, 'failed');
      assert.equal(refusal(await store.writeNote(newer, { text: 'mine' })).code, 'failed');
      assert.equal(await readFile(path, 'utf8'), '{"format":2}');
    }));
});

describe('Telling of changed drafts', () => {
  it('happens for own changes and for those of another window, until one stops listening', () =>
    withFolder(async folder => {
      const [own, other] = [drafts(folder), drafts(folder)];
      const { id } = value(await other.create(content()));
      const ear = heard(listener => own.onDidChange(listener));
      value(await own.write(id, 1, content()));
      await ear.next();
      const mark = heard(listener => own.onDidChange(listener));
      value(await other.write(id, 2, content()));
      await mark.next();
      for (const { stop } of [ear, mark]) stop();
      own.close();
      other.close();
    }));

  it('survives a watcher that cannot be had', () =>
    withFolder(async folder => {
      await writeFile(folder, 'a file where the folder should be');
      let stop = (): void => undefined;
      let store: DraftStore | undefined;
      await new Promise<void>(resolve => {
        const report = (what: string): void => {
          if (what === 'watch') resolve();
        };
        store = drafts(folder, { report });
        stop = store.onDidChange(() => undefined);
      });
      assert.ok(store);
      assert.equal((await store.create(content())).ok, false);
      stop();
      store.close();
    }));
});
