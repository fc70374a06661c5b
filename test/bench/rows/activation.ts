// What our activation costs against that of an extension that does nothing, each in a fresh extension host.
import type { Editor } from '../support/editor.ts';
import { compare, megabytes, ms, type Bench, type Figure } from '../support/figure.ts';
import { median, takeTurns, type Turns } from '../support/turns.ts';

const mostBytes = 2 * 1024 * 1024;

export async function activation({ runs = 9, selfCheck }: Bench, editor: Editor): Promise<Figure[]> {
  const measure = (id: string) =>
    editor.inWindow(async ({ host }) => {
      const before = await host.heap();
      const taken = await host.measureActivation(id);
      await host.quiet();
      return { ...taken, settled: (await host.heap()) - before };
    });
  const { floor, subject } = await takeTurns(
    runs,
    () => measure('bench.floor-nothing'),
    () => measure(selfCheck ? 'bench.twin-nothing' : 'casebook.casebook'),
  );
  type Sample = (typeof floor)[number];
  const each = (pick: (one: Sample) => number) => ({ floor: floor.map(pick), subject: subject.map(pick) });
  const heap = (what: string, samples: Turns<number>, most?: number): Figure => {
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
    compare({ what: '… of which on a processor', turns: each(one => one.processorMs), unit: ms }),
    heap(
      'heap after activation',
      each(one => one.heap),
      mostBytes,
    ),
    heap(
      '… once what it set off is done',
      each(one => one.settled),
    ),
  ];
}
