import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as fc from 'fast-check';
import { longestBody, plainText, repaired } from '../../src/connectors/plainText.ts';
import { cleanText } from '../../src/desk/clean.ts';
import { corpusOf, forbidden } from '../support/hostile.ts';
import { effort } from '../support/effort.ts';

const shown: readonly (readonly [what: string, body: string, text: string])[] = [
  ['plain text stays as it is', 'Mail waits.\n\nNext update at 14:00.', 'Mail waits.\n\nNext update at 14:00.'],
  ['blocks end in new lines', '<p>One</p><p>Two<br>Three</p>', 'One\n\nTwo\nThree'],
  ['items of a list have a dash', '<ul><li>One</li><li>Two</li></ul>', '- One\n\n- Two'],
  [
    'entities become characters once',
    '&lt;b&gt; &amp;amp; caf&#233; &#x41; &nope; &nbsp;!',
    '<b> &amp; café A &nope; !',
  ],
  [
    'a link is its words and its address',
    'See <a href="https://a.example/x?y=1&amp;z=2">this</a>.',
    'See this (https://a.example/x?y=1&z=2).',
  ],
  [
    'an address that is said already is not said twice',
    '<a href="https://a.example">https://a.example</a>',
    'https://a.example',
  ],
  ['a link that runs something is its words', '<a href="javascript:alert(1)">go</a> <a href=command:x>on</a>', 'go on'],
  ['scripts, styles and comments are no text', 'a<script>b<c</script>d<style>e</style><!-- f -->g', 'adg'],
  ['a script without an end hides the rest', 'a<script>b', 'a'],
  ['what only looks like a tag is text', '1 < 2 and a <b and c', '1 < 2 and a <b and c'],
  ['a tag may hold what ends one in quotes', '<img alt="a > b" src=x>after', 'after'],
  ['rows of a table are lines', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\n\nc'],
  ['white space is that of a reader', 'a \t  b\r\n\r\n\r\n\r\nc  ', 'a b\n\nc'],
];

const mojibake: readonly (readonly [written: string, meant: string])[] = [
  ['weâ€™re investigating â€“ itâ€™s slow', 'we’re investigating – it’s slow'],
  ['PÅ™Ã­stup k poÅ¡tÄ›', 'Přístup k poště'],
  ['×©×œ×•×\u009d', 'שלום'],
  // Not certain, so untouched.
  ['we’re fine â€™', 'we’re fine â€™'],
  ['CAFÉ» TVÅ… DÉJÀ… 100 €', 'CAFÉ» TVÅ… DÉJÀ… 100 €'],
  ['Příliš žluťoučký kůň', 'Příliš žluťoučký kůň'],
  ['Ã alone', 'Ã alone'],
];

describe('the body of a post as plain text', () => {
  for (const [what, body, text] of shown) it(what, () => assert.equal(plainText(body), text));

  for (const [index, hostile] of corpusOf('https://trap.example').entries()) {
    it(`nothing of the hostile corpus is left that hides, reorders or runs: ${String(index)}`, () => {
      for (const body of [hostile, `<p>${hostile}</p>`, `<a href='${hostile}'>x</a>`]) {
        const text = plainText(body);
        assert.doesNotMatch(text, forbidden);
        assert.doesNotMatch(text, /<(?:script|style|iframe|svg|img|object|form|meta|link|a)\b[^<>]*>/i);
      }
    });
  }

  it('leaves of each character what is left of it elsewhere, and one kind of space', () => {
    const wrong = Array.from({ length: 0x1_0000 }, (_, code) => `a${String.fromCharCode(code)}b`)
      .concat('a\u{e0041}b', 'a\u{1f600}b')
      .filter(text => !/[<&]/.test(text) && plainText(text) !== cleanText(text).replaceAll(/[^\S\n]/g, ' '));
    assert.deepEqual(wrong, []);
  });

  it('takes any pieces of markup, and adds nothing to them', () => {
    const pieces = ['<', '>', '"', "'", 'a', '<b', '</', '<!--', '-->', '&', '&lt;', '<script', '/>', ' ', '='];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), found => {
        assert.ok(plainText(found.join('')).length <= found.join('').length);
      }),
      { numRuns: 2_000 },
    );
  });

  for (const piece of ['<a ', '<a "', '<a \'"', '<!--', '<script', '&amp;', '<p>', 'â€™', '<a href="']) {
    it(`50 MB of ${JSON.stringify(piece)} take no time, because only the beginning is read`, () => {
      const body = piece.repeat(Math.ceil(50_000_000 / piece.length));
      assert.ok(plainText(body).length <= longestBody);
      const floor = effort(() => body.slice(0, longestBody).split('<'));
      assert.ok(effort(() => plainText(body)) < 1_000 * floor);
    });
  }

  for (const [written, meant] of mojibake)
    it(`reads “${written}” as “${meant}”`, () => assert.equal(repaired(written), meant));
});
