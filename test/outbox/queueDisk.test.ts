import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { DeskError } from '../../src/desk/errors.ts';
import { realFs } from '../../src/outbox/files.ts';
import { noPause, Tokens } from '../../src/outbox/tokens.ts';
import { bytes, refusal, source, upon, value } from '../desk/build.ts';
import { idOf } from '../views/support/builders.ts';
import { start, withFolder } from './build.ts';
import { at, away, day, filesIn, items, keepNote, note, openWindow, states, type Window } from './remote.ts';

describe('Files of what waits', () => {
  it('are kept by their content, sent before their case, and not needed afterwards', () =>
    withFolder(async folder => {
      const { remote, clock, window, one } = await at(folder);
      remote.away = away;
      const file = value(await window.desk.upload(source('a.log', [bytes('some'), bytes('thing')])));
      assert.equal(file.bytes, 9);
      assert.equal(Buffer.from(value(await window.desk.download(file.sha256))).toString(), 'something');
      const answer = await window.desk.act(one, { kind: 'annotate', text: '', files: [file] }, upon({ revision: 1 }));
      assert.equal(refusal(answer).code, 'queued');
      window.desk.close();
      remote.away = undefined;
      const next = await openWindow(folder, remote, { clock });
      await next.pass(64_000);
      assert.equal(remote.files.get(file.sha256)?.toString(), 'something');
      assert.equal(remote.asked.length, 1);
    }));

  it('stay while anything names them, and go a day later', () =>
    withFolder(async folder => {
      const { remote, clock, window, one } = await at(folder);
      remote.away = away;
      const [kept, unused] = [
        value(await window.desk.upload(source('kept', [bytes('kept')]))),
        value(await window.desk.upload(source('unused', [bytes('unused')]))),
      ];
      await window.desk.act(one, { kind: 'annotate', text: '', files: [kept] }, upon({ revision: 1 }));
      assert.equal((await filesIn(folder, 'f')).length, 2);
      const young = await openWindow(folder, remote, { now: () => Date.now(), clock });
      await young.desk.outbox.list();
      assert.equal((await filesIn(folder, 'f')).length, 2);
      const old = await openWindow(folder, remote, { now: () => Date.now() + 2 * day, clock });
      await old.desk.outbox.list();
      assert.deepEqual([await filesIn(folder, 'f'), unused.name], [[kept.sha256], 'unused']);
    }));

  it('that are too large or vanish while they are read are refused and not kept', () =>
    withFolder(async folder => {
      const { window } = await at(folder);
      const large = source('large', [new Uint8Array(20_000_000), new Uint8Array(20_000_000)]);
      assert.equal(refusal(await window.desk.upload(large)).code, 'fileTooLarge');
      const gone = source('gone', [bytes('x')], () => {
        throw new Error('gone');
      });
      assert.deepEqual(refusal(await window.desk.upload(gone)), { code: 'fileGone', name: 'gone' });
      assert.deepEqual(await readdir(join(folder, 'outbox', 'f')), []);
    }));

  it('that nobody kept are told before anything is written', () =>
    withFolder(async folder => {
      const { window, one } = await at(folder);
      const file = { name: 'a.log', bytes: 1, sha256: 'a'.repeat(64) };
      const answer = await window.desk.act(one, { kind: 'annotate', text: '', files: [file] }, upon({ revision: 1 }));
      assert.deepEqual([refusal(answer), await items(window)], [{ code: 'fileGone', name: 'a.log' }, []]);
    }));

  it('that vanished from the outbox need the person', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      remote.away = away;
      const file = value(await window.desk.upload(source('a.log', [bytes('x')])));
      await window.desk.act(one, { kind: 'annotate', text: '', files: [file] }, upon({ revision: 1 }));
      await rm(join(folder, 'outbox', 'f', file.sha256));
      remote.away = undefined;
      await window.pass(64_000);
      const gone: DeskError = { code: 'fileGone', name: 'a.log' };
      assert.deepEqual((await items(window))[0]?.state, { kind: 'needsYou', reason: gone });
    }));
});

