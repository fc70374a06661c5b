import * as z from 'zod/mini';
import type { DeskError, Result } from '../desk/errors.ts';
import { fail, ok } from '../desk/errors.ts';
import type { Unsent } from '../desk/outbox.ts';
import type { Instant } from '../rules/decision.ts';
import { Contents } from './contents.ts';
import { codeOf, draftError, Folder, realFs, type FileSystem } from './files.ts';
import { filesOf, Item, newPlace, Newer, placeOf, unsentOf, type Place } from './item.ts';
import { parsed } from './notes.ts';
import { Notices } from './notices.ts';
import type { Aside } from './reason.ts';
import { longestPause, Tokens, type Pause, type Token } from './tokens.ts';
import { watchFolder } from './watch.ts';

export interface QueueOptions {
  /** The connection whose writes these are. */
  readonly desk: string;
  readonly now: () => Instant;
  readonly fs?: FileSystem;
  /** Told of failures underneath and of files of a newer format, for the log. */
  readonly report?: (what: 'newerFormat' | 'watch' | 'storage', error?: unknown) => void;
  /** How long a claim holds, in milliseconds; two minutes unless given. */
  readonly lease?: number;
  /** The number of this window's process. */
  readonly pid?: number;
  readonly isAlive?: (pid: number) => boolean;
}

/** An item this window may send: nobody else does while its claim holds. */
export interface Claimed {
  readonly place: Place;
  readonly item: Item;
  readonly token: Token;
}
/** An item as it stands. One that cannot be read now has no content, and stays in its line. */
export interface Standing {
  readonly place: Place;
  readonly token: Token | undefined;
}

/** How long it is remembered which revisions were our own doing. */
const chainFor = 7 * 24 * 60 * 60 * 1_000;
const turnId = 'turn';
const Chain = z.object({ from: z.int(), to: z.int() });

function processRuns(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user runs too.
    return codeOf(error) === 'EPERM';
  }
}

/**
 * Writes to one remote desk, kept on disk until they are done, safe for several windows.
 *
 * `i/<order>~<key>~<case>.json` is an item. It is written whole, once, and stays where it is until it is done, so that
 * whoever lists the folder sees every earlier item of a case: order needs no lock. `q/`, `c/` and `n/` say where an item
 * stands (see {@link Tokens}), `f/<sha256>` is content of files, `d/<case>.json` says which revisions came of our own
 * writes, `bad/` is what was damaged.
 */
export class Queue {
  readonly #desk: string;
  readonly #now: () => Instant;
  readonly #report: NonNullable<QueueOptions['report']>;
  readonly #items: Folder;
  /** The files that items name. */
  readonly contents: Contents;
  readonly #chains: Folder;
  readonly #tokens: Tokens;
  readonly #notices: Notices;
  readonly #quarantined: string[] = [];
  /** Items found without a token: one that is between two folders is not without it at the next look. */
  #without = new Set<string>();
  #swept: Promise<void> | undefined;

