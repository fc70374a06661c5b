import * as z from 'zod/mini';

/** A zod type, of zod or of zod/mini. */
type Type = z.core.$ZodType;

/** What one end of a channel takes: questions, which are answered, and news, which are not. */
export interface Contract {
  readonly asks: Readonly<Record<string, { readonly params: Type; readonly answer: Type }>>;
  readonly tells: Readonly<Record<string, Type>>;
}

/** Why a question has no answer. Only the code crosses: what went wrong stays in the log of the end it went wrong at. */
export const askFailures = ['unknownMethod', 'badParams', 'badReply', 'failed', 'closed'] as const;
export type AskFailure = (typeof askFailures)[number];
export type Answer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: AskFailure };

type Params<C extends Contract, K extends keyof C['asks']> = z.output<C['asks'][K]['params']>;
type Replied<C extends Contract, K extends keyof C['asks']> = z.output<C['asks'][K]['answer']>;
type News<C extends Contract, K extends keyof C['tells']> = z.output<C['tells'][K]>;

/** What one end does with what its contract takes. */
export interface Handlers<C extends Contract> {
  readonly asks: {
    readonly [K in keyof C['asks']]: (params: Params<C, K>) => Replied<C, K> | Promise<Replied<C, K>>;
  };
  readonly tells: { readonly [K in keyof C['tells']]: (news: News<C, K>) => void | Promise<void> };
}

const id = z.string().check(z.maxLength(100));
const name = z.string().check(z.maxLength(100));
const Message = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ask'), id, name, params: z.optional(z.unknown()) }),
  z.strictObject({ kind: z.literal('answer'), id, value: z.optional(z.unknown()) }),
  z.strictObject({ kind: z.literal('refusal'), id, error: z.enum(askFailures) }),
  z.strictObject({ kind: z.literal('tell'), name, params: z.optional(z.unknown()) }),
]);
type Message = z.output<typeof Message>;

interface Waiting {
  readonly answer: Type;
  readonly settle: (answer: Answer<unknown>) => void;
}

/** How a channel reaches the other end, and where it tells what its own handlers threw. */
export interface Wire {
  /**
   * Fresh for each life of a page: one that was reloaded in its panel must not take an answer meant for the one before.
   */
  readonly session: string;
  /** May throw or do nothing when the other end is gone. */
  post(message: unknown): unknown;
  failed(name: string, error: unknown): void;
}

/**
 * One end of the channel between the extension host and a page. `mine` is what this end takes, `theirs` what the other
 * takes. Everything that arrives is parsed; nothing that arrives can make `receive` throw, and every `ask` settles.
 */
export class Channel<Mine extends Contract, Theirs extends Contract> {
  readonly #mine: Mine;
  readonly #theirs: Theirs;
  readonly #handlers: Handlers<Mine>;
  readonly #wire: Wire;
  readonly #waiting = new Map<string, Waiting>();
  #asked = 0;
  #closed = false;

  constructor(mine: Mine, theirs: Theirs, handlers: Handlers<Mine>, wire: Wire) {
    this.#mine = mine;
    this.#theirs = theirs;
    this.#handlers = handlers;
    this.#wire = wire;
  }

  /** Asks the other end. Never rejects: a failure of any kind is an answer that is not `ok`. */
  ask<K extends keyof Theirs['asks'] & string>(
    name: K,
    params: Params<Theirs, K>,
  ): Promise<Answer<Replied<Theirs, K>>> {
    const method = this.#theirs.asks[name];
    if (this.#closed || !method) return Promise.resolve({ ok: false, error: 'closed' });
    const id = `${this.#wire.session}:${String(++this.#asked)}`;
    return new Promise(resolve => {
      // `answer` has parsed what is settled, so it is what this question is answered with.
      this.#waiting.set(id, { answer: method.answer, settle: answer => resolve(answer as Answer<Replied<Theirs, K>>) });
      if (!this.#post({ kind: 'ask', id, name, params })) this.#settle(id, { ok: false, error: 'closed' });
    });
  }

  /** Tells the other end; nothing comes back. */
  tell<K extends keyof Theirs['tells'] & string>(name: K, params: News<Theirs, K>): void {
    if (!this.#closed) this.#post({ kind: 'tell', name, params });
  }

  /** Takes a message of the other end, or garbage. */
  async receive(raw: unknown): Promise<void> {
    if (this.#closed) return;
    const message = z.safeParse(Message, raw);
    if (!message.success) return;
    switch (message.data.kind) {
      case 'ask':
        await this.#answer(message.data.id, message.data.name, message.data.params);
        break;
      case 'tell':
        await this.#hear(message.data.name, message.data.params);
        break;
      case 'answer':
        this.#take(message.data.id, message.data.value);
        break;
      case 'refusal':
        this.#settle(message.data.id, { ok: false, error: message.data.error });
        break;
    }
  }

  /** Ends the channel: what waits is answered with `closed`, what arrives later is not looked at. */
  close(): void {
    this.#closed = true;
    for (const id of [...this.#waiting.keys()]) this.#settle(id, { ok: false, error: 'closed' });
  }

  async #answer(id: string, name: string, raw: unknown): Promise<void> {
    const method = Object.hasOwn(this.#mine.asks, name) ? this.#mine.asks[name] : undefined;
    const handler = Object.hasOwn(this.#handlers.asks, name) ? this.#handlers.asks[name] : undefined;
    if (!method || !handler) return void this.#post({ kind: 'refusal', id, error: 'unknownMethod' });
    const params = z.safeParse(method.params, raw);
    if (!params.success) return void this.#post({ kind: 'refusal', id, error: 'badParams' });
    try {
      const value: unknown = await (handler as (params: unknown) => unknown)(params.data);
      this.#post({ kind: 'answer', id, value });
    } catch (error) {
      this.#wire.failed(name, error);
      this.#post({ kind: 'refusal', id, error: 'failed' });
    }
  }

  async #hear(name: string, raw: unknown): Promise<void> {
    const type = Object.hasOwn(this.#mine.tells, name) ? this.#mine.tells[name] : undefined;
    const handler = Object.hasOwn(this.#handlers.tells, name) ? this.#handlers.tells[name] : undefined;
    const news = type && z.safeParse(type, raw);
    if (!handler || !news?.success) return;
    try {
      await (handler as (news: unknown) => unknown)(news.data);
    } catch (error) {
      this.#wire.failed(name, error);
    }
  }

  #take(id: string, raw: unknown): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    const value = z.safeParse(waiting.answer, raw);
    this.#settle(id, value.success ? { ok: true, value: value.data } : { ok: false, error: 'badReply' });
  }

  #settle(id: string, answer: Answer<unknown>): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.settle(answer);
  }

  #post(message: Message): boolean {
    try {
      this.#wire.post(message);
      return true;
    } catch {
      return false;
    }
  }
}
