import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CaseAction, CaseDetail, StoredFile } from '../../src/desk/case.ts';
import type { Desk, Write } from '../../src/desk/desk.ts';
import type { Result } from '../../src/desk/errors.ts';
import { transition } from '../../src/desk/lifecycle.ts';
import type { Store } from '../../src/desk/store.ts';
import type { DeskStatus } from '../../src/desk/words.ts';
import { newCase, upon, value } from '../desk/build.ts';
import { everyRole } from '../desk/conformance.ts';
import { deskOver } from './bench.ts';

/** What must be true of a case, told in the simplest way. */
interface ModelCase {
  readonly id: string;
  readonly title: string;
  status: DeskStatus;
  revision: number;
  responded: boolean;
  severity: string;
  said: string[];
}
interface Sent {
  readonly id: string;
  readonly action: CaseAction;
  readonly write: Write;
  readonly answer: CaseDetail;
}
interface Model {
  /** Newest change last. */
  readonly cases: ModelCase[];
  readonly sent: Sent[];
  time: number;
}
/** What keeps one ledger for several windows, empty at first. */
export interface Place {
  /** Opens it once more. */
  open(): Promise<Store>;
  close(): Promise<void>;
}
interface Real {
  readonly place: Place;
  readonly model: Model;
  /** Two windows on one place. */
  readonly stores: Store[];
}
type Command = fc.AsyncCommand<Model, Real>;

const deskOf = (real: Real, window: number): Desk => {
  const store = real.stores[window % real.stores.length];
  assert.ok(store);
  return deskOver(store, {}, () => real.model.time);
};
const command = (
  name: string,
  run: (model: Model, real: Real) => Promise<void>,
  check?: (model: Model) => boolean,
): Command => ({
  check: model => check?.(model) ?? true,
  run: async (model, real) => {
    model.time++;
    await run(model, real);
  },
  toString: () => name,
});
const hasCases = (model: Model): boolean => model.cases.length > 0;
const nth = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index % items.length];
  assert.ok(item);
  return item;
};
const text = fc.constantFrom('', 'alpha', 'beta', 'gamma alpha', 'שלום', 'Příčina');
const action: fc.Arbitrary<CaseAction> = fc.oneof(
  fc.record({
    kind: fc.constant('annotate' as const),
    text: text.map(said => said || 'note'),
    files: fc.constant<StoredFile[]>([]),
  }),
  fc.record({
    kind: fc.constant('answer' as const),
    text: text.map(said => said || 'answer'),
    files: fc.constant<StoredFile[]>([]),
  }),
  fc.record({ kind: fc.constant('requestInformation' as const), text: text.map(said => said || 'logs') }),
  fc.record({ kind: fc.constant('recordFirstResponse' as const), respondedAt: fc.constant(1), text }),
  fc.record({ kind: fc.constant('recordVendorNumber' as const), vendorNumber: fc.constantFrom('one', 'two') }),
  fc.record({
    kind: fc.constant('changeSeverity' as const),
    severity: fc.constantFrom('A' as const, 'B' as const, 'C' as const),
    side: fc.constant('set' as const),
    text,
  }),
  fc.record({ kind: fc.constant('resolve' as const), text }),
  fc.record({ kind: fc.constant('close' as const), reason: fc.constant('solved' as const), text }),
  fc.record({ kind: fc.constant('reopen' as const), text }),
);

function expectedOf(known: ModelCase, asked: CaseAction, write: Write): Result<DeskStatus> {
  if (write.revision !== known.revision) {
    return { ok: false, error: { code: 'conflict', revision: known.revision } };
  }
  const standing = { status: known.status, ...(known.responded && { firstResponseAt: 0 }) };
  return transition(standing, asked.kind, everyRole);
}
function apply(model: Model, known: ModelCase, asked: CaseAction, status: DeskStatus): void {
  known.status = status;
  known.revision++;
  if (asked.kind === 'requestInformation' || asked.kind === 'recordFirstResponse') known.responded = true;
  if (asked.kind === 'changeSeverity') known.severity = asked.severity;
  known.said.push(asked.kind === 'recordVendorNumber' ? asked.vendorNumber : asked.text);
  model.cases.push(...model.cases.splice(model.cases.indexOf(known), 1));
}

