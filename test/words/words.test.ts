import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { languages, type Language } from '../../src/strings/strings.ts';
import { avoided } from './support/avoided.ts';
import { terms } from './support/glossary.ts';
import { pattern, sourceOf, textsOf, translated, worded, type Texts } from './support/tables.ts';

/** All faults at once, a line each: whoever translates mends them in one go. */
function none(faults: readonly string[]): void {
  assert.ok(faults.length === 0, `\n${faults.join('\n')}`);
}
function faultsIn(texts: Texts, faulty: (text: string, key: string) => boolean): string[] {
  return Object.entries(texts).flatMap(([key, text]) => (faulty(text, key) ? [`${key}: ${text}`] : []));
}

/** Sentences that say a term in other words, and why. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  // Lists the keys of a setting as they are typed.
  severity: ['manifest:setting.queries'],
  // Names a value as it is typed.
  desk: ['cli.option.source'],
};

/** Sentences that are the same in every language: names, marks, values that are typed, and what only arranges values. */
const sameEverywhere = [
  ...['group.exchangeOnline', 'group.sharePointOnline', 'group.skypeForBusinessOnline', 'group.appsForEnterprise'],
  ...['command.export.json', 'command.export.markdown', 'page.new.fileHint', 'page.new.fileHintMac'],
  ...['command.why.severity', 'page.target.otherReading'],
  ...['page.case.closedBecause', 'view.group.atLeast'],
  ...['manifest:extension.displayName', 'manifest:view.container'],
];
/** The same where one reads from left to right: an arrow between two values. */
const arrows = ['page.case.severityFromTo', 'page.case.vendorFromTo'];
/** The same in some languages only. */
const sameIn: Readonly<Partial<Record<Language, readonly string[]>>> = {
  cs: ['classification.incident', 'field.role', 'view.health.number'],
};

/** Of marks and values alone, though other marks than English ones. */
const marksOnly = [...arrows, 'view.filter.text'];

const quotes = {
  en: { open: '“', close: '”' },
  cs: { open: '„', close: '“' },
  fi: { open: '”', close: '”' },
  lv: { open: '„', close: '”' },
} as const;

/** Whether quotation marks are those of the language, in pairs. Hebrew has straight ones, and ״ inside words. */
function quotedWell(text: string, language: Language): boolean {
  if (language === 'he') return !/[“”„«»‘’‚]|\p{L}"\p{L}/u.test(text) && text.split('"').length % 2 === 1;
  const { open, close } = quotes[language];
  const inside = text.replaceAll(new RegExp(`${open}[^${open}${close}]*${close}`, 'g'), '');
  return !/["“”„«»‘’‚״]/.test(inside);
}

/** What is pressed or chosen in a menu, and how long it may be. */
const isButton = (key: string): boolean =>
  /^(?:action|page\.run)\.|^manifest:command\.|\.(?:button|leaveOut|addAll|addAnyway|chooseA|now|typed)$|Yes$/.test(
    key,
  );
const longestButton = 48;

describe('words', () => {
  for (const language of languages) {
    const texts = textsOf(language);

    it(`are those of the glossary and no others: ${language}`, () => {
      none(
        avoided[language].flatMap(({ word, pattern: source }) =>
          faultsIn(texts, text => pattern(source).test(worded(text))).map(fault => `${word}, ${fault}`),
        ),
      );
    });

    it(`are spaced, quoted and composed as ${language} is`, () => {
      none([
        ...faultsIn(texts, text => text !== text.trim() || / {2}/.test(text) || /\s\n|\n\s/.test(text)),
        ...faultsIn(texts, text => text.includes('...')),
        ...faultsIn(texts, text => text !== text.normalize('NFC')),
        ...faultsIn(texts, text => !quotedWell(text, language)),
        // A number that begins with a plus would be turned round by a Hebrew line.
        ...faultsIn(texts, text =>
          /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]/.test(
            text.replaceAll(/\u2066\+[\d ]+\u2069/g, ''),
          ),
        ),
      ]);
    });

    it(`fit a button where they stand on one: ${language}`, () => {
      none(faultsIn(texts, (text, key) => isButton(key) && text.length > longestButton));
    });
  }

  for (const language of translated) {
    const texts = textsOf(language);

    it(`say each term with its one word in ${language}`, () => {
      none(
        terms.flatMap(({ term, found, words }) => {
          if (found === undefined) return [];
          const [word, stem] = words[language];
          const faults = faultsIn(
            texts,
            (text, key) =>
              pattern(found).test(worded(sourceOf(key))) &&
              !pattern(stem).test(text) &&
              !(otherWords[term]?.includes(key) ?? false),
          );
          return faults.map(fault => `${term} is ${word}, ${fault}`);
        }),
      );
    });

    it(`are translated into ${language}`, () => {
      const same = [...sameEverywhere, ...(language === 'he' ? [] : arrows), ...(sameIn[language] ?? [])];
      none(faultsIn(texts, (text, key) => text === sourceOf(key) && !same.includes(key)));
      const idle = same.filter(key => texts[key] !== sourceOf(key));
      assert.deepEqual(idle, [], 'translated by now, so no exception');
    });
  }

  it('are Hebrew in Hebrew', () => {
    none(
      faultsIn(
        textsOf('he'),
        (text, key) => !/\p{Script=Hebrew}/u.test(text) && ![...sameEverywhere, ...marksOnly].includes(key),
      ),
    );
  });

  it('have stems that hold the words themselves', () => {
    for (const { term, words } of terms) {
      for (const [word, stem] of Object.values(words)) assert.match(word, pattern(stem), term);
    }
  });
});
