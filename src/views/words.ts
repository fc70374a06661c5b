import { cleanLine } from '../desk/clean.ts';
import { isolatedPart } from '../strings/bidi.ts';
import type { Strings } from '../strings/strings.ts';

/** Longest text of a label or a line of a tooltip; what is longer ends in an ellipsis. */
const longest = 200;

/** One line of text by a person, fit to be shown as plain text: nothing hidden, nothing reordered, not too long. */
export function shownLine(text: string, max: number = longest): string {
  // A title of a megabyte is cut before it is cleaned: the tree must not wait for it.
  const clean = cleanLine(text.slice(0, max * 4));
  return clean.length > max ? `${clean.slice(0, max - 1).toWellFormed()}…` : clean;
}

/**
 * The same for a text that stands in a line with others: one written from right to left keeps its direction to itself,
 * or the number and the due time after it would jump to its other side. Others stay as they are, to be found by typing.
 */
export function shownPart(text: string, strings: Pick<Strings, 'direction'>): string {
  return isolatedPart(shownLine(text), strings);
}

/** The given parts joined for a screen reader, without those that are missing. */
export function joined(separator: string, parts: readonly (string | undefined)[]): string {
  return parts.filter(part => part !== undefined && part !== '').join(separator);
}
