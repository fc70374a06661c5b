import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import * as nodeFs from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { FileSystem } from '../../src/outbox/files.ts';
import { bytes, newCase, once, refusal, source, upon, value } from '../desk/build.ts';
import { start, withFolder } from './build.ts';
import { at, away, day, filesIn, items, keepNote, note, openWindow, RemoteDesk, states } from './remote.ts';

describe('A write to a remote desk', () => {
  it('is answered by the desk and leaves nothing behind', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      const filed = value(await window.desk.file(newCase({ title: 'Filed' }), once()));
      assert.equal(filed.title, 'Filed');
      assert.equal(value(await window.desk.act(one, note('Noted'), upon({ revision: 1 }))).revision, 2);
      assert.deepEqual([remote.filed, remote.texts(one)], [['Filed'], ['Noted']]);
      await window.pass(0);
      for (const below of ['i', 'q', 'c', 'n']) {
        assert.deepEqual(
          (await filesIn(folder, below)).filter(name => !name.startsWith('turn')),
          [],
          below,
        );
      }
    }));

  it('is on disk with its key before the desk hears of it', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      const write = upon({ revision: 1 });
      let seen = '';
      remote.pause = async () => {
        const [name = ''] = await filesIn(folder, 'i');
        if (name !== '') seen = await readFile(join(folder, 'outbox', 'i', name), 'utf8');
      };
      value(await window.desk.act(one, note('Noted'), write));
      assert.match(seen, new RegExp(`"id":"${write.key}".*"text":"Noted"`));
    }));

  it('that is not answered is kept, shown, and sent once when the desk is back', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      remote.away = away;
      const key = await keepNote(window, one, 'Noted');
      const [item] = await items(window);
      assert.deepEqual([item?.id, item?.tries, item?.createdAt], [key, 1, start]);
      remote.away = undefined;
      await window.pass(64_000);
      assert.deepEqual([remote.texts(one), await items(window)], [['Noted'], []]);
      await window.pass(day);
      assert.deepEqual(remote.texts(one), ['Noted']);
    }));

  it('goes at once when something is heard of the desk', () =>
    withFolder(async folder => {
      const { remote, clock, window, one } = await at(folder);
      remote.away = away;
      await keepNote(window, one, 'Noted');
      assert.equal((await window.desk.list({}, { limit: 10 })).ok, false);
      remote.away = undefined;
      value(await window.desk.list({}, { limit: 10 }));
      await window.desk.idle();
      assert.deepEqual([remote.texts(one), clock.time], [['Noted'], start]);
    }));

  it('survives the end of its window', () =>
    withFolder(async folder => {
      const { remote, clock, window, one } = await at(folder);
      remote.away = away;
      for (const text of ['1', '2', '3']) await keepNote(window, one, text);
      value(await window.desk.outbox.list());
      window.desk.close();
      remote.away = undefined;
      const next = await openWindow(folder, remote, { clock });
      await next.pass(64_000);
      assert.deepEqual(remote.texts(one), ['1', '2', '3']);
    }));

  for (const fate of [
    'lostBefore',
    'lostAfter',
    { code: 'failed' },
    { code: 'stillRunning' },
    { code: 'busy' },
  ] as const) {
    it(`is done once, under one key, when its answer is ${typeof fate === 'string' ? fate : fate.code}`, () =>
      withFolder(async folder => {
        const { remote, window, one } = await at(folder);
        const fates = [fate, fate];
        remote.fate = () => fates.pop() ?? 'answered';
        const key = await keepNote(window, one, 'Noted');
        await window.pass(64_000);
        await window.pass(64_000);
        assert.deepEqual(remote.texts(one), ['Noted']);
        assert.deepEqual(new Set(remote.asked.map(asked => asked.key)), new Set([key]));
        assert.ok(remote.asked.length >= 3);
      }));
  }

  it('is the person’s again when the desk refuses it at once', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      remote.change(one, 'Other');
      const refused = await window.desk.act(one, note('Noted'), upon({ revision: 1 }));
      assert.deepEqual(refusal(refused), { code: 'conflict', revision: 2 });
      assert.deepEqual([await items(window), remote.texts(one)], [[], ['Other']]);
    }));

  it('is refused before anything is kept where its form does not hold', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      const { desk } = window;
      assert.equal(refusal(await desk.file(newCase({ title: '' }), once())).code, 'invalid');
      assert.equal(refusal(await desk.act(one, note(''), upon({ revision: 1 }))).code, 'invalid');
      assert.equal(refusal(await desk.act('x', note('x'), upon({ revision: 1 }))).code, 'notFound');
      assert.equal(refusal(await desk.file(newCase(), { key: 'x' })).code, 'invalid');
      assert.equal(refusal(await desk.act(one, note('x'), { key: '../x', revision: 1 })).code, 'invalid');
      assert.deepEqual([remote.asked, await items(window)], [[], []]);
    }));

  it('asked for again under its key waits with the first; another under that key is refused', () =>
    withFolder(async folder => {
      const { remote, clock, window, one } = await at(folder);
      remote.away = away;
      const key = await keepNote(window, one, 'Noted');
      const other = await openWindow(folder, remote, { clock });
      for (const { desk } of [window, other]) {
        assert.deepEqual(refusal(await desk.act(one, note('Noted'), { key, revision: 3 })), {
          code: 'queued',
          item: key,
        });
        assert.deepEqual(refusal(await desk.act(one, note('Else'), { key, revision: 1 })), { code: 'keyReused' });
      }
      assert.equal((await items(window)).length, 1);
      assert.deepEqual(refusal(await window.desk.filedAs(key)), { code: 'queued', item: key });
    }));

  it('that filed a case is known by its key', () =>
    withFolder(async folder => {
      const { window } = await at(folder);
      const write = once();
      const { id } = value(await window.desk.file(newCase(), write));
      assert.equal(value(await window.desk.filedAs(write.key)), id);
      assert.equal(value(await window.desk.filedAs(randomUUID())), undefined);
    }));

  for (const [code, expected] of [
    ['ENOSPC', 'storageFull'],
    ['EROFS', 'storageReadOnly'],
  ] as const) {
    it(`is not sent where it cannot be kept (${code})`, () =>
      withFolder(async folder => {
        const remote = new RemoteDesk();
        const { id } = remote.addCase(1);
        const open: FileSystem['open'] = () => Promise.reject(Object.assign(new Error('injected'), { code }));
        const window = await openWindow(folder, remote, { fs: { ...nodeFs, open } });
        assert.deepEqual(refusal(await window.desk.act(id, note('x'), upon({ revision: 1 }))), { code: expected });
        assert.deepEqual([remote.asked, await items(window)], [[], []]);
      }));
  }
});

