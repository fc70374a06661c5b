import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { DraftStore, Note } from '../../src/desk/drafts.ts';
import { eventually } from '../support/eventually.ts';
import { refusal, value } from '../desk/build.ts';
import { Folder, realFs } from '../../src/outbox/files.ts';
import { Notes } from '../../src/outbox/notes.ts';
import { drafts, withFolder } from './build.ts';
import { injected, watched, type Call } from './faultyFiles.ts';

const listed = async (store: DraftStore): Promise<[string, boolean][]> =>
  value(await store.notes()).map(({ title, teamOnly }) => [title, teamOnly]);

/** Writes a note that was saved so many seconds after the beginning of 2026. */
async function keep(folder: string, note: Note, second = 0): Promise<string> {
  const id = randomUUID();
  value(await drafts(folder).writeNote(id, note));
  const at = new Date(Date.UTC(2026, 0, 1, 0, 0, second));
  await utimes(join(folder, 'notes', `${id}.json`), at, at);
  return id;
}

describe('The list of unsent notes', () => {
  it('names each case, whom the note is for and when it was saved, the last one first', () =>
    withFolder(async folder => {
      assert.deepEqual(await listed(drafts(folder)), []);
      const early = await keep(folder, { text: '1', title: 'Early' }, 1);
      const late = await keep(folder, { text: '2', title: 'Late "quoted" \\ שלום', teamOnly: true }, 2);
      const [first, second] = value(await drafts(folder).notes());
      assert.deepEqual(
        [first, second],
        [
          { caseId: late, title: 'Late "quoted" \\ שלום', teamOnly: true, updatedAt: Date.UTC(2026, 0, 1, 0, 0, 2) },
          { caseId: early, title: 'Early', teamOnly: false, updatedAt: Date.UTC(2026, 0, 1, 0, 0, 1) },
        ],
      );
      assert.deepEqual(value(await drafts(folder).readNote(late)), { text: '2', teamOnly: true });
    }));

  it('leaves out what is no note of a case, what was sent, and other files', () =>
    withFolder(async folder => {
      const store = drafts(folder);
      const id = await keep(folder, { text: 'x', title: 'Sent' });
      // What windows disagree about is kept in the same place, as JSON of a draft.
      await keep(folder, { text: '{"format":1,"title":"A draft"}' });
      for (const [name, text] of [
        ['readme.json', '{"format":1,"title":"x","text":"x"}'],
        [`${randomUUID()}.json`, ''],
        [`${randomUUID()}.json`, '{"format":1,"title":7,"text":"x"}'],
        [`${randomUUID()}.json`, '{"format":2,"title":"newer","text":"x"}'],
      ] as const)
        await writeFile(join(folder, 'notes', name), text);
      await mkdir(join(folder, 'notes', `${randomUUID()}.json`));
      assert.deepEqual(await listed(store), [['Sent', false]]);
      value(await store.writeNote(id, { text: '' }));
      assert.deepEqual([await listed(store), value(await store.readNote(id)).text], [[], '']);
    }));

  it('has one line for a title, however long, and none of its hidden characters', () =>
    withFolder(async folder => {
      await keep(folder, { text: 'x', title: `a\nb\u202e${'"\\'.repeat(3_000)}` });
      const [title] = (await listed(drafts(folder))).map(([shown]) => shown);
      assert.deepEqual([title?.slice(0, 5), title?.length], ['a b"\\', 200]);
    }));

  it('reads the beginning of a file once, and again when it changed', () =>
    withFolder(async folder => {
      const id = await keep(folder, { text: 'x'.repeat(3_000_000), title: 'Long' });
      const counts = new Map<Call, number>();
      const fs = watched(call => counts.set(call, (counts.get(call) ?? 0) + 1));
      const store = drafts(folder, { fs });
      for (let times = 0; times < 3; times++) assert.deepEqual(await listed(store), [['Long', false]]);
      assert.deepEqual([counts.get('open'), counts.get('readFile')], [1, undefined]);
      value(await drafts(folder).writeNote(id, { text: 'y', title: 'Short' }));
      assert.deepEqual(await listed(store), [['Short', false]]);
    }));

  it('hides no note because another cannot be read, and says that one cannot', () =>
    withFolder(async folder => {
      for (const title of ['One', 'Two']) await keep(folder, { text: 'x', title });
      let opened = 0;
      const fs = watched(call => {
        if (call === 'open' && ++opened === 1) throw injected('EIO');
      });
      const said: string[] = [];
      const store = drafts(folder, { fs, report: what => said.push(what) });
      assert.deepEqual([(await listed(store)).length, said], [1, ['storage']]);
      const broken = drafts(folder, {
        fs: watched(call => {
          if (call === 'readdir') throw injected('EACCES');
        }),
      });
      assert.deepEqual(refusal(await broken.notes()), { code: 'storageReadOnly' });
    }));

  it('is told to have changed when a note comes or goes, by whatever window, not when somebody types on', () =>
    withFolder(async folder => {
      const notes = new Notes(new Folder(join(folder, 'notes'), realFs), () => undefined);
      const id = await keep(folder, { text: 'x', title: 'Mine' });
      let told = 0;
      const stop = notes.watch(() => told++, assert.ifError);
      const other = drafts(folder);
      // Until the watcher is there nothing is heard: then another.
      const another = await eventually(async () => {
        const fresh = await keep(folder, { text: 'x', title: 'Theirs' });
        await eventually(() => assert.ok(told > 0), 200);
        return fresh;
      });
      const before = told;
      for (const text of ['xy', 'xyz', 'xyz!']) value(await other.writeNote(id, { text, title: 'Mine' }));
      value(await other.writeNote(another, { text: '' }));
      await eventually(() => assert.equal(told, before + 1));
      await keep(folder, { text: 'x', title: 'One more' });
      await eventually(() => assert.equal(told, before + 2));
      stop();
    }));

  for (const [who, mine] of [
    ['this window', true],
    ['another window', false],
  ] as const) {
    it(`is listened to like that of drafts: ${who}`, () =>
      withFolder(async folder => {
        await keep(folder, { text: 'x', title: 'Before' });
        const [own, other] = [drafts(folder), drafts(folder)];
        let told = false;
        own.onDidChange(() => (told = true));
        await eventually(async () => {
          value(await (mine ? own : other).writeNote(randomUUID(), { text: 'x', title: 'New' }));
          await eventually(() => assert.ok(told), 200);
        }, 5_000);
        own.close();
      }));
  }
});
