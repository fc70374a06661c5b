import { cleanLine } from '../desk/text.ts';

/** Longest text of a label or a line of a tooltip; what is longer ends in an ellipsis. */
const longest = 200;

/** One line of text by a person, fit to be shown as plain text: nothing hidden, nothing reordered, not too long. */
export function shownLine(text: string, max: number = longest): string {
  // A title of a megabyte is cut before it is cleaned: the tree must not wait for it.
  const clean = cleanLine(text.slice(0, max * 4));
  return clean.length > max ? `${clean.slice(0, max - 1).toWellFormed()}…` : clean;
}

/** Keeps the direction of a text from reordering what stands around it in the same line. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

/** The given parts joined, without those that are missing. */
export function joined(separator: string, parts: readonly (string | undefined)[]): string {
  return parts.filter(part => part !== undefined && part !== '').join(separator);
}
