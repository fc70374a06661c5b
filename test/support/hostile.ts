// Text that wants to be more than text, and what shows whether it became more.
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from 'playwright-core';

/** What scripts of the corpus set, in their own frame and in those around it. */
const script = 'window.__xss=1;parent.__xss=1;top.__xss=1';
/** What links of the corpus run: it opens a terminal, which nobody else does. */
const link = 'command:workbench.action.terminal.new';

/** Forty texts; every address in them is below `trap`. */
export function corpusOf(trap: string): readonly string[] {
  return [
    `[click](${link})`,
    `[click](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%22%7D "more")`,
    `[click](${trap}/link)`,
    `![image](${trap}/image.png)`,
    `<${link}>`,
    `<${trap}/auto>`,
    `${trap}/bare`,
    `[reference][x] [x]: ${link}`,
    `[click](javascript:${script})`,
    `[![image](${trap}/linked.png)](${link})`,
    `<a href="${link}">click</a>`,
    `<a href="javascript:${script}">click</a>`,
    `<img src=x onerror="${script}">`,
    `"><img src=${trap}/quoted.png onerror=${script}>`,
    `'><svg onload=${script}>`,
    `<svg><script>${script}</script></svg>`,
    `<svg><a xlink:href="javascript:${script}"><text y="20">x</text></a></svg>`,
    `<script>${script}</script>`,
    `</title></textarea></script><script>${script}</script>`,
    `<iframe src="javascript:${script}"></iframe>`,
    `<iframe srcdoc="<script>${script}</script>"></iframe>`,
    `<iframe src=${trap}/frame></iframe>`,
    `<object data=${trap}/object></object><embed src=${trap}/embed>`,
    `<link rel=stylesheet href=${trap}/sheet><style>@import "${trap}/style"</style>`,
    `<body onload=${script}><details open ontoggle=${script}>x</details>`,
    `<form action=${trap}/form><button autofocus onfocus=${script}>Send</button></form>`,
    `<input autofocus onfocus=${script}><video src=${trap}/video onerror=${script}>`,
    `<meta http-equiv=refresh content="0;url=${trap}/meta"><base href=${trap}/base/>`,
    `<math><mtext><table><mglyph><style><img src=x onerror=${script}></style></math>`,
    '$(bug) $(loading~spin) $(error)',
    '\\$(bug) \\\\$(bug) $$(bug)',
    'invoice \u202egnp.exe\u202c',
    '\u2066\u2067abc\u2069 \u200fabc \u2068def',
    'zero\u200b\u200d\u2060\ufeffwidth',
    `\u001b[31mred\u001b[0m \u001b]8;;${link}\u0007link\u001b]8;;\u0007`,
    'null\u0000 bell\u0007 back\u0008 \u009b31m',
    `{{constructor.constructor('${script}')()}} \${${script}} <%= 1 %> #{1}`,
    '{name} {title} {0} %s %d $& $1 $` __proto__ constructor',
    `long ${'e\u0301'.repeat(80)}`,
    'tag\u{e0041}\u{e0042} half\ud800 \u05e9\u05dc\u05d5\u05dd',
  ];
}

/** Characters that hide or reorder what stands beside them, and those a terminal obeys. */
export const forbidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066\u2067\u{e0000}-\u{e007f}]/u;

/** A server that nobody has a reason to ask. */
export interface Trap {
  readonly url: string;
  readonly asked: readonly string[];
  close(): void;
}

export async function openTrap(): Promise<Trap> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}`, asked, close: () => server.close() };
}

/** Collects every request of the page that goes anywhere but to the server it came from. */
export function watchRequests(page: Page): readonly string[] {
  const own = new URL(page.url()).host;
  const foreign: string[] = [];
  page.on('request', request => {
    const { protocol, host } = new URL(request.url());
    // Webviews name what is their own by a host of the editor's that no request ever leaves for.
    const inside = ['data:', 'blob:'].includes(protocol) || host.endsWith('.vscode-resource.vscode-cdn.net');
    if (!inside && host !== own) foreign.push(request.url());
  });
  return foreign;
}

/** What text turned into, below the elements that hold nothing but text. Empty when it stayed text. */
export async function becameMore(frame: Frame | Page, holders: string): Promise<string[]> {
  return frame.evaluate<string[]>(`
    [...document.querySelectorAll(${JSON.stringify(holders)})].flatMap(holder =>
      [...holder.querySelectorAll('*')]
        .filter(inner => !inner.matches(${JSON.stringify(holders)}) && !inner.matches('span:not(.codicon)'))
        .map(inner => inner.outerHTML.slice(0, 200)))`);
}

/** Elements and attributes that a page of ours has no use for at all. */
export async function strangers(frame: Frame): Promise<string[]> {
  return frame.evaluate<string[]>(`
    [...document.body.querySelectorAll('*')]
      .filter(element =>
        element.matches('a, img, svg, math, script, iframe, object, embed, link, style, meta, base, form, video, table') ||
        element.getAttributeNames().some(name => /^(on|href|src|action|style|data$|xlink)/.test(name)))
      .map(element => element.outerHTML.slice(0, 200))`);
}

/** Whether a script of the corpus ran, in any frame of the window. */
export async function scriptRan(page: Page): Promise<boolean> {
  const ran = await Promise.all(
    page.frames().map(frame => frame.evaluate<boolean>('globalThis.__xss !== undefined').catch(() => false)),
  );
  return ran.includes(true);
}
