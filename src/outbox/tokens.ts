import type { Instant } from '../rules/decision.ts';
import { codeOf, Folder, type FileSystem } from './files.ts';
import { parsed } from './notes.ts';
import { Reason, type Aside } from './reason.ts';

/** The longest pause between two tries, in milliseconds. */
export const longestPause = 64_000;

export interface TokenOptions {
  readonly now: () => Instant;
  /** How long a claim holds at most, in milliseconds. */
  readonly lease: number;
  readonly pid: number;
  /** Whether a process of this machine still runs. */
  readonly isAlive: (pid: number) => boolean;
}

/** When a free token may be claimed: `at` is our own pause, `until` what the desk asked for. */
export interface Pause {
  readonly tries: number;
  readonly at: Instant;
  readonly until: Instant;
}
export const noPause: Pause = { tries: 0, at: 0, until: 0 };

/** Says where an item stands, by the folder it is in and by its name alone. */
export interface Token extends Pause {
  readonly id: string;
  readonly where: 'queued' | 'claimed' | 'aside';
  /** Below the folder of the queue. */
  name: string;
  /** Of a claim: when it ends, and whose it is. */
  leaseEnd: Instant;
  readonly pid: number;
}

const folders = { queued: 'q', claimed: 'c', aside: 'n' } as const;
const order = ['aside', 'claimed', 'queued'] as const;
const nameForm = /^([0-9a-f-]{36}|turn)~(\d{1,6})~(\d{1,16})~(\d{1,16})$/;

/**
 * Empty files that move by `rename` between `q` (queued), `c` (claimed) and `n` (needs the person). Of two windows that
 * claim one token, one succeeds. A claim is good for efficiency only: what makes a write safe is its key.
 */
export class Tokens {
  readonly #folder: Folder;
  readonly #options: TokenOptions;
  /** Claims of this window; others under its number were left by a process that ended. */
  readonly #own = new Set<string>();

  constructor(path: string, fs: FileSystem, options: TokenOptions) {
    this.#folder = new Folder(path, fs);
    this.#options = options;
  }

  /** All tokens by id. Where a crash left two of one id, the one that asks for the person holds. */
  async all(): Promise<Map<string, Token>> {
    const found = new Map<string, Token>();
    for (const where of order) {
      const folder = new Folder(this.#folder.at(folders[where]), this.#folder.fs);
      for (const name of await folder.names()) {
        const token = this.#read(where, name);
        if (token !== undefined && !found.has(token.id)) found.set(token.id, token);
      }
    }
    return found;
  }

  #read(where: Token['where'], name: string): Token | undefined {
    const [, id, tries, first, second] = nameForm.exec(name) ?? [];
    if (id === undefined) return undefined;
    const held = where === 'claimed';
    return {
      id,
      where,
      name: `${folders[where]}/${name}`,
      tries: Number(tries),
      at: held ? 0 : Number(first),
      until: held ? 0 : Number(second),
      leaseEnd: held ? Number(first) : 0,
      pid: held ? Number(second) : 0,
    };
  }

  /** Makes the token of something new, claimed from the start or free. */
  async make(id: string, where: 'queued' | 'claimed'): Promise<Token> {
    const token = where === 'claimed' ? this.#claim(id, 0) : this.#free(id, noPause);
    await this.#folder.fs.mkdir(this.#folder.at(folders[where]), { recursive: true, mode: 0o700 });
    const file = await this.#folder.fs.open(this.#folder.at(token.name), 'w', 0o600);
    await file.close();
    if (where === 'claimed') this.#own.add(token.name);
    return token;
  }

