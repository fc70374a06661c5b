// A language nobody speaks, to see what is not translated: each sentence of ours in brackets, with strange letters, longer.
import { en } from '../../src/strings/en/index.ts';
import { createStrings, type Strings, type Table } from '../../src/strings/strings.ts';

const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const strange = 'ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ';
const letters = new Map(Array.from(plain, (letter, index) => [letter, strange.charAt(index)]));

/** The sentence in brackets, with strange letters, and as much longer as some languages are; placeholders stay. */
export function pseudo(sentence: string): string {
  const parts = sentence.split(/(\{\w+\})/);
  const told = parts.map((part, index) =>
    index % 2 === 1 ? part : part.replaceAll(/[a-z]/gi, letter => letters.get(letter) ?? letter),
  );
  const own = parts.filter((_, index) => index % 2 === 0).join('').length;
  const longer = 'ḗŧȧǿīş '
    .repeat(Math.ceil((own * 0.4) / 7))
    .slice(0, Math.ceil(own * 0.4))
    .trim();
  return `⟦${told.join('')}${longer === '' ? '' : ` ${longer}`}⟧`;
}

/** The pseudo table: it has the plural forms of English and Finnish, and stands in for Finnish. */
export const pseudoTable: Table = Object.fromEntries(
  Object.entries<string>(en).map(([key, sentence]) => [key, pseudo(sentence)]),
);
export const pseudoStrings: Strings = createStrings('fi', pseudoTable);

/** What the editor's own formats say in Finnish: days, months, units, ages, zones. */
function formatWords(): Set<string> {
  const said: string[] = [];
  const zones = ['Asia/Shanghai', 'Europe/Helsinki', 'Europe/Prague', 'UTC'];
  for (let month = 0; month < 12; month++) {
    const at = Date.UTC(2026, month, month + 1);
    for (const timeZone of zones) {
      for (const timeZoneName of ['long', 'shortOffset', 'short'] as const) {
        said.push(new Intl.DateTimeFormat('fi', { dateStyle: 'full', timeZone }).format(at));
        said.push(
          new Intl.DateTimeFormat('fi', {
            month: 'short',
            weekday: 'short',
            hour: 'numeric',
            timeZone,
            timeZoneName,
          }).format(at),
        );
      }
      said.push(new Intl.DateTimeFormat('fi', { dateStyle: 'medium', timeStyle: 'long', timeZone }).format(at));
    }
  }
  const relative = new Intl.RelativeTimeFormat('fi', { numeric: 'auto' });
  for (const unit of ['year', 'month', 'day', 'hour', 'minute'] as const) {
    for (let count = -3; count <= 3; count++) said.push(relative.format(count, unit));
  }
  for (const unit of ['hour', 'minute', 'byte', 'kilobyte', 'megabyte']) {
    for (const unitDisplay of ['short', 'long'] as const) {
      for (const count of [0, 1, 2])
        said.push(new Intl.NumberFormat('fi', { style: 'unit', unit, unitDisplay }).format(count));
    }
  }
  for (let date = 2; date < 9; date++) {
    for (const weekday of ['long', 'short'] as const) {
      said.push(new Intl.DateTimeFormat('fi', { weekday }).format(Date.UTC(2026, 2, date)));
    }
  }
  said.push(new Intl.ListFormat('fi').format(['1', '2']));
  return new Set(said.flatMap(wordsIn));
}

const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{M}]+/gu) ?? [];
const known = formatWords();
/** Names that are the same everywhere (a language by its own name), and the letters of severities. */
const names = new Set(['Casebook', 'English', 'A', 'B', 'C']);

/**
 * The words of a shown text that are neither of a bracketed sentence nor of the formats, names or data given: what
 * nobody translated, or glued to a sentence. Data inside a sentence counts too.
 */
export function strayWords(text: string, data: ReadonlySet<string> = new Set()): string[] {
  const stray: string[] = [];
  let depth = 0;
  // An icon of the status bar is drawn, not read.
  for (const [part] of text.replaceAll(/\$\([a-z-]+\)/g, '').matchAll(/[⟦⟧]|[\p{L}\p{M}]+/gu)) {
    if (part === '⟦') depth++;
    else if (part === '⟧') depth--;
    else if (/[a-z]/i.test(part) || depth === 0) {
      if (!known.has(part) && !names.has(part) && !data.has(part)) stray.push(part);
    }
  }
  if (depth !== 0) stray.push(`a sentence that is cut: ${text}`);
  return stray;
}

/** The words of data, to be expected in what is shown. */
export const dataWords = (...texts: readonly string[]): ReadonlySet<string> => new Set(texts.flatMap(wordsIn));

/** Every string in a value, with the path to it, without those under keys that hold codes. */
export function stringsIn(
  value: unknown,
  codes: ReadonlySet<string>,
  path = '',
): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    codes.has(key) ? [] : stringsIn(part, codes, path === '' ? key : `${path}.${key}`),
  );
}
