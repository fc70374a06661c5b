import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { tabTitle, titlePart } from '../../src/forms/tabTitle.ts';
import { createStrings, type Table } from '../../src/strings/strings.ts';

const english = createStrings('en');
const hebrew = createStrings('he', JSON.parse(readFileSync('l10n/he.json', 'utf8')) as Table);

describe('the title of a tab', () => {
  const parts: readonly (readonly [text: string, inEnglish: string, inHebrew: string])[] = [
    ['Mail (3)', 'Mail (3)', '\u2068Mail (3)\u2069'],
    ['הדואר (3)', 'הדואר (3)', '\u2068הדואר (3)\u2069'],
    [' in\u202evoice\n', 'invoice', '\u2068invoice\u2069'],
    ['x'.repeat(1_000), 'x'.repeat(50), `\u2068${'x'.repeat(50)}\u2069`],
    [' \u202e ', '', ''],
  ];
  for (const [text, inEnglish, inHebrew] of parts) {
    it(`has “${text.slice(0, 20)}” clean, cut, and with its own direction in Hebrew only`, () => {
      assert.equal(titlePart(text, english), inEnglish);
      assert.equal(titlePart(text, hebrew), inHebrew);
    });
  }

  const titles: readonly (readonly [title: string, practice: boolean, inEnglish: string, inHebrew: string])[] = [
    ['Case 1', false, 'Case 1', 'Case 1'],
    ['פנייה 1', false, 'פנייה 1', '\u2067פנייה 1\u2069'],
    ['● פנייה', true, 'Practice: ● פנייה', `\u2067${hebrew.t('practice.tab', { title: '● פנייה' })}\u2069`],
  ];
  for (const [title, practice, inEnglish, inHebrew] of titles) {
    it(`reads from the right in Hebrew, from the left elsewhere: ${inEnglish}`, () => {
      assert.equal(tabTitle(title, english, practice), inEnglish);
      assert.equal(tabTitle(title, hebrew, practice), inHebrew);
    });
  }
});
