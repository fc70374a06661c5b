import type { CaseAction, CaseDetail } from '../desk/case.ts';
import type { Desk } from '../desk/desk.ts';
import type { DeskError, Result } from '../desk/errors.ts';
import { fail, ok } from '../desk/errors.ts';
import type { Instant } from '../rules/decision.ts';
import { meaningOf, pauseAfter } from './answers.ts';
import { filesOf, unsentOf } from './item.ts';
import type { Claimed, Queue, Standing } from './queue.ts';
import { longestPause, noPause, type Token } from './tokens.ts';

export interface SenderOptions {
  readonly now: () => Instant;
  /** 0 to 1. */
  readonly random: () => number;
  /** Runs `work` after so many milliseconds; call the answer to stop. */
  readonly later?: (milliseconds: number, work: () => void) => () => void;
  readonly report?: (what: 'sending', error: unknown) => void;
}

/** Older items are not sent without the person; desks keep keys for 30 days. */
export const sentFor = 7 * 24 * 60 * 60 * 1_000;
/** A clock may be wrong by this much before an item counts as older than can be told. */
const clockSlack = 2 * 24 * 60 * 60 * 1_000;
/** How many items are sent at once. Those of one case go one after another. */
const atOnce = 16;
/** How often a note follows a case that others change at the same time. */
const followUps = 3;

/** A note says the same whatever happened to the case meanwhile; anything else may mean something else by then. */
const mayFollow = ({ kind }: CaseAction): boolean => kind === 'annotate';

