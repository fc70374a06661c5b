import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { queryWords, searchWords } from '../../src/desk/store.ts';

describe('Words of a search', () => {
  it('are letters and digits only, each once, without case, accents and points', () => {
    assert.deepEqual(searchWords('Příčina: příčina, E-MAIL 0x80! שָׁלוֹם Ｆｕｌｌ'), [
      'pricina',
      'e',
      'mail',
      '0x80',
      'שלום',
      'full',
    ]);
  });

  it('as typed are bounded in number and length', () => {
    assert.equal(queryWords('a'.repeat(1_000_000))[0]?.length, 40);
    assert.ok(queryWords(Array.from({ length: 500 }, (_, index) => `w${index}`).join(' ')).length <= 12);
  });

  it('of any text contain nothing a search expression could take for its own', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(anyText, text => {
        for (const word of [...searchWords(text.toWellFormed()), ...queryWords(text)])
          assert.match(word, /^[\p{L}\p{N}\p{Co}]+$/u);
      }),
      { numRuns: 1_000 },
    );
  });

  it('as typed always begin a word of the text they were typed from', () => {
    const anyText = fc.string({ unit: 'grapheme', maxLength: 100 });
    fc.assert(
      fc.property(anyText, text => {
        const words = searchWords(text);
        for (const typed of queryWords(text)) assert.ok(words.some(word => word.startsWith(typed)));
      }),
      { numRuns: 1_000 },
    );
  });
});
