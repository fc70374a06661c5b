import * as vscode from 'vscode';
import type { PickedFile } from '../desk/drafts.ts';
import { limits } from '../desk/text.ts';
import { sayTooLarge } from '../host/deskErrors.ts';
import { safeFileName } from '../host/fileName.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import type { PastedContent } from '../protocol/parts.ts';
import type { Strings } from '../strings/strings.ts';

/** Keeps pasted or dropped content as a file of its own folder, so that it outlives the window; too large a one is told. */
export async function keepContent(
  folder: vscode.Uri,
  { name, bytes }: PastedContent,
  strings: Strings,
): Promise<readonly PickedFile[]> {
  const plain = safeFileName(name, 'pasted');
  if (bytes === undefined || bytes.length > limits.fileBytes) {
    await notify.warn(sayTooLarge(plain, strings, (key, values) => safeText(strings, key, values)));
    return [];
  }
  const uri = vscode.Uri.joinPath(folder, crypto.randomUUID(), plain);
  try {
    await vscode.workspace.fs.writeFile(uri, bytes);
  } catch {
    await notify.error(safeText(strings, 'page.notKept', { name: plain }));
    return [];
  }
  return [{ uri: uri.toString(), name: plain, bytes: bytes.length }];
}
