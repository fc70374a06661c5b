import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { CaseId } from '../../desk/case.ts';
import type { DeskChange } from '../../desk/desk.ts';
import type { Timing } from '../waiting.ts';
import { isBroken } from './trouble.ts';

/** More cases than this at once are told as "anything may have changed": a message has at most 8,000 bytes. */
const mostCases = 100;
const beatMilliseconds = 15_000;
const longestNap = 1_000;
const tell = 'SELECT pg_notify($1, $2)';

/** Changes as they add up: `{}` once anything may have changed. */
export class Sum {
  readonly #cases = new Set<string>();
  #incidents = false;
  #anything = false;

  add({ cases, incidents = false }: DeskChange): void {
    for (const id of cases ?? []) this.#cases.add(id);
    this.#incidents ||= incidents;
    this.#anything ||= !cases && !incidents;
  }

  /** What added up since the last call. */
  take(): DeskChange | undefined {
    const [cases, incidents, anything] = [[...this.#cases], this.#incidents, this.#anything];
    this.#cases.clear();
    this.#incidents = this.#anything = false;
    if (anything || cases.length > mostCases) return {};
    if (cases.length === 0 && !incidents) return undefined;
    return { ...(cases.length > 0 && { cases }), ...(incidents && { incidents }) };
  }
}

// A message is the name of the copy that sends it and what changed: ids of cases, "incidents", or nothing for anything.
const messageOf = (copy: string, { cases = [], incidents }: DeskChange): string =>
  [copy, ...cases, ...(incidents ? ['incidents'] : [])].join(' ');
function changeOf(words: readonly string[]): DeskChange {
  const cases = words.filter(word => word !== 'incidents');
  const isKnown = words.length > 0 && cases.every(word => CaseId.safeParse(word).success);
  if (!isKnown) return {};
  return { ...(cases.length > 0 && { cases }), ...(cases.length < words.length && { incidents: true }) };
}

export interface Listening {
  readonly pool: pg.Pool;
  readonly timing: Timing;
  readonly report: (error: unknown) => void;
}
type Tell = (change: DeskChange) => void;

/**
 * Hears of what other copies change and tells them of own changes, for all tenants of a server on one connection, each
 * tenant on a channel of its own. A message is sent after its change was committed: sent with it, all commits would wait
 * for one another. A copy that is killed between the two leaves the others to find out when they next read.
 */
export class Changes {
  readonly #with: Listening;
  /** What this copy is called on the channels, where it hears itself too. */
  readonly #copy = randomBytes(8).toString('hex');
  readonly #channels = new Map<string, Tell>();
  readonly #heard = new Map<string, Sum>();
  readonly #outgoing = new Map<string, Sum>();
  #sending: Promise<void> | undefined;
  #connecting: Promise<pg.PoolClient> | undefined;
  #connection: pg.PoolClient | undefined;
  #stopBeat: (() => void) | undefined;
  #closed = false;

  constructor(listening: Listening) {
    this.#with = listening;
  }

  /** Settles once every change on a channel is told from here on; rejects when it cannot be. Call the answer to stop. */
  async follow(channel: string, tell: Tell): Promise<() => void> {
    this.#channels.set(channel, tell);
    try {
      const connection = await this.#connect();
      await connection.query(`LISTEN ${channel}`);
    } catch (error) {
      this.#channels.delete(channel);
      throw error;
    }
    return () => {
      this.#channels.delete(channel);
      // A connection that is lost by then listens to nothing.
      void this.#connection?.query(`UNLISTEN ${channel}`).catch(() => undefined);
    };
  }

  async #connect(): Promise<pg.PoolClient> {
    return this.#connection ?? (await this.#shareOpening());
  }
  #shareOpening(): Promise<pg.PoolClient> {
    return (this.#connecting ??= this.#open().finally(() => (this.#connecting = undefined)));
  }

  async #open(): Promise<pg.PoolClient> {
    const { pool, timing } = this.#with;
    const connection = await pool.connect();
    const lost = (error?: unknown): void => {
      if (this.#connection === connection) this.#lose(error);
    };
    connection.on('error', lost);
    connection.on('end', lost);
    connection.on('notification', ({ channel, payload = '' }) => this.#hear(channel, payload));
    try {
      const channels = [...this.#channels.keys()].map(channel => `LISTEN ${channel}; `);
      // Messages are kept on no disk, so sending one need not wait for it.
      await connection.query(`${channels.join('')}SET synchronous_commit = off`);
    } catch (error) {
      connection.release(true);
      throw error;
    }
    this.#connection = connection;
    if (this.#closed) {
      this.#release();
      return connection;
    }
    // A server that is gone without a word is noticed by asking it something.
    this.#stopBeat = timing.every(beatMilliseconds, () => void connection.query('SELECT 1').catch(lost));
    this.#flush();
    return connection;
  }

  #release(): void {
    this.#stopBeat?.();
    const connection = this.#connection;
    this.#connection = undefined;
    // It listens, so it is of no use to anybody else.
    connection?.release(true);
  }

  #lose(error: unknown): void {
    this.#release();
    if (this.#closed) return;
    this.#with.report(error);
    void this.#again();
  }

  /** Listens again once that can be. What was missed meanwhile is told as "anything". */
  async #again(): Promise<void> {
    const { timing, report } = this.#with;
    for (let nap = 50; !this.#closed; nap = Math.min(nap * 2, longestNap)) {
      await timing.sleep(nap * (0.5 + timing.random() / 2));
      try {
        await this.#connect();
        for (const channel of this.#channels.keys()) this.#tell(channel, {});
        return;
      } catch (error) {
        report(error);
      }
    }
  }

  #hear(channel: string, payload: string): void {
    const [copy, ...words] = payload.split(' ');
    if (copy !== this.#copy) this.#tell(channel, changeOf(words));
  }

  /** Tells what comes at the same time as one change. */
  #tell(channel: string, change: DeskChange): void {
    const known = this.#heard.get(channel);
    const heard = known ?? new Sum();
    heard.add(change);
    if (known) return;
    this.#heard.set(channel, heard);
    setImmediate(() => {
      this.#heard.delete(channel);
      const sum = heard.take();
      if (sum && !this.#closed) this.#channels.get(channel)?.(sum);
    });
  }

  /** Tells the other copies, soon; what changes while a message is under way goes with the next. */
  send(channel: string, change: DeskChange): void {
    this.#add(channel, change);
    this.#flush();
  }
  #add(channel: string, change: DeskChange): void {
    const outgoing = this.#outgoing.get(channel) ?? new Sum();
    outgoing.add(change);
    // One that is new comes last, so that no channel waits for another that is busy.
    this.#outgoing.set(channel, outgoing);
  }
  #flush(): void {
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = undefined));
  }

  async #sendAll(): Promise<void> {
    const { report } = this.#with;
    for (let connection = this.#connection; connection; connection = this.#connection) {
      const [next] = this.#outgoing;
      if (!next) return;
      const [channel, sum] = next;
      this.#outgoing.delete(channel);
      const change = sum.take();
      if (!change) continue;
      try {
        await connection.query({ name: 'tell', text: tell, values: [channel, messageOf(this.#copy, change)] });
      } catch (error) {
        // Whether it was sent is not known; it goes again on the next connection, or with the next message.
        this.#add(channel, change);
        if (isBroken(error) && this.#connection === connection) this.#lose(error);
        else report(error);
        return;
      }
    }
  }

  /** Ends once the message that is under way was sent. */
  close(): void {
    this.#closed = true;
    void (this.#sending ?? Promise.resolve()).finally(() => this.#release());
  }
}
