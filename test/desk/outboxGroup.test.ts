import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { fail, ok, type DeskError, type Result } from '../../src/desk/errors.ts';
import type { Outbox, UnsentItem } from '../../src/desk/outbox.ts';
import { createOutboxGroup } from '../../src/desk/outboxGroup.ts';
import { idOf } from '../views/support/builders.ts';
import { newCase, refusal, value } from './build.ts';

function outboxOf(...items: readonly (readonly [number: number, at: number])[]) {
  const known = items.map(([number, createdAt]): UnsentItem => ({
    ...{ id: idOf(number), createdAt, tries: 0, what: { kind: 'file', content: newCase() }, state: { kind: 'queued' } },
  }));
  const done: string[] = [];
  const withItem = (id: string): Promise<Result<void>> => {
    if (!known.some(item => item.id === id)) return Promise.resolve(fail<DeskError>({ code: 'notFound' }));
    done.push(id);
    return Promise.resolve(ok(undefined));
  };
  const listeners = new Set<() => void>();
  const outbox: Outbox & { trouble?: DeskError } = {
    list: () => Promise.resolve(outbox.trouble === undefined ? ok(known) : fail(outbox.trouble)),
    ...{ retry: withItem, editAsNew: withItem, discard: withItem },
    takeQuarantined: () => known.map(({ id }) => id),
    onDidChange: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { outbox, done, listeners };
}

describe('what waits for several desks', () => {
  it('is one list, oldest first, and does not hide what can be read behind what cannot', async () => {
    const [one, two] = [outboxOf([1, 10], [2, 30]), outboxOf([3, 20])];
    const group = createOutboxGroup([
      ['a', one.outbox],
      ['b', two.outbox],
    ]);
    assert.deepEqual(
      value(await group.list()).map(({ createdAt, desk }) => [createdAt, desk]),
      [
        [10, 'a'],
        [20, 'b'],
        [30, 'a'],
      ],
    );
    one.outbox.trouble = { code: 'failed' };
    assert.equal(value(await group.list()).length, 1);
    two.outbox.trouble = { code: 'storageReadOnly' };
    assert.deepEqual(refusal(await group.list()), { code: 'failed' });
    assert.deepEqual(value(await createOutboxGroup([]).list()), []);
  });

  it('is sent, edited and discarded where it waits', async () => {
    const [one, two] = [outboxOf([1, 10]), outboxOf([3, 20])];
    const group = createOutboxGroup([
      ['a', one.outbox],
      ['b', two.outbox],
    ]);
    value(await group.retry(idOf(3)));
    value(await group.discard(idOf(1)));
    value(await group.editAsNew(idOf(3), () => Promise.resolve(true)));
    assert.deepEqual([one.done, two.done], [[idOf(1)], [idOf(3), idOf(3)]]);
    assert.deepEqual(refusal(await group.retry(idOf(9))), { code: 'notFound' });
  });

  it('tells of every change until it is stopped', () => {
    const [one, two] = [outboxOf([1, 1]), outboxOf([2, 2])];
    const group = createOutboxGroup([
      ['a', one.outbox],
      ['b', two.outbox],
    ]);
    const stop = group.onDidChange(() => undefined);
    assert.deepEqual([one.listeners.size, two.listeners.size], [1, 1]);
    stop();
    assert.deepEqual([one.listeners.size, two.listeners.size], [0, 0]);
    assert.deepEqual(group.takeQuarantined(), [idOf(1), idOf(2)]);
  });
});
