import assert from 'node:assert/strict';
import { readPhone } from '../../src/forms/phone.ts';
import { phones } from './support/phones.ts';

describe('a phone number', () => {
  for (const [text, country, expected] of phones) {
    it(`${text.slice(0, 20)} ${country === '' ? 'without a country' : `in ${country}`} is ${expected}`, () => {
      const read = readPhone(text, country);
      assert.equal(read.ok ? read.value : read.error.code, expected);
    });
  }
});