  #claim(id: string, tries: number): Token {
    const { now, lease, pid } = this.#options;
    const leaseEnd = Math.trunc(now() + lease);
    return {
      ...{ id, where: 'claimed', tries, leaseEnd, pid, at: 0, until: 0 },
      name: `${folders.claimed}/${id}~${tries}~${leaseEnd}~${pid}`,
    };
  }

  #free(id: string, { tries, at, until }: Pause): Token {
    const [from, told] = [Math.trunc(at), Math.trunc(until)];
    const name = `${folders.queued}/${id}~${tries}~${from}~${told}`;
    return { id, where: 'queued', name, tries, at: from, until: told, leaseEnd: 0, pid: 0 };
  }

  /** Whether a claim holds. One that ends later than any claim made now would comes from a clock that was set back. */
  holds({ where, name, leaseEnd, pid }: Token): boolean {
    const { now, lease, pid: own, isAlive } = this.#options;
    if (where !== 'claimed') return false;
    const left = leaseEnd - now();
    if (left <= 0 || left > lease) return false;
    return pid === own ? this.#own.has(name) : isAlive(pid);
  }

  async #move(from: Token, to: Token): Promise<Token | undefined> {
    const { fs } = this.#folder;
    const rename = (): Promise<void> => fs.rename(this.#folder.at(from.name), this.#folder.at(to.name));
    try {
      await rename().catch(async (error: unknown) => {
        // The folder is made when it is first needed. Another may have made it meanwhile, so that the token need not be gone.
        if (codeOf(error) !== 'ENOENT') throw error;
        await fs.mkdir(this.#folder.at(folders[to.where]), { recursive: true, mode: 0o700 });
        await rename();
      });
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    } finally {
      // A claim that could not be moved is not held either: it is taken up again.
      this.#own.delete(from.name);
    }
    if (to.where === 'claimed') this.#own.add(to.name);
    return to;
  }

  /** Takes a token; nothing when another window was first, or holds it. A claim nobody holds is first put back. */
  async claim(token: Token): Promise<Token | undefined> {
    if (this.holds(token)) return undefined;
    const left = { tries: token.tries + 1, at: 0, until: 0 };
    const free = token.where === 'claimed' ? await this.#move(token, this.#free(token.id, left)) : token;
    return free && this.#move(free, this.#claim(free.id, free.tries));
  }

  /** Lengthens a claim of this window, once half of it is over. */
  async renew(token: Token): Promise<void> {
    const { now, lease } = this.#options;
    const left = token.leaseEnd - now();
    if (left > lease / 2 && left <= lease) return;
    const longer = this.#claim(token.id, token.tries);
    // Said before it is done, since several that work under one claim may ask for it.
    token.leaseEnd = longer.leaseEnd;
    const renewed = await this.#move(token, longer);
    if (renewed) token.name = renewed.name;
  }

  /** Leaves a claim where it is, for this window to take up again. */
  abandon({ name }: Token): void {
    this.#own.delete(name);
  }

  /** Puts a token aside that nobody holds, so that nobody sends its item meanwhile. Nothing where somebody does. */
  async hold(token: Token): Promise<Token | undefined> {
    if (token.where === 'aside') return token;
    return this.holds(token) ? undefined : this.#move(token, this.#aside(token));
  }

  #aside({ id, tries }: Token): Token {
    const name = `${folders.aside}/${id}~${tries}~0~0`;
    return { id, where: 'aside', name, tries, at: 0, until: 0, leaseEnd: 0, pid: 0 };
  }

  /** Gives a claim back, or what was put aside. */
  async release(token: Token, pause: Pause): Promise<void> {
    await this.#move(token, this.#free(token.id, pause));
  }

  /** Puts the item of a claim aside, with the reason. */
  async setAside(token: Token, reason: Aside): Promise<void> {
    await this.#folder.replace(token.name, JSON.stringify(reason));
    await this.#move(token, this.#aside(token));
  }

  /** Why an item is aside. */
  async reason({ name }: Token): Promise<Aside> {
    return Reason.parse(parsed((await this.#folder.read(name)) ?? ''));
  }

  async remove({ name }: Token): Promise<void> {
    this.#own.delete(name);
    await this.#folder.remove(name);
  }
}
