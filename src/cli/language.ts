import { createStrings, languages, type Language, type Strings, type Table } from '../strings/strings.ts';
import type { Io } from './io.ts';

/** The language of the terminal, from LC_ALL, LC_MESSAGES or LANG (`fi_FI.UTF-8`) where we speak it, else English. */
export function languageOf({ env }: Pick<Io, 'env'>): Language {
  const named = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(value => value !== undefined && value !== '');
  const wanted = named?.toLowerCase().split(/[_.@-]/)[0];
  // Hebrew was `iw` once, and some systems still say so.
  return languages.find(language => language === (wanted === 'iw' ? 'he' : wanted)) ?? 'en';
}

const tables: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ default: Table }>>> = {
  cs: () => import('../../l10n/cs.json', { with: { type: 'json' } }),
  fi: () => import('../../l10n/fi.json', { with: { type: 'json' } }),
  he: () => import('../../l10n/he.json', { with: { type: 'json' } }),
  lv: () => import('../../l10n/lv.json', { with: { type: 'json' } }),
};

/** Loads the sentences of a language. */
export async function stringsIn(language: Language): Promise<Strings> {
  return language === 'en' ? createStrings('en') : createStrings(language, (await tables[language]()).default);
}