  constructor(path: string, options: QueueOptions) {
    const { desk, now, fs = realFs, report = () => undefined } = options;
    const { lease = 120_000, pid = process.pid, isAlive = processRuns } = options;
    this.#desk = desk;
    this.#now = now;
    this.#report = report;
    const below = (name: string): Folder => new Folder(new Folder(path, fs).at(name), fs);
    this.#items = below('i');
    this.contents = new Contents(below('f'));
    this.#chains = below('d');
    this.#tokens = new Tokens(path, fs, { now, lease, pid, isAlive });
    this.#notices = new Notices(tell => {
      const stops = [this.#items, below('n')].map(folder => watchFolder(folder, tell, error => report('watch', error)));
      return () => stops.forEach(stop => stop());
    });
  }

  /** Runs `work`; what the file system refuses becomes an error. */
  async guarded<Value>(work: () => Promise<Result<Value>>): Promise<Result<Value>> {
    try {
      this.#swept ??= this.#sweep().catch((error: unknown) => this.#report('storage', error));
      await this.#swept;
      return await work();
    } catch (error) {
      this.#report('storage', error);
      return fail<DeskError>(draftError(error));
    }
  }

  async #places(): Promise<Place[]> {
    const places = (await this.#items.names()).flatMap(name => placeOf(name) ?? []);
    return places.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  }

  /**
   * Keeps a write under its key, claimed by this window. A key that is here already is answered as its item. A window
   * adds one after another: that is their order. `by` is who wrote it, as the desk knows them.
   */
  add(key: string, what: Unsent, by?: string): Promise<Result<Claimed | { readonly known: Item }>> {
    return this.guarded(() => this.#add(key, what, by));
  }

  async #add(id: string, what: Unsent, by?: string): Promise<Result<Claimed | { readonly known: Item }>> {
    for (const file of filesOf(what)) {
      if (!(await this.contents.has(file))) return fail({ code: 'fileGone', name: file.name });
    }
    const places = await this.#places();
    const known = places.find(place => place.id === id);
    if (known) {
      const item = await this.read(known);
      return item ? ok({ known: item }) : fail({ code: 'failed' });
    }
    const place = newPlace(id, (places.at(-1)?.order ?? 0) + 1, what);
    const head = { format: 1, id, desk: this.#desk, createdAt: Math.trunc(this.#now()) } as const;
    const item: Item = { ...head, ...(by !== undefined && { by }), ...partsOf(what) };
    const token = await this.#tokens.make(id, 'claimed');
    let first: boolean;
    try {
      first = await this.#items.create(place.name, JSON.stringify(item));
    } catch (error) {
      // What could not be kept is not sent later either.
      await this.#items.remove(place.name).catch((left: unknown) => this.#report('storage', left));
      await this.#tokens.remove(token).catch((left: unknown) => this.#report('storage', left));
      throw error;
    }
    if (!first) {
      await this.#tokens.remove(token);
      return ok({ known: item });
    }
    this.#notices.tell();
    return ok({ place, item, token });
  }

  async has(key: string): Promise<boolean> {
    return (await this.#places()).some(({ id }) => id === key);
  }

  /** The content of an item; nothing where it is gone, damaged (then it is moved aside) or of a newer format. */
  async read({ name, id }: Place): Promise<Item | undefined> {
    let text: string | undefined;
    try {
      text = await this.#items.read(name);
    } catch (error) {
      if (codeOf(error) !== 'EISDIR') throw error;
      text = '';
    }
    if (text === undefined) return undefined;
    const json = parsed(text);
    if (Newer.safeParse(json).success) {
      this.#report('newerFormat');
      return undefined;
    }
    const item = Item.safeParse(json);
    if (item.success && item.data.id === id && item.data.desk === this.#desk) return item.data;
    const moved = await this.#items.quarantine(name);
    if (moved !== undefined) this.#quarantined.push(moved);
    return undefined;
  }

  takeQuarantined(): readonly string[] {
    return this.#quarantined.splice(0);
  }

  /** All items in order, where each stands, and where the turn to send is. */
  async list(): Promise<{ readonly standing: readonly Standing[]; readonly turn: Token | undefined }> {
    // Tokens first: whoever adds makes the token before the item, so no item is seen without one for that.
    const tokens = await this.#tokens.all();
    const places = await this.#places();
    const turn = tokens.get(turnId);
    tokens.delete(turnId);
    const without = places.filter(({ id }) => !tokens.has(id)).map(({ id }) => id);
    for (const id of without) if (this.#without.has(id)) tokens.set(id, await this.#tokens.make(id, 'queued'));
    this.#without = new Set(without);
    const standing = places.map(place => ({ place, token: tokens.get(place.id) }));
    for (const { id } of places) tokens.delete(id);
    // A token without an item is that of one just being added, or what a crash left.
    for (const token of tokens.values()) {
      if (!this.#tokens.holds(token) && !(await this.has(token.id))) await this.#tokens.remove(token);
    }
    return { standing, turn };
  }

  /** The first item of each case and each filing; those behind wait for it. */
  heads(standing: readonly Standing[]): readonly Standing[] {
    const lanes = new Set<string>();
    return standing.filter(({ place: { lane } }) => !lanes.has(lane) && lanes.add(lane));
  }

  async isFirst({ lane, id }: Place): Promise<boolean> {
    return (await this.#places()).find(place => place.lane === lane)?.id === id;
  }

  holds(token: Token): boolean {
    return this.#tokens.holds(token);
  }

  reason(token: Token): Promise<Aside> {
    return this.#tokens.reason(token);
  }

  /** Takes an item to send or to change it; nothing when another window has it, or it cannot be read. */
  async claim({ place, token }: Standing): Promise<Claimed | undefined> {
    const claimed = token && (await this.#tokens.claim(token));
    if (!claimed) return undefined;
    let item: Item | undefined;
    try {
      item = await this.read(place);
    } finally {
      // It was done since it was listed, or it is not ours to touch: a newer Casebook may.
      if (!item) await this.#tokens.release(claimed, { ...claimed, at: this.#now() + longestPause });
    }
    return item && { place, item, token: claimed };
  }

  /** Keeps an item from being sent while the person decides about it; nothing where it is being sent. */
  async hold({ place, token }: Standing): Promise<Claimed | undefined> {
    const held = token && (await this.#tokens.hold(token));
    const item = held && (await this.read(place));
    return item && { place, item, token: held };
  }

  /** Leaves an item after a failure underneath, for this window to take up again. */
  abandon({ token }: Pick<Claimed, 'token'>): void {
    this.#tokens.abandon(token);
  }

  renew({ token }: Pick<Claimed, 'token'>): Promise<void> {
    return this.#tokens.renew(token);
  }

  async release({ token }: Pick<Claimed, 'token'>, pause: Pause): Promise<void> {
    await this.#tokens.release(token, pause);
    this.#notices.tell();
  }

  async setAside({ token }: Claimed, reason: Aside): Promise<void> {
    await this.#tokens.setAside(token, reason);
    this.#notices.tell();
  }

  /** Ends an item. */
  async remove({ place, token }: Claimed): Promise<void> {
    await this.#items.remove(place.name);
    await this.#tokens.remove(token);
    this.#notices.tell();
  }

  /**
   * Ends an item that was done, which gave the case `revision`. Later acts that were made against the same revision as
   * this one go against the new one from now on, where what came between is our own.
   */
  async done(claimed: Claimed, revision: number): Promise<void> {
    const { item, place } = claimed;
    if (item.kind === 'act' && (await this.#places()).some(({ lane, id }) => lane === place.lane && id !== place.id)) {
      const name = `${item.caseId}.json`;
      // A revision grows by one with each change: by more, and others changed what the later ones were made against.
      if (revision === (await this.revisionOf(item)) + 1)
        await this.#chains.replace(name, JSON.stringify({ from: item.revision, to: revision }));
      else await this.#chains.remove(name);
    }
    await this.remove(claimed);
  }

  /** The revision an act is to be sent against. */
  async revisionOf({ caseId, revision }: Extract<Item, { kind: 'act' }>): Promise<number> {
    const text = await this.#chains.read(`${caseId}.json`);
    const chain = text === undefined ? undefined : Chain.safeParse(parsed(text)).data;
    return chain?.from === revision ? chain.to : revision;
  }

  /**
   * The turn to send, for one window at a time. It can be had once the last pause is over, or before that where `now`
   * says so. Nothing when it cannot be had.
   */
  async takeTurn(turn: Token | undefined, early: boolean): Promise<Token | undefined> {
    if (turn === undefined) return this.#tokens.make(turnId, 'claimed');
    if (turn.where === 'queued' && !early && !this.isDue(turn.at)) return undefined;
    return this.#tokens.claim(turn);
  }

  /** Whether a pause of ours is over. One longer than any comes from a clock that was set back. */
  isDue(at: Instant): boolean {
    const left = at - this.#now();
    return left <= 0 || left > longestPause;
  }

  /** Once per window: removes what ended processes left half written, and content and chains nobody needs any more. */
  async #sweep(): Promise<void> {
    const now = this.#now();
    for (const folder of [this.#items, this.#chains]) await folder.sweep(now);
    for (const name of await this.#chains.olderThan(now - chainFor)) await this.#chains.remove(name);
    await this.contents.sweep(now, async () => {
      const items = await Promise.all((await this.#places()).map(place => this.read(place)));
      // What cannot be read may name any content.
      return items.every(item => item !== undefined)
        ? items.flatMap(item => filesOf(unsentOf(item)).map(({ sha256 }) => sha256))
        : undefined;
    });
  }

  onDidChange(listener: () => void): () => void {
    return this.#notices.add(listener);
  }

  close(): void {
    this.#notices.close();
  }
}

/** The parts of a write as an item keeps them. */
function partsOf(what: Unsent): Pick<Extract<Item, { kind: 'file' }>, 'kind' | 'content'> | ActParts {
  if (what.kind === 'file') return { kind: 'file', content: what.content };
  const { caseId, action, revision, title, seen } = what;
  return {
    kind: 'act',
    caseId,
    action,
    revision,
    ...(title === undefined ? {} : { title }),
    ...(seen === undefined ? {} : { seen }),
  };
}
type ActParts = Omit<Extract<Item, { kind: 'act' }>, 'format' | 'id' | 'desk' | 'createdAt'>;
