import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { en } from '../../../src/strings/en/index.ts';
import { languages, type Language } from '../../../src/strings/strings.ts';

export type Texts = Readonly<Record<string, string>>;

const read = (file: string): Texts => z.parse(z.record(z.string(), z.string()), JSON.parse(readFileSync(file, 'utf8')));
const nls = (language: Language): Texts =>
  Object.fromEntries(
    Object.entries(read(`package.nls${language === 'en' ? '' : `.${language}`}.json`)).map(([key, text]) => [
      `manifest:${key}`,
      text,
    ]),
  );

/** All sentences of a language; those of the manifest have `manifest:` before their key. */
export const textsOf = (language: Language): Texts => ({
  ...(language === 'en' ? en : read(`l10n/${language}.json`)),
  ...nls(language),
});

export const translated = languages.filter(language => language !== 'en');

const english = textsOf('en');
/** What a sentence was translated from; a plural form from the English one for several. */
export const sourceOf = (key: string): string =>
  english[key] ?? english[key.replace(/\.(zero|one|two|few|many|other)$/, '.other')] ?? '';

/** A sentence without what is never translated: placeholders, names of settings, addresses. */
export const worded = (text: string): string =>
  text.replaceAll(/\{\w+\}|\(command:[\w.]+\)|casebook(?:\.\w+| \w+| COMMAND --help)/g, ' ');

/** A pattern whose `\b` is an edge of a word in any alphabet. */
export function pattern(source: string): RegExp {
  const letter = '[\\p{L}\\p{N}]';
  const edge = `(?:(?<=${letter})(?!${letter})|(?<!${letter})(?=${letter}))`;
  return new RegExp(source.replaceAll('\\b', edge), 'iu');
}
