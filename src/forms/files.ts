import * as vscode from 'vscode';
import type { CodePlace } from '../desk/case.ts';
import type { PickedFile } from '../desk/drafts.ts';
import { fail, ok, type Result } from '../desk/errors.ts';
import { cleanLine, limits } from '../desk/text.ts';
import { literal } from '../host/literal.ts';
import { notify } from '../host/notify.ts';
import { safeText, type SafeText } from '../host/safeText.ts';
import { showSize } from '../host/size.ts';
import type { Strings } from '../strings/strings.ts';
import type { FileGone } from './ports.ts';
import { mayHoldSecrets } from '../host/secretNames.ts';

function nameOf(uri: vscode.Uri): string {
  return cleanLine(uri.path.split('/').at(-1) ?? '').slice(0, limits.fileName) || uri.scheme;
}

/** A workspace that is not trusted is not read, whoever asks. */
function mayRead(uri: vscode.Uri): boolean {
  return vscode.workspace.isTrusted || vscode.workspace.getWorkspaceFolder(uri) === undefined;
}

/** The size of a plain file, or what it is instead. A link could lead elsewhere by the time it is read. */
async function look(uri: vscode.Uri): Promise<number | 'gone' | 'link' | 'folder'> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (type & vscode.FileType.SymbolicLink) return 'link';
    return type & vscode.FileType.File ? size : 'folder';
  } catch {
    return 'gone';
  }
}

/** Asks for files with the system's dialog; they are looked at, not read. What cannot be added is told by name. */
export async function pickFiles(strings: Strings, openLabel: string): Promise<readonly PickedFile[]> {
  const uris = (await vscode.window.showOpenDialog({ canSelectMany: true, openLabel, title: openLabel })) ?? [];
  return lookAtAll(uris, strings);
}

/** Asks which of the files that are open in the editor. */
export async function pickOpenFiles(strings: Strings, title: string): Promise<readonly PickedFile[]> {
  const open = new Map<string, vscode.Uri>();
  for (const { input } of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
    if (input instanceof vscode.TabInputText && input.uri.scheme !== 'untitled')
      open.set(input.uri.toString(), input.uri);
  }
  if (open.size === 0) {
    await notify.info(safeText(strings, 'page.noOpenFiles'));
    return [];
  }
  const items = [...open.values()].map(uri => ({ label: literal(nameOf(uri)), uri }));
  const picked = await vscode.window.showQuickPick(items, { title, canPickMany: true });
  return lookAtAll(picked?.map(({ uri }) => uri) ?? [], strings);
}

/** Files that were dropped, by their addresses; what is no address of a file here is told as gone. */
export async function takeAddresses(addresses: readonly string[], strings: Strings): Promise<readonly PickedFile[]> {
  const uris = addresses.flatMap(address => {
    try {
      return [vscode.Uri.parse(address, true)];
    } catch {
      return [];
    }
  });
  return lookAtAll(
    uris.filter(({ scheme }) => scheme === 'file' || scheme === 'vscode-remote'),
    strings,
  );
}

async function lookAtAll(uris: readonly vscode.Uri[], strings: Strings): Promise<readonly PickedFile[]> {
  const refuse = async (why: SafeText): Promise<readonly PickedFile[]> => {
    await notify.warn(why);
    return [];
  };
  if (!uris.every(mayRead)) return refuse(safeText(strings, 'command.restricted'));
  if (uris.length > limits.files) {
    return refuse(safeText(strings, 'command.addFiles.tooMany', { limit: limits.files }));
  }
  const picked: PickedFile[] = [];
  for (const uri of uris) {
    const name = nameOf(uri);
    const size = await look(uri);
    if (size === 'gone') return refuse(safeText(strings, 'error.fileGone', { name }));
    if (typeof size === 'string') return refuse(safeText(strings, `command.addFiles.${size}`, { name }));
    picked.push({ uri: uri.toString(), name, bytes: size });
  }
  return withoutSecrets(picked, ({ uri }) => vscode.Uri.parse(uri).fsPath, strings);
}

/** Leaves out what the person does not want after all: files that often hold secrets are asked for twice. */
export async function withoutSecrets<File extends Pick<PickedFile, 'name' | 'bytes'>>(
  files: readonly File[],
  pathOf: (file: File) => string,
  strings: Strings,
): Promise<readonly File[]> {
  const secret = files.filter(({ name }) => mayHoldSecrets(name));
  if (secret.length === 0) return files;
  const harmless = files.filter(file => !secret.includes(file));
  const list = (some: readonly File[]): string =>
    some.map(file => `${pathOf(file)} · ${showSize(file.bytes, strings.language)}`).join('\n');
  const choice = (key: 'leaveOut' | 'addAll' | 'addAnyway', value: readonly File[]) => ({
    label: safeText(strings, `command.addFiles.${key}`),
    value,
  });
  const chosen = await notify.confirm<readonly File[]>(
    safeText(strings, 'command.addFiles.secret'),
    `${list(harmless)}\n\n${strings.t('command.addFiles.mayHoldSecrets')}:\n${list(secret)}`.trim(),
    ...(harmless.length > 0 ? [choice('leaveOut', harmless)] : []),
    choice('addAll', files),
  );
  if (chosen !== files) return chosen ?? [];
  const sure = safeText(strings, 'command.addFiles.sure');
  return (await notify.confirm(sure, list(secret), choice('addAnyway', files))) ?? [];
}

/** The size of a picked file now; what is no plain file any more counts as gone. */
export async function measureFile({ uri, name }: PickedFile): Promise<Result<number, FileGone>> {
  const at = vscode.Uri.parse(uri, true);
  const size = mayRead(at) ? await look(at) : 'gone';
  return typeof size === 'number' ? ok(size) : fail({ code: 'fileGone', name });
}

/** The content of a picked file. */
export async function readFile({ uri, name }: PickedFile): Promise<Result<Uint8Array, FileGone>> {
  try {
    return ok(await vscode.workspace.fs.readFile(vscode.Uri.parse(uri, true)));
  } catch {
    return fail({ code: 'fileGone', name });
  }
}

/** Opens a place of a case where an open folder has it; what a case says is never a path outside of the workspace. */
export async function openPlace({ path, startLine, endLine }: CodePlace): Promise<boolean> {
  const parts = path.split(/[/\\]/);
  if (parts.includes('..') || parts.includes('') || /^[a-z]:/i.test(path)) return false;
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const candidate = vscode.Uri.joinPath(uri, ...parts);
    if (typeof (await look(candidate)) !== 'number') continue;
    const selection = new vscode.Range(startLine - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER);
    await vscode.window.showTextDocument(candidate, { selection, viewColumn: vscode.ViewColumn.Beside });
    return true;
  }
  return false;
}