describe('Files of an outbox that are not what they were', () => {
  /** Three notes on three cases, of which the middle one is then changed on disk. */
  async function damaged(folder: string, damage: (path: string) => Promise<unknown>) {
    const { remote, clock, window, one, two } = await at(folder);
    const three = remote.addCase(3).id;
    remote.away = away;
    for (const id of [one, two, three]) await keepNote(window, id, id.slice(-1));
    window.desk.close();
    const name = (await filesIn(folder, 'i')).find(file => file.includes(two)) ?? '';
    await damage(join(folder, 'outbox', 'i', name));
    remote.away = undefined;
    const reported: string[] = [];
    const next = await openWindow(folder, remote, { clock, report: what => reported.push(what) });
    await next.pass(64_000);
    return { remote, next, name, reported, sent: [one, two, three].map(id => remote.texts(id).join()) };
  }

  const damages: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
    empty: path => writeFile(path, ''),
    'cut short': async path => writeFile(path, (await readFile(path, 'utf8')).slice(0, 100)),
    'other JSON': path => writeFile(path, '[1]'),
    'of another key': async path =>
      writeFile(path, (await readFile(path, 'utf8')).replace(/"id":"[^"]+"/, `"id":"${randomUUID()}"`)),
    'of another desk': async path => writeFile(path, (await readFile(path, 'utf8')).replace('"team"', '"other"')),
    'a folder': async path => {
      await rm(path);
      await mkdir(path);
    },
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`(${name}) are moved aside and told once; others are sent`, () =>
      withFolder(async folder => {
        const { next, sent, name: file } = await damaged(folder, damage);
        assert.deepEqual(sent, ['1', '', '3']);
        assert.deepEqual(next.desk.outbox.takeQuarantined(), [join('bad', file)]);
        assert.deepEqual([next.desk.outbox.takeQuarantined(), await items(next)], [[], []]);
        assert.deepEqual(await filesIn(folder, 'i'), ['bad']);
      }));
  }

  it('of a newer format are left as they are and reported; others are sent', () =>
    withFolder(async folder => {
      const text = '{"format":2,"anything":"else"}';
      const { next, sent, name, reported } = await damaged(folder, path => writeFile(path, text));
      assert.deepEqual([sent, await items(next)], [['1', '', '3'], []]);
      assert.equal(await readFile(join(folder, 'outbox', 'i', name), 'utf8'), text);
      assert.ok(reported.includes('newerFormat'));
      assert.deepEqual(next.desk.outbox.takeQuarantined(), []);
    }));

  it('with names that mean nothing are left alone', () =>
    withFolder(async folder => {
      const { window, one } = await at(folder);
      for (const below of ['i', 'q', 'c', 'n']) {
        await mkdir(join(folder, 'outbox', below), { recursive: true });
        for (const name of ['x', '1~2~3.json', `${idOf(1)}~x~0~0`, '.DS_Store']) {
          await writeFile(join(folder, 'outbox', below, name), 'x');
        }
      }
      value(await window.desk.act(one, note('x'), upon({ revision: 1 })));
      assert.deepEqual(
        (await filesIn(folder, 'q')).filter(name => name.startsWith('x')),
        ['x'],
      );
    }));

  it('with a reason that nobody knows still say that they need the person', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      remote.fate = () => 'lostBefore';
      await keepNote(window, one, 'x');
      remote.fate = () => ({ code: 'keyReused' });
      await window.pass(64_000);
      const [name = ''] = await filesIn(folder, 'n');
      await writeFile(join(folder, 'outbox', 'n', name), '{"code":"ofTheFuture","x":1}');
      assert.deepEqual((await items(window))[0]?.state, { kind: 'needsYou', reason: { code: 'failed' } });
    }));

  it('without their token are found again', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      remote.away = away;
      await keepNote(window, one, 'x');
      for (const below of ['q', 'c']) await rm(join(folder, 'outbox', below), { recursive: true, force: true });
      remote.away = undefined;
      await window.pass(64_000);
      await window.pass(64_000);
      assert.deepEqual([remote.texts(one), await items(window)], [['x'], []]);
    }));
});

describe('Claims of windows', () => {
  /** A window that died, or was stopped, while it was sending; another one opens. */
  async function stopped(folder: string, isAlive: boolean) {
    const { remote, clock, window, one } = await at(folder);
    let stop: () => void = () => undefined;
    const sending = new Promise<void>(resolve => (stop = resolve));
    remote.pause = () => {
      stop();
      return new Promise(() => undefined);
    };
    void window.desk.act(one, note('x'), upon({ revision: 1 }));
    await sending;
    remote.pause = () => Promise.resolve();
    const other = await openWindow(folder, remote, { clock, isAlive: () => isAlive });
    return { remote, clock, other, one };
  }

  it('hold while their window lives, and are shown', () =>
    withFolder(async folder => {
      const { remote, other, one } = await stopped(folder, true);
      assert.deepEqual(await states(other), ['claimed']);
      const [item] = await items(other);
      for (const work of ['retry', 'discard'] as const) {
        assert.deepEqual(refusal(await other.desk.outbox[work](item?.id ?? '')), { code: 'stillRunning' });
      }
      await other.pass(60_000);
      assert.deepEqual(remote.texts(one), []);
      await other.pass(60_000);
      await other.pass(1_000);
      assert.deepEqual([remote.texts(one), await items(other)], [['x'], []]);
    }));

  it('of a window that ended hold no longer', () =>
    withFolder(async folder => {
      const { remote, other, one } = await stopped(folder, false);
      await other.pass(1_000);
      assert.deepEqual(remote.texts(one), ['x']);
    }));

  for (const [name, jump] of Object.entries({ 'a day back': -day, 'a day on': day, 'an hour back': -3_600_000 })) {
    it(`and pauses do not outlast a clock that jumps ${name}`, () =>
      withFolder(async folder => {
        const { remote, clock, other, one } = await stopped(folder, true);
        remote.fate = () => 'lostBefore';
        clock.time += jump;
        await other.pass(120_000);
        remote.fate = () => 'answered';
        for (let times = 0; times < 3; times++) await other.pass(64_000);
        assert.deepEqual([remote.texts(one), await items(other)], [['x'], []]);
      }));
  }

  it('are all given back where their folder is made only then', () =>
    withFolder(async folder => {
      const tokens = new Tokens(folder, realFs, { now: () => start, lease: 120_000, pid: 1, isAlive: () => true });
      const claims = await Promise.all(Array.from({ length: 4 }, () => tokens.make(randomUUID(), 'claimed')));
      await Promise.all(claims.map(claim => tokens.release(claim, noPause)));
      assert.deepEqual(
        [...(await tokens.all()).values()].map(({ where }) => where),
        Array(4).fill('queued'),
      );
    }));

  it('are told to whoever listens, in this window and others', () =>
    withFolder(async folder => {
      const { remote, clock, window, one } = await at(folder);
      const other = await openWindow(folder, remote, { clock });
      const told = (who: Window) => new Promise<void>(resolve => void who.desk.onDidChange(() => resolve()));
      const heard = Promise.all([told(window), told(other)]);
      remote.away = away;
      await keepNote(window, one, 'x');
      await heard;
      for (const { desk } of [window, other]) {
        desk.close();
        await desk.idle();
      }
    }));
});
