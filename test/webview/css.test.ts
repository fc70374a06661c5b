// What the styles of the pages must never do, read out of their text.
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';

const folder = 'src/webview';
const sheets = readdirSync(folder).filter(name => name.endsWith('.css'));

interface Declaration {
  readonly place: string;
  readonly property: string;
  readonly value: string;
}

/** The declarations of a sheet, each with the selectors and conditions around it. */
function declarationsOf(sheet: string): Declaration[] {
  const found: Declaration[] = [];
  const around: string[] = [];
  const text = sheet.replaceAll(/\/\*.*?\*\//gs, '');
  for (const [, words = '', end] of text.matchAll(/([^{};]*)([{};])/g)) {
    const declared = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/s.exec(words);
    if (end === '{') around.push(words.trim());
    else if (declared) {
      found.push({ place: around.join(' '), property: declared[1] ?? '', value: declared[2] ?? '' });
    }
    if (end === '}') around.pop();
  }
  return found;
}

const sided = /(?:^|-)(?:left|right|top|bottom)(?:$|-)/;
const measured = /^(?:(?:min|max)-)?(?:width|height)$/;
const fourSides = /^(?:margin|padding|inset|border-(?:width|style|color))$/;

/** What turns the wrong way in a page that reads from the right. */
const isPhysical = ({ property, value }: Declaration): boolean => {
  const [, right, , left] = value.replaceAll(/\([^()]*\)/g, '()').split(/\s+/);
  return (
    sided.test(property) ||
    measured.test(property) ||
    /^(?:left|right)$/.test(value) ||
    (fourSides.test(property) && left !== undefined && (left !== right || value.includes('(')))
  );
};

const moves = ({ property, value }: Declaration): boolean =>
  (/^(?:animation|transition)/.test(property) && value !== 'none') ||
  (property === 'scroll-behavior' && value !== 'auto');
const asked = ({ place }: Declaration): boolean => place.includes('(prefers-reduced-motion: no-preference)');

describe('the styles of the pages', () => {
  const faults: readonly (readonly [what: string, faulty: (one: Declaration) => boolean])[] = [
    ['know no left and right', isPhysical],
    ['move nothing for who wants no motion', one => moves(one) && !asked(one)],
    ['take no outline away', ({ property, value }) => property === 'outline' && /^(?:none|0)/.test(value)],
  ];
  for (const [what, faulty] of faults) {
    it(what, () => {
      const found = sheets.flatMap(name =>
        declarationsOf(readFileSync(join(folder, name), 'utf8'))
          .filter(faulty)
          .map(({ place, property, value }) => `${name}: ${place} { ${property}: ${value} }`),
      );
      assert.deepEqual(found, []);
    });
  }

  const rows: readonly (readonly [sheet: string, physical: boolean])[] = [
    ['a { margin-left: 1px }', true],
    ['a { text-align: right; color: red }', true],
    ['@media print { a { left: 0; } }', true],
    ['a { max-width: 1px }', true],
    ['a { padding: 1px 2px 1px 3px }', true],
    ['a { padding: 1px 2px 3px; inline-size: 1px; text-align: start }', false],
  ];
  for (const [sheet, physical] of rows) {
    it(`are read: ${sheet} is ${physical ? 'physical' : 'logical'}`, () => {
      assert.equal(declarationsOf(sheet).some(isPhysical), physical);
    });
  }
});
