import type { Instant } from '../rules/decision.ts';
import type { Capabilities, Desk, DeskChange } from './desk.ts';
import { fail, ok, type DeskError, type Result } from './errors.ts';
import { limits } from './text.ts';

export interface LateDeskOptions {
  readonly open: () => Promise<Result<Desk>>;
  readonly now: () => Instant;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** A desk that may not be there yet. */
export interface LateDesk extends Desk {
  /** Whether it listens for changes by others; it does not at first. What changed meanwhile is told as one change. */
  listen(on: boolean): void;
  /** Tells of a change that was heard of elsewhere. */
  tell(change: DeskChange): void;
  /** Asks again at once: somebody signed in, or wants to know. */
  retry(): void;
}

/** How long a reading waits before the desk counts as out of reach, so that no view hangs on it. */
const patience = 3_000;
/** How long a desk that was out of reach, or did not open, is left alone. */
const pause = 30_000;

const nothing: Capabilities = {
  ...{ id: '', actions: [], fileBytes: limits.fileBytes, incidents: false, teamNotes: false, roles: [] },
};

/**
 * A desk that is opened when first asked for and may be slow, out of reach or signed out. Readings answer soon, one way
 * or another; writings wait as long as the desk needs.
 */
export function createLateDesk({ open, now, wait }: LateDeskOptions): LateDesk {
  const listeners = new Set<(change: DeskChange) => void>();
  let opened: Desk | undefined;
  let opening: Promise<Result<Desk>> | undefined;
  let refusal: { readonly error: DeskError; readonly until: Instant } | undefined;
  let listening = false;
  let stop: (() => void) | undefined;
  let closed = false;

  const tell = (change: DeskChange): void => listeners.forEach(listener => listener(change));

  function rest(error: DeskError): Result<never> {
    const until = error.code === 'throttled' ? (error.until ?? 0) : 0;
    const mine = { error, until: Math.max(until, now() + pause) };
    refusal = mine;
    // Who shows the desk asks again by then.
    void wait(mine.until - now()).then(() => {
      if (!closed && refusal === mine) tell({});
    });
    return fail(error);
  }
  const resting = (): Result<never> | undefined =>
    refusal !== undefined && now() < refusal.until ? fail(refusal.error) : undefined;

  async function start(): Promise<Result<Desk>> {
    const answer = await open();
    opening = undefined;
    if (!answer.ok) return closed ? answer : rest(answer.error);
    opened = answer.value;
    refusal = undefined;
    if (closed) opened.close();
    else follow();
    return answer;
  }
  const desk = (): Promise<Result<Desk>> => {
    if (opened !== undefined) return Promise.resolve(ok(opened));
    return opening === undefined ? Promise.resolve(resting() ?? (opening = start())) : opening;
  };
  async function write<Value>(work: (desk: Desk) => Promise<Result<Value>>): Promise<Result<Value>> {
    const ready = await desk();
    return ready.ok ? work(ready.value) : ready;
  }
  async function read<Value>(question: (desk: Desk) => Promise<Result<Value>>): Promise<Result<Value>> {
    const known = resting();
    if (known !== undefined) return known;
    const answer = await Promise.race([write(question), wait(patience)]);
    return answer ?? resting() ?? rest({ code: 'unreachable' });
  }

  /** Listens while it is wanted and somebody hears it. */
  function follow(): void {
    const wanted = listening && listeners.size > 0 && !closed;
    if (wanted && opened !== undefined) stop ??= opened.onDidChange(tell);
    if (wanted) return;
    stop?.();
    stop = undefined;
  }

  return {
    capabilities: () => opened?.capabilities() ?? nothing,
    list: (query, page) => read(of => of.list(query, page)),
    count: (query, by) => read(of => of.count(query, by)),
    get: id => read(of => of.get(id)),
    file: (draft, key) => write(of => of.file(draft, key)),
    filedAs: key => read(of => of.filedAs(key)),
    act: (id, action, key) => write(of => of.act(id, action, key)),
    upload: source => write(of => of.upload(source)),
    download: sha256 => write(of => of.download(sha256)),
    incidents: () => read(of => of.incidents()),
    recordIncident: (incident, key) => write(of => of.recordIncident(incident, key)),
    postToIncident: (id, post, key) => write(of => of.postToIncident(id, post, key)),
    onDidChange(listener) {
      const mine = (change: DeskChange): void => listener(change);
      listeners.add(mine);
      follow();
      return () => {
        listeners.delete(mine);
        follow();
      };
    },
    close() {
      closed = true;
      follow();
      listeners.clear();
      opened?.close();
    },
    listen(on) {
      if (on === listening) return;
      listening = on;
      follow();
      if (on) tell({});
    },
    tell,
    retry() {
      refusal = undefined;
      tell({});
    },
  };
}
