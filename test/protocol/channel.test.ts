import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { Channel, type Contract, type Handlers } from '../../src/protocol/channel.ts';

const host = {
  asks: {
    double: { params: z.object({ value: z.number() }), answer: z.number() },
    nothing: { params: z.object({}), answer: z.undefined() },
  },
  tells: { note: z.object({ text: z.string() }) },
} as const satisfies Contract;
const page = { asks: { name: { params: z.object({}), answer: z.string() } }, tells: {} } as const satisfies Contract;

interface End {
  readonly sent: unknown[];
  readonly failures: string[];
}
const end = (): End => ({ sent: [], failures: [] });

function hostEnd(handlers: Partial<Handlers<typeof host>['asks']> = {}, at: End = end()) {
  const heard: string[] = [];
  const asks = { double: ({ value }: { value: number }) => value * 2, nothing: () => undefined, ...handlers };
  const channel = new Channel(
    host,
    page,
    { asks, tells: { note: ({ text }) => void heard.push(text) } },
    {
      session: 'host',
      post: message => at.sent.push(message),
      failed: name => at.failures.push(name),
    },
  );
  return { channel, heard, ...at };
}

/** Two ends joined as a webview joins them: what crosses is cloned. */
function joined(handlers: Partial<Handlers<typeof host>['asks']> = {}) {
  const asks = { double: ({ value }: { value: number }) => value * 2, nothing: () => undefined, ...handlers };
  const heard: string[] = [];
  const failures: string[] = [];
  const there: Channel<typeof host, typeof page> = new Channel(
    host,
    page,
    { asks, tells: { note: ({ text }) => void heard.push(text) } },
    {
      session: 'host',
      post: message => here.receive(structuredClone(message)),
      failed: name => failures.push(name),
    },
  );
  const here: Channel<typeof page, typeof host> = new Channel(
    page,
    host,
    { asks: { name: () => 'page' }, tells: {} },
    {
      session: 'page',
      post: message => there.receive(structuredClone(message)),
      failed: name => failures.push(name),
    },
  );
  return { here, there, heard, failures };
}

