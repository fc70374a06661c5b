import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { DeskChange } from '../../src/desk/desk.ts';
import type { DeskRole } from '../../src/desk/lifecycle.ts';
import { createFeed } from '../../src/server/feed.ts';
import { newCase, newIncident } from '../desk/build.ts';
import { eventually } from '../support/eventually.ts';
import type { TestServer } from './support/server.ts';
import { ask, problem, startServer } from './support/server.ts';

const draft = newCase({ contact: 'Jana' });

/** A stream of events as it comes in. */
interface Following {
  readonly events: { readonly id: string; readonly change: DeskChange }[];
  /** Everything that came. */
  text(): string;
  /** The id of the last message that had one. */
  last(): string;
  isOver(): boolean;
  stop(): void;
}

describe('Changes of a team desk', () => {
  let server: TestServer;
  let token: string;
  const open: Following[] = [];
  beforeEach(async () => {
    server = await startServer();
    token = await server.token();
  });
  afterEach(async () => {
    for (const stream of open.splice(0)) stream.stop();
    await server.close();
  });

  async function follow(lastEventId?: string, of = token): Promise<Following> {
    const stopped = new AbortController();
    const got = await fetch(`${server.url}/v1/events`, {
      signal: stopped.signal,
      headers: {
        authorization: `Bearer ${of}`,
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
    });
    assert.deepEqual([got.status, got.headers.get('content-type')], [200, 'text/event-stream']);
    let text = '';
    let over = false;
    void (async () => {
      try {
        for await (const piece of got.body ?? []) text += new TextDecoder().decode(piece as Uint8Array);
      } catch {
        // It was stopped.
      }
      over = true;
    })();
    const following: Following = {
      get events() {
        return Array.from(text.matchAll(/event: change\nid: (.*)\ndata: (.*)\n\n/g), ([, id = '', data = '']) => {
          return { id, change: JSON.parse(data) as DeskChange };
        });
      },
      text: () => text,
      last: () => Array.from(text.matchAll(/^id: (.*)$/gm), ([, id = '']) => id).at(-1) ?? '',
      isOver: () => over,
      stop: () => stopped.abort(),
    };
    open.push(following);
    await eventually(() => assert.match(text, /: hello/));
    return following;
  }
  const file = async (of = token): Promise<string> =>
    String((await ask(server, 'POST /v1/cases', { token: of, body: draft })).json['id']);
  const changes = ({ events }: Following): DeskChange[] => events.map(({ change }) => change);

  it('come as they happen, with the cases or the board they are about', async () => {
    const stream = await follow();
    const id = await file();
    await ask(server, 'POST /v1/incidents', { token, body: newIncident() });
    await eventually(() => assert.deepEqual(changes(stream), [{ cases: [id] }, { incidents: true }]));
  });

  it('are resumed where a stream broke, also one that had heard nothing yet', async () => {
    const quiet = await follow();
    quiet.stop();
    const ids = [await file(), await file(), await file()];
    const resumed = await follow(quiet.last());
    await eventually(() =>
      assert.deepEqual(
        changes(resumed),
        ids.map(id => ({ cases: [id] })),
      ),
    );
    const [first] = resumed.events;
    const again = await follow(first?.id);
    await eventually(() =>
      assert.deepEqual(
        changes(again),
        ids.slice(1).map(id => ({ cases: [id] })),
      ),
    );
    const upToDate = await follow(again.last());
    const next = await file();
    await eventually(() => assert.deepEqual(changes(upToDate), [{ cases: [next] }]));
  });

  for (const id of ['', 'x', '0', '-1', '__proto__', 'ffffffff-ffff-4fff-8fff-ffffffffffff-0']) {
    it(`begin with “anything may have changed” where “${id}” is not known`, async () => {
      await file();
      const stream = await follow(id);
      await eventually(() => assert.deepEqual(changes(stream), [{}]));
      const next = await file();
      await eventually(() => assert.deepEqual(changes(stream).slice(1), [{ cases: [next] }]));
      const resumed = await follow(stream.events[0]?.id);
      await eventually(() => assert.deepEqual(changes(resumed), [{ cases: [next] }]));
    });
  }

  it('of cases are not told to who may not see cases, nor to other tenants', async () => {
    const nobody = await follow(undefined, await server.token({ roles: [] as DeskRole[] }));
    const other = await follow(undefined, await server.token({ tenant: 'other' }));
    const id = await file();
    await ask(server, 'POST /v1/incidents', { token, body: newIncident() });
    await eventually(() => assert.deepEqual(changes(nobody), [{ incidents: true }]));
    assert.deepEqual(changes(other), []);
    assert.equal(nobody.text().includes(id), false);
  });

  it('keep a quiet stream alive', async () => {
    const stream = await follow();
    server.beat();
    await eventually(() => assert.match(stream.text(), /: still here\n\n$/));
  });

  it('end for who was signed out meanwhile', async () => {
    const gone = await server.token({ person: 'Gone' });
    const [theirs, others] = [await follow(undefined, gone), await follow()];
    const held = await server.tokens.list();
    assert.ok(held.ok);
    const { id = '' } = held.value.find(({ person }) => person === 'Gone') ?? {};
    await server.tokens.revoke(id, server.now());
    server.beat();
    await eventually(() => assert.equal(theirs.isOver(), true));
    assert.equal(others.isOver(), false);
    assert.match((await ask(server, 'GET /metrics')).text, /casebook_open_streams 1\n/);
  });

  it('are followed by so many streams of one person, and no more', async () => {
    for (let count = 0; count < 32; count++) await follow();
    const more = await ask(server, 'GET /v1/events', { token });
    assert.deepEqual([problem(more), more.headers.get('retry-after')], ['429 tooManyRequests', '30']);
    open.pop()?.stop();
    await eventually(async () => assert.match((await ask(server, 'GET /metrics')).text, /casebook_open_streams 31\n/));
    await follow();
  });
});

describe('A feed of changes', () => {
  it('gives exactly what was missed, or says that it cannot', () => {
    const kept = 5;
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (before, missed) => {
        const feed = createFeed('this', kept);
        for (let index = 0; index < before; index++) feed.push({ cases: [`before ${index}`] });
        const place = feed.newest();
        const expected = Array.from({ length: missed }, (_, index) => ({ cases: [`missed ${index}`] }));
        for (const change of expected) feed.push(change);
        const since = feed.since(place)?.map(({ change }) => change);
        assert.deepEqual(since, missed > kept ? undefined : expected);
        assert.equal(createFeed('other', kept).since(place), undefined);
      }),
    );
  });
});
