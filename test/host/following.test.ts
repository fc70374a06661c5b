import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { Following } from '../../src/host/following.ts';

function memento(kept = new Map<string, unknown>()) {
  return {
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, structuredClone(value))),
    kept,
  };
}

describe('following', () => {
  it('is remembered by desk and case, and says nothing where nothing was said', async () => {
    const state = memento();
    const following = new Following(state);
    await following.follow('a', 'one', true);
    await following.follow('a', 'two', false);
    await following.follow('b', 'one', false);
    const again = new Following(state);
    assert.deepEqual(
      [again.follows('a', 'one'), again.follows('a', 'two'), again.follows('b', 'one'), again.follows('b', 'two')],
      [true, false, false, undefined],
    );
  });

  it('forgets the oldest of very many', async () => {
    const state = memento(
      new Map([['casebook.follow.a', Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`c${at}`, true]))]]),
    );
    const following = new Following(state);
    await following.follow('a', 'new', true);
    assert.deepEqual([following.follows('a', 'c0'), following.follows('a', 'c1')], [undefined, true]);
    assert.equal(following.follows('a', 'new'), true);
  });

  it('begins anew where what was kept is damaged', async () => {
    for (const damaged of [null, 'x', { one: 'yes' }, [true]]) {
      const state = memento(
        new Map<string, unknown>([
          ['casebook.follow.a', damaged],
          ['casebook.told.a', damaged],
        ]),
      );
      const following = new Following(state);
      assert.deepEqual([following.follows('a', 'one'), following.toldUntil('a')], [undefined, undefined]);
      await following.follow('a', 'toString', true);
      await following.told('a', 5);
      assert.deepEqual([following.follows('a', 'toString'), following.toldUntil('a')], [true, 5]);
      assert.equal(following.follows('a', 'valueOf'), undefined);
    }
  });
});
