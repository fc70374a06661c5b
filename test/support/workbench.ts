// A workbench to drive from UI tests: the packaged extension, installed in a real VS Code, in a real browser.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import * as z from 'zod/mini';
import { cache } from '../../scripts/paths.mjs';
import { writeSettings } from '../../scripts/vscode.mjs';
import { eventually } from './eventually.ts';
import { killExtensionHostOf } from './extensionHost.ts';
import { startSession, version, type Session } from './session.ts';
import { readTree, type TreeRow } from './tree.ts';

export { axe } from './axe.ts';
export { eventually } from './eventually.ts';
export { version } from './session.ts';

/** Returns when the page has handed its last messages over: messages go before what a later frame does. */
export const told = (frame: Frame): Promise<unknown> =>
  frame.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))');

export type Theme =
  'Default Light Modern' | 'Default Dark Modern' | 'Default High Contrast' | 'Default High Contrast Light';

export interface WorkbenchOptions {
  /** A folder to copy and open; the example workspace unless given. */
  workspace?: string;
  /** User settings. */
  settings?: Record<string, unknown>;
  theme?: Theme;
  /** False keeps server, profile, browser storage and workspace of the workbench opened before, and its settings too. */
  freshProfile?: boolean;
  /** True opens the workspace restricted, until the user trusts it. */
  trust?: boolean;
  /** Sentences that stand in for those of a language. */
  tables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Folders of extensions that are installed beside Casebook. */
  beside?: readonly string[];
  /** True leaves the editor every extension it brings along, as people have it; it starts slower. */
  allBuiltIns?: boolean;
  /** Added to the environment of the editor's server and of its extension host. */
  env?: NodeJS.ProcessEnv;
}

let session: Session | undefined;

async function picture(page: Page, name: string): Promise<string> {
  const path = join(cache, 'screenshots', version, `${name}.png`);
  await page.screenshot({ path });
  return path;
}

/** A picture of every window that is open. */
export async function screenshots(name: string): Promise<void> {
  for (const [index, page] of (session?.context.pages() ?? []).entries())
    await picture(page, `${name}-${String(index)}`);
}

export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { workspace, theme = 'Default Light Modern', freshProfile = true, trust = false } = options;
  const settings = { 'workbench.colorTheme': theme, 'security.workspace.trust.enabled': trust, ...options.settings };
  if (freshProfile) {
    await session?.end();
    session = undefined;
  }
  session ??= await startSession({ ...options, workspace, settings });
  const page = await session.context.newPage();
  page.on('dialog', dialog => void dialog.accept());
  const workbench = new Workbench(page, session);
  await page.goto(session.url);
  await workbench.ready();
  return workbench;
}

export class Workbench {
  readonly page: Page;
  /** The folder that is open: a copy, free to change. */
  readonly workspace: string;
  readonly #session: Session;
  readonly #quickInput: Locator;
  #team: Record<string, unknown> | undefined;

  constructor(page: Page, session: Session) {
    this.page = page;
    this.workspace = session.workspace;
    this.#session = session;
    this.#quickInput = page.locator('.quick-input-widget');
    page.setDefaultTimeout(30_000);
  }

