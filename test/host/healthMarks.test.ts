import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { HealthMarks, markKey } from '../../src/host/healthMarks.ts';
import { memento } from '../views/support/sources.ts';

describe('favourites and mutes', () => {
  it('are remembered apart, by source', async () => {
    const state = memento();
    const marks = new HealthMarks(state);
    await marks.set('favourite', markKey('a', 'Mail'), true);
    await marks.set('muted', markKey('a', '1'), true);
    await marks.set('muted', markKey('b', '1'), true);
    await marks.set('muted', markKey('a', '1'), false);
    const again = new HealthMarks(state);
    assert.deepEqual([...again.all('favourite')], [markKey('a', 'Mail')]);
    assert.deepEqual([...again.all('muted')], [markKey('b', '1')]);
  });

  it('forget the oldest of very many, and those that ended', async () => {
    const state = memento();
    const all = Array.from({ length: 500 }, (_, at) => markKey('a', String(at)));
    await state.update('casebook.health.muted', all);
    const marks = new HealthMarks(state);
    await marks.set('muted', markKey('a', 'new'), true);
    assert.deepEqual([marks.all('muted').size, marks.all('muted').has(markKey('a', '0'))], [500, false]);
    await marks.ended(new Set([markKey('a', '1'), markKey('a', 'other')]));
    assert.deepEqual([marks.all('muted').size, marks.all('muted').has(markKey('a', '1'))], [499, false]);
  });

  it('begin anew where what was kept is damaged', () => {
    for (const damaged of [null, 'x', { one: true }, [1, null]]) {
      const state = memento();
      state.kept.set('casebook.health.favourites', damaged);
      assert.equal(new HealthMarks(state).all('favourite').size, 0);
    }
  });
});
