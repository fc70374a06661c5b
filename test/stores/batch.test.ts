import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { Batch } from '../../src/stores/postgres/batch.ts';

describe('What several ask at the same moment', () => {
  it('is asked together, and each is answered in its place', async () => {
    const heard: (readonly number[])[] = [];
    const doubled = new Batch<number, number>(all => {
      heard.push(all);
      return Promise.resolve(all.map(one => one * 2));
    });
    const later = async (number: number): Promise<number> => {
      for (let steps = 0; steps < number; steps++) await Promise.resolve();
      return doubled.add(number);
    };
    assert.deepEqual(await Promise.all([1, 5, 3].map(later)), [2, 10, 6]);
    assert.equal(await doubled.add(4), 8);
    assert.deepEqual(heard, [[1, 3, 5], [4]]);
  });

  const failing: Readonly<Record<string, () => Promise<number[]>>> = {
    'fails as a whole': () => Promise.reject(new Error('no')),
    'is answered for some only': () => Promise.resolve([1]),
  };
  for (const [how, ask] of Object.entries(failing)) {
    it(`is refused to each of them where it ${how}`, async () => {
      const batch = new Batch<string, number>(ask);
      const ended = await Promise.allSettled(['one', 'other'].map(one => batch.add(one)));
      assert.deepEqual(
        ended.map(({ status }) => status),
        ['rejected', 'rejected'],
      );
    });
  }
});
