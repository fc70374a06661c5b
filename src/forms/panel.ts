import * as vscode from 'vscode';
import { cleanLine } from '../desk/text.ts';
import { DisposableStore, type Disposable } from '../host/disposables.ts';
import type { Strings } from '../strings/strings.ts';

/** The pages, by the name of their bundle in dist/webview; `casebook.<page>` is their view type. */
export type PageName = 'newCase' | 'case';

/** What answers a page: it takes its messages and ends with its panel. */
export interface PageController extends Disposable {
  receive(message: unknown): Promise<void>;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string) => text.replaceAll(/[&<>"']/g, found => escapes[found] ?? '');

/** The whole document: everything else arrives by message. */
function pageHtml(webview: vscode.Webview, folder: vscode.Uri, page: PageName, strings: Strings): string {
  const nonce = crypto.randomUUID();
  const asset = (name: string) => escape(webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString());
  const { cspSource } = webview;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    ...[`style-src ${cspSource}`, `font-src ${cspSource}`, `img-src ${cspSource}`],
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="${strings.language}" dir="${strings.direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Casebook</title>
<link rel="stylesheet" href="${asset(`${page}.css`)}">
<script type="module" nonce="${nonce}" src="${asset(`${page}.js`)}"></script>
</head>
<body><main class="page"><p class="opening">${escape(strings.t('page.opening'))}</p></main></body>
</html>`;
}

const icons: Readonly<Record<PageName, string>> = { newCase: 'edit', case: 'comment-discussion' };

/** One page in an editor tab. It says nothing before it was asked, and holds no state but the id it was given. */
export class Panel implements Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #folder: vscode.Uri;
  readonly #page: PageName;
  readonly #owned = new DisposableStore();
  #controller: PageController | undefined;
  #closed = false;

  constructor(extensionUri: vscode.Uri, page: PageName, strings: Strings, restored?: vscode.WebviewPanel) {
    this.#folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    this.#page = page;
    const options = { enableScripts: true, localResourceRoots: [this.#folder] };
    this.#panel =
      restored ??
      vscode.window.createWebviewPanel(`casebook.${page}`, strings.t('page.new.heading'), vscode.ViewColumn.Active, {
        ...options,
        enableFindWidget: true,
      });
    this.#panel.webview.options = options;
    this.#panel.iconPath = new vscode.ThemeIcon(icons[page]);
    this.#owned.add(this.#panel.webview.onDidReceiveMessage(message => void this.#controller?.receive(message)));
  }

  get active(): boolean {
    return !this.#closed && this.#panel.active;
  }
  set title(title: string) {
    if (!this.#closed) this.#panel.title = cleanLine(title);
  }

  /** Loads the page, again where it was loaded before: in another language it is another document. */
  load(controller: PageController, strings: Strings): void {
    this.#controller = controller;
    this.#panel.webview.html = pageHtml(this.#panel.webview, this.#folder, this.#page, strings);
  }

  /** Runs `work` once, when the person closes the page or it is closed for them. */
  onClosed(work: () => void): void {
    this.#panel.onDidDispose(() => {
      this.#closed = true;
      this.#owned.dispose();
      work();
    });
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
