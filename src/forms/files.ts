import * as vscode from 'vscode';
import type { CodePlace } from '../desk/case.ts';
import type { PickedFile } from '../desk/drafts.ts';
import { fail, ok, type Result } from '../desk/errors.ts';
import { cleanLine, limits } from '../desk/text.ts';
import type { FileGone } from './ports.ts';

function nameOf(uri: vscode.Uri): string {
  return cleanLine(uri.path.split('/').at(-1) ?? '').slice(0, limits.fileName) || uri.scheme;
}

/** Asks for files with the system's dialog; they are measured, not read. */
export async function pickFiles(openLabel: string): Promise<readonly PickedFile[]> {
  const uris = await vscode.window.showOpenDialog({ canSelectMany: true, openLabel, title: openLabel });
  return Promise.all(
    (uris ?? []).map(async uri => {
      const picked = { uri: uri.toString(), name: nameOf(uri), bytes: 0 };
      const size = await measureFile(picked);
      return size.ok ? { ...picked, bytes: size.value } : picked;
    }),
  );
}

/** The size of a picked file now; a folder or a file that cannot be looked at counts as gone. */
export async function measureFile({ uri, name }: PickedFile): Promise<Result<number, FileGone>> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(vscode.Uri.parse(uri, true));
    return type & vscode.FileType.File ? ok(size) : fail({ code: 'fileGone', name });
  } catch {
    return fail({ code: 'fileGone', name });
  }
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
    try {
      await vscode.workspace.fs.stat(candidate);
    } catch {
      continue;
    }
    const selection = new vscode.Range(startLine - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER);
    await vscode.window.showTextDocument(candidate, { selection, viewColumn: vscode.ViewColumn.Beside });
    return true;
  }
  return false;
}
