import type { DeskError } from '../desk/errors.ts';
import type { DraftError } from '../desk/drafts.ts';
import { limits } from '../desk/text.ts';
import type { Key, Strings } from '../strings/strings.ts';
import { showSize } from './times.ts';

/** The sentence of a desk's answer that is not what was asked for. */
export function deskErrorText(strings: Strings, error: DeskError): string {
  const { code } = error;
  if (code === 'impossible') {
    const status = strings.lookup(`status.${error.status}`) ?? error.status;
    return strings.t('error.impossible', { status });
  }
  if (code === 'refused') {
    // Rules about severity name the highest one left, which is B wherever A is closed (C-22, C-24).
    return strings.lookup(`rule.${error.rule}`, { cap: 'B' }) ?? strings.t('error.refused', { rule: error.rule });
  }
  if (code === 'invalid') {
    const names = error.issues.map(({ path }) => strings.lookup(`field.${path.split('.')[0] ?? ''}`) ?? path);
    return strings.t('error.invalid', { fields: new Intl.ListFormat(strings.language).format(new Set(names)) });
  }
  if (code === 'fileTooLarge') return tooLargeText(strings, error.name, error.limit);
  return strings.lookup(`error.${code}`, { ...error }) ?? strings.t('error.failed');
}

/** The sentence for a draft that could not be written or read. */
export function draftErrorText(strings: Strings, { code }: DraftError): string {
  return strings.t(`error.draft.${code}`);
}

/** The sentence for a file above the limit, with its name. */
export function tooLargeText(strings: Strings, name: string, limit: number = limits.fileBytes): string {
  return strings.t('error.fileTooLarge', { name, limit: showSize(limit, strings.language) });
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
