import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as phone from '../../src/forms/phone.ts';
import { phones } from '../forms/support/phones.ts';

describe('phone numbers in the package, from which the build leaves out how they are grouped', () => {
  for (const [text, country, expected] of phones) {
    it(`${text.slice(0, 20)} in ${country || 'no country'} is ${expected}`, async () => {
      const [file = '', ...more] = globSync('dist/chunks/phone-*.js');
      assert.deepEqual(more, []);
      const { readPhone } = (await import(pathToFileURL(resolve(file)).href)) as typeof phone;
      const read = readPhone(text, country);
      assert.equal(read.ok ? read.value : read.error.code, expected);
    });
  }
});
