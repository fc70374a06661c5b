import type pg from 'pg';
import { CaseId } from '../../desk/case.ts';
import type { DeskChange } from '../../desk/desk.ts';
import type { Timing } from '../waiting.ts';

/** More cases than this at once are told as "anything may have changed". */
const mostCases = 200;
const beatMilliseconds = 15_000;
const longestNap = 1_000;

/** Changes as they add up: `{}` once anything may have changed. */
export class Sum {
  readonly #cases = new Set<string>();
  #incidents = false;
  #anything = false;

  /** A case by its id, the incidents, or anything. */
  add(what: { readonly id: string } | 'incidents' | 'anything'): void {
    if (what === 'incidents') this.#incidents = true;
    else if (what === 'anything') this.#anything = true;
    else this.#cases.add(what.id);
  }

  take(): DeskChange | undefined {
    const cases = [...this.#cases];
    if (this.#anything || cases.length > mostCases) return {};
    if (cases.length === 0 && !this.#incidents) return undefined;
    return { ...(cases.length > 0 && { cases }), ...(this.#incidents && { incidents: true }) };
  }
}

export interface Listening {
  readonly pool: pg.Pool;
  readonly channel: string;
  /** What this copy is called on the channel, where it hears itself too. */
  readonly copy: string;
  readonly timing: Timing;
  readonly report: (error: unknown) => void;
  readonly tell: (change: DeskChange) => void;
}

/** Hears of what other copies change, on a connection of its own. */
export class Changes {
  readonly #with: Listening;
  #heard: Sum | undefined;
  #connection: pg.PoolClient | undefined;
  #stopBeat: (() => void) | undefined;
  #closed = false;

  constructor(listening: Listening) {
    this.#with = listening;
  }

  /** Settles once every change from here on is heard; rejects when it cannot be. */
  async listen(): Promise<void> {
    const { pool, channel, timing } = this.#with;
    const connection = await pool.connect();
    const lost = (error?: unknown): void => {
      if (this.#connection === connection) this.#lose(error);
    };
    connection.on('error', lost);
    connection.on('end', lost);
    connection.on('notification', ({ payload = '' }) => this.#hear(payload));
    try {
      await connection.query(`LISTEN ${channel}`);
    } catch (error) {
      connection.release(true);
      throw error;
    }
    this.#connection = connection;
    if (this.#closed) {
      this.#release();
      return;
    }
    // A server that is gone without a word is noticed by asking it something.
    this.#stopBeat = timing.every(beatMilliseconds, () => void connection.query('SELECT 1').catch(lost));
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
        await this.listen();
        this.#gather('anything');
        return;
      } catch (error) {
        report(error);
      }
    }
  }

  /** `copy id`, or `copy incidents`. */
  #hear(payload: string): void {
    const [copy, what = ''] = payload.split(' ');
    if (copy === this.#with.copy) return;
    if (what === 'incidents') this.#gather('incidents');
    else this.#gather(CaseId.safeParse(what).success ? { id: what } : 'anything');
  }

  /** Tells what comes at the same time as one change. */
  #gather(what: Parameters<Sum['add']>[0]): void {
    if (this.#heard) {
      this.#heard.add(what);
      return;
    }
    const heard = new Sum();
    heard.add(what);
    this.#heard = heard;
    setImmediate(() => {
      this.#heard = undefined;
      const change = heard.take();
      if (change && !this.#closed) this.#with.tell(change);
    });
  }

  close(): void {
    this.#closed = true;
    this.#release();
  }
}
