// A folder of installed extensions: the floors, the probe, and Casebook as its package has it, but activated by nothing
// other than its views and commands, so that the bench decides when.
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { versions } from '../../../scripts/paths.mjs';
import { extensionsWith } from '../../../scripts/vscode.mjs';

const bench = fileURLToPath(new URL('..', import.meta.url));
const floors = ['nothing', 'tree', 'webview'];

export async function installExtensions(folder: string, vsix: string | undefined): Promise<void> {
  await cp(join(bench, 'probe'), join(folder, 'probe'), { recursive: true });
  for (const floor of floors) {
    await cp(join(bench, 'floor', floor), join(folder, `floor-${floor}`), { recursive: true });
    await copyAsTwin(join(folder, `floor-${floor}`), join(folder, `twin-${floor}`));
  }
  if (vsix !== undefined) await copyCasebook(vsix, folder);
}

/** The twin of a floor differs from it in names only: measured against its floor, it shows what the method is worth. */
async function copyAsTwin(floor: string, twin: string): Promise<void> {
  await cp(floor, twin, { recursive: true });
  for (const file of ['package.json', 'extension.js']) {
    const text = await readFile(join(twin, file), 'utf8');
    await writeFile(join(twin, file), text.replaceAll('floor', 'twin').replaceAll('Floor', 'Twin'));
  }
}

async function copyCasebook(vsix: string, folder: string): Promise<void> {
  const installed = await extensionsWith(versions.current, vsix);
  const [name] = (await readdir(installed)).filter(entry => entry.startsWith('casebook.casebook-'));
  if (name === undefined) throw new Error(`Casebook is not in ${installed}.`);
  const copy = join(folder, 'casebook');
  await cp(join(installed, name), copy, { recursive: true });
  await rm(join(copy, '.vsixmanifest'), { force: true });
  const manifest = JSON.parse(await readFile(join(copy, 'package.json'), 'utf8')) as Record<string, unknown>;
  await writeFile(join(copy, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
}