describe('Channel', () => {
  it('answers questions in both directions', async () => {
    const { here, there } = joined();
    assert.deepEqual(await here.ask('double', { value: 4 }), { ok: true, value: 8 });
    assert.deepEqual(await there.ask('name', {}), { ok: true, value: 'page' });
    assert.deepEqual(await here.ask('nothing', {}), { ok: true, value: undefined });
  });

  it('tells news', () => {
    const { here, heard } = joined();
    here.tell('note', { text: 'hello' });
    assert.deepEqual(heard, ['hello']);
  });

  it('settles when the handler throws, logs its name and lets no text of the error across', async () => {
    const secret = 'tok-12345';
    const { here, failures } = joined({ double: () => Promise.reject(new Error(secret)) });
    assert.deepEqual(await here.ask('double', { value: 1 }), { ok: false, error: 'failed' });
    assert.deepEqual(failures, ['double']);
    const at = end();
    const { channel } = hostEnd(
      {
        double: () => {
          throw new Error(secret);
        },
      },
      at,
    );
    await channel.receive({ kind: 'ask', id: '1', name: 'double', params: { value: 1 } });
    assert.deepEqual(at.sent, [{ kind: 'refusal', id: '1', error: 'failed' }]);
  });

  const refused: readonly (readonly [what: string, name: string, params: unknown, error: string])[] = [
    ['an unknown method', 'triple', {}, 'unknownMethod'],
    ['a name of the prototype', 'constructor', {}, 'unknownMethod'],
    ['a name of the prototype', '__proto__', {}, 'unknownMethod'],
    ['parameters of another type', 'double', { value: 'four' }, 'badParams'],
    ['no parameters', 'double', undefined, 'badParams'],
  ];
  for (const [what, name, params, error] of refused) {
    it(`refuses ${what}: ${name}`, async () => {
      const { channel, sent } = hostEnd();
      await channel.receive({ kind: 'ask', id: '1', name, params });
      assert.deepEqual(sent, [{ kind: 'refusal', id: '1', error }]);
    });
  }

  it('does not look at parameters the contract does not name', async () => {
    const seen: unknown[] = [];
    const { channel } = hostEnd({ double: params => seen.push(params) });
    await channel.receive({
      kind: 'ask',
      id: '1',
      name: 'double',
      params: { value: 1, command: 'workbench.action.quit', url: 'https://evil.example' },
    });
    assert.deepEqual(seen, [{ value: 1 }]);
  });

  it('calls an answer of another type a bad reply', async () => {
    const { here } = joined({ double: () => 'eight' as unknown as number });
    assert.deepEqual(await here.ask('double', { value: 4 }), { ok: false, error: 'badReply' });
  });

  it('settles what waits when it is closed, and answers nothing after it', async () => {
    const { channel, sent, heard } = hostEnd();
    const waiting = channel.ask('name', {});
    channel.close();
    assert.deepEqual(await waiting, { ok: false, error: 'closed' });
    assert.deepEqual(await channel.ask('name', {}), { ok: false, error: 'closed' });
    const before = sent.length;
    await channel.receive({ kind: 'ask', id: '1', name: 'double', params: { value: 1 } });
    await channel.receive({ kind: 'tell', name: 'note', params: { text: 'late' } });
    assert.equal(sent.length, before);
    assert.deepEqual(heard, []);
  });

  it('settles when the other end cannot be reached', async () => {
    const channel = new Channel(
      page,
      host,
      { asks: { name: () => 'page' }, tells: {} },
      {
        session: 'page',
        post: () => {
          throw new Error('Webview is disposed');
        },
        failed: () => undefined,
      },
    );
    assert.deepEqual(await channel.ask('double', { value: 1 }), { ok: false, error: 'closed' });
    channel.tell('note', { text: 'nobody hears' });
  });

  it('does not take an answer meant for the page before it', async () => {
    const { channel, sent } = hostEnd();
    const waiting = channel.ask('name', {});
    await channel.receive({ kind: 'answer', id: 'another-session:1', value: 'wrong' });
    const [asked] = sent as { id: string }[];
    await channel.receive({ kind: 'answer', id: asked?.id, value: 'right' });
    assert.deepEqual(await waiting, { ok: true, value: 'right' });
  });

  it('never throws and never calls a handler for 10,000 pieces of garbage', async function () {
    this.timeout(60_000);
    const anything = fc.anything({ maxDepth: 1, maxKeys: 3, withNullPrototype: true, withBigInt: true, withMap: true });
    let calls = 0;
    const at = end();
    const { channel } = hostEnd({ double: () => ++calls }, at);
    const almost = fc.record(
      {
        kind: fc.oneof(fc.constantFrom('ask', 'answer', 'refusal', 'tell'), fc.string()),
        id: fc.oneof(fc.string(), fc.integer()),
        name: fc.oneof(fc.constantFrom('double', 'note', 'toString', '__proto__'), fc.string()),
        params: anything,
        value: anything,
        error: fc.string(),
        endpoint: fc.constant('https://evil.example'),
      },
      { requiredKeys: [] },
    );
    const garbage = fc.oneof(anything, almost).filter(message => !isGood(message));
    await fc.assert(
      fc.asyncProperty(garbage, message => channel.receive(message)),
      { numRuns: 10_000 },
    );
    assert.equal(calls, 0);
    assert.deepEqual(at.failures, []);
    assert.equal(Object.hasOwn(Object.prototype, 'endpoint'), false);
  });
});

function isGood(message: unknown): boolean {
  const Good = z.object({ kind: z.literal('ask'), name: z.literal('double'), params: z.object({ value: z.number() }) });
  return z.safeParse(Good, message).success;
}
