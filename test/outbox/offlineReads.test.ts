import { strict as assert } from 'node:assert';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import type { DeskError } from '../../src/desk/errors.ts';
import { createCache } from '../../src/outbox/cache.ts';
import { newCase, newIncident, once, refusal, upon, value } from '../desk/build.ts';
import { start, withFolder } from './build.ts';
import { at, away, note, openWindow } from './remote.ts';

const page = { limit: 20 };
const minute = 60_000;

describe('A remote desk that is away', () => {
  const absences: DeskError[] = [
    away,
    { code: 'notADesk' },
    { code: 'signedOut' },
    { code: 'throttled' },
    { code: 'busy' },
  ];
  for (const absence of absences) {
    it(`can be read as it was, with its age (${absence.code})`, () =>
      withFolder(async folder => {
        const { remote, clock, window, one } = await at(folder);
        const seen = {
          list: value(await window.desk.list({}, page)),
          counts: value(await window.desk.count({}, 'status')),
          board: value(await window.desk.incidents()),
          detail: value(await window.desk.get(one)),
        };
        assert.deepEqual([window.desk.asOf(), window.desk.asOf(one)], [undefined, undefined]);
        await window.pass(5 * minute);
        window.desk.close();
        remote.away = absence;

        const { desk } = await openWindow(folder, remote, { clock });
        assert.deepEqual(value(await desk.list({}, page)), seen.list);
        assert.deepEqual(value(await desk.count({}, 'status')), seen.counts);
        assert.deepEqual(value(await desk.incidents()), seen.board);
        assert.deepEqual(value(await desk.get(one)), seen.detail);
        assert.deepEqual([desk.asOf(), desk.asOf(one)], [start, start]);
        assert.deepEqual(desk.capabilities(), remote.desk.capabilities());

        remote.away = undefined;
        value(await desk.list({}, page));
        value(await desk.count({}, 'status'));
        value(await desk.incidents());
        assert.deepEqual([desk.asOf(), desk.asOf(one)], [undefined, start]);
      }));
  }

  it('answers what it answered to what was not asked before', () =>
    withFolder(async folder => {
      const { remote, window, one, two } = await at(folder);
      value(await window.desk.get(one));
      remote.away = away;
      assert.deepEqual(refusal(await window.desk.get(two)), away);
      assert.deepEqual(refusal(await window.desk.list({ text: 'x' }, page)), away);
      assert.deepEqual(refusal(await window.desk.filedAs(once().key)), away);
    }));

  it('that says no is believed, whatever was remembered', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      value(await window.desk.get(one));
      await window.desk.idle();
      remote.cases.delete(one);
      assert.deepEqual(refusal(await window.desk.get(one)), { code: 'notFound' });
    }));

  it('is not told of incidents later: they are refused', () =>
    withFolder(async folder => {
      const { remote, window } = await at(folder);
      remote.away = { code: 'signedOut' };
      assert.equal(refusal(await window.desk.recordIncident(newIncident(), once())).code, 'signedOut');
    }));

  it('is written to by the revision of the write, not by what is remembered', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      value(await window.desk.get(one));
      remote.change(one, 'Other');
      const answer = await window.desk.act(one, note('x'), upon({ revision: 1 }));
      assert.deepEqual(refusal(answer), { code: 'conflict', revision: 2 });
      value(await window.desk.file(newCase(), once()));
    }));
});

describe('What is remembered of a remote desk', () => {
  const Text = z.string();
  const open = (folder: string, more: object = {}) => createCache(folder, { now: () => start, ...more });

  it('is bounded by number and by size, the oldest going first', () =>
    withFolder(async folder => {
      for (const bounds of [{ answers: 10 }, { bytes: 2_000 }]) {
        const cache = open(folder, bounds);
        for (let number = 0; number < 200; number++) cache.keep(`${number}`, 'x'.repeat(150));
        cache.keep('large', 'x'.repeat(1_000_000_000 / 100));
        await cache.idle();
        assert.ok((await readdir(join(folder, '1'))).length <= 60);
        assert.equal((await cache.recall('199', Text))?.value, 'x'.repeat(150));
        assert.equal(await cache.recall('0', Text), undefined);
      }
    }));

  it('is forgotten where it is damaged or not what is asked for, and never stops anybody', () =>
    withFolder(async folder => {
      const cache = open(folder);
      cache.keep('a', 'text');
      await cache.idle();
      assert.deepEqual(await cache.recall('a', Text), { value: 'text', asOf: start });
      assert.equal(await cache.recall('a', z.int()), undefined);
      const [name = ''] = await readdir(join(folder, '1'));
      await writeFile(join(folder, '1', name), '{"asOf":1,');
      assert.equal(await cache.recall('a', Text), undefined);
      const reported: string[] = [];
      const nowhere = open('/sys/casebook', { report: (what: string) => reported.push(what) });
      nowhere.keep('a', 'text');
      await nowhere.idle();
      assert.deepEqual([await nowhere.recall('a', Text), reported], [undefined, ['cache']]);
    }));
});
