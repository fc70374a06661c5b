import * as z from 'zod/mini';
import { unpack } from '../strings/packed.ts';
import { createStrings, languages, type Language, type Strings } from '../strings/strings.ts';
import type { Log } from './log.ts';
import { readPacked, type Package } from './packed.ts';

const Packed = z.record(z.string(), z.object({ sentences: z.string(), more: z.record(z.string(), z.string()) }));

/** The language to speak: the setting, or with `auto` the editor's display language where we have it, else English. */
export function chooseLanguage(setting: 'auto' | Language, editor: string): Language {
  const wanted = setting === 'auto' ? editor.toLowerCase().split('-')[0] : setting;
  return languages.find(language => language === wanted) ?? 'en';
}

interface Ground extends Package {
  readonly log: Log;
}

/** Loads the sentences of a language as the build packed them; a missing or damaged table leaves English. */
export async function loadStrings(language: Language, ground: Ground): Promise<Strings> {
  if (language === 'en') return createStrings('en');
  try {
    const table = z.parse(Packed, await readPacked('l10n', ground))[language];
    if (table === undefined) throw new Error('There is no table of this language.');
    return createStrings(language, unpack(table));
  } catch (error) {
    ground.log.error('strings', error);
    return createStrings('en');
  }
}
