import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { fail, ok, type Result } from '../../src/desk/errors.ts';
import { ageOf, type HealthFailure, type HealthReading } from '../../src/desk/healthReading.ts';
import type { HealthSource } from '../../src/connectors/healthSource.ts';
import { keptText } from '../../src/health/kept.ts';
import { HealthPoller, type PollerOptions } from '../../src/health/poller.ts';
import { Folder, realFs } from '../../src/outbox/files.ts';
import { createFakeTime, turn, until, type FakeTime } from '../support/fakeTime.ts';

const minute = 60_000;
const id = 'statuspage:https://status.example';

/** A source that answers what it is told, and counts. */
function sourceOf(
  time: FakeTime,
): HealthSource & { readonly count: () => number; answer: Result<unknown, HealthFailure>; gate: Promise<unknown> } {
  let count = 0;
  return {
    id,
    count: () => count,
    answer: ok(undefined),
    gate: Promise.resolve(),
    async read(): Promise<Result<HealthReading, HealthFailure>> {
      count++;
      await this.gate;
      if (!this.answer.ok) return this.answer;
      return ok({ source: id, name: '', asOf: time.now(), partial: false, services: [], issues: [], notices: [] });
    },
  };
}

describe('the poller of a health source', () => {
  let path: string;
  let time: FakeTime;
  let pollers: HealthPoller[];
  let looking: Set<HealthPoller>;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'casebook-health-'));
    time = createFakeTime();
    pollers = [];
    looking = new Set();
  });
  afterEach(async () => {
    for (const one of pollers) one.hide();
    await turn();
    rmSync(path, { recursive: true, force: true });
  });
  const windowOf = (source: HealthSource, over: Partial<PollerOptions> = {}): HealthPoller => {
    const options = { source, folder: new Folder(path, realFs), time, people: () => 1, watch: () => () => undefined };
    const poller = new HealthPoller({ ...options, ...over });
    pollers.push(poller);
    return poller;
  };
  /** Lets time pass, minute by minute, each with what it made the shown windows do. */
  const pass = async (milliseconds: number): Promise<void> => {
    for (let left = milliseconds; left > 0; left -= minute) {
      await time.pass(Math.min(left, minute));
      for (const poller of looking) await poller.show();
    }
  };
  const show = (poller: HealthPoller): Promise<void> => {
    looking.add(poller);
    return poller.show();
  };
  const hide = (poller: HealthPoller): void => {
    looking.delete(poller);
    poller.hide();
  };
  const file = (): string => {
    const name = readdirSync(path).find(one => one.endsWith('.json'));
    return join(path, name ?? '');
  };

  it('reads soon after somebody looks, and then each 15 to 18 minutes', async () => {
    const source = sourceOf(time);
    const poller = windowOf(source);
    await show(poller);
    assert.equal(source.count(), 0);
    await pass(minute);
    assert.equal(source.count(), 1);
    await pass(59 * minute);
    assert.ok(source.count() === 4 || source.count() === 5, String(source.count()));
    assert.ok(poller.state().due > time.now() && poller.state().due < time.now() + 19 * minute);
  });

  it('asks nothing while nobody looks, and does not read again what is fresh', async () => {
    const source = sourceOf(time);
    const poller = windowOf(source);
    await show(poller);
    await pass(minute);
    hide(poller);
    await pass(5 * minute);
    assert.equal(source.count(), 1);
    await show(poller);
    await pass(minute);
    assert.equal(source.count(), 1);
    hide(poller);
    await pass(24 * 60 * minute);
    assert.equal(source.count(), 1);
    await show(poller);
    await pass(minute);
    assert.equal(source.count(), 2);
  });

  it('five windows read as often as one, and all know what was read', async () => {
    const source = sourceOf(time);
    const windows = Array.from({ length: 5 }, () => windowOf(source));
    await Promise.all(windows.map(show));
    await pass(61 * minute);
    assert.ok(source.count() >= 4 && source.count() <= 5, String(source.count()));
    await Promise.all(windows.map(show));
    assert.equal(new Set(windows.map(one => one.state().reading?.asOf)).size, 1);
  });

  it('a window that died while it read is followed by another', async () => {
    const source = sourceOf(time);
    const stuck = sourceOf(time);
    stuck.gate = new Promise(() => undefined);
    const dead = windowOf(stuck);
    await dead.show();
    await time.pass(minute);
    await until(() => stuck.count() === 1);
    const other = windowOf(source);
    await show(other);
    await pass(minute);
    assert.equal(source.count(), 0);
    await pass(3 * minute);
    assert.equal(source.count(), 1);
  });

  it('keeps the last good reading with its age, and says what went wrong', async () => {
    const source = sourceOf(time);
    const poller = windowOf(source);
    await show(poller);
    await pass(minute);
    const { reading } = poller.state();
    assert.ok(reading);
    source.answer = fail({ code: 'noAdminRole' });
    await pass(20 * minute);
    assert.deepEqual(poller.state().failure, { code: 'noAdminRole' });
    assert.deepEqual(poller.state().reading, reading);
    assert.ok(ageOf(reading, time.now()) >= 20 * minute);
    // Another window, or this one after a restart, knows the same.
    const other = windowOf(source);
    await show(other);
    assert.deepEqual(other.state(), poller.state());
    source.answer = ok(undefined);
    await pass(2 * 60 * minute);
    assert.equal(poller.state().failure, undefined);
  });

  it('reads by hand once in a minute, and not while the source asks for quiet', async () => {
    const source = sourceOf(time);
    const poller = windowOf(source);
    await show(poller);
    await poller.refresh();
    await poller.refresh();
    assert.equal(source.count(), 1);
    await pass(minute);
    source.answer = fail({ code: 'throttled', until: time.now() + 10 * minute });
    await poller.refresh();
    assert.equal(source.count(), 2);
    await pass(5 * minute);
    await poller.refresh();
    assert.equal(source.count(), 2);
    const { due } = poller.state();
    assert.ok(due > time.now() + 5 * minute);
  });

  it('a clock that was a day ahead does not keep it from reading', async () => {
    const source = sourceOf(time);
    const poller = windowOf(source);
    const right = time.now();
    time.setClock(right + 26 * 60 * minute);
    await show(poller);
    await pass(minute);
    hide(poller);
    time.setClock(right);
    const { reading } = poller.state();
    assert.ok(reading && ageOf(reading, time.now()) === 0);
    await show(poller);
    await pass(minute);
    assert.equal(source.count(), 2);
  });

  for (const [what, text] of [
    ['truncated', '{"format":2,"source"'],
    ['empty', ''],
    ['of another version', JSON.stringify({ format: 1, source: id, tried: 0, due: 9e15, slower: 1 })],
    ['of another source', keptText({ format: 2, source: 'x', tried: 0, due: 9e15, slower: 1 })],
  ] as const) {
    it(`a file that is ${what} is as none`, async () => {
      const source = sourceOf(time);
      const first = windowOf(source);
      await show(first);
      await pass(minute);
      hide(first);
      writeFileSync(file(), text);
      const poller = windowOf(source);
      await show(poller);
      assert.equal(poller.state().reading, undefined);
      await pass(minute);
      assert.equal(source.count(), 2);
      assert.ok(readFileSync(file(), 'utf8').includes(id));
    });
  }

  it('who stops looking while it is read has learned nothing, and may read again', async () => {
    const source = sourceOf(time);
    const gate = Promise.withResolvers<undefined>();
    source.gate = gate.promise;
    const poller = windowOf(source);
    await poller.show();
    await time.pass(minute);
    await until(() => source.count() === 1);
    poller.hide();
    gate.resolve(undefined);
    await poller.refresh();
    assert.equal(source.count(), 2);
    assert.equal(poller.state().reading?.asOf, time.now());
  });

  it('what a person asked for is read to its end, also where a view that was shown is hidden meanwhile', async () => {
    const source = sourceOf(time);
    const gate = Promise.withResolvers<undefined>();
    source.gate = gate.promise;
    const poller = windowOf(source);
    const read = poller.refresh();
    await until(() => source.count() === 1);
    void poller.show();
    poller.hide();
    gate.resolve(undefined);
    await read;
    assert.equal(poller.state().reading?.asOf, time.now());
  });
});
