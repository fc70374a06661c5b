// What a workbench stands on: one browser for the process, one server with a profile, one copy of a workspace.
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, BrowserContext } from 'playwright-core';
import { openBrowser } from '../../scripts/browser.mjs';
import { cache, exampleWorkspace, versions, vsix } from '../../scripts/paths.mjs';
import { extensionsWith, startVSCode } from '../../scripts/vscode.mjs';
import { pack } from '../../src/strings/packed.ts';

export const version = process.env['CASEBOOK_VSCODE'] ?? versions.current;

export interface Session {
  url: string;
  /** The id of the server's process group. */
  processGroup: number;
  profile: string;
  settings: Record<string, unknown>;
  workspace: string;
  context: BrowserContext;
  end(): Promise<void>;
}

export interface SessionOptions {
  /** The folder to copy; the example workspace unless given. */
  workspace?: string | undefined;
  settings: Record<string, unknown>;
  /** Sentences that stand in for those of a language in the installed extension. */
  tables?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  /** Folders of extensions that are installed beside Casebook. */
  beside?: readonly string[] | undefined;
  /** Added to the environment of the editor's server and of its extension host. */
  env?: NodeJS.ProcessEnv | undefined;
}

let browser: Promise<Browser> | undefined;

export async function startSession(options: SessionOptions): Promise<Session> {
  const { workspace = exampleWorkspace, settings, tables, beside = [], env = {} } = options;
  const profile = await makeProfile();
  const copy = join(profile, 'workspace');
  await cp(workspace, copy, { recursive: true });

  const installed = await extensionsWith(version, process.env['CASEBOOK_VSIX'] ?? vsix);
  const isChanged = tables !== undefined || beside.length > 0;
  const extensions = isChanged ? await changed(installed, join(profile, 'extensions'), tables, beside) : installed;
  const server = await startVSCode({ version, profile, extensions, settings, env });
  browser ??= openBrowser();
  const context = await (
    await browser
  ).newContext({
    viewport: { width: 1400, height: 1000 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  return {
    url: `${server.url}?folder=${encodeURIComponent(copy)}`,
    processGroup: server.pid,
    profile,
    settings,
    workspace: copy,
    context,
    async end() {
      await context.close();
      await server.stop();
    },
  };
}

async function makeProfile(): Promise<string> {
  const profiles = join(cache, 'profiles');
  await mkdir(profiles, { recursive: true });
  const profile = await mkdtemp(join(profiles, 'ui-'));
  process.once('exit', () => rmSync(profile, { recursive: true, force: true }));
  return profile;
}

/** A copy of the installed extension, at `folder`, that speaks other sentences and has others beside it. */
async function changed(
  installed: string,
  folder: string,
  tables: SessionOptions['tables'],
  beside: readonly string[],
): Promise<string> {
  await cp(installed, folder, { recursive: true });
  if (tables) {
    const packed = Object.fromEntries(Object.entries(tables).map(([language, table]) => [language, pack(table)]));
    for (const name of readdirSync(folder).filter(one => one.startsWith('casebook.')))
      await writeFile(join(folder, name, 'dist', 'l10n.json.br'), brotliCompressSync(JSON.stringify(packed)));
  }
  for (const other of beside) await cp(other, join(folder, basename(other)), { recursive: true });
  // Without the list the editor looks what is there.
  if (beside.length > 0) rmSync(join(folder, 'extensions.json'), { force: true });
  return folder;
}
