import * as vscode from 'vscode';
import type { StoredFile } from '../desk/case.ts';
import type { FileSource } from '../desk/desk.ts';
import { limits } from '../desk/text.ts';
import { withoutSecrets } from '../forms/files.ts';
import type { Run } from '../host/commandMap.ts';
import { notify } from '../host/notify.ts';
import { safeText, type SafeText } from '../host/safeText.ts';
import type { Strings } from '../strings/strings.ts';
import { askText } from './ask.ts';
import { quoted } from './choose.ts';
import { sayDeskError } from './desk.ts';
import { say } from './say.ts';
import { tooLargeSentence } from './sentence.ts';
import { caseFor, type AtCase } from './target.ts';
import { annotate } from './write.ts';
import { workspaceIsTrusted } from './trust.ts';

const title = 'command.addFiles.title';

/** A file the user chose, looked at but not read yet. */
interface Chosen {
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly bytes: number;
}

const nameOf = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

/** Looks at a chosen file: what it is now, or why it cannot be added. A link could lead elsewhere by the time it is read. */
async function look(uri: vscode.Uri, limit: number, strings: Strings): Promise<Chosen | SafeText> {
  const name = nameOf(uri);
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type & vscode.FileType.SymbolicLink) return safeText(strings, 'command.addFiles.link', { name });
    if (!(type & vscode.FileType.File)) return safeText(strings, 'command.addFiles.folder', { name });
    return size > limit ? tooLargeSentence(strings, name, limit) : { uri, name, bytes: size };
  } catch {
    return safeText(strings, 'error.fileGone', { name });
  }
}

/** Reads and keeps the files one by one; answers undefined after saying which could not be kept. */
async function upload(at: AtCase, files: readonly Chosen[]): Promise<readonly StoredFile[] | undefined> {
  const { strings, desk } = at;
  const where = { caseId: at.case.id };
  const limit = desk.capabilities(where).fileBytes;
  const kept: StoredFile[] = [];
  for (const { uri, name } of files) {
    // Between choosing and sending the file may have been swapped, grown or gone.
    const now = await look(uri, limit, strings);
    const content = typeof now === 'string' ? now : await read(uri, strings);
    if (typeof content === 'string') {
      say.warn(content);
      return undefined;
    }
    const source: FileSource = {
      name,
      async *chunks() {
        yield await Promise.resolve(content);
      },
    };
    const stored = await desk.upload(source, where);
    if (!stored.ok) {
      sayDeskError(at, stored.error);
      return undefined;
    }
    kept.push(stored.value);
  }
  return kept;
}

async function read(uri: vscode.Uri, strings: Strings): Promise<Uint8Array | SafeText> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return safeText(strings, 'error.fileGone', { name: nameOf(uri) });
  }
}

async function chooseFiles({ strings, desk, case: { id: caseId } }: AtCase): Promise<readonly Chosen[] | undefined> {
  const uris = await vscode.window.showOpenDialog({
    title: strings.t(title),
    openLabel: strings.t('command.addFiles.button'),
    canSelectMany: true,
  });
  if (uris === undefined || uris.length === 0) return undefined;
  if (!workspaceIsTrusted() && uris.some(uri => vscode.workspace.getWorkspaceFolder(uri) !== undefined)) {
    say.warn(safeText(strings, 'command.restricted'));
    return undefined;
  }
  if (uris.length > limits.files) {
    say.warn(safeText(strings, 'command.addFiles.tooMany', { limit: limits.files }));
    return undefined;
  }
  const files: Chosen[] = [];
  for (const uri of uris) {
    const file = await look(uri, desk.capabilities({ caseId }).fileBytes, strings);
    if (typeof file === 'string') {
      say.warn(file);
      return undefined;
    }
    files.push(file);
  }
  return withoutSecrets(files, ({ uri }) => quoted(uri.fsPath), strings);
}

/** Adds files to a case, with a note if wanted. */
export const run: Run = async (services, argument) => {
  const at = await caseFor(services, argument, title, 'annotate');
  if (at === undefined) return;
  const chosen = await chooseFiles(at);
  if (chosen === undefined || chosen.length === 0) return;
  const text = await askText(at.strings, { title, prompt: 'command.addFiles.note', required: false });
  if (text === undefined) return;
  const files = await notify.progress('casebook.cases', () => upload(at, chosen));
  if (files !== undefined) await annotate(at, text, files);
};
