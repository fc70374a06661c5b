import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { safeText } from '../../src/host/safeText.ts';
import { createStrings } from '../../src/strings/strings.ts';

const strings = createStrings('en');
const hostile = [
  '[details](command:workbench.action.terminal.sendSequence?%7B%7D)',
  '<a href="command:casebook.closeCase">x</a>',
  'https://evil.example/a',
  '$(trash) gone',
  '[a]\n(command:b)',
  '\u202e]x(dnammoc:[',
  '`code` \\[x\\](y)',
];

describe('a safe text', () => {
  for (const name of hostile) {
    it(`shows ${JSON.stringify(name)} without a link, an icon or a control character`, () => {
      const text = safeText(strings, 'error.fileGone', { name });
      assert.match(text, /can no longer be read/);
      assert.doesNotMatch(text, /[[\]()<>$`\\\n\u202e]|:\/\//);
    });
  }

  it('keeps what makes no markup: Hebrew, quotes, dashes', () => {
    const name = 'דוח “שנתי” – סופי.txt';
    assert.ok(safeText(strings, 'error.fileGone', { name }).includes(name));
  });

  it('cuts values that would fill the screen', () => {
    const sentence = safeText(strings, 'error.fileGone', { name: '' });
    assert.equal(safeText(strings, 'error.fileGone', { name: 'x'.repeat(1_000_000) }).length, sentence.length + 120);
  });

  it('never lets a link through, whatever the value', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(...hostile),
        fc.string(),
        (before, middle, after) => {
          const text = safeText(strings, 'error.fileGone', { name: before + middle + after });
          assert.doesNotMatch(text, /\]\(|<\w|\$\(|:\/\//);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
