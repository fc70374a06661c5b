import { createHash } from 'node:crypto';
import type { SourceState } from '../desk/healthReading.ts';
import type { HealthSource } from '../connectors/healthSource.ts';
import type { Time } from '../connectors/http/time.ts';
import { codeOf, type Folder } from '../outbox/files.ts';
import { firstPlan, mayReadByHand, nextPlan } from './governor.ts';
import { keptOf, keptText, type Kept } from './kept.ts';
import { underLease } from './lease.ts';

export interface PollerOptions {
  readonly source: HealthSource;
  readonly folder: Folder;
  readonly time: Time;
  /** How many people share the limits of the source. */
  readonly people: () => number;
  /** Tells of changes in the folder by other windows; call the answer to stop. */
  readonly watch: (tell: () => void) => () => void;
  /** Takes codes, never a text of a source. */
  readonly log?: (event: string, code: string) => void;
}

/** A clock that jumps and a machine that slept are noticed after this long, in milliseconds. */
const longestWait = 5 * 60_000;
/** Another window reads; where it dies, this one takes over after a while. In milliseconds. */
const pauseForOthers = 30_000;
/** No plan reaches further; one that does was made by a clock that was wrong. */
const furthest = 24 * 60 * 60_000;

/** Reads a source from time to time while somebody looks, in one window for all. */
export class HealthPoller {
  readonly #options: PollerOptions;
  readonly #name: string;
  readonly #listeners = new Set<() => void>();
  #kept: Kept | undefined;
  /** Tells the file that came of, so that one nobody changed is not read again. */
  #stamp: string | undefined;
  /** When to read first, where nothing is kept. */
  #first: number | undefined;
  #shown = false;
  #cancelTimer: (() => void) | undefined;
  #stopWatching: (() => void) | undefined;
  /** Gives up a reading that is made because somebody looks. */
  #reading: AbortController | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#name = `health-${createHash('sha256').update(options.source.id).digest('hex').slice(0, 16)}`;
  }

  /** What is known now. A reading that failed leaves the one before, which says when it was made. */
  state(): SourceState {
    const { reading, failure } = this.#kept ?? {};
    return { ...(reading && { reading }), ...(failure && { failure }), due: this.#due() };
  }

  #due(): number {
    return this.#kept?.due ?? this.#first ?? 0;
  }

  /** Calls `listener` when the state may have changed; call the answer to stop. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Somebody looks: reads when it is due, here or in another window. Resolves when what is kept is known. */
  show(): Promise<void> {
    if (!this.#shown) {
      this.#shown = true;
      this.#stopWatching = this.#options.watch(() => void this.#look());
    }
    return this.#look();
  }

  /** Nobody looks any more: nothing is asked until `show`. What a person asked for is read to its end. */
  hide(): void {
    this.#shown = false;
    this.#cancelTimer?.();
    this.#stopWatching?.();
    this.#reading?.abort();
  }

  /** Reads now because a person asks for it, unless that was done a moment ago or the source asks for quiet. */
  refresh(): Promise<void> {
    return this.#queue(async () => {
      await this.#load();
      const mayRead = (): boolean => mayReadByHand(this.#options.time.now(), this.#kept?.tried, this.#kept?.failure);
      if (mayRead()) await this.#read(mayRead, new AbortController());
    });
  }

  /** Ends for good, and leaves nothing of what was read. */
  forget(): Promise<void> {
    this.hide();
    return this.#queue(() => this.#options.folder.remove(this.#file));
  }

  get #file(): string {
    return `${this.#name}.json`;
  }

  async #stampNow(): Promise<string | undefined> {
    const { folder } = this.#options;
    try {
      const { ino, mtimeMs, size } = await folder.fs.stat(folder.at(this.#file));
      return [ino, mtimeMs, size].join();
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  #queue(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).catch(() => this.#options.log?.('health.poll', 'failed'));
    return this.#turn;
  }

  #look(): Promise<void> {
    return this.#queue(async () => {
      await this.#load();
      this.#wait();
    });
  }

  /** What is on disk; a file that is damaged, or was written by a clock that was wrong, is as none. */
  async #load(): Promise<void> {
    const { folder, source, time, people } = this.#options;
    const stamp = await this.#stampNow();
    const now = time.now();
    this.#first ??= Math.ceil(firstPlan(now, people(), time.random()).due);
    const changed = stamp !== this.#stamp;
    if (changed) {
      const kept = keptOf((await folder.read(this.#file)) ?? '');
      this.#stamp = stamp;
      this.#kept = kept?.source === source.id ? kept : undefined;
    }
    if (this.#kept && this.#kept.due > now + furthest) this.#kept = { ...this.#kept, due: now };
    if (changed) this.#tell();
  }

  /** Waits until the next reading, but at least so many milliseconds. */
  #wait(least = 0): void {
    this.#cancelTimer?.();
    if (!this.#shown) return;
    const { time } = this.#options;
    const left = Math.max(least, Math.min(this.#due() - time.now(), longestWait));
    const again = async (): Promise<void> => {
      await this.#load();
      const isDue = (): boolean => this.#due() <= time.now();
      this.#reading = new AbortController();
      this.#wait(this.#shown && isDue() && !(await this.#read(isDue, this.#reading)) ? pauseForOthers : 0);
    };
    this.#cancelTimer = time.after(left, () => void this.#queue(again));
  }

  /** Reads in this window, unless another one is at it; then its file tells when it is done. */
  async #read(wanted: () => boolean, { signal }: AbortController): Promise<boolean> {
    const { folder, time } = this.#options;
    return underLease(folder, this.#name, time.now(), async () => {
      // Whoever had the lease before may have read meanwhile.
      await this.#load();
      if (wanted()) await this.#readNow(signal);
    });
  }

  async #readNow(signal: AbortSignal): Promise<void> {
    const { source, folder, time, people, log } = this.#options;
    const { reading: before, slower = 1 } = this.#kept ?? {};
    const read = await source.read(signal, before);
    // Who stopped looking has not learned anything about the source.
    if (signal.aborted) return;
    const now = time.now();
    const plan = nextPlan(now, read.ok ? 'read' : read.error, slower, people(), time.random());
    const reading = read.ok ? read.value : before;
    this.#kept = {
      ...{ format: 2, source: source.id, tried: now, ...plan },
      ...(reading && { reading }),
      ...(!read.ok && { failure: read.error }),
    };
    if (!read.ok) log?.('health.failed', read.error.code);
    await folder.replace(this.#file, keptText(this.#kept));
    this.#stamp = await this.#stampNow();
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
