import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import { en } from '../../src/strings/en/index.ts';
import { createStrings, languages, type Language } from '../../src/strings/strings.ts';

const source: Readonly<Record<string, string>> = en;
const plural = /\.(zero|one|two|few|many|other)$/;
const stem = (key: string): string => key.replace(plural, '');
const placeholders = (text: string): string[] =>
  Array.from(text.matchAll(/\{(\w+)\}/g), ([, name]) => name ?? '').sort();
const isPlural = (key: string): boolean => plural.test(key) && Object.hasOwn(source, `${stem(key)}.other`);

describe('sentences', () => {
  it('have a plural form for every category of every language with a table', () => {
    for (const file of readdirSync('l10n')) {
      const language = languages.find(name => `${name}.json` === file);
      assert.ok(language, `${file} is not a language of ours`);
      const table = z.parse(z.record(z.string(), z.string()), JSON.parse(readFileSync(`l10n/${file}`, 'utf8')));
      const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const wanted = Object.keys(source).flatMap(key =>
        !isPlural(key) ? [key] : key.endsWith('.other') ? categories.map(category => `${stem(key)}.${category}`) : [],
      );
      assert.deepEqual(Object.keys(table).sort(), wanted.sort(), file);
    }
  });

  it('keep their placeholders in every language', () => {
    for (const file of readdirSync('l10n')) {
      const table = z.parse(z.record(z.string(), z.string()), JSON.parse(readFileSync(`l10n/${file}`, 'utf8')));
      for (const [key, translated] of Object.entries(table)) {
        const original = source[key] ?? source[`${stem(key)}.other`] ?? '';
        const numbers = isPlural(key) ? ['count'] : [];
        const without = (names: string[]): string[] => names.filter(name => !numbers.includes(name));
        assert.deepEqual(without(placeholders(translated)), without(placeholders(original)), `${file} ${key}`);
      }
    }
  });

  it('fill values in and fall back to English', () => {
    const strings = createStrings('he' satisfies Language, { 'status.open': 'פתוח' });
    assert.equal(strings.t('status.open'), 'פתוח');
    assert.equal(strings.t('status.closed'), 'Closed');
    assert.equal(strings.direction, 'rtl');
    assert.equal(strings.lookup('constructor'), undefined);
  });
});
