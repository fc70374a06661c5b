// A real VS Code to measure in: one server and one profile for the whole run, and as many fresh windows as it takes, each
// with an empty browser storage and an extension host of its own.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../../../scripts/browser.mjs';
import { versions } from '../../../scripts/paths.mjs';
import { startVSCode } from '../../../scripts/vscode.mjs';
import { installExtensions } from './extensions.ts';
import { listenForHosts, type Host } from './host.ts';
import { fillProfile } from './profile.ts';

export interface Editor {
  /** Opens a fresh window and returns when neither it nor its extension host has anything left to do. */
  open(): Promise<EditorWindow>;
  close(): Promise<void>;
}

export interface EditorWindow {
  readonly page: Page;
  readonly host: Host;
  /** Resolves to the time of the first useful paint of the webview that opens next. */
  nextPaint(): Promise<number>;
  close(): Promise<void>;
}

const scripts = ['paint.js', 'tree.js', 'webview.js'].map(name => new URL(`../page/${name}`, import.meta.url));

/** Starts the editor with everything it needs in `folder`; without a package there are only the floors. */
export async function startEditor(folder: string, vsix: string | undefined): Promise<Editor> {
  const profile = join(folder, 'profile');
  const extensions = join(folder, 'extensions');
  const workspace = join(folder, 'workspace');
  await mkdir(workspace, { recursive: true });
  await fillProfile(profile);
  await installExtensions(extensions, vsix);

  const hosts = await listenForHosts();
  const env = { CASEBOOK_BENCH_PORT: String(hosts.port) };
  const server = await startVSCode({ version: versions.current, profile, extensions, env });
  const browser = await openBrowser();
  return {
    open: async () => {
      const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
      const next = hosts.next();
      return openWindow(context, `${server.url}?folder=${encodeURIComponent(workspace)}`, next);
    },
    async close() {
      await browser.close();
      await server.stop();
      hosts.close();
    },
  };
}

async function openWindow(context: BrowserContext, url: string, connecting: Promise<Host>): Promise<EditorWindow> {
  let painted: (at: number) => void = () => undefined;
  await context.exposeFunction('benchPainted', (at: number) => {
    painted(at);
  });
  for (const script of scripts) await context.addInitScript(await readFile(script, 'utf8'));
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  await page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor();
  const host = await connecting;
  await host.quiet();
  return {
    page,
    host,
    nextPaint: () => new Promise(resolve => (painted = resolve)),
    async close() {
      await context.close();
      await host.end();
    },
  };
}
