import assert from 'node:assert/strict';
import { readPhone } from '../../src/forms/phone.ts';

const rows: readonly (readonly [text: string, country: string, read: string])[] = [
  ['+420555010020', '', '+420 555 010 020'],
  [' +86 400-089-0365 ', '', '+86 400 089 0365'],
  ['555 010 020', 'CZ', '+420 555 010 020'],
  ['555 010 020', '', 'phoneCountry'],
  ['555 010 020', 'XX', 'phoneCountry'],
  ['+420 12', '', 'phoneImpossible'],
  ['+999 555 010 020', '', 'phoneImpossible'],
  ['call me', 'CZ', 'phoneImpossible'],
  ['<b>1</b>', 'CZ', 'phoneImpossible'],
  ['1'.repeat(100_000), 'CZ', 'phoneImpossible'],
];

describe('a phone number', () => {
  for (const [text, country, expected] of rows) {
    it(`${text.slice(0, 20)} ${country === '' ? 'without a country' : `in ${country}`} is ${expected}`, () => {
      const read = readPhone(text, country);
      assert.equal(read.ok ? read.value : read.error.code, expected);
    });
  }
});
