import * as vscode from 'vscode';

/** Where the extension is, and Node's own way to unpack what its build packed. */
export interface Package {
  readonly extensionUri: vscode.Uri;
  readonly brotliDecompressSync: (packed: Uint8Array, options: { maxOutputLength: number }) => { toString(): string };
}

/** Nothing in the package is as large when it is unpacked, in bytes. */
const longest = 1024 * 1024;

/** Reads what the build packed under a name. Rejects where it is missing or damaged; whoever asked parses what it holds. */
export async function readPacked(name: 'l10n' | 'pages', from: Package): Promise<unknown> {
  const file = vscode.Uri.joinPath(from.extensionUri, 'dist', `${name}.json.br`);
  const packed = await vscode.workspace.fs.readFile(file);
  return JSON.parse(from.brotliDecompressSync(packed, { maxOutputLength: longest }).toString());
}
