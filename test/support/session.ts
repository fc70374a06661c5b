// What a workbench stands on: a browser, a server with a profile, a copy of a workspace.
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { BrowserContext } from 'playwright-core';
import { cache, exampleWorkspace, versions, vsix } from '../../scripts/paths.mjs';
import { extensionsWith, neededBuiltInsOf, startVSCode } from '../../scripts/vscode.mjs';
import { pack } from '../../src/strings/packed.ts';
import { openSessionBrowser } from './browser.ts';

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
  /** Whether the editor keeps every extension it brings along. */
  allBuiltIns?: boolean | undefined;
  /** Added to the environment of the editor's server and of its extension host. */
  env?: NodeJS.ProcessEnv | undefined;
}

export async function startSession(options: SessionOptions): Promise<Session> {
  const { workspace = exampleWorkspace, settings, tables, beside = [], allBuiltIns = false, env = {} } = options;
  const profile = await makeProfile();
  const copy = join(profile, 'workspace');
  await cp(workspace, copy, { recursive: true });

  const installed = await extensionsWith(version, process.env['CASEBOOK_VSIX'] ?? vsix);
  const isChanged = tables !== undefined || beside.length > 0;
  const extensions = isChanged ? await changed(installed, join(profile, 'extensions'), tables, beside) : installed;
  const builtIns = allBuiltIns ? {} : { builtIns: await neededBuiltInsOf(version) };
  const frugal = { NODE_OPTIONS: '--v8-pool-size=0', ...env };
  const server = await startVSCode({ version, profile, extensions, ...builtIns, settings, env: frugal });
  const browser = await openSessionBrowser(version, server.port);
  return {
    url: `${browser.origin}/?folder=${encodeURIComponent(copy)}`,
    processGroup: server.pid,
    profile,
    settings,
    workspace: copy,
    context: browser.context,
    async end() {
      await browser.end();
      await server.stop();
    },
  };
}

async function makeProfile(): Promise<string> {
  const profiles = join(cache, 'profiles');
  await mkdir(profiles, { recursive: true });
  const profile = await mkdtemp(join(profiles, 'ui-'));
  // What writes there was told to end, and may take a moment.
  process.once('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
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
