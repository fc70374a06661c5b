import { Channel, type Answer, type Contract, type Handlers } from '../protocol/channel.ts';

/** What VS Code gives a page; it can be asked for once. */
interface Editor {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Editor;

/** Joins this page to the extension host. `remember` keeps the id that brings the page back after a reload. */
export function connect<Mine extends Contract, Theirs extends Contract>(
  mine: Mine,
  theirs: Theirs,
  handlers: Handlers<Mine>,
): { channel: Channel<Mine, Theirs>; remember: (id: string) => void } {
  const editor = acquireVsCodeApi();
  const channel = new Channel(mine, theirs, handlers, {
    session: crypto.randomUUID(),
    post: message => editor.postMessage(message),
    failed: name => console.error(name),
  });
  addEventListener('message', ({ data }: MessageEvent<unknown>) => void channel.receive(data));
  return { channel, remember: id => editor.setState({ id }) };
}

const retryMs = 1_000;

/** What the host put into the document to be shown first; undefined where it left that to be asked for. */
export function given(): unknown {
  const start = document.querySelector('script#start');
  return start ? JSON.parse(start.textContent) : undefined;
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