  /** Waits until the extensions are known to the workbench. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await this.#activityBarItem().waitFor({ timeout: 60_000 });
  }

  /** Runs a command by its full title, such as `Casebook: New case`, through the command palette. */
  async command(title: string): Promise<void> {
    // The palette does not notice when a command becomes available while it is open, so it is opened anew.
    await eventually(async () => {
      if (await this.#quickInput.isVisible()) await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('F1');
      await this.#quickInput.locator('input.input').fill(`>${title}`, { timeout: 2000 });
      await this.quickPick(title, 5000);
    });
  }

  /** Picks the row with this label from the open list. */
  async quickPick(label: string, boundMs = 30_000): Promise<void> {
    const row = this.#quickInput
      .locator('.monaco-list-row')
      .filter({ has: this.#label(label) })
      .first();
    // Done once it is clicked, and not only once the page is there that it opens.
    await row.click({ timeout: boundMs, noWaitAfter: true }).catch(async (error: unknown) => {
      const offered = await this.#quickInput.locator('.monaco-list-row .label-name').allTextContents();
      throw new Error(`The list does not offer “${label}”, but: ${offered.join(' | ')}`, { cause: error });
    });
  }

  /** Answers the open input box. */
  async inputBox(text: string): Promise<void> {
    await this.#quickInput.locator('.quick-input-list').waitFor({ state: 'hidden' });
    await this.#quickInput.locator('input.input').fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Answers the open file dialog. */
  async pickFile(path: string): Promise<void> {
    const input = this.#quickInput.locator('input.input');
    // The dialog writes the path of its folder into the box when it is ready; what is typed before is lost.
    await eventually(async () => {
      if (!(await input.inputValue()).startsWith('/')) throw new Error('No file dialog is open.');
      await input.fill(path);
      await this.page.keyboard.press('Enter');
      await this.#quickInput.waitFor({ state: 'hidden', timeout: 2000 });
    });
  }

  /** Shows the side bar of the extension. */
  async openView(): Promise<void> {
    const item = this.#activityBarItem();
    const shown = this.page.locator('.part.sidebar .composite.title', { hasText: 'Casebook' });
    // A window that was reloaded may bring the side bar back by itself, and the click then hides it.
    await eventually(async () => {
      if (await shown.isVisible()) return;
      await item.click();
      // Away from the icon, or its hover covers the view.
      await this.page.mouse.move(700, 500);
      await shown.waitFor({ timeout: 5_000 });
    });
  }

  /** A view of the side bar, unfolded and with something in it: rows, a welcome or a message. */
  async view(title: string): Promise<Locator> {
    const view = this.page.locator('.part.sidebar .pane').filter({
      has: this.page.locator('.pane-header .title', { hasText: new RegExp(`^${escape(title)}$`, 'i') }),
    });
    const header = view.locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    await view.getByText('There is no data provider registered').waitFor({ state: 'hidden' });
    await view.locator('.monaco-progress-container.active').waitFor({ state: 'hidden' });
    return view;
  }

  /** The rows of a tree view, nested. */
  async tree(title: string): Promise<TreeRow[]> {
    return readTree(await this.view(title));
  }

  /** Every row of a tree view that can be seen, as `label | description`, indented by its depth. */
  async lines(title: string): Promise<string[]> {
    const flat = (rows: readonly TreeRow[], depth: number): string[] =>
      rows.flatMap(({ label, description, children }) => [
        `${'  '.repeat(depth)}${label}${description === '' ? '' : ` | ${description}`}`,
        ...flat(children, depth + 1),
      ]);
    return flat(await this.tree(title), 0);
  }

  /** The row of a tree view with this label, to click or to open its menu. */
  async row(title: string, label: string): Promise<Locator> {
    return (await this.view(title))
      .locator('.monaco-list-row')
      .filter({ has: this.#label(label) })
      .first();
  }

  /** The document of the webview page in the tab with this title; brings the tab to front. */
  async pageFrame(title: string): Promise<Frame> {
    const tab = this.page
      .locator('.tabs-container .tab')
      .filter({ has: this.#label(title) })
      .first();
    await tab.waitFor().catch(async (error: unknown) => {
      const open = await this.page.locator('.tabs-container .tab .label-name').allTextContents();
      throw new Error(`No tab says “${title}”, but: ${open.join(' | ')}`, { cause: error });
    });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    const outer = await this.page.locator('iframe.webview.ready:visible').first().elementHandle();
    const host = await outer.contentFrame();
    const inner = await host?.waitForSelector('#active-frame', { state: 'attached' });
    const frame = await inner?.contentFrame();
    if (!frame) throw new Error(`The tab “${title}” shows no webview.`);
    await frame.waitForLoadState();
    return frame;
  }

  /** The texts of the toasts on screen. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** The toast that contains this text, to wait for or to press its buttons. */
  toast(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-toast', { hasText: text });
  }

  /** The modal dialog, to read or to press its buttons. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** The labels of the status bar, ours and the editor's. */
  async statusBar(): Promise<string[]> {
    return this.page.locator('.part.statusbar .statusbar-item:visible').allInnerTexts();
  }

  async screenshot(name: string): Promise<string> {
    return picture(this.page, name);
  }

  /** Changes user settings while the editor runs. */
  async changeSettings(settings: Record<string, unknown>): Promise<void> {
    Object.assign(this.#session.settings, settings);
    await writeSettings(this.#session.profile, this.#session.settings);
  }

  /** Changes settings of the workspace, over those that it came with. */
  async changeWorkspace(settings: Record<string, unknown>): Promise<void> {
    const file = join(this.workspace, '.vscode', 'settings.json');
    this.#team ??= z.parse(z.record(z.string(), z.unknown()), JSON.parse(await readFile(file, 'utf8')));
    await writeFile(file, JSON.stringify({ ...this.#team, ...settings }));
  }

  /** Makes the page in front this wide, in CSS pixels. */
  async widen(frame: Frame, width: number): Promise<void> {
    const inner = (): Promise<number> => frame.evaluate('innerWidth');
    await eventually(async () => {
      const { width: outer = 0, height = 0 } = this.page.viewportSize() ?? {};
      const missing = width - (await inner());
      if (missing !== 0) await this.page.setViewportSize({ width: outer + missing, height });
      // The page is told a moment later; who looks before that makes the window wider or narrower once more.
      await eventually(async () => {
        if (Math.abs(width - (await inner())) > 1) throw new Error(`The page is not ${String(width)} pixels wide.`);
      }, 3_000);
    });
  }

  /**
   * What the editor has stored under a key. It does so when it has nothing else to do for a while, and a reload before that
   * loses it; or when one looks at another window, which is what it is made to believe here.
   */
  async stored(key: string): Promise<string> {
    return this.page.evaluate<string>(`(async () => {
      for (const focus of [false, true]) {
        document.hasFocus = () => focus;
        document.dispatchEvent(new Event('visibilitychange'));
      }
      delete document.hasFocus;
      const done = request => new Promise(resolve => { request.onsuccess = () => resolve(request.result); });
      const values = (await indexedDB.databases()).map(async ({ name }) => {
        if (!name.startsWith('vscode-web-state-db-')) return undefined;
        const database = await done(indexedDB.open(name));
        const value = await done(database.transaction('ItemTable').objectStore('ItemTable').get(${JSON.stringify(key)}));
        database.close();
        return value;
      });
      return (await Promise.all(values)).join();
    })()`);
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  async killExtensionHost(): Promise<void> {
    await killExtensionHostOf(this.#session.processGroup);
  }

  /** Closes the window; the server and the profile stay for `openWorkbench({ freshProfile: false })`. */
  async close(): Promise<void> {
    await this.page.close({ runBeforeUnload: false });
  }

  /** The whole item: its badge lies over its label. */
  #activityBarItem(): Locator {
    return this.page.locator('.part.activitybar .action-item:has(.action-label[aria-label^="Casebook"])');
  }

  #label(text: string): Locator {
    // In Hebrew our isolates stand around the parts of a label.
    const words = text.split(' ').map(word => `${isolates}${escape(word)}${isolates}`);
    return this.page.locator('.label-name', { hasText: new RegExp(`^${words.join(' ')}$`) });
  }
}

const isolates = '[\\u2066-\\u2069]*';
const escape = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
