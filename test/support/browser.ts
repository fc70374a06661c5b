// The browser a workbench is shown in: one for each session, with nothing stored but scripts of the editor, compiled.
import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { findBrowser, frugalFlags, openBrowserIn } from '../../scripts/browser.mjs';
import { once } from '../../scripts/once.mjs';
import { cache, versions } from '../../scripts/paths.mjs';
import { neededBuiltInsOf, startVSCode } from '../../scripts/vscode.mjs';

/** What the browser knows a server as: scripts are kept by their address, and the port is another one each time. */
const name = 'editor.localhost';
const kept = ['Cache', 'Code Cache'].map(folder => join('Default', folder));
/** The browser keeps what it compiled once it saw a script twice, and with it what ran the time before. */
const times = 4;
/** Resolves when a page has nothing to do several times on end. */
const idle = `new Promise(done => {
  let quiet = 0;
  const look = moment => {
    quiet = moment.timeRemaining() > 40 ? quiet + 1 : 0;
    if (quiet > 3) done(); else requestIdleCallback(look);
  };
  requestIdleCallback(look);
})`;

/**
 * The folder of a browser that showed the editor before, which saves a quarter of what opening it takes. None for an editor
 * that few tests open. Making it takes longer than a test may, so the lane does before its first.
 */
export async function shownBefore(version: string): Promise<string | undefined> {
  if (version !== versions.current) return undefined;
  const { executablePath } = await findBrowser();
  const { size, mtimeMs } = await stat(executablePath);
  // What was compiled under other flags is compiled again.
  const made = [version, executablePath, size, mtimeMs, ...frugalFlags];
  const key = createHash('sha256').update(made.join()).digest('hex').slice(0, 12);
  return once(join(cache, 'browsers', key), async unfinished => {
    const profile = join(unfinished, 'profile');
    const server = await startVSCode({ version, profile, builtIns: await neededBuiltInsOf(version) });
    const folder = join(unfinished, 'browser');
    const browser = await openBrowserIn({ folder, name, port: server.port });
    for (let time = 0; time < times; time++) {
      const page = await browser.newPage();
      await page.goto(`http://${name}/`);
      await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
      await page.evaluate(idle);
      await page.close();
    }
    await browser.close();
    await server.stop();
    // A browser that keeps them elsewhere compiles them each time.
    for (const one of kept.filter(name => existsSync(join(folder, name))))
      await cp(join(folder, one), join(unfinished, one), { recursive: true });
    for (const one of [profile, folder]) await rm(one, { recursive: true, force: true, maxRetries: 3 });
  });
}

export interface SessionBrowser {
  /** The server's origin, as the browser knows it. */
  readonly origin: string;
  readonly context: BrowserContext;
  end(): Promise<void>;
}

/** Opens a browser on the server at `port`. */
export async function openSessionBrowser(version: string, port: number): Promise<SessionBrowser> {
  const before = await shownBefore(version);
  await mkdir(join(cache, 'profiles'), { recursive: true });
  const folder = await mkdtemp(join(cache, 'profiles', 'browser-'));
  if (before !== undefined) await cp(before, folder, { recursive: true });
  const context = await openBrowserIn(
    { folder, name, port },
    {
      viewport: { width: 1400, height: 1000 },
      permissions: ['clipboard-read', 'clipboard-write'],
      // What moves is painted all the time, and clicked only once it stands.
      reducedMotion: 'reduce',
    },
  );
  // By then the browser was killed, by what was to be done before.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return {
    origin: `http://${name}`,
    context,
    end: () => context.close(),
  };
}
