import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseAction, CaseDetail, NewCase, TimelineEvent } from '../../src/desk/case.ts';
import type { Desk, DeskChange } from '../../src/desk/desk.ts';
import { fail, ok, type DeskError, type Result } from '../../src/desk/errors.ts';
import type { UnsentItem } from '../../src/desk/outbox.ts';
import { createCache } from '../../src/outbox/cache.ts';
import { createOfflineDesk, type OfflineDesk } from '../../src/outbox/offlineDesk.ts';
import { Queue, type QueueOptions } from '../../src/outbox/queue.ts';
import { refusal, upon, value } from '../desk/build.ts';
import { aDetail, idOf } from '../views/support/builders.ts';
import { memoryDesk } from '../views/support/memoryDesk.ts';
import { start } from './build.ts';

/** What happens to a write: it is answered, lost before the desk has it or after, or refused. */
export type Fate = 'answered' | 'lostBefore' | 'lostAfter' | DeskError;

/** A remote desk that knows each key, and whose network does what the test says. */
export class RemoteDesk {
  /** Titles in the order in which they were filed. */
  readonly filed: string[] = [];
  readonly cases = new Map<string, CaseDetail>();
  readonly files = new Map<string, Buffer>();
  /** Every write that came, done or not, and the key it came under. */
  readonly asked: { readonly what: NewCase | CaseAction; readonly key: string }[] = [];
  fate: () => Fate = () => 'answered';
  /** Who is signed in, as the desk knows them. */
  person: string | undefined;
  /** Of everything: nobody is there. */
  away: DeskError | undefined;
  knowsKeys = true;
  listeners = new Set<(change: DeskChange) => void>();
  /** Awaited before a write is looked at, and before it is answered. */
  pause: () => Promise<unknown> = () => Promise.resolve();
  /** How often a write came while the same was under way. */
  twiceAtATime = 0;
  /** How often a write came that was done before. */
  repeats = 0;
  readonly #underWay = new Set<string>();
  readonly #answers = new Map<string, { readonly payload: string; readonly answer: CaseDetail }>();

  addCase(number: number, over: Partial<CaseDetail> = {}): CaseDetail {
    const detail = aDetail({ number, id: idOf(number), title: `Case ${number}`, ...over });
    this.cases.set(detail.id, detail);
    return detail;
  }

  /** The texts on the timeline of a case. */
  texts(id: string): string[] {
    return (this.cases.get(id)?.timeline ?? []).flatMap(event => ('text' in event ? [event.text] : []));
  }

  /** What someone else does to a case. */
  change(id: string, text: string, over: Partial<CaseDetail> = {}): CaseDetail {
    const before = this.cases.get(id);
    if (!before) throw new Error(`no case ${id}`);
    const seq = before.timeline.length + 1;
    const said: TimelineEvent = {
      ...{ kind: 'annotated', seq, at: start, by: { name: 'Bo' }, status: before.status },
      ...{ text, files: [] },
    };
    const after = { ...before, revision: before.revision + 1, timeline: [...before.timeline, said], ...over };
    this.cases.set(id, after);
    return after;
  }

  async #once(what: NewCase | CaseAction, key: string, work: () => Result<CaseDetail>): Promise<Result<CaseDetail>> {
    if (this.#underWay.has(key)) this.twiceAtATime++;
    this.#underWay.add(key);
    try {
      return await this.#write(what, key, work);
    } finally {
      this.#underWay.delete(key);
    }
  }

  async #write(what: NewCase | CaseAction, key: string, work: () => Result<CaseDetail>): Promise<Result<CaseDetail>> {
    await this.pause();
    if (this.away) return fail(this.away);
    this.asked.push({ what, key });
    const fate = this.fate();
    if (fate === 'lostBefore') return fail({ code: 'unreachable' });
    if (typeof fate === 'object') return fail(fate);
    const payload = JSON.stringify(what);
    const known = this.knowsKeys ? this.#answers.get(key) : undefined;
    if (known) this.repeats++;
    const answer = known
      ? known.payload === payload
        ? ok(known.answer)
        : fail({ code: 'keyReused' } as const)
      : work();
    if (answer.ok) this.#answers.set(key, { payload, answer: answer.value });
    await this.pause();
    return fate === 'lostAfter' ? fail({ code: 'unreachable' }) : answer;
  }

  readonly desk: Desk = {
    ...memoryDesk(),
    capabilities: () => ({ ...memoryDesk().capabilities(), ...(this.person !== undefined && { person: this.person }) }),
    list: () => Promise.resolve(this.away ? fail(this.away) : ok({ items: [...this.cases.values()].map(summaryOf) })),
    count: () => Promise.resolve(this.away ? fail(this.away) : ok([{ value: 'open', count: this.cases.size }])),
    incidents: () => Promise.resolve(this.away ? fail(this.away) : ok([])),
    healthSnapshots: () => Promise.resolve(this.away ? fail(this.away) : ok([])),
    publishHealth: () => Promise.resolve(fail({ code: 'failed' })),
    get: id => {
      const found = this.cases.get(id);
      if (this.away) return Promise.resolve(fail(this.away));
      return Promise.resolve(found ? ok(found) : fail({ code: 'notFound' }));
    },
    file: (draft, { key }) =>
      this.#once(draft, key, () => {
        this.filed.push(draft.title);
        return ok(this.addCase(1_000 + this.filed.length, { title: draft.title, filedFiles: draft.files }));
      }),
    filedAs: key => Promise.resolve(this.away ? fail(this.away) : ok(this.#answers.get(key)?.answer.id)),
    act: (id, action, { key, revision }) =>
      this.#once(action, key, () => {
        const before = this.cases.get(id);
        if (!before) return fail({ code: 'notFound' });
        if (before.revision !== revision) return fail({ code: 'conflict', revision: before.revision });
        if (!before.allowed.includes(action.kind)) return fail({ code: 'notYours', action: action.kind });
        return ok(this.change(id, 'text' in action ? action.text : action.kind));
      }),
    upload: async source => {
      if (this.away) return fail(this.away);
      const parts: Uint8Array[] = [];
      for await (const chunk of source.chunks()) parts.push(chunk);
      const content = Buffer.concat(parts);
      const sha256 = createHash('sha256').update(content).digest('hex');
      this.files.set(sha256, content);
      return ok({ name: source.name, bytes: content.length, sha256 });
    },
    onDidChange: listener => {
      this.listeners.add(listener);
      return () => this.listeners.delete(listener);
    },
  };
}

