import { fail, ok, type DeskError, type Result } from './errors.ts';
import type { Outbox } from './outbox.ts';

/** What was not confirmed by any of several desks, as one outbox; each item says which desk it is for. */
export function createOutboxGroup(members: readonly (readonly [desk: string, Outbox])[]): Outbox {
  const outboxes = members.map(([, outbox]) => outbox);
  /** Whichever knows the item does it. */
  async function withItem(work: (outbox: Outbox) => Promise<Result<void>>): Promise<Result<void>> {
    let answer: Result<void> = fail<DeskError>({ code: 'notFound' });
    for (const outbox of outboxes) {
      answer = await work(outbox);
      if (answer.ok || answer.error.code !== 'notFound') break;
    }
    return answer;
  }
  return {
    async list() {
      const lists = await Promise.all(
        members.map(async ([desk, outbox]) => {
          const list = await outbox.list();
          return list.ok ? ok(list.value.map(item => ({ ...item, desk }))) : list;
        }),
      );
      const failed = lists.find(list => !list.ok);
      if (failed !== undefined && lists.every(list => !list.ok)) return failed;
      const items = lists.flatMap(list => (list.ok ? list.value : []));
      return ok(items.toSorted((one, other) => one.createdAt - other.createdAt));
    },
    retry: id => withItem(outbox => outbox.retry(id)),
    editAsNew: (id, take) => withItem(outbox => outbox.editAsNew(id, take)),
    discard: id => withItem(outbox => outbox.discard(id)),
    takeQuarantined: () => outboxes.flatMap(outbox => outbox.takeQuarantined()),
    onDidChange(listener) {
      const stops = outboxes.map(outbox => outbox.onDidChange(listener));
      return () => stops.forEach(stop => stop());
    },
  };
}
