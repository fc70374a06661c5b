// Keeping texts of two directions apart. An isolate is two characters nobody sees; what is between them cannot reorder
// what is around them. They are ours alone: texts by people are cleaned of them first.
import type { Strings } from './strings.ts';

const open = '\u2068';
const openRightToLeft = '\u2067';
const close = '\u2069';
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Keeps the direction of a text from reordering what stands around it in the same line. */
export function isolated(text: string): string {
  return `${open}${text}${close}`;
}

/** Where one reads: all that is asked of the sentences here. */
type Reading = Pick<Strings, 'direction'>;

/**
 * A part of a line in an editor that itself reads from left to right: one with letters that do not keeps its direction to
 * itself, and the marks and numbers at its ends with it. Others stay as they are, to be found by typing. A Hebrew sentence
 * that begins with a Latin name is still one; in other languages, and where it is not known, the first letter decides.
 */
export function isolatedPart(text: string, { direction }: Reading = { direction: 'ltr' }): string {
  if (!rightToLeft.test(text) || (text.startsWith(open) && text.indexOf(close) === text.length - 1)) return text;
  return direction === 'rtl' ? `${openRightToLeft}${text}${close}` : isolated(text);
}

/**
 * Data in a sentence of ours: a name, an id, a number with signs. It is isolated where the sentence reads the other way,
 * or may do so: anything in Hebrew but plain numbers, and what reads from right to left everywhere.
 */
export function isolatedIn(data: string, reading: Reading): string {
  if (reading.direction === 'ltr') return isolatedPart(data, reading);
  return data === '' || data.startsWith(open) || /^[\d.,\s]+$/.test(data) ? data : isolated(data);
}

/** Parts of one line, or lines, in the order given whatever their directions; without those that are missing. */
export function arranged(separator: string, parts: readonly (string | undefined)[], reading: Reading): string {
  return parts.flatMap(part => (part === undefined || part === '' ? [] : isolatedPart(part, reading))).join(separator);
}
