import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { onePerson } from '../../src/connectors/team/onePerson.ts';

/** Whose each token is; of `away` nobody can tell. */
const owners: Readonly<Record<string, string | undefined>> = { ada1: 'Ada', ada2: 'Ada', bo: 'Bo', away: undefined };

function bench() {
  const on = { found: 'ada1' as string | undefined, asked: [] as string[], changed: 0 };
  const one = onePerson({
    token: refused => Promise.resolve(on.found === refused ? undefined : on.found),
    personOf: token => {
      on.asked.push(token);
      return Promise.resolve(owners[token]);
    },
    changed: () => on.changed++,
  });
  return { on, one };
}

describe('What signs in at a desk that was opened for one person', () => {
  it('is any token until the desk said whose it is, and that one without a question', async () => {
    const { on, one } = bench();
    assert.equal(await one.token(), 'ada1');
    one.belongsTo('Ada');
    assert.equal(await one.token(), 'ada1');
    assert.deepEqual([on.asked, on.changed], [[], 0]);
  });

  it('is a newer token of the same person, asked about once', async () => {
    const { on, one } = bench();
    await one.token();
    one.belongsTo('Ada');
    on.found = 'ada2';
    assert.deepEqual(await Promise.all([one.token('ada1'), one.token(), one.token()]), ['ada2', 'ada2', 'ada2']);
    assert.equal(await one.token(), 'ada2');
    assert.deepEqual([on.asked, on.changed], [['ada2'], 0]);
  });

  for (const [name, found] of [
    ['somebody else', 'bo'],
    ['nobody knows whom', 'away'],
  ] as const) {
    it(`is no token of ${name}, not even when the one before is refused; that is told`, async () => {
      const { on, one } = bench();
      await one.token();
      one.belongsTo('Ada');
      on.found = found;
      assert.deepEqual([await one.token('ada1'), await one.token()], [undefined, undefined]);
      assert.equal(on.changed, 2);
      on.found = 'ada1';
      assert.equal(await one.token(), 'ada1');
    });
  }

  it('is nothing while nobody is signed in, and looked at again afterwards', async () => {
    const { on, one } = bench();
    await one.token();
    one.belongsTo('Ada');
    on.found = undefined;
    assert.deepEqual([await one.token(), on.changed], [undefined, 0]);
    on.found = 'bo';
    assert.deepEqual([await one.token(), on.changed], [undefined, 1]);
    on.found = 'ada1';
    assert.equal(await one.token(), 'ada1');
  });
});