const commands: fc.Arbitrary<Command>[] = [
  fc.tuple(fc.nat(), text).map(([window, title]) =>
    command(`file in ${window % 2}`, async (model, real) => {
      const filed = value(
        await deskOf(real, window).file(newCase({ title: title || 'case', text: 'body' }), { key: randomUUID() }),
      );
      const { id, status, revision } = filed;
      model.cases.push({ id, title: filed.title, status, revision, responded: false, severity: 'none', said: [] });
    }),
  ),
  fc.tuple(fc.nat(), fc.nat(), action, fc.nat({ max: 2 })).map(([window, index, asked, behind]) =>
    command(
      `${asked.kind} in ${window % 2}, ${behind} behind`,
      async (model, real) => {
        const known = nth(model.cases, index);
        const write = upon({ revision: known.revision - behind });
        const expected = expectedOf(known, asked, write);
        const answer = await deskOf(real, window).act(known.id, asked, write);
        if (!expected.ok) {
          assert.deepEqual(answer, expected);
          return;
        }
        apply(model, known, asked, expected.value);
        model.sent.push({ id: known.id, action: asked, write, answer: value(answer) });
      },
      hasCases,
    ),
  ),
  fc.tuple(fc.nat(), fc.nat()).map(([window, index]) =>
    command(
      `repeat in ${window % 2}`,
      async (model, real) => {
        const { id, action: asked, write, answer } = nth(model.sent, index);
        assert.deepEqual(value(await deskOf(real, window).act(id, asked, write)), answer);
      },
      model => model.sent.length > 0,
    ),
  ),
  fc.tuple(fc.nat(), fc.nat()).map(([window, index]) =>
    command(
      `reuse a key in ${window % 2}`,
      async (model, real) => {
        const { id, write } = nth(model.sent, index);
        const other: CaseAction = { kind: 'annotate', text: 'something else', files: [] };
        const answer: Result<unknown> = await deskOf(real, window).act(id, other, write);
        assert.deepEqual(answer, { ok: false, error: { code: 'keyReused' } });
      },
      model => model.sent.length > 0,
    ),
  ),
  fc.tuple(fc.nat(), fc.constantFrom('alpha', 'bet', 'pric', 'שלום', 'body', 'one')).map(([window, word]) =>
    command(`look in ${window % 2} for ${word}`, async (model, real) => {
      const desk = deskOf(real, window);
      const plain = (said: string): string => said.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
      const holds = ({ title, said }: ModelCase): boolean =>
        [title, 'body', ...said].some(part =>
          plain(part)
            .split(' ')
            .some(begin => begin.startsWith(word)),
        );
      const expected = model.cases.filter(holds).reverse();
      const found = value(await desk.list({ text: word }, { limit: 200 }));
      assert.deepEqual(
        found.items.map(({ id }) => id),
        expected.map(({ id }) => id),
      );
    }),
  ),
  fc.tuple(fc.nat()).map(([window]) =>
    command(`close and open window ${window % 2}`, async (_model, real) => {
      const index = window % real.stores.length;
      real.stores[index]?.close();
      real.stores[index] = await real.place.open();
    }),
  ),
];

/** Everything a desk shows must be what the model says. */
async function compare(model: Model, desk: Desk): Promise<void> {
  const newest = [...model.cases].reverse();
  const { items } = value(await desk.list({}, { limit: 200 }));
  assert.deepEqual(
    items.map(({ id, status, revision }) => ({ id, status, revision })),
    newest.map(({ id, status, revision }) => ({ id, status, revision })),
  );
  for (const by of ['status', 'severity'] as const) {
    const counts = new Map(value(await desk.count({}, by)).map(row => [row.value, row.count]));
    const expected = new Map<string, number>();
    for (const known of newest) expected.set(known[by], (expected.get(known[by]) ?? 0) + 1);
    assert.deepEqual(counts, new Map([...expected].filter(([value]) => counts.has(value))));
    assert.deepEqual([...counts.keys()].sort(), [...expected.keys()].sort());
  }
  for (const known of newest) {
    const { timeline } = value(await desk.get(known.id));
    assert.deepEqual(
      timeline.map(({ seq }) => seq),
      timeline.map((_, index) => index + 1),
    );
    const said = timeline.flatMap(event => {
      if (event.kind === 'vendorNumberRecorded') return [event.vendorNumber];
      return event.kind === 'filed' || (event.kind === 'firstResponseRecorded' && event.respondedAt !== 1)
        ? []
        : [event.text];
    });
    assert.deepEqual(said, known.said);
  }
}

/** Holds a ledger on some storage to what a simple model of it says, whatever is done in two windows. */
export function describeLedger(name: string, openPlace: () => Promise<Place>, runs: number): void {
  describe(name, () => {
    it('is at all times what the writes that were answered make of it', async function () {
      this.timeout(60_000);
      await fc.assert(
        fc.asyncProperty(fc.commands(commands, { maxCommands: 40 }), async steps => {
          const place = await openPlace();
          const model: Model = { cases: [], sent: [], time: 1_000 };
          const real: Real = { place, model, stores: [await place.open(), await place.open()] };
          try {
            await fc.asyncModelRun(() => ({ model, real }), steps);
            for (const window of [0, 1]) await compare(model, deskOf(real, window));
          } finally {
            for (const store of real.stores) store.close();
            await place.close();
          }
        }),
        { numRuns: runs },
      );
    });
  });
}
