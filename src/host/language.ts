import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { createStrings, languages, type Language, type Strings } from '../strings/strings.ts';
import type { Log } from './log.ts';

const Table = z.record(z.string(), z.string());

/** The language to speak: the setting, or with `auto` the editor's display language where we have it, else English. */
export function chooseLanguage(setting: 'auto' | Language, editor: string): Language {
  const wanted = setting === 'auto' ? editor.toLowerCase().split('-')[0] : setting;
  return languages.find(language => language === wanted) ?? 'en';
}

/** Loads the sentences of a language from the extension's own l10n folder; a missing or damaged table leaves English. */
export async function loadStrings(language: Language, extensionUri: vscode.Uri, log: Log): Promise<Strings> {
  if (language === 'en') return createStrings('en');
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'l10n', `${language}.json`));
    return createStrings(language, z.parse(Table, JSON.parse(new TextDecoder().decode(bytes))));
  } catch (error) {
    log.error('strings', error);
    return createStrings('en');
  }
}
