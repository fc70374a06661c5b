import type { DeskError, Result } from '../desk/errors.ts';
import { fail, ok } from '../desk/errors.ts';
import type { Outbox, TakeContent, UnsentItem, UnsentState } from '../desk/outbox.ts';
import { unsentOf } from './item.ts';
import type { Queue, Standing } from './queue.ts';
import type { Sender } from './sender.ts';

/** What views and commands see of a queue. */
export function createOutbox(queue: Queue, sender: Sender): Outbox {
  async function stateOf({ token }: Standing): Promise<UnsentState> {
    if (token?.where === 'aside') {
      const reason = await queue.reason(token);
      return reason === 'expired' ? { kind: 'expired' } : { kind: 'needsYou', reason };
    }
    if (token?.where === 'claimed' && queue.holds(token)) return { kind: 'claimed' };
    if (sender.signedOut) return { kind: 'signedOut' };
    const nextTryAt = Math.max(token?.at ?? 0, token?.until ?? 0);
    return nextTryAt > 0 ? { kind: 'queued', nextTryAt } : { kind: 'queued' };
  }

  /** Finds one item and does something with it. */
  function withItem(id: string, work: (standing: Standing) => Promise<Result<void>>): Promise<Result<void>> {
    return queue.guarded(async () => {
      const { standing } = await queue.list();
      const found = standing.find(({ place }) => place.id === id);
      return found ? work(found) : fail<DeskError>({ code: 'notFound' });
    });
  }

  return {
    list: () =>
      queue.guarded(async () => {
        const items: UnsentItem[] = [];
        const { standing } = await queue.list();
        for (const one of standing) {
          const item = await queue.read(one.place);
          if (!item) continue;
          const { id, createdAt, by } = item;
          const stands = { tries: one.token?.tries ?? 0, what: unsentOf(item), state: await stateOf(one) };
          items.push({ id, createdAt, ...(by !== undefined && { by }), ...stands });
        }
        return ok(items);
      }),
    retry: id =>
      withItem(id, async standing => {
        const claimed = await queue.claim(standing);
        return claimed ? sender.again(claimed) : fail({ code: 'stillRunning' });
      }),
    editAsNew: (id, take: TakeContent) =>
      withItem(id, async standing => {
        const held = await queue.hold(standing);
        if (!held) return fail({ code: 'stillRunning' });
        if (await take(unsentOf(held.item), sha256 => queue.guarded(() => queue.contents.read(sha256)))) {
          await queue.remove(held);
          sender.wake();
        } else if (standing.token?.where !== 'aside') await queue.release(held, held.token);
        return ok(undefined);
      }),
    discard: id =>
      withItem(id, async standing => {
        const held = await queue.hold(standing);
        if (!held) return fail({ code: 'stillRunning' });
        await queue.remove(held);
        // What stood behind it may go now.
        sender.wake();
        return ok(undefined);
      }),
    takeQuarantined: () => queue.takeQuarantined(),
    onDidChange: listener => queue.onDidChange(listener),
  };
}