describe('What waits for a remote desk', () => {
  const refused = { code: 'notYours', action: 'annotate' } as const;

  it('keeps the order of each case, and waits behind what needs the person', () =>
    withFolder(async folder => {
      const { remote, window, one, two } = await at(folder);
      remote.away = away;
      const first = await keepNote(window, one, '1');
      await keepNote(window, one, '2');
      await keepNote(window, two, '3');
      remote.away = undefined;
      remote.fate = () => (remote.asked.at(-1)?.key === first ? refused : 'answered');
      await window.pass(64_000);
      assert.deepEqual([remote.texts(one), remote.texts(two)], [[], ['3']]);
      const [needy, waiting] = await items(window);
      assert.deepEqual([needy?.state, waiting?.state.kind], [{ kind: 'needsYou', reason: refused }, 'queued']);
      // Nothing is tried behind the person's back, in this window or the next.
      const before = remote.asked.length;
      await window.pass(day);
      assert.equal(remote.asked.length, before);

      remote.fate = () => 'answered';
      value(await window.desk.outbox.retry(first));
      await window.desk.idle();
      assert.deepEqual([remote.texts(one), await items(window)], [['1', '2'], []]);
    }));

  it('goes on once what needed the person is discarded', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      remote.away = away;
      const first = await keepNote(window, one, '1');
      await keepNote(window, one, '2');
      remote.away = undefined;
      remote.fate = () => (remote.asked.at(-1)?.key === first ? refused : 'answered');
      await window.pass(64_000);
      value(await window.desk.outbox.discard(first));
      await window.desk.idle();
      assert.deepEqual([remote.texts(one), await items(window)], [['2'], []]);
      assert.deepEqual(refusal(await window.desk.outbox.discard(first)), { code: 'notFound' });
    }));

  it('can be taken back to be written anew, with its files; what cannot be kept elsewhere stays', () =>
    withFolder(async folder => {
      const { remote, clock, window } = await at(folder);
      const file = value(await window.desk.upload(source('a.log', [bytes('some'), bytes('thing')])));
      remote.away = away;
      const write = once();
      assert.equal(refusal(await window.desk.file(newCase({ title: 'Mine', files: [file] }), write)).code, 'queued');
      value(await window.desk.outbox.editAsNew(write.key, () => Promise.resolve(false)));
      assert.deepEqual(await states(window), ['queued']);
      const taken: unknown[] = [];
      const done = await window.desk.outbox.editAsNew(write.key, async (what, read) => {
        // Nobody sends it meanwhile.
        remote.away = undefined;
        await (await openWindow(folder, remote, { clock })).pass(64_000);
        const content = value(await read(file.sha256));
        taken.push(what.kind === 'file' && what.content.title, Buffer.from(content).toString());
        return true;
      });
      value(done);
      await window.pass(day);
      assert.deepEqual([taken, remote.filed, await items(window)], [['Mine', 'something'], [], []]);
    }));

  it('waits for a sign-in without asking again, and goes when the person has signed in', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      remote.fate = () => ({ code: 'signedOut' });
      await keepNote(window, one, '1');
      await keepNote(window, one, '2');
      const before = remote.asked.length;
      await window.pass(day);
      assert.deepEqual([remote.asked.length, await states(window)], [before, ['signedOut', 'signedOut']]);
      remote.fate = () => 'answered';
      window.desk.wake();
      await window.desk.idle();
      assert.deepEqual(remote.texts(one), ['1', '2']);
    }));

  it('is never sent earlier than the desk asked for, in any window', () =>
    withFolder(async folder => {
      const { remote, clock, window, one, two } = await at(folder);
      const until = start + 7 * 60_000;
      remote.fate = () => ({ code: 'throttled', until });
      await keepNote(window, one, '1');
      remote.fate = () => 'answered';
      const before = remote.asked.length;
      const other = await openWindow(folder, remote, { clock });
      for (const one of [window, other]) {
        one.desk.wake();
        await keepNote(one, two, `${one === other}`);
        await one.pass(3 * 60_000);
      }
      assert.equal(remote.asked.length, before);
      const [item] = await items(other);
      assert.deepEqual(item?.state, { kind: 'queued', nextTryAt: until });
      await window.pass(60_000);
      assert.deepEqual([remote.texts(one), remote.texts(two)], [['1'], ['false', 'true']]);
    }));

  it('that fails at the desk five times needs the person; others are sent meanwhile', () =>
    withFolder(async folder => {
      const { remote, window, one, two } = await at(folder);
      const key = randomUUID();
      remote.fate = () => (remote.asked.at(-1)?.key === key ? { code: 'failed' } : 'answered');
      const queued = await window.desk.act(one, note('1'), { key, revision: 1 });
      assert.deepEqual(refusal(queued), { code: 'queued', item: key });
      value(await window.desk.act(two, note('2'), upon({ revision: 1 })));
      for (let times = 0; times < 10; times++) await window.pass(64_000);
      assert.equal(remote.asked.filter(asked => asked.key === key).length, 5);
      assert.deepEqual((await items(window))[0]?.state, { kind: 'needsYou', reason: { code: 'failed' } });
    }));

  it('for more than seven days is not sent by itself any more, only by the person', () =>
    withFolder(async folder => {
      const { remote, clock, window, one } = await at(folder);
      remote.away = away;
      const key = await keepNote(window, one, 'Old');
      await window.pass(7 * day + 1);
      assert.deepEqual(await states(window), ['expired']);
      window.desk.close();
      remote.away = undefined;
      const next = await openWindow(folder, remote, { clock });
      await next.pass(day);
      assert.deepEqual([remote.texts(one), await states(next)], [[], ['expired']]);
      remote.away = away;
      assert.deepEqual(refusal(await next.desk.outbox.retry(key)), { code: 'queued', item: key });
      assert.deepEqual(await states(next), ['expired']);
      remote.away = undefined;
      value(await next.desk.outbox.retry(key));
      assert.deepEqual([remote.texts(one), await items(next)], [['Old'], []]);
    }));

  it('pauses longer each time, up to 64 s, and asks for one thing only', () =>
    withFolder(async folder => {
      const { remote, window, one, two } = await at(folder);
      remote.fate = () => 'lostBefore';
      await keepNote(window, one, '1');
      await keepNote(window, two, '2');
      for (const pause of [1, 1, 2, 4, 8, 16, 32, 32, 32]) {
        const before = remote.asked.length;
        await window.pass(pause * 1_000 - 1);
        assert.equal(remote.asked.length, before, `${pause}`);
        await window.pass(1);
        assert.equal(remote.asked.length, before + 1, `${pause}`);
      }
    }));
});
