// What our activation costs against that of an extension that does nothing, each in a fresh extension host.
import type { Editor } from '../support/editor.ts';
import { compare, megabytes, ms, type Bench, type Figure } from '../support/figure.ts';
import { median, takeTurns } from '../support/turns.ts';

const mostBytes = 2 * 1024 * 1024;

interface Activation {
  ms: number;
  /** Heap added by activation alone, and once everything it set off has settled. */
  heap: number;
  settledHeap: number;
}

export async function activation({ runs = 9, selfCheck }: Bench, editor: Editor): Promise<Figure[]> {
  const measure = async (id: string): Promise<Activation> => {
    const { host, close } = await editor.open();
    const before = await host.heap();
    const taken = await host.activate(id);
    const after = await host.heap();
    await host.quiet();
    const settled = await host.heap();
    await close();
    return { ms: taken, heap: after - before, settledHeap: settled - before };
  };
  const { floor, subject } = await takeTurns(
    runs,
    () => measure('bench.floor-nothing'),
    () => measure(selfCheck ? 'bench.twin-nothing' : 'casebook.casebook'),
  );
  const each = (pick: (one: Activation) => number) => ({ floor: floor.map(pick), subject: subject.map(pick) });
  const heap = (what: string, pick: (one: Activation) => number, most?: number): Figure => {
    const samples = each(pick);
    const added = median(samples.subject) - median(samples.floor);
    return {
      what,
      floor: megabytes(median(samples.floor)),
      casebook: megabytes(median(samples.subject)),
      ...(most !== undefined && { budget: `<= ${megabytes(most)} more`, ok: added <= most }),
      samples,
    };
  };
  return [
    compare({ what: 'activation', turns: each(one => one.ms), unit: ms, most: 2 }),
    heap('heap after activation', one => one.heap, mostBytes),
    heap('heap once the first reading is done', one => one.settledHeap),
  ];
}