function onTimer(milliseconds: number, work: () => void): () => void {
  const timer = setTimeout(work, milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
}

/** Sends what a queue holds: at once what was just added, and the rest one after another while the desk answers. */
export class Sender {
  readonly #queue: Queue;
  readonly #remote: () => Promise<Result<Desk>>;
  readonly #options: Required<SenderOptions>;
  readonly #lanes = new Map<string, Promise<unknown>>();
  #pass: Promise<void> | undefined;
  /** Asked for while a pass was under way. */
  #again: 'early' | 'due' | undefined;
  #stopTimer: (() => void) | undefined;
  #signedOut = false;
  /** After a try for a person that was not answered, the next is not at once. */
  #quiet: Instant = 0;
  #failures = 0;
  #closed = false;
  readonly #unwatch: () => void;

  constructor(queue: Queue, remote: () => Promise<Result<Desk>>, options: SenderOptions) {
    this.#queue = queue;
    this.#remote = remote;
    this.#options = { later: onTimer, report: () => undefined, ...options };
    this.#unwatch = queue.onDidChange(() => this.#start('due'));
    this.#start('due');
  }

  /** Whether everything waits for the person to sign in. */
  get signedOut(): boolean {
    return this.#signedOut;
  }

  /** The desk was just heard, or the person signed in: no need to wait any longer, except where the desk asked for it. */
  wake(): void {
    this.#signedOut = false;
    this.#start('early');
  }

  /** Resolves when nothing is being sent. */
  async idle(): Promise<void> {
    while (this.#pass) await this.#pass;
  }

  close(): void {
    this.#closed = true;
    this.#unwatch();
    this.#stopTimer?.();
  }

  /**
   * Sends what this window just added, for a person who waits for the answer. What the desk refuses is theirs again;
   * what it does not answer, or what has to wait in line, is `queued`.
   */
  async first(claimed: Claimed): Promise<Result<CaseDetail>> {
    const { lane } = claimed.place;
    const before = this.#lanes.get(lane) ?? Promise.resolve();
    const sent = before.then(() => this.#first(claimed));
    const settled = sent.catch(() => undefined);
    this.#lanes.set(lane, settled);
    try {
      return await sent;
    } catch (error) {
      // It is on disk, and that is what `queued` says.
      this.#failed(claimed, error);
      return fail({ code: 'queued', item: claimed.place.id });
    } finally {
      if (this.#lanes.get(lane) === settled) this.#lanes.delete(lane);
    }
  }

  async #first(claimed: Claimed): Promise<Result<CaseDetail>> {
    const queued = fail<DeskError>({ code: 'queued', item: claimed.place.id });
    const { standing, turn } = await this.#queue.list();
    const waits = this.#toldToWait(standing, turn) > this.#options.now();
    if (waits || !(await this.#queue.isFirst(claimed.place))) {
      await this.#queue.release(claimed, noPause);
      this.#start('due');
      return queued;
    }
    const answer = await this.#send(claimed, false);
    if (answer.ok) {
      await this.#settle(claimed, answer).catch((error: unknown) => this.#failed(claimed, error));
      this.#start('early');
      return answer;
    }
    if (meaningOf(answer.error, 1) === 'needsYou') {
      await this.#queue.remove(claimed);
      return answer;
    }
    this.#quiet = this.#options.now() + pauseAfter(1, this.#options.random);
    await this.#settle(claimed, answer);
    this.#schedule(this.#quiet);
    return queued;
  }

  /** Sends an item once more because the person says so, however old it is. */
  async again(claimed: Claimed): Promise<Result<void>> {
    const { id } = claimed.place;
    try {
      if (!(await this.#queue.isFirst(claimed.place))) {
        await this.#queue.release(claimed, noPause);
        return ok(undefined);
      }
      const answer = await this.#send(claimed, true);
      const refused = !answer.ok && meaningOf(answer.error, 1) === 'needsYou';
      if (!answer.ok && !refused && this.#tooOld(claimed)) await this.#queue.setAside(claimed, 'expired');
      else await this.#settle(claimed, answer);
      this.#start('early');
      if (answer.ok) return ok(undefined);
      return refused ? answer : fail({ code: 'queued', item: id });
    } catch (error) {
      this.#failed(claimed, error);
      return fail({ code: 'queued', item: id });
    }
  }

  #failed(claimed: Claimed, error: unknown): void {
    this.#options.report('sending', error);
    this.#queue.abandon(claimed);
    this.#schedule(this.#options.now() + pauseAfter(1, this.#options.random));
  }

  /** Until when the desk wants to be left alone. */
  #toldToWait(standing: readonly Standing[], turn: Token | undefined): Instant {
    return Math.max(turn?.until ?? 0, ...standing.map(({ token }) => token?.until ?? 0));
  }

  #start(how: 'early' | 'due'): void {
    if (this.#closed) return;
    if (this.#pass) {
      this.#again = how === 'early' ? how : (this.#again ?? how);
      return;
    }
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#pass = this.#run(how).finally(() => {
      this.#pass = undefined;
      const again = this.#again;
      this.#again = undefined;
      if (again) this.#start(again);
    });
  }

  #schedule(at: Instant): void {
    if (this.#closed) return;
    this.#stopTimer?.();
    // A clock that jumps, or a window that dies with a claim, is noticed soon enough.
    const wait = Math.min(Math.max(at - this.#options.now(), 0), longestPause);
    this.#stopTimer = this.#options.later(Math.ceil(wait), () => {
      this.#stopTimer = undefined;
      this.#start('due');
    });
  }

  async #run(how: 'early' | 'due'): Promise<void> {
    let next: Instant | undefined;
    const done = await this.#queue.guarded(async () => {
      next = await this.#drain(how === 'early');
      return { ok: true, value: undefined };
    });
    if (done.ok) this.#failures = 0;
    else next = this.#options.now() + pauseAfter(++this.#failures, this.#options.random);
    if (next !== undefined && !this.#again) this.#schedule(next);
  }

  /** Sends what is due; answers when to look again, if something is left that can be sent by itself. */
  async #drain(early: boolean): Promise<Instant | undefined> {
    if (this.#signedOut) return undefined;
    if (!early && !this.#queue.isDue(this.#quiet)) return this.#quiet;
    let listed = await this.#queue.list();
    if (listed.standing.length === 0) return undefined;
    const told = this.#toldToWait(listed.standing, listed.turn);
    if (told > this.#options.now()) return told;
    if (early && (await this.#freeOwn(listed.standing))) listed = await this.#queue.list();
    const heads = this.#queue.heads(listed.standing);
    if (heads.every(({ token }) => token?.where === 'aside')) return undefined;
    const turn = await this.#queue.takeTurn(listed.turn, early);
    if (!turn) return this.#next(listed.standing, listed.turn);
    let pause = noPause;
    try {
      const tried = new Set<string>();
      for (;;) {
        const due = this.#queue.heads(listed.standing).filter(head => this.#isDue(head) && !tried.has(head.place.id));
        if (due.length === 0) break;
        for (const { place } of due) tried.add(place.id);
        const trouble = await this.#sendHeads(due, turn);
        if (trouble) {
          const tries = turn.tries + 1;
          const at = this.#options.now() + pauseAfter(tries, this.#options.random);
          const until = trouble.code === 'throttled' ? (trouble.until ?? 0) : 0;
          if (trouble.code === 'signedOut') return undefined;
          pause = { tries, at, until };
          return Math.max(at, until);
        }
        listed = await this.#queue.list();
      }
      return this.#next(listed.standing, undefined);
    } finally {
      await this.#queue.release({ token: turn }, pause);
    }
  }

  /**
   * Sends the first items of different cases, several at once. The very first goes alone, since it finds out whether
   * the desk answers; when it does not any more, no other is begun. Answers what keeps the desk from taking any.
   */
  async #sendHeads(heads: readonly Standing[], turn: Token): Promise<DeskError | undefined> {
    const waiting = heads.values();
    let trouble: DeskError | undefined;
    let isOver = false;
    const send = async (most: number): Promise<void> => {
      for (let sent = 0; sent < most && !isOver;) {
        const { value: head } = waiting.next();
        if (!head) return;
        const claimed = await this.#queue.claim(head);
        if (!claimed) continue;
        try {
          trouble = (await this.#sendOne(claimed, turn)) ?? trouble;
          sent++;
        } catch (error) {
          this.#queue.abandon(claimed);
          isOver = true;
          throw error;
        }
        isOver ||= trouble !== undefined;
      }
    };
    await send(1);
    const sending = await Promise.allSettled(Array.from({ length: atOnce }, () => send(Infinity)));
    for (const sent of sending) if (sent.status === 'rejected') throw sent.reason;
    return trouble;
  }

  /** Puts what waits for its writer in line again, where they are signed in now; says whether anything was. */
  async #freeOwn(standing: readonly Standing[]): Promise<boolean> {
    let freed = false;
    for (const { token } of this.#queue.heads(standing)) {
      if (token?.where !== 'aside') continue;
      const reason = await this.#queue.reason(token);
      if (reason === 'expired' || reason.code !== 'otherWriter') continue;
      const opened = await this.#remote();
      if (!opened.ok || opened.value.capabilities().person !== reason.by) continue;
      await this.#queue.release({ token }, { ...noPause, tries: token.tries });
      freed = true;
    }
    return freed;
  }

  #isDue({ token }: Standing): boolean {
    if (!token || token.where === 'aside') return false;
    return token.where === 'claimed' ? !this.#queue.holds(token) : this.#queue.isDue(token.at);
  }

  /** When something that is not sent now can be. */
  #next(standing: readonly Standing[], turn: Token | undefined): Instant | undefined {
    const heads = this.#queue.heads(standing).filter(({ token }) => token?.where !== 'aside');
    if (heads.length === 0) return undefined;
    const soonest = Math.min(...heads.map(({ token }) => Math.max(token?.at ?? 0, token?.leaseEnd ?? 0)));
    // Where nothing hinders but was not sent all the same, a moment later.
    return Math.max(soonest, turn?.at ?? 0, turn?.leaseEnd ?? 0, this.#options.now() + 1_000);
  }

  #tooOld({ item }: Claimed): boolean {
    const age = this.#options.now() - item.createdAt;
    return age > sentFor || age < -clockSlack;
  }

  /** Sends one item; answers what keeps the desk from taking any. */
  async #sendOne(claimed: Claimed, turn: Token): Promise<DeskError | undefined> {
    if (this.#tooOld(claimed)) {
      await this.#queue.setAside(claimed, 'expired');
      return undefined;
    }
    await this.#queue.renew({ token: turn });
    return this.#settle(claimed, await this.#send(claimed, true));
  }

  async #settle(claimed: Claimed, answer: Result<CaseDetail>): Promise<DeskError | undefined> {
    const { token } = claimed;
    if (answer.ok) {
      this.#signedOut = false;
      await this.#queue.done(claimed, answer.value.revision);
      return undefined;
    }
    const { error } = answer;
    const tries = token.tries + 1;
    const meaning = meaningOf(error, tries);
    switch (meaning) {
      case 'needsYou':
        await this.#queue.setAside(claimed, error);
        return undefined;
      case 'itemLater': {
        const at = this.#options.now() + pauseAfter(tries, this.#options.random);
        await this.#queue.release(claimed, { tries, at, until: 0 });
        return undefined;
      }
      case 'deskLater':
      case 'signIn': {
        const until = error.code === 'throttled' ? (error.until ?? 0) : 0;
        if (meaning === 'signIn') this.#signedOut = true;
        await this.#queue.release(claimed, { tries, at: 0, until });
        return error;
      }
    }
  }

  /** One try: the files, then the write. `follow`: nobody is there to look at a newer case, so a note goes to it. */
  async #send(claimed: Claimed, follow: boolean): Promise<Result<CaseDetail>> {
    const { item } = claimed;
    const opened = await this.#remote();
    if (!opened.ok) return opened;
    const desk = opened.value;
    /** Asks in the name of who wrote it or not at all; nothing is awaited between the look at that and the asking. */
    const asWriter = async <Value>(ask: () => Promise<Result<Value>>): Promise<Result<Value>> => {
      const { by } = item;
      return by === undefined || by === desk.capabilities().person ? ask() : fail({ code: 'otherWriter', by });
    };
    for (const file of filesOf(unsentOf(item))) {
      if (!(await this.#queue.contents.has(file))) return fail({ code: 'fileGone', name: file.name });
      const stored = await asWriter(() => desk.upload(this.#queue.contents.source(file)));
      if (!stored.ok) return stored;
      if (stored.value.sha256 !== file.sha256) return fail({ code: 'fileGone', name: file.name });
      await this.#queue.renew(claimed);
    }
    if (item.kind === 'file') return asWriter(() => desk.file(item.content, { key: item.id }));
    const { id: key, caseId, action } = item;
    const act = (revision: number) => asWriter(() => desk.act(caseId, action, { key, revision }));
    let answer = await act(await this.#queue.revisionOf(item));
    for (let times = 0; times < followUps && follow && mayFollow(action); times++) {
      if (answer.ok || answer.error.code !== 'conflict') break;
      const newer = await desk.get(caseId);
      if (!newer.ok) return newer;
      if (!newer.value.allowed.includes(action.kind)) break;
      answer = await act(newer.value.revision);
    }
    return answer;
  }
}
