import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { en } from '../../src/strings/en/index.ts';
import { pack, unpack } from '../../src/strings/packed.ts';
import { textsOf, translated } from './support/tables.ts';

describe('a packed table', () => {
  it('is the table again, without the sentences of the terminal', () => {
    for (const language of translated) {
      const table = Object.entries(textsOf(language)).filter(([key]) => !key.startsWith('manifest:'));
      const own = table.filter(([key]) => !key.startsWith('cli.'));
      assert.ok(own.length < table.length, language);
      assert.deepEqual(unpack(pack(Object.fromEntries(own))), Object.fromEntries(own), language);
    }
  });
  it('leaves a missing sentence to English', () => {
    assert.equal(unpack(pack({}))['page.new.heading'], undefined);
    assert.ok(Object.hasOwn(en, 'page.new.heading'));
  });
  it('of another build is refused', () => {
    const { sentences, more } = pack({});
    assert.throws(() => unpack({ sentences: sentences.slice(1), more }), /another build/);
  });
  it('is not made of a sentence that would fall apart', () => {
    assert.throws(() => pack({ 'status.open': 'open | closed' }), /may have \|/);
  });
});
