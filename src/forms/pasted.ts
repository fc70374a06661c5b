import * as vscode from 'vscode';
import type { DraftStore, PickedFile } from '../desk/drafts.ts';
import { limits } from '../desk/text.ts';
import { sayTooLarge } from '../host/deskErrors.ts';
import { safeFileName } from '../host/fileName.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import type { PastedContent } from '../protocol/parts.ts';
import type { Instant } from '../rules/decision.ts';
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

/** Content that no draft names may still belong to a note being written; after this long it does not. */
const keptMs = 30 * 24 * 60 * 60 * 1_000;

/** Removes kept content that was filed, or whose draft was discarded, long ago; when drafts cannot be read, nothing. */
export async function sweepContent(folder: vscode.Uri, drafts: Pick<DraftStore, 'list'>, now: Instant): Promise<void> {
  const { fs } = vscode.workspace;
  const held = await drafts.list();
  if (!held.ok) return;
  const named = held.value.flatMap(({ content }) => content.files.map(({ uri }) => uri));
  const entries = await Promise.resolve(fs.readDirectory(folder)).catch(() => []);
  for (const [name] of entries) {
    const at = vscode.Uri.joinPath(folder, name);
    if (named.some(uri => uri.startsWith(`${at.toString()}/`))) continue;
    const { mtime } = await fs.stat(at);
    if (mtime < now - keptMs) await fs.delete(at, { recursive: true });
  }
}