function summaryOf({
  id,
  number,
  revision,
  profile,
  category,
  service,
  title,
  status,
  openedAt,
  updatedAt,
  notes,
  files,
}: CaseDetail) {
  return { id, number, revision, profile, category, service, title, status, openedAt, updatedAt, notes, files };
}

/** A clock that a test moves by hand; what waits runs when its time has passed, whatever the clock was set to meanwhile. */
export class Clock {
  time = start;
  /** The desks that go by this clock. */
  readonly desks: OfflineDesk[] = [];
  #passed = 0;
  readonly #waiting = new Set<{ readonly at: number; readonly work: () => void }>();

  readonly now = (): number => this.time;
  readonly later = (milliseconds: number, work: () => void): (() => void) => {
    const one = { at: this.#passed + milliseconds, work };
    this.#waiting.add(one);
    return () => this.#waiting.delete(one);
  };
  pass(milliseconds: number): void {
    this.time += milliseconds;
    this.#passed += milliseconds;
  }
  /** Runs what is due and says whether anything was. */
  run(): boolean {
    const due = [...this.#waiting].filter(({ at }) => at <= this.#passed);
    for (const one of due) {
      this.#waiting.delete(one);
      one.work();
    }
    return due.length > 0;
  }
}

export interface Window {
  readonly desk: OfflineDesk;
  readonly queue: Queue;
  /** Moves the clock and waits until nothing is being sent. */
  pass(milliseconds: number): Promise<void>;
}

export interface WindowOptions extends Partial<QueueOptions> {
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly answers?: number;
}

/** Process numbers for windows that are none, and those of windows that were not closed. */
let pids = 1_000_000;
const running = new Set<number>();

/** One more window on a folder, connected to a remote desk. */
export async function openWindow(folder: string, remote: RemoteDesk, options: WindowOptions = {}): Promise<Window> {
  const { clock = new Clock(), random = () => 0.5, answers, ...more } = options;
  const pid = ++pids;
  running.add(pid);
  const queue = new Queue(`${folder}/outbox`, {
    ...{ desk: 'team', now: clock.now, pid, isAlive: (other: number) => running.has(other) },
    ...more,
  });
  const cache = createCache(`${folder}/cache`, {
    now: clock.now,
    ...(more.fs && { fs: more.fs }),
    ...(answers !== undefined && { answers }),
  });
  const opened = (): Promise<Result<Desk>> =>
    Promise.resolve(remote.away?.code === 'signedOut' ? fail(remote.away) : ok(remote.desk));
  const desk = await createOfflineDesk(opened, queue, cache, { now: clock.now, random, later: clock.later });
  const close = desk.close.bind(desk);
  desk.close = () => {
    running.delete(pid);
    close();
  };
  clock.desks.push(desk);
  await desk.idle();
  return {
    desk,
    queue,
    async pass(milliseconds) {
      const idle = async (): Promise<void> => {
        for (const one of clock.desks) await one.idle();
      };
      // What is under way goes by the time before.
      await idle();
      clock.pass(milliseconds);
      do await idle();
      while (clock.run());
    },
  };
}

/** The write that a person makes: a note on a case as they see it. */
export const note = (text: string): CaseAction => ({ kind: 'annotate', text, files: [] });

export const day = 24 * 60 * 60 * 1_000;
export const away = { code: 'unreachable' } as const;

/** A window on a desk with two cases. */
export async function at(folder: string): Promise<{
  readonly remote: RemoteDesk;
  readonly clock: Clock;
  readonly window: Window;
  readonly one: string;
  readonly two: string;
}> {
  const [remote, clock] = [new RemoteDesk(), new Clock()];
  const [one, two] = [remote.addCase(1).id, remote.addCase(2).id];
  return { remote, clock, one, two, window: await openWindow(folder, remote, { clock }) };
}
export const items = async ({ desk }: Window): Promise<readonly UnsentItem[]> => value(await desk.outbox.list());
export const states = async (window: Window): Promise<string[]> => (await items(window)).map(({ state }) => state.kind);
/** The names in a folder of the outbox. */
export const filesIn = async (folder: string, below: string): Promise<string[]> =>
  (await readdir(join(folder, 'outbox', below)).catch(() => [])).filter(name => !name.startsWith('.'));

/** Writes a note that gets no answer; answers its key. */
export async function keepNote({ desk }: Window, id: string, text: string, revision = 1): Promise<string> {
  const write = upon({ revision });
  assert.deepEqual(refusal(await desk.act(id, note(text), write)), { code: 'queued', item: write.key });
  return write.key;
}
