import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { CaseAction } from '../../src/desk/case.ts';
import { refusal, upon, value } from '../desk/build.ts';
import { withFolder } from './build.ts';
import { at, away, items, keepNote, states } from './remote.ts';

describe('What others did to a case meanwhile', () => {
  const close: CaseAction = { kind: 'close', reason: 'solved', text: 'Closed' };

  it('does not stop a note, which says the same', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      remote.away = away;
      for (const text of ['1', '2']) await keepNote(window, one, text);
      remote.away = undefined;
      remote.change(one, 'Other');
      await window.pass(64_000);
      assert.deepEqual([remote.texts(one), await items(window)], [['Other', '1', '2'], []]);
    }));

  it('stops a note that is not allowed there any more', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      remote.away = away;
      await keepNote(window, one, '1');
      remote.away = undefined;
      remote.change(one, 'Other', { allowed: ['reopen'] });
      await window.pass(64_000);
      assert.deepEqual((await items(window))[0]?.state, {
        kind: 'needsYou',
        reason: { code: 'conflict', revision: 2 },
      });
    }));

  for (const [name, before] of [
    ['alone', []],
    ['behind a note that followed', ['1']],
  ] as const) {
    it(`stops everything else, with both texts at hand (${name})`, () =>
      withFolder(async folder => {
        const { remote, window, one } = await at(folder);
        value(await window.desk.get(one));
        await window.desk.idle();
        remote.away = away;
        for (const text of before) await keepNote(window, one, text);
        assert.equal(refusal(await window.desk.act(one, close, upon({ revision: 1 }))).code, 'queued');
        remote.away = undefined;
        remote.change(one, 'Other');
        await window.pass(64_000);
        const [item] = await items(window);
        assert.deepEqual([item?.state.kind, item?.what.kind === 'act' && item.what.action], ['needsYou', close]);
        assert.deepEqual(item?.what.kind === 'act' && [item.what.title, item.what.seen], ['Case 1', 1]);
        assert.deepEqual(remote.texts(one), ['Other', ...before]);
      }));
  }

  it('is not our own doing: what was written after a note goes after it', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      remote.away = away;
      for (const text of ['1', '2']) await keepNote(window, one, text);
      assert.equal(refusal(await window.desk.act(one, close, upon({ revision: 1 }))).code, 'queued');
      remote.away = undefined;
      // The answer to the first note is lost: its repeat tells the revision all the same.
      const fates = ['lostAfter'] as const;
      const left = [...fates];
      remote.fate = () => left.pop() ?? 'answered';
      await window.pass(64_000);
      await window.pass(64_000);
      assert.deepEqual([remote.texts(one), await items(window)], [['1', '2', 'Closed'], []]);
    }));

  it('stops what was written after a note, where it came between the two', () =>
    withFolder(async folder => {
      const { remote, window, one } = await at(folder);
      remote.away = away;
      await keepNote(window, one, '1');
      assert.equal(refusal(await window.desk.act(one, close, upon({ revision: 1 }))).code, 'queued');
      remote.away = undefined;
      const left = ['lostAfter'] as const;
      const fates = [...left];
      remote.fate = () => {
        const fate = fates.pop() ?? 'answered';
        if (fate === 'answered' && remote.texts(one).length === 1) remote.change(one, 'Other');
        return fate;
      };
      await window.pass(64_000);
      await window.pass(64_000);
      assert.deepEqual([remote.texts(one), await states(window)], [['1', 'Other'], ['needsYou']]);
    }));
});
