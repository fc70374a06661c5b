import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { mostSeen, seenBefore, type NewCase, type SeenIncident } from '../../src/desk/case.ts';
import type { FieldIssue } from '../../src/desk/errors.ts';
import { fileCase, newCase, once, refusal, value } from './build.ts';
import type { Current } from './conformance.ts';

const seen: SeenIncident = {
  ...{ source: 'graph:worldwide', id: 'EX123456', title: 'Delays', service: 'Exchange Online' },
  ...{ status: 'serviceDegradation', answer: 'other' },
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
}
