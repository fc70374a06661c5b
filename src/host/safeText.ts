import { isolatedIn, isolatedPart } from '../strings/bidi.ts';
import type { Key, Strings, Values } from '../strings/strings.ts';

declare const safe: unique symbol;
/**
 * A sentence of ours that is safe where VS Code turns `[text](command:…)` in plain strings into live links:
 * notifications, progress titles and input prompts. Only {@link safeText} makes one.
 */
export type SafeText = string & { readonly [safe]: true };

// The characters a link, an icon or a control needs; they leave the values, never our own sentences.
const linkParts = /[[\]()<>$`\\\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const longest = 120;

/** Fills our sentence `key`; values lose every character that could make a link, an icon or markup, and their excess length. */
export function safeText<K extends Key>(strings: Strings, key: K, values?: Values<K>): SafeText {
  const defanged: Record<string, string | number> = {};
  for (const [name, value] of Object.entries<string | number>(values ?? {})) {
    defanged[name] =
      typeof value === 'number'
        ? value
        : isolatedIn(value.replaceAll(linkParts, ' ').replaceAll('://', ' ').slice(0, longest), strings);
  }
  // The editor reads from left to right around it.
  return isolatedPart(strings.lookup(key, defanged) ?? key, strings) as SafeText;
}
