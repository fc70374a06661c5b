import { cleanLine } from '../desk/clean.ts';
import type { Strings } from '../strings/strings.ts';

const longest = 200;

/** A value that came from outside as one short line, fit for a terminal and for the middle of a sentence. */
export function plain(value: string): string {
  // Cut before it is cleaned: a megabyte is not looked through to show a line of it.
  const clean = cleanLine(value.slice(0, longest * 4));
  return clean.length > longest ? `${clean.slice(0, longest - 1).toWellFormed()}…` : clean;
}

/** The same sentences, with every value that is filled in made plain. */
export function plainly(strings: Strings): Strings {
  const lookup: Strings['lookup'] = (key, values = {}) =>
    strings.lookup(
      key,
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? plain(value) : value]),
      ),
    );
  return { ...strings, lookup, t: (key, ...[values]) => lookup(key, values) ?? key };
}

// What a terminal would obey or reorder; JSON says the same with an escape.
const unsafe = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\udb40[\udc00-\udc7f]/g;

/** JSON whose strings, whoever wrote them, are safe on a terminal and parse back unchanged. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replaceAll(unsafe, found =>
    Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );
}
