import type { DeskError } from '../desk/errors.ts';
import type { DraftError } from '../desk/drafts.ts';
import { sayDeskError, sayTooLarge, type Say } from '../host/deskErrors.ts';
import type { EligibilityCode, RefusalInstead } from '../rules/eligibility.ts';
import type { Key, Strings } from '../strings/strings.ts';

const plainly =
  (strings: Strings): Say<string> =>
  (key, values) =>
    strings.lookup(key, values) ?? key;

/** The sentence of a desk's answer that is not what was asked for. */
export function deskErrorText(strings: Strings, error: DeskError): string {
  return sayDeskError(error, strings, plainly(strings));
}

/** The sentence for a draft that could not be written or read. */
export function draftErrorText(strings: Strings, { code }: DraftError): string {
  return strings.t(`error.draft.${code}`);
}

/** The sentence for a file above the limit, with its name. */
export function tooLargeText(strings: Strings, name: string, limit?: number): string {
  return sayTooLarge(name, strings, plainly(strings), limit);
}

/** The sentence of a key made of a known beginning and a word of the domain; the word itself where there is none. */
export function wordOf(strings: Strings, prefix: string, word: string): string {
  return strings.lookup(`${prefix}.${word}`) ?? word;
}

/** The labels a page asks for by key. */
export function labelTable<const K extends Key>(strings: Strings, keys: readonly K[]): Record<K, string> {
  const table: Partial<Record<K, string>> = {};
  for (const key of keys) table[key] = strings.lookup(key) ?? key;
  // Each of the keys was just set.
  return table as Record<K, string>;
}

/** Why a person may not file, what to do instead, and which roles may where the team names them. Facts: A-09. */
export function whyNot(
  { code, instead }: RefusalInstead<EligibilityCode>,
  adminRoles: readonly string[],
  strings: Strings,
): string[] {
  const lines = [strings.t(`rule.${code}`), ...instead.map(one => strings.t(`instead.${one}`))];
  if (code !== 'notAdministrator' || adminRoles.length === 0) return lines;
  const roles = new Intl.ListFormat(strings.language, { type: 'unit' }).format(adminRoles);
  return [...lines, strings.t('page.new.adminRoles', { roles })];
}
