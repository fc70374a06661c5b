import type { Instant } from '../rules/decision.ts';
import type { Capabilities, Desk, DeskChange } from './desk.ts';
import { fail, ok, type DeskError, type Result } from './errors.ts';
import { limits } from './text.ts';

export interface LateDeskOptions {
  readonly open: () => Promise<Result<Desk>>;
  readonly now: () => Instant;
  /** Runs once after so many milliseconds, unless the answer is called first. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
  /** Called when a desk that was left alone can be asked again. */
  readonly again: () => void;
}

/** A remote desk that may not be there. */
export interface LateDesk extends Desk {
  /** Opens it; this desk itself once it is open. */
  ready(): Promise<Result<Desk>>;
  /** Why the last reading came to nothing, if it did. */
  trouble(): DeskError | undefined;
  /** Whether it hears of changes by others; it does not at first. */
  listen(on: boolean): void;
  /** Asks again at once: somebody signed in, or wants to know. */
  retry(): void;
  /** Opens it anew, for somebody else signed in; until that is done, the one that was open answers. */
  reopen(): void;
}

/** How long a reading waits before the desk counts as out of reach, in milliseconds, so that no view hangs on it. */
const patience = 3_000;
/** How long a desk that cannot be reached is left alone, in milliseconds. */
const pause = 30_000;

const nothing: Capabilities = {
  ...{ id: '', actions: [], fileBytes: limits.fileBytes, incidents: false, teamNotes: false, roles: [] },
};

const away: ReadonlySet<DeskError['code']> = new Set(['unreachable', 'notADesk', 'untrusted']);

/** Until when a desk that answered so is left alone; one that knows nobody, until somebody signs in. */
function restUntil(error: DeskError, now: Instant): Instant | undefined {
  if (error.code === 'signedOut') return Infinity;
  if (error.code === 'throttled') return Math.max(error.until ?? 0, now + pause);
  return away.has(error.code) ? now + pause : undefined;
}

/**
 * A desk that is opened when first asked for and may be slow, out of reach or signed out. Readings answer soon, one way
 * or another, and leave a desk in trouble alone for a while; writings wait as long as the desk needs.
 */
export function createLateDesk({ open, now, after, again }: LateDeskOptions): LateDesk {
  const listeners = new Set<(change: DeskChange) => void>();
  let opened: Desk | undefined;
  let opening: Promise<Result<Desk>> | undefined;
  let trouble: DeskError | undefined;
  let resting: Instant = -Infinity;
  let stopResting: (() => void) | undefined;
  let listening = false;
  let stopHearing: (() => void) | undefined;
  let closed = false;

  const tell = (change: DeskChange): void => listeners.forEach(listener => listener(change));
  function noted<Value>(answer: Result<Value>): Result<Value> {
    trouble = answer.ok ? undefined : answer.error;
    const until = answer.ok ? undefined : restUntil(answer.error, now());
    stopResting?.();
    resting = until ?? -Infinity;
    stopResting = until === undefined || until === Infinity || closed ? undefined : after(until - now(), again);
    return answer;
  }
  const rest = (): Result<never> | undefined => (trouble !== undefined && now() < resting ? fail(trouble) : undefined);

  async function start(): Promise<Result<Desk>> {
    const answer = await open();
    // Who was told that it cannot be reached does not know that it came after all.
    const late = rest() !== undefined;
    noted(answer);
    opening = undefined;
    if (!answer.ok) return answer;
    stopHearing?.();
    stopHearing = undefined;
    opened?.close();
    opened = answer.value;
    if (closed) opened.close();
    else follow();
    if (late && !closed) again();
    return answer;
  }
  const desk = (): Promise<Result<Desk>> =>
    opened === undefined ? (opening ??= start()) : Promise.resolve(ok(opened));

  async function write<Value>(work: (desk: Desk) => Promise<Result<Value>>): Promise<Result<Value>> {
    const known = opened === undefined && trouble?.code === 'throttled' ? rest() : undefined;
    const ready = known ?? (await desk());
    return ready.ok ? work(ready.value) : ready;
  }
  async function read<Value>(question: (desk: Desk) => Promise<Result<Value>>): Promise<Result<Value>> {
    const known = rest();
    if (known !== undefined) return known;
    const late = Promise.withResolvers<undefined>();
    const stop = after(patience, () => late.resolve(undefined));
    const ready = async (): Promise<Result<Value>> => {
      const there = await desk();
      if (!there.ok) return there;
      const answer = await question(there.value);
      // One that was closed meanwhile says nothing about the one that took its place.
      return answer.ok || there.value === opened ? answer : ready();
    };
    const answer = (await Promise.race([ready(), late.promise])) ?? fail<DeskError>({ code: 'unreachable' });
    stop();
    // What another reading has found out meanwhile holds for this one too.
    return answer.ok || rest() === undefined ? noted(answer) : answer;
  }

  /** Hears of changes while it is wanted and somebody listens. */
  function follow(): void {
    if (listening && listeners.size > 0 && !closed) {
      stopHearing ??= opened?.onDidChange(tell);
      return;
    }
    stopHearing?.();
    stopHearing = undefined;
  }

  const late: LateDesk = {
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
    healthSnapshots: () => read(of => of.healthSnapshots()),
    publishHealth: (snapshot, key) => write(of => of.publishHealth(snapshot, key)),
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
      stopResting?.();
      listeners.clear();
      opened?.close();
    },
    ready: async () => {
      if (opened !== undefined) return rest() ?? ok(late);
      const there = await read(of => Promise.resolve(ok(of)));
      return there.ok ? ok(late) : there;
    },
    trouble: () => trouble,
    listen(on) {
      if (on === listening) return;
      listening = on;
      follow();
    },
    retry() {
      resting = -Infinity;
      again();
    },
    reopen() {
      opening ??= start().then(answer => {
        if (answer.ok && !closed) again();
        return answer;
      });
    },
  };
  return late;
}
