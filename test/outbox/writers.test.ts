import { strict as assert } from 'node:assert';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { bytes, newCase, once, refusal, source, upon, value } from '../desk/build.ts';
import { withFolder } from './build.ts';
import { at, away, filesIn, items, keepNote, note, openWindow, states } from './remote.ts';

const byAda = { kind: 'needsYou', reason: { code: 'otherWriter', by: 'Ada' } } as const;

/** A window of Ada's in which she wrote a note while the desk was away. */
async function atAdas(folder: string) {
  const on = await at(folder);
  on.remote.person = 'Ada';
  value(await on.window.desk.get(on.one));
  on.remote.away = away;
  await keepNote(on.window, on.one, 'By Ada');
  return on;
}

describe('What was written by somebody who is not signed in any more', () => {
  it('waits, is told as theirs, and is sent in nobody’s name, however long and whoever tries', () =>
    withFolder(async folder => {
      const { remote, window, one } = await atAdas(folder);
      remote.person = 'Bo';
      remote.away = undefined;
      await window.pass(64_000);
      assert.deepEqual(
        [remote.asked, (await items(window))[0]?.by, (await items(window))[0]?.state],
        [[], 'Ada', byAda],
      );
      const [item] = await items(window);
      assert.deepEqual(refusal(await window.desk.outbox.retry(item?.id ?? '')), { code: 'otherWriter', by: 'Ada' });
      await window.pass(64_000);
      assert.deepEqual([remote.asked, remote.texts(one), await states(window)], [[], [], ['needsYou']]);
    }));

  it('goes by itself, once, when they sign in again', () =>
    withFolder(async folder => {
      const { remote, window, one } = await atAdas(folder);
      Object.assign(remote, { person: 'Bo', away: undefined });
      await window.pass(64_000);
      remote.person = 'Ada';
      window.desk.wake();
      await window.pass(0);
      assert.deepEqual([remote.texts(one), await items(window)], [['By Ada'], []]);
    }));

  it('goes by itself in a window that is opened after they signed in again', () =>
    withFolder(async folder => {
      const { remote, clock, window, one } = await atAdas(folder);
      Object.assign(remote, { person: 'Bo', away: undefined });
      await window.pass(64_000);
      window.desk.close();
      remote.person = 'Ada';
      const next = await openWindow(folder, remote, { clock });
      value(await next.desk.get(one));
      await next.pass(0);
      assert.deepEqual(remote.texts(one), ['By Ada']);
    }));

  it('can be discarded or edited as new by whoever is there; what stood behind it goes then', () =>
    withFolder(async folder => {
      const { remote, window, one } = await atAdas(folder);
      Object.assign(remote, { person: 'Bo', away: undefined });
      await window.pass(64_000);
      const behind = upon({ revision: 1 });
      assert.equal(refusal(await window.desk.act(one, note('By Bo'), behind)).code, 'queued');
      const [first] = await items(window);
      let taken: unknown;
      value(await window.desk.outbox.editAsNew(first?.id ?? '', what => Promise.resolve(Boolean((taken = what)))));
      await window.pass(0);
      assert.match(JSON.stringify(taken), /By Ada/);
      assert.deepEqual([remote.texts(one), await items(window)], [['By Bo'], []]);
    }));

  it('keeps its writer through a restart without a network, where who is signed in cannot be asked', () =>
    withFolder(async folder => {
      const { remote, clock, window, one } = await atAdas(folder);
      window.desk.close();
      const offline = await openWindow(folder, remote, { clock });
      await keepNote(offline, one, 'By Ada as well');
      assert.deepEqual(
        (await items(offline)).map(({ by }) => by),
        ['Ada', 'Ada'],
      );
      Object.assign(remote, { person: 'Bo', away: undefined });
      await offline.pass(64_000);
      assert.deepEqual(remote.asked, []);
    }));

  it('is a case with its files as well: not even they are sent', () =>
    withFolder(async folder => {
      const { remote, window } = await atAdas(folder);
      const file = value(await window.desk.upload(source('a.log', [bytes('Of Ada')])));
      assert.equal(refusal(await window.desk.file(newCase({ files: [file] }), once())).code, 'queued');
      Object.assign(remote, { person: 'Bo', away: undefined });
      await window.pass(64_000);
      assert.deepEqual([remote.asked, remote.files.size, await states(window)], [[], 0, ['needsYou', 'needsYou']]);
    }));

  it('is not sent where somebody signs in between its file and the write, or before a note follows a newer case', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      remote.person = 'Ada';
      const file = value(await window.desk.upload(source('a.log', [bytes('Of Ada')])));
      const before = { ...remote.desk };
      remote.desk.upload = async from => {
        const stored = await before.upload(from);
        remote.person = 'Bo';
        return stored;
      };
      value(await window.desk.get(one));
      const action = { ...note('With a file'), files: [file] };
      assert.deepEqual(refusal(await window.desk.act(one, action, upon({ revision: 1 }))), {
        code: 'otherWriter',
        by: 'Ada',
      });
      assert.deepEqual([remote.asked, await items(window)], [[], []]);

      remote.person = 'Ada';
      value(await window.desk.get(one));
      remote.away = away;
      await keepNote(window, one, 'Late');
      remote.away = undefined;
      remote.change(one, 'Other');
      remote.desk.get = async id => {
        const found = await before.get(id);
        remote.person = 'Bo';
        return found;
      };
      await window.pass(64_000);
      assert.deepEqual([remote.texts(one), (await items(window))[0]?.state], [['Other'], byAda]);
    }));

  it('is not asked for time and again while it waits', () =>
    withFolder(async folder => {
      const { remote, clock, window } = await atAdas(folder);
      Object.assign(remote, { person: 'Bo', away: undefined });
      await window.pass(64_000);
      for (let minute = 0; minute < 10; minute++) await window.pass(60_000);
      assert.equal(clock.run(), false);
    }));

  it('is sent as before where it was kept before writers were remembered', () =>
    withFolder(async folder => {
      const { remote, clock, window, one } = await atAdas(folder);
      window.desk.close();
      const [name = ''] = await filesIn(folder, 'i');
      const path = join(folder, 'outbox', 'i', name);
      const text = await readFile(path, 'utf8');
      assert.match(text, /"by":"Ada"/);
      await writeFile(path, text.replace('"by":"Ada",', ''));
      Object.assign(remote, { person: 'Bo', away: undefined });
      await (await openWindow(folder, remote, { clock })).pass(64_000);
      assert.deepEqual(remote.texts(one), ['By Ada']);
    }));
});
