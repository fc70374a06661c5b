import type { Answer, Channel, Contract, Handlers } from '../protocol/channel.ts';
import { isWire, standing } from '../protocol/wire.ts';
import type * as wire from './wire.ts';

/** What parses messages, once its text was run. */
type Wire = typeof wire;
declare const casebookWire: Wire;

/** What VS Code gives a page; it can be asked for once. */
interface Editor {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Editor;

// Found before the page takes the place of what the document held.
const start = document.querySelector('script#start');
const paintMs = 200;

const loading = new Promise<void>(resolve => addEventListener('load', () => resolve(), { once: true }));

/**
 * Resolves once what stands on the page is painted, or would be if it were to be seen: the editor shows a document when
 * it has loaded, and has nothing else to do when it has painted it.
 */
const painted = () =>
  new Promise<void>(resolve => {
    const whenIdle = () => requestIdleCallback(() => resolve());
    void loading.then(() => requestAnimationFrame(() => requestAnimationFrame(whenIdle)));
    setTimeout(resolve, paintMs);
  });

const typed = new Promise<unknown>(resolve => addEventListener('input', resolve, { once: true }));

/** What the host sends: none but the frame that VS Code put around the page speaks from its own origin. */
const hear = (heard: (data: unknown) => void) =>
  addEventListener('message', ({ data, origin: from }: MessageEvent<unknown>) => {
    if (from === origin) heard(data);
  });

/** Asks the host for the text that parses messages, and compiles it. */
async function loadWire(editor: Editor): Promise<Wire> {
  const script = document.createElement('script');
  script.text = await new Promise<string>(resolve => {
    hear(data => {
      if (isWire(data)) resolve(data.wire);
    });
    editor.postMessage(standing);
  });
  document.head.append(script);
  return casebookWire;
}

/**
 * Joins this page to the extension host. What parses messages takes longer to load than all the rest, so it loads when the
 * page stands; what comes or goes before that waits for it, in order. `remember` keeps the id that brings the page back
 * after a reload.
 */
export function connect<Mine extends Contract, Theirs extends Contract>(
  sides: (wire: Wire) => { mine: Mine; theirs: Theirs },
  handlers: Handlers<Mine>,
): { channel: Pick<Channel<Mine, Theirs>, 'ask' | 'tell'>; remember: (id: string) => void } {
  const editor = acquireVsCodeApi();
  const open = async () => {
    // What somebody types at once has to reach the disk; while they type there is no idle moment to wait for.
    if (start) await Promise.race([painted(), typed]);
    const loaded = await loadWire(editor);
    const { mine, theirs } = sides(loaded);
    return new loaded.Channel(mine, theirs, handlers, {
      session: crypto.randomUUID(),
      post: message => editor.postMessage(message),
      failed: name => console.error(name),
    });
  };
  const opening = open();
  hear(data => {
    if (!isWire(data)) void opening.then(channel => channel.receive(data));
  });
  return {
    channel: {
      ask: async (name, params) => (await opening).ask(name, params),
      tell: (name, params) => void opening.then(channel => channel.tell(name, params)),
    },
    remember: id => editor.setState({ id }),
  };
}

const retryMs = 1_000;

/**
 * What the host put into the document to be shown first; undefined where it left that to be asked for. The host wrote data
 * and script as one document, so the data is what the script was built for. The editor shows a document when it has
 * loaded: what is built just before that is laid out once.
 */
export async function given(): Promise<unknown> {
  if (!start) return undefined;
  await loading;
  return JSON.parse(start.textContent);
}

/** Asks until there is an answer: a page without its data is of no use, and what failed is in the host's log. */
export async function insist<Value>(ask: () => Promise<Answer<Value>>): Promise<Value> {
  for (;;) {
    const answer = await ask();
    if (answer.ok) return answer.value;
    await new Promise(resolve => setTimeout(resolve, retryMs));
  }
}

const largeText = 20_000;
const pauseMs = 100;

/**
 * Sends what is typed: at once, so that a window that goes away a moment later has sent it; a text that is costly to
 * send waits for a short pause. Whatever waits goes when the page is hidden.
 */
export function typingSender(send: () => void): (length: number) => void {
  let timer: number | undefined;
  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    send();
  };
  addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', flush);
  addEventListener('blur', flush);
  return length => {
    if (length < largeText && timer === undefined) {
      send();
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(flush, pauseMs);
  };
}

const settleMs = 50;
const settleTries = 40;

/**
 * Gives a page its place back once it has the focus, and never takes the focus from where the person is. VS Code keeps
 * a page invisible until it has loaded, and what is invisible cannot be focused: so it is tried until it holds.
 */
export function whenFocused(focus: () => void): void {
  let tries = settleTries;
  const settle = () => {
    if (document.activeElement !== document.body || tries-- === 0) return;
    focus();
    setTimeout(settle, settleMs);
  };
  if (document.hasFocus()) settle();
  else addEventListener('focus', settle, { once: true });
}
