import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { beforeEach, describe, it } from 'mocha';
import type { TeamDesk } from '../../src/connectors/team/desk.ts';
import { createTeamDesk } from '../../src/connectors/team/desk.ts';
import type { DeskChange } from '../../src/desk/desk.ts';
import { turn, until } from '../support/fakeTime.ts';
import type { Fault } from '../support/faultServer.ts';
import { faults, gate } from '../support/faultServer.ts';
import { httpBench } from './support/bench.ts';
import { caseSummary, me } from './support/answers.ts';

const events = 'GET /v1/events';
const list = 'GET /v1/cases';
const id = caseSummary.id;

describe('Following a team desk', () => {
  const bench = httpBench();
  let desk: TeamDesk;
  let told: DeskChange[];
  let open: ServerResponse[];
  beforeEach(() => {
    const { http, time, server } = bench();
    desk = createTeamDesk({ http, time, id: randomUUID }, me);
    told = [];
    open = [];
    server.work(list, () => ({ body: { items: [caseSummary] } }));
    server.work('GET /v1/incidents', () => ({ body: [] }));
  });
  const listen = (): (() => void) => desk.onDidChange(change => told.push(change));
  /** A stream that is kept open, as the desk opens it. */
  const stream =
    (first = ': hello\nid: p-0\n\n'): Fault =>
    ({ response }) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(first);
      open.push(response);
    };
  const streams = (count: number, first?: string): void =>
    bench().server.script(events, ...Array.from({ length: count }, () => stream(first)));
  const say = (change: object, place = 'p-1'): void =>
    void open.at(-1)?.write(`event: change\nid: ${place}\ndata: ${JSON.stringify(change)}\n\n`);
  const opened = async (count: number): Promise<void> => {
    await until(() => open.length === count);
    // The pause of a request that waits for headers is gone once they are there.
    await until(() => bench().time.timers.join() === '45000');
  };
  const lastSeen = (): string | undefined =>
    bench()
      .server.seen.filter(({ route }) => route === events)
      .at(-1)?.headers['last-event-id'] as string | undefined;

  it('takes one connection for all who listen, and none when nobody does', async () => {
    const { server } = bench();
    streams(2);
    const stops = [listen(), listen()];
    await opened(1);
    say({ cases: [id] });
    await until(() => told.length === 2);
    assert.deepEqual(told, [{ cases: [id] }, { cases: [id] }]);
    stops[0]?.();
    say({ incidents: true });
    await until(() => told.length === 3);
    let closed = false;
    open[0]?.on('close', () => (closed = true));
    stops[1]?.();
    await until(() => closed);
    assert.deepEqual([server.count(events), bench().time.timers], [1, []]);
  });

  it('what cannot be read may be anything; what is no change is nothing', async () => {
    streams(1);
    listen();
    await opened(1);
    open[0]?.write('event: weather\ndata: {}\n\n');
    for (const data of ['{"cases":["x"]}', '{"cases":7,"incidents":"yes"}', 'no json', '[]', 'null']) {
      open[0]?.write(`event: change\ndata: ${data}\n\n`);
    }
    say({ cases: [id], planets: 9 });
    await until(() => told.length === 6);
    assert.deepEqual(told, [{}, {}, {}, {}, {}, { cases: [id] }]);
  });

  it('goes on from where it was when the connection breaks, within a second', async () => {
    const { time } = bench();
    streams(2);
    listen();
    await opened(1);
    say({ cases: [id] }, 'p-7');
    await until(() => told.length === 1);
    open[0]?.socket?.resetAndDestroy();
    await until(() => time.timers.join() !== '45000');
    assert.ok((time.timers[0] ?? 0) <= 1_000);
    await time.pass(1_000);
    await opened(2);
    assert.deepEqual([lastSeen(), told.length], ['p-7', 1]);
  });

  it('a stream that is silent for 45 s is dead, one with heartbeats is not', async () => {
    const { time, server } = bench();
    streams(2);
    listen();
    await opened(1);
    for (let beats = 0; beats < 10; beats++) {
      await time.pass(40_000);
      open[0]?.write(': still here\n\n');
      await until(() => time.timers.join() === '45000');
    }
    assert.equal(server.count(events), 1);
    await time.pass(46_000);
    await opened(2);
    assert.equal(lastSeen(), 'p-0');
  });

  it('tells that anything may have changed when a stream had no place to resume from', async () => {
    const { time } = bench();
    streams(2, ': hello\n\n');
    listen();
    await opened(1);
    assert.deepEqual(told, []);
    open[0]?.end();
    await until(() => time.timers.join() !== '45000');
    await time.pass(1_000);
    await opened(2);
    assert.deepEqual(told, [{}]);
  });

  it('tells that anything may have changed when something was read before the stream was open', async () => {
    const { server } = bench();
    const held = gate();
    server.script(events, faults.held(held.released, stream()));
    listen();
    await until(() => server.count(events) === 1);
    assert.ok((await desk.list({}, { limit: 1 })).ok);
    held.release();
    await opened(1);
    assert.deepEqual(told, [{}]);
  });

  it('a place that no header can carry is not kept', async () => {
    const { time } = bench();
    streams(2, 'id: a\u00e9\u0001b\n\n');
    listen();
    await opened(1);
    open[0]?.end();
    await until(() => time.timers.join() !== '45000');
    await time.pass(1_000);
    await opened(2);
    assert.equal(lastSeen(), undefined);
  });

  for (const [name, fault, times] of [
    ['are a web page', faults.html, 1],
    ['are refused', faults.problem(403, 'forbidden'), 1],
    ['are held back by a proxy', faults.answer(200, '', { 'Content-Type': 'text/event-stream' }), 3],
  ] as const) {
    it(`where streams ${name}, the desk is looked at at most once a minute, and a change is told`, async () => {
      const { time, server } = bench();
      server.script(events, ...Array.from({ length: 40 }, () => fault));
      listen();
      for (let tries = 1; tries < times; tries++) {
        await until(() => server.count(events) === tries && time.timers.length === 1);
        await time.pass(Math.ceil(time.timers[0] ?? 0));
      }
      await until(() => server.count(list) === 1 && time.timers.length === 1);
      assert.equal(server.count(events), times);
      // Every stream that ended without a word may have missed something, and so may the time before the first look.
      assert.equal(told.splice(0).length, times);
      for (let looks = 1; looks < 5; looks++) {
        await until(() => time.timers.length === 1 && (time.timers[0] ?? 0) >= 60_000);
        if (looks === 3) server.work(list, () => ({ body: { items: [{ ...caseSummary, revision: 4 }] } }));
        await time.pass(59_999);
        assert.equal(server.count(list), looks);
        await time.pass(30_001);
        await until(() => server.count(list) === looks + 1);
      }
      await until(() => told.length === 1);
      assert.equal(server.count(events), times);
    });
  }

  it('asks nothing while nobody looks, and goes on from where it was', async () => {
    const { time, server } = bench();
    streams(2);
    listen();
    await opened(1);
    say({ cases: [id] }, 'p-9');
    await until(() => told.length === 1);
    desk.pause();
    await until(() => time.timers.length === 0);
    await time.pass(24 * 60 * 60_000);
    assert.equal(server.count(), 1);
    desk.resume();
    await opened(2);
    assert.equal(lastSeen(), 'p-9');
  });

  it('a place that is down is asked less and less often, and only by one request at a time', async () => {
    const { time, server } = bench();
    server.script(events, ...Array.from({ length: 200 }, () => faults.reset));
    listen();
    for (let seconds = 0; seconds < 600; seconds++) {
      await time.pass(1_000);
      // The server sees what was sent before time goes on.
      for (let turns = 0; turns < 5; turns++) await turn();
    }
    assert.ok(server.count() <= 60, `asked ${server.count()} times in ten minutes`);
  });

  it('ends with the desk', async () => {
    const { time } = bench();
    streams(1);
    listen();
    await opened(1);
    desk.close();
    await until(() => time.timers.length === 0);
    say({ cases: [id] });
    await turn();
    assert.deepEqual(told, []);
  });
});
