// A real VS Code to measure in: one server and one profile for the whole run, and as many fresh windows as it takes, each
// with an empty browser storage and an extension host of its own.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../../../scripts/browser.mjs';
import { cache, versions } from '../../../scripts/paths.mjs';
import { startVSCode } from '../../../scripts/vscode.mjs';
import { installExtensions } from './extensions.ts';
import { listenForHosts, type Host } from './host.ts';
import { fillProfile } from './profile.ts';

export interface Editor {
  /** Does `work` in a fresh window, once neither it nor its extension host has anything left to do. */
  inWindow<T>(work: (window: EditorWindow) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface EditorWindow {
  readonly page: Page;
  readonly host: Host;
  /** Resolves to the time of the first useful paint of the webview that opens next. */
  readonly nextPaint: () => Promise<number>;
}

const boundMs = 60_000;

const scripts = ['paint.js', 'tree.js', 'webview.js'].map(name => new URL(`../page/${name}`, import.meta.url));

/**
 * Starts the editor with everything it needs in `folder`; without a package there are only the floors. `fill` puts into
 * the profile what is measured, and answers the user's settings.
 */
export async function startEditor(
  folder: string,
  vsix: string | undefined,
  fill: (profile: string) => Promise<Readonly<Record<string, unknown>>> = fillProfile,
): Promise<Editor> {
  const profile = join(folder, 'profile');
  const extensions = join(folder, 'extensions');
  const workspace = join(folder, 'workspace');
  await mkdir(workspace, { recursive: true });
  const settings = await fill(profile);
  await installExtensions(extensions, vsix);

  const hosts = await listenForHosts();
  const env = { CASEBOOK_BENCH_PORT: String(hosts.port) };
  const server = await startVSCode({ version: versions.current, profile, extensions, env, settings });
  const browser = await openBrowser();
  const url = `${server.url}?folder=${encodeURIComponent(workspace)}`;
  return {
    async inWindow(work) {
      const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
      const connecting = hosts.next();
      try {
        return await work(await openWindow(context, url, connecting));
      } catch (error) {
        await context.pages()[0]?.screenshot({ path: join(cache, 'bench', 'failed.png') });
        throw error;
      } finally {
        // Leaving the page ends its extension host in good order, closing it would not.
        await context.pages()[0]?.goto('about:blank');
        await (await connecting).end();
        await context.close();
      }
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
  page.setDefaultTimeout(boundMs);
  await page.goto(url);
  await page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor();
  const host = await connecting;
  await host.quiet();
  return {
    page,
    host,
    nextPaint: () => {
      const late = pause(boundMs, undefined, { ref: false }).then(() => {
        throw new Error('No webview was painted.');
      });
      return Promise.race([new Promise<number>(resolve => (painted = resolve)), late]);
    },
  };
}
