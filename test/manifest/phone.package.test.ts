import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as phone from '../../src/forms/phone.ts';
import { phones } from '../forms/support/phones.ts';

/** What the part shares with others asks for the editor; a number is read without it. */
const withoutEditor = () =>
  registerHooks({
    resolve: (name, context, next) =>
      name === 'vscode' ? { url: 'casebook:vscode', shortCircuit: true } : next(name, context),
    load: (url, context, next) =>
      url === 'casebook:vscode'
        ? { format: 'commonjs', source: 'module.exports = {}', shortCircuit: true }
        : next(url, context),
  });

describe('phone numbers in the package, from which the build leaves out how they are grouped', () => {
  let hooks: ReturnType<typeof withoutEditor>;
  before(() => (hooks = withoutEditor()));
  after(() => hooks.deregister());

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
