import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { mostSeen, seenBefore, type NewCase, type SeenIncident } from '../../src/desk/case.ts';
import type { DeskChange } from '../../src/desk/desk.ts';
import type { FieldIssue } from '../../src/desk/errors.ts';
import { mostSnapshots, snapshotLife, type NewSnapshot } from '../../src/desk/health.ts';
import { fileCase, newCase, once, refusal, value } from './build.ts';
import type { Current } from './conformance.ts';
import { eventually } from '../support/eventually.ts';

const seen: SeenIncident = {
  ...{ source: 'graph:worldwide', id: 'EX123456', title: 'Delays', service: 'Exchange Online' },
  ...{ status: 'serviceDegradation', answer: 'different' },
};

/** What of service health a desk keeps. */
export function describeHealth(bench: Current): void {
  describe('incidents shown before a case was filed', () => {
    it('are kept with the case, and told again to a repeat', async () => {
      const desk = bench().desk();
      const onBoard: SeenIncident = {
        ...{ id: 'b6a6b8ee-7f4b-4b47-9b7e-0a3d4f3f7a11', title: 'No mail', service: 'Exchange Online' },
        ...{ status: 'investigating', answer: 'same' },
      };
      const [draft, write] = [newCase({ healthSeen: [seen, onBoard] }), once()];
      const filed = value(await desk.file(draft, write));
      assert.deepEqual(seenBefore(filed), [seen, onBoard]);
      assert.deepEqual(value(await desk.get(filed.id)), filed);
      assert.deepEqual(value(await desk.file(draft, write)), filed);
    });

    it('need not be there', async () => {
      assert.deepEqual(seenBefore(await fileCase(bench().desk())), []);
      assert.deepEqual(seenBefore(await fileCase(bench().desk(), { healthSeen: [] })), []);
    });

    const wrong: readonly (readonly [string, unknown, FieldIssue])[] = [
      ['too many', Array(mostSeen + 1).fill(seen), { path: 'healthSeen', code: 'tooLong', limit: mostSeen }],
      [
        'a title that is too long',
        [{ ...seen, title: 'x'.repeat(201) }],
        { path: 'healthSeen.0.title', code: 'tooLong', limit: 200 },
      ],
      ['no id', [{ ...seen, id: '' }], { path: 'healthSeen.0.id', code: 'required' }],
      ['another answer', [{ ...seen, answer: 'maybe' }], { path: 'healthSeen.0.answer', code: 'invalid' }],
      ['no list', 'EX123456', { path: 'healthSeen', code: 'invalid' }],
    ];
    for (const [what, healthSeen, issue] of wrong) {
      it(`are refused: ${what}`, async () => {
        const draft = newCase({ healthSeen } as Partial<NewCase>);
        assert.deepEqual(refusal(await bench().desk().file(draft, once())), { code: 'invalid', issues: [issue] });
      });
    }
  });

  describe('snapshots of service health', () => {
    const texts = async (): Promise<readonly string[]> =>
      value(await bench().desk({ roles: [] }).healthSnapshots()).map(({ text }) => text);
    const publish = async (source: string, snapshot: string): Promise<void> =>
      void value(await bench().desk().publishHealth({ source, snapshot }, once()));

    it('are kept as they came for a day, one for each source, for all to read', async () => {
      assert.equal(bench().desk().capabilities().healthSnapshots, true);
      const odd = '{"signed":"\\u0000 <b>\u202e"}\n ';
      const published = value(await bench().desk().publishHealth({ source: 'graph:china', snapshot: odd }, once()));
      assert.deepEqual(published, { expires: bench().now() + snapshotLife });
      await publish('graph:worldwide', 'first');
      bench().pass(1);
      await publish('graph:worldwide', 'second');
      assert.deepEqual(await texts(), [odd, 'second']);
      bench().pass(snapshotLife - 1);
      assert.deepEqual(await texts(), ['second']);
      bench().pass(1);
      assert.deepEqual(await texts(), []);
    });

    it('are published once for a key', async () => {
      const desk = bench().desk();
      const [snapshot, write] = [{ source: 'graph:china', snapshot: 'signed' }, once()];
      const published = value(await desk.publishHealth(snapshot, write));
      bench().pass(1_000);
      assert.deepEqual(value(await desk.publishHealth(snapshot, write)), published);
      const other = await desk.publishHealth({ ...snapshot, snapshot: 'other' }, write);
      assert.equal(refusal(other).code, 'keyReused');
      assert.deepEqual(await texts(), ['signed']);
    });

    it('are few: the newest stay', async () => {
      for (let count = 0; count <= mostSnapshots; count++) {
        bench().pass(1);
        await publish(`statuspage:https://status${count}.example`, String(count));
      }
      assert.deepEqual(await texts(), ['1', '2', '3', '4', '5']);
    });

    it('are told of as the board is', async () => {
      const desk = bench().desk();
      assert.deepEqual(value(await desk.healthSnapshots()), []);
      const told: DeskChange[] = [];
      const stop = desk.onDidChange(change => told.push(change));
      value(await desk.publishHealth({ source: 'graph:china', snapshot: 'signed' }, once()));
      await eventually(() => assert.deepEqual(told, [{ incidents: true }]));
      stop();
    });

    it('are not for who only reviews to publish', async () => {
      for (const roles of [[], ['reviewer']] as const) {
        const answer = await bench().desk({ roles }).publishHealth({ source: 'graph:china', snapshot: 'x' }, once());
        assert.deepEqual(refusal(answer), { code: 'notYours', action: 'writeToBoard' });
      }
      assert.deepEqual(await texts(), []);
    });

    const bad: readonly (readonly [string, unknown, FieldIssue])[] = [
      ['no source', { source: ' ', snapshot: 'x' }, { path: 'source', code: 'required' }],
      ['nothing', { source: 'a', snapshot: '' }, { path: 'snapshot', code: 'required' }],
      ['no text', { source: 'a', snapshot: {} }, { path: 'snapshot', code: 'invalid' }],
      [
        'too much',
        { source: 'a', snapshot: 'x'.repeat(500_001) },
        { path: 'snapshot', code: 'tooLong', limit: 500_000 },
      ],
    ];
    for (const [what, snapshot, issue] of bad) {
      it(`are refused: ${what}`, async () => {
        const answer = await bench()
          .desk()
          .publishHealth(snapshot as NewSnapshot, once());
        assert.deepEqual(refusal(answer), { code: 'invalid', issues: [issue] });
        assert.deepEqual(await texts(), []);
      });
    }
  });
}
