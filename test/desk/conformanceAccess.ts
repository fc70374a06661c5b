import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { CaseAction, CaseDetail } from '../../src/desk/case.ts';
import type { Desk } from '../../src/desk/desk.ts';
import type { DeskRole } from '../../src/desk/lifecycle.ts';
import { bytes, fileCase, newCase, newIncident, once, refusal, source, upon, value } from './build.ts';
import type { Current } from './conformance.ts';
import { everyRole } from './conformance.ts';

const note = (text: string, teamOnly?: true): CaseAction => ({
  ...{ kind: 'annotate', text, files: [] },
  ...(teamOnly && { teamOnly }),
});

export function describeAccess(bench: Current): void {
  const as = (...roles: DeskRole[]): Desk => bench().desk({ roles });
  const fresh = async (id: string): Promise<CaseDetail> => value(await bench().desk().get(id));

  describe('a note for the team alone', () => {
    /** A case with a note for all and one for the team, which has a file. */
    async function sample(): Promise<CaseDetail> {
      const desk = bench().desk();
      const file = value(await desk.upload(source('plan.txt', [bytes('plan')])));
      const filed = await fileCase(desk);
      const noted = value(await desk.act(filed.id, note('Visible'), upon(filed)));
      return value(await desk.act(filed.id, { ...note('Rabbit', true), files: [file] } as CaseAction, upon(noted)));
    }

    it('is read, counted and found by the team', async () => {
      const { id } = await sample();
      for (const roles of [['requester'], ['reviewer'], everyRole] as const) {
        const desk = as(...roles);
        const seen = value(await desk.get(id));
        assert.deepEqual([seen.timeline.length, seen.notes, seen.files], [3, 2, 1]);
        const [found] = value(await desk.list({ text: 'rabbit' }, { limit: 9 })).items;
        assert.deepEqual([found?.id, found?.notes, found?.files], [id, 2, 1]);
        assert.deepEqual(value(await desk.count({ text: 'rabbit' }, 'status')), [{ value: 'open', count: 1 }]);
      }
    });

    it('is neither seen nor counted nor found by support', async () => {
      const { id } = await sample();
      const agent = as('agent');
      const seen = value(await agent.get(id));
      assert.deepEqual([seen.timeline.map(({ kind }) => kind), seen.notes, seen.files], [['filed', 'annotated'], 1, 0]);
      assert.equal(JSON.stringify(seen).includes('Rabbit'), false);
      assert.deepEqual(value(await agent.list({ text: 'rabbit' }, { limit: 9 })).items, []);
      assert.deepEqual(value(await agent.count({ text: 'rabbit' }, 'status')), []);
      for (const query of [{}, { text: 'visible' }, { status: ['open'] as const }]) {
        const [listed] = value(await agent.list(query, { limit: 9 })).items;
        assert.deepEqual([listed?.id, listed?.notes, listed?.files], [id, 1, 0]);
      }
    });

    it('is not shown to support by an answer to a write or its repeat', async () => {
      const current = await sample();
      const agent = as('agent');
      const write = upon(current);
      for (let time = 0; time < 2; time++) {
        const answer = value(await agent.act(current.id, { kind: 'requestInformation', text: 'Which build?' }, write));
        assert.equal(JSON.stringify(answer).includes('Rabbit'), false);
        assert.deepEqual([answer.notes, answer.status], [1, 'actionRequired']);
      }
    });

    it('is the only one a reviewer writes, and none that support writes', async () => {
      const { id } = await fileCase(bench().desk());
      const no = { code: 'notYours', action: 'annotate' };
      const write = async (desk: Desk, action: CaseAction): Promise<unknown> => {
        const answer = await desk.act(id, action, upon(await fresh(id)));
        return answer.ok ? 'done' : answer.error;
      };
      assert.deepEqual(await write(as('reviewer'), note('For all')), no);
      assert.deepEqual(await write(as('reviewer'), { ...note('x'), teamOnly: false } as CaseAction), no);
      assert.deepEqual(await write(as('reviewer'), note('For us', true)), 'done');
      assert.deepEqual(await write(as('agent'), note('For us', true)), no);
      assert.deepEqual(await write(as('agent'), note('For all')), 'done');
      assert.deepEqual(await write(as('reviewer', 'agent'), note('For all')), 'done');
      assert.deepEqual(
        [as('agent'), as('reviewer'), as('requester')].map(desk => desk.capabilities().teamNotes),
        [false, true, true],
      );
    });
  });

  describe('who is nothing to the desk', () => {
    it('sees the board and no case, and is told by which facts', async () => {
      const filed = await fileCase(bench().desk());
      value(await bench().desk().recordIncident(newIncident(), once()));
      const nobody = as();
      const filing = once();
      const answers = [
        await nobody.list({}, { limit: 1 }),
        await nobody.count({}, 'status'),
        await nobody.get(filed.id),
        await nobody.file(newCase(), filing),
        await nobody.filedAs(filing.key),
        await nobody.act(filed.id, note('x'), upon(filed)),
        await nobody.upload(source('a', [bytes('a')])),
        await nobody.download('0'.repeat(64)),
      ];
      for (const answer of answers) {
        const refused = refusal(answer);
        assert.ok(refused.code === 'refused' && refused.rule === 'notAdministrator');
        for (const fact of ['C-27', 'C-33', 'G-04'] as const) assert.ok(refused.facts.includes(fact));
      }
      assert.deepEqual(
        [value(await nobody.incidents()).length, nobody.capabilities().actions, nobody.capabilities().roles],
        [1, [], []],
      );
      assert.equal((await fresh(filed.id)).revision, 1);
    });
  });

  describe('filing', () => {
    for (const roles of [['reviewer'], ['agent'], ['reviewer', 'agent']] satisfies DeskRole[][]) {
      it(`is not for ${roles.join(' and ')} alone (C-33, C-35)`, async () => {
        const refused = refusal(await as(...roles).file(newCase(), once()));
        assert.ok(refused.code === 'refused' && refused.rule === 'notAdministrator');
        assert.deepEqual(value(await bench().desk().list({}, { limit: 1 })).items, []);
      });
    }
  });

  describe('the board', () => {
    it('is written by administrators and support, and read by all', async () => {
      const recorded = value(await as('agent').recordIncident(newIncident(), once()));
      const no = { code: 'notYours', action: 'writeToBoard' };
      for (const desk of [as('reviewer'), as()]) {
        assert.deepEqual(refusal(await desk.recordIncident(newIncident(), once())), no);
        const posted = await desk.postToIncident(recorded.id, { status: 'resolved', text: 'x' }, upon(recorded));
        assert.deepEqual(refusal(posted), no);
        assert.equal(value(await desk.incidents()).length, 1);
      }
      const post = { status: 'resolved', text: 'Over' } as const;
      assert.equal(value(await as('requester').postToIncident(recorded.id, post, upon(recorded))).revision, 2);
    });
  });
}
