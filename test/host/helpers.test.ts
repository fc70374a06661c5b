import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { DisposableStore } from '../../src/host/disposables.ts';
import { once } from '../../src/host/once.ts';

describe('a disposable store', () => {
  const counted = (): { count: number; dispose(): void } => ({
    count: 0,
    dispose() {
      this.count += 1;
    },
  });

  it('disposes what it owns once, and what comes late at once', () => {
    const store = new DisposableStore();
    const [owned, late] = [store.add(counted()), counted()];
    store.dispose();
    store.dispose();
    store.add(late);
    assert.deepEqual([owned.count, late.count], [1, 1]);
  });
});

describe('once', () => {
  it('makes a value once, however often and however early it is asked for', async () => {
    let made = 0;
    const value = once(() => Promise.resolve(++made));
    assert.deepEqual(await Promise.all([value(), value()]), [1, 1]);
    assert.equal(await value(), 1);
  });

  it('makes it anew after a failure, and after an answer that is not to be kept', async () => {
    let made = 0;
    const failing = once(() => (++made === 1 ? Promise.reject(new Error('no')) : Promise.resolve(made)));
    await assert.rejects(failing());
    assert.equal(await failing(), 2);
    const picky = once(
      () => Promise.resolve(++made),
      value => value > 3,
    );
    assert.equal(await picky(), 3);
    assert.equal(await picky(), 4);
    assert.equal(await picky(), 4);
  });
});
