import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../host/disposables.ts';
import { standing, type WireMessage } from '../protocol/wire.ts';
import type { Strings } from '../strings/strings.ts';
import type { PageBundle, PageName } from './pageBundle.ts';
import { tabTitle } from './tabTitle.ts';

/** What answers a page: it takes its messages and ends with its panel. */
export interface PageController extends Disposable {
  receive(message: unknown): Promise<void>;
  /** What the page shows first, as it would be told when it asks. */
  start(): Promise<unknown>;
}

/** No address begins like this one, nor can it be asked for. */
const base = 'https://casebook.invalid/';

const standsMs = 1_000;

/** More than this is not put into the document: the page asks for it once it stands. */
const largestStart = 256 * 1024;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string) => text.replaceAll(/[&<>"']/g, found => escapes[found] ?? '');

/** Data for a page: JSON in which no tag can begin, so that whatever people typed stays data. */
function startScript(start: unknown): string {
  if (start === undefined) return '';
  const json = JSON.stringify(start).replaceAll('<', '\\u003c');
  if (json.length > largestStart) return '';
  return `<script type="application/json" id="start">${json}</script>`;
}

/**
 * The line at the top of a page of the practice desk. It stands in the style of the document, where nothing that the page
 * shows can take its place.
 */
function practiceStyle(strings: Strings): string {
  const words = strings.t('practice.notice').replaceAll(/["\\\n<]/g, ' ');
  return `body::before { content: "${words}"; position: sticky; inset-block-start: 0; z-index: 10; padding: 4px 16px;
    color: var(--vscode-statusBarItem-warningForeground); background: var(--vscode-statusBarItem-warningBackground);
    border-block-end: 1px solid var(--vscode-contrastBorder, transparent); }`;
}

/**
 * The whole document, with what it shows first. It can load nothing: no file, no address. Its scripts are named by what they
 * are, and an address that means nothing is the base of all others: so a page that is opened again is the same to the
 * browser, which need not compile its scripts once more.
 */
function pageHtml({ script, style, allowed }: PageBundle, practice: boolean, strings: Strings, start: unknown): string {
  const nonce = crypto.randomUUID();
  const policy = [
    "default-src 'none'",
    `script-src ${allowed}`,
    `style-src 'nonce-${nonce}'`,
    "form-action 'none'",
    `base-uri ${base}`,
  ].join('; ');
  return `<!doctype html>
<html lang="${strings.language}" dir="${strings.direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<base href="${base}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Casebook</title>
<style nonce="${nonce}">${style}${practice ? practiceStyle(strings) : ''}</style>
</head>
<body><main class="page"><p class="opening">${escape(strings.t('page.opening'))}</p></main>
${startScript(start)}
<script>${script}</script>
</body>
</html>`;
}

const icons: Readonly<Record<PageName, string>> = { newCase: 'edit', case: 'comment-discussion', incident: 'pulse' };

/** One page in an editor tab. It holds no state but the id it was given. */
export class Panel implements Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #bundle: PageBundle;
  #strings: Strings;
  readonly #practice: boolean;
  readonly #owned = new DisposableStore();
  #controller: PageController | undefined;
  #behind: vscode.Disposable | undefined;
  #closed = false;
  readonly #whenClosed: Promise<void>;
  readonly #standing: PromiseWithResolvers<unknown> = Promise.withResolvers();

  /** `practice`: a page of the practice desk, which must not be taken for one of the person's own. */
  constructor(page: PageName, bundle: PageBundle, strings: Strings, practice: boolean, restored?: vscode.WebviewPanel) {
    this.#bundle = bundle;
    this.#strings = strings;
    this.#practice = practice;
    const options = { enableScripts: true, localResourceRoots: [] };
    this.#panel =
      restored ??
      vscode.window.createWebviewPanel(
        `casebook.${page}`,
        tabTitle(strings.t('page.new.heading'), strings, practice),
        vscode.ViewColumn.Active,
        {
          ...options,
          enableFindWidget: true,
        },
      );
    if (restored) restored.webview.options = options;
    // A page can be closed before it is loaded.
    this.#whenClosed = new Promise(resolve => {
      this.#panel.onDidDispose(() => {
        this.#closed = true;
        this.#owned.dispose();
        this.#standing.resolve(undefined);
        resolve();
      });
    });
    const late = setTimeout(() => {
      this.#standing.resolve(undefined);
    }, standsMs);
    this.#owned.add({ dispose: () => clearTimeout(late) });
    this.#panel.iconPath = new vscode.ThemeIcon(icons[page]);
    this.#owned.add(this.#panel.webview.onDidReceiveMessage(message => this.#receive(message)));
  }

  get active(): boolean {
    return !this.#closed && this.#panel.active;
  }
  get visible(): boolean {
    return !this.#closed && this.#panel.visible;
  }
  /** Resolves once the page can be seen, or is not soon: what is not needed to show it waits for that. */
  get standing(): Promise<unknown> {
    return this.#standing.promise;
  }
  set title(title: string) {
    if (!this.#closed) this.#panel.title = tabTitle(title, this.#strings, this.#practice);
  }

  /** Loads the page, again where it was loaded before: in another language it is another document. */
  async load(controller: PageController, strings: Strings): Promise<void> {
    this.#controller = controller;
    this.#strings = strings;
    // Without it the page asks, and the channel logs what is wrong.
    const start = await controller.start().catch(() => undefined);
    this.#show(strings, start);
    // The document is loaded anew each time its tab comes to the front; what was true at first may not be by then.
    this.#behind?.dispose();
    this.#behind = this.#panel.onDidChangeViewState(() => {
      if (this.#closed || this.#panel.visible) return;
      this.#behind?.dispose();
      this.#show(strings, undefined);
    });
  }

  #receive(message: unknown): void {
    if (message !== standing) {
      void this.#controller?.receive(message);
      return;
    }
    this.#standing.resolve(undefined);
    void this.post({ wire: this.#bundle.wire } satisfies WireMessage);
  }

  #show(strings: Strings, start: unknown): void {
    if (this.#closed) return;
    this.#panel.webview.html = pageHtml(this.#bundle, this.#practice, strings, start);
  }

  /** Runs `work` once, when the person closes the page or it is closed for them. */
  onClosed(work: () => void): void {
    void this.#whenClosed.then(work);
  }

  post(message: unknown): Thenable<boolean> {
    return this.#panel.webview.postMessage(message);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }
}
