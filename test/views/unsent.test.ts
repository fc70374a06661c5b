import { strict as assert } from 'node:assert';
import { beforeEach, describe, it } from 'mocha';
import type { KeptNote } from '../../src/desk/drafts.ts';
import type { UnsentItem, UnsentState } from '../../src/desk/outbox.ts';
import { contextValueOf } from '../../src/views/contextValue.ts';
import type { Look } from '../../src/views/look.ts';
import { aCase, aDraft, idOf, noon } from './support/builders.ts';
import { casesTree } from './support/trees.ts';

describe('the tree of cases', () => {
  let look: Look;
  let { desk, place, model, tree } = casesTree(() => look);
  beforeEach(() => {
    look = { filter: {}, grouping: 'status' };
    ({ desk, place, model, tree } = casesTree(() => look));
  });
  const group = (key: string) => {
    const found = model.roots.find(node => node.kind === 'group' && node.group === key);
    assert.ok(found?.kind === 'group', key);
    return found;
  };

  describe('with unsent notes', () => {
    const note = (number: number, over: Partial<KeptNote> = {}): KeptNote => ({
      ...{ caseId: idOf(number), title: `Case ${number}`, teamOnly: false, updatedAt: noon - 60_000 },
      ...over,
    });

    it('shows each under the title of its case, before the drafts, with what can be done about it', async () => {
      place.notes = [note(1), note(2, { title: '', teamOnly: true })];
      place.drafts = [aDraft({ title: 'Half written' })];
      assert.deepEqual(await tree(), [
        [
          'Drafts and unsent | 3',
          ['Case 1 | unsent note', 'Untitled case | unsent note · only for the team', 'Half written | Draft'],
        ],
      ]);
      const unsent = group('status:unsent');
      assert.equal(unsent.item.accessibility, 'Drafts and unsent, 3 items');
      const [first, second] = await model.children(unsent);
      assert.ok(first?.kind === 'note' && second?.kind === 'note');
      assert.equal(first.item.accessibility, 'Case 1, unsent note, saved 1 minute ago');
      assert.equal(second.item.accessibility, 'Untitled case, unsent note, only for the team, saved 1 minute ago');
      assert.match(first.item.tooltip ?? '', /^Case 1\nunsent note\nsaved 1 minute ago$/);
      assert.deepEqual([first.noteOf, contextValueOf(first)], [idOf(1), ';note;open;discardUnsent;']);
      assert.equal(model.state?.drafts, 3);
    });

    it('counts one in the words for one', async () => {
      place.notes = [note(1)];
      await tree();
      assert.equal(group('status:unsent').item.accessibility, 'Drafts and unsent, 1 item');
    });

    it('filters them by title alone', async () => {
      place.notes = [note(1), note(2, { title: 'Other' })];
      look = { filter: { text: 'CASE' }, grouping: 'status' };
      assert.deepEqual(await tree(), [['Drafts and unsent | 1', ['Case 1 | unsent note']]]);
      look = { filter: { severity: ['A'] }, grouping: 'status' };
      assert.deepEqual(await tree(), []);
    });

    it('changes only the row whose note changed, which stays the same node', async () => {
      place.notes = [note(1), note(2)];
      await tree();
      const [first, second] = await model.children(group('status:unsent'));
      place.notes = [note(1, { updatedAt: noon }), note(2, { teamOnly: true })];
      assert.deepEqual(await model.refresh(), [second]);
      assert.deepEqual((await model.children(group('status:unsent')))[0], first);
      place.notes = [note(2, { teamOnly: true })];
      assert.deepEqual(await model.refresh(), [group('status:unsent')]);
      assert.deepEqual(await model.children(group('status:unsent')), [second]);
    });

    it('puts no more of a thousand into words than it shows', async () => {
      let told = 0;
      place.notes = Array.from({ length: 1_000 }, (_, at) => {
        const one = note(at + 1);
        return {
          ...one,
          get title() {
            told++;
            return one.title;
          },
        };
      });
      const [shown] = await tree();
      assert.deepEqual([shown?.[0], shown?.[1]?.length], ['Drafts and unsent | 1,000', 21]);
      assert.ok(told < 1_100, `asked for ${told} titles`);
    });
  });

  describe('with what waits for a remote desk', () => {
    const waits = (number: number, state: UnsentState, title = `Case ${number}`): UnsentItem => ({
      ...{ id: idOf(number), createdAt: noon, tries: 1, state },
      what: {
        ...{ kind: 'act', caseId: idOf(number + 100), revision: 1, title },
        action: { kind: 'annotate', text: 'x', files: [] },
      },
    });
    const again = ['retryUnsent'];
    const states: [UnsentState, string, string, readonly string[]][] = [
      [{ kind: 'queued' }, 'waits to be sent', 'Case 1 | Add note · waits to be sent', again],
      [
        { kind: 'queued', nextTryAt: noon + 60_000 },
        'Next try Wed 10:01',
        'Case 1 | Add note · waits to be sent',
        again,
      ],
      [{ kind: 'claimed' }, 'being sent', 'Case 1 | Add note · being sent', []],
      [
        { kind: 'signedOut' },
        'waits for you to sign in',
        'Case 1 | Add note · waits for you to sign in',
        ['retryUnsent', 'signInUnsent'],
      ],
      // A conflict can also be looked at.
      [
        { kind: 'needsYou', reason: { code: 'conflict', revision: 2 } },
        'The case changed while you were writing',
        'Case 1 | Add note · needs you',
        ['retryUnsent', 'conflict'],
      ],
      [
        { kind: 'needsYou', reason: { code: 'otherWriter', by: 'Jana\u202e' } },
        '\u2068Jana\u2069 wrote this, and somebody else is signed in .* Sign in as \u2068Jana\u2069 again',
        'Case 1 | Add note · needs you',
        ['signInUnsent'],
      ],
      [{ kind: 'expired' }, 'too old', 'Case 1 | Add note · too old to be sent by itself', again],
    ];
    for (const [state, inTooltip, row, ways] of states) {
      it(`says of it that it is ${state.kind}: ${inTooltip}`, async () => {
        place.unsent = [waits(1, state)];
        place.drafts = [aDraft({ title: 'Half written' })];
        assert.deepEqual(await tree(), [['Drafts and unsent | 2', [row, 'Half written | Draft']]]);
        const [node] = await model.children(group('status:unsent'));
        assert.ok(node?.kind === 'unsent');
        assert.match(node.item.tooltip ?? '', new RegExp(inTooltip));
        if (!inTooltip.startsWith('Next try'))
          assert.match(node.item.accessibility, new RegExp(state.kind === 'expired' ? 'too old' : inTooltip));
        const words = [...ways, 'editUnsent', 'discardUnsent'];
        const offers = `;${['unsent', ...(state.kind === 'claimed' ? [] : words)].join(';')};`;
        assert.deepEqual([contextValueOf(node), node.caseId, model.state?.unsent], [offers, idOf(101), 1]);
      });
    }

    it('shows it while the desk cannot open, and filters it by title', async () => {
      place.deskError = { code: 'unreachable' };
      place.unsent = [waits(1, { kind: 'queued' }), waits(2, { kind: 'queued' }, '')];
      look = { filter: { text: 'case' }, grouping: 'status' };
      const [, unsent] = await tree();
      assert.deepEqual(unsent, ['Drafts and unsent | 1', ['Case 1 | Add note · waits to be sent']]);
      look = { filter: { status: ['open'] }, grouping: 'status' };
      assert.equal((await tree()).length, 1);
    });

    it('says since when nothing was heard of the desk', async () => {
      desk.cases = [aCase()];
      desk.asOf = () => noon - 3_600_000;
      await model.refresh();
      assert.match(model.state?.message ?? '', /cannot be reached. Shown is what was known Wed 09:00/);
    });
  });
});
