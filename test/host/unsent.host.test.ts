import assert from 'node:assert/strict';
import type { UnsentItem, UnsentState } from '../../src/desk/outbox.ts';
import { answering, type Answer, type Asked } from '../commands/support/answers.ts';
import { ground, type Ground } from '../commands/support/ground.ts';
import { newCase } from '../desk/build.ts';
import { aCase, idOf, noon } from '../views/support/builders.ts';

describe('commands for what waits for a remote desk', () => {
  let on: Ground;
  let person: Asked;
  const answer = (...answers: Answer[]) => (person = answering(...answers));
  const id = idOf(1);
  const caseId = idOf(12);
  const note = (state: UnsentState, text = 'My note'): UnsentItem => ({
    ...{ id, createdAt: noon, tries: 1, state },
    what: { kind: 'act', caseId, revision: 1, title: 'Mail is late', action: { kind: 'annotate', text, files: [] } },
  });
  const needy: UnsentState = { kind: 'needsYou', reason: { code: 'conflict', revision: 2 } };
  beforeEach(() => {
    on = ground();
    on.desk.cases = [aCase()];
    answer();
  });
  afterEach(() => person.restore());

  it('say that nothing waits, where nothing does or no remote desk is connected', async () => {
    for (const unsent of [undefined, []]) {
      on.place.unsent = unsent;
      for (const name of ['retryUnsent', 'editUnsentAsNew', 'discardUnsent'] as const) {
        await on.run(`casebook.${name}`);
        await on.run(`casebook.${name}`, { unsentId: id });
      }
    }
    assert.deepEqual(new Set(person.shown), new Set(['info: Nothing waits to be sent.']));
  });

  it('send it again', async () => {
    on.place.unsent = [note(needy)];
    await on.run('casebook.retryUnsent', { unsentId: id });
    assert.deepEqual(on.place.unsent, []);
  });

  it('discard it only after asking, and say that it may have arrived', async () => {
    on.place.unsent = [note({ kind: 'queued' })];
    answer(undefined);
    await on.run('casebook.discardUnsent', { unsentId: id });
    assert.equal(on.place.unsent.length, 1);
    assert.match(person.shown.join(), /Mail is late.*may have arrived/s);
    person.restore();
    answer('\u2068Mail is late', 'Discard');
    await on.run('casebook.discardUnsent');
    assert.deepEqual([on.place.unsent, person.left()], [[], []]);
  });

  it('make a note of it the unsent note of its case', async () => {
    on.place.unsent = [note(needy)];
    on.drafts.texts.set(caseId, 'Begun');
    await on.run('casebook.editUnsentAsNew', { unsentId: id });
    assert.equal(on.drafts.texts.get(caseId), 'Begun\n\nMy note');
    assert.deepEqual([on.place.unsent, on.calls], [[], [`showNote("${caseId}")`, `openCase("${caseId}","note")`]]);
  });

  it('keep it for the team alone, with what was begun there', async () => {
    for (const [mine, begun] of [
      [true, false],
      [false, true],
      [false, false],
    ] as const) {
      const { what, ...item } = note(needy);
      assert.ok(what.kind === 'act' && what.action.kind === 'annotate');
      on.place.unsent = [{ ...item, what: { ...what, action: { ...what.action, teamOnly: mine } } }];
      await on.drafts.writeNote(caseId, { text: 'Begun', teamOnly: begun });
      await on.run('casebook.editUnsentAsNew', { unsentId: id });
      assert.deepEqual(
        [on.drafts.texts.get(caseId), on.drafts.teamOnly.has(caseId)],
        ['Begun\n\nMy note', mine || begun],
      );
    }
    const kept = await on.drafts.notes();
    assert.deepEqual(kept.ok && kept.value.map(({ title }) => title), ['Mail is late']);
  });

  describe('about a note that was typed and not sent', () => {
    const row = { noteOf: caseId };
    beforeEach(() => on.drafts.writeNote(caseId, { text: 'Begun', title: 'Mail is late' }));

    it('open its case at the note', async () => {
      await on.run('casebook.openCase', row);
      assert.deepEqual(on.calls, [`openCase("${caseId}","note")`]);
    });

    it('discard it only after asking, on the page as well', async () => {
      answer(undefined);
      await on.run('casebook.discardUnsent', row);
      assert.match(person.shown.join(), /Discard this\?.*Mail is late/s);
      assert.equal(on.drafts.texts.get(caseId), 'Begun');
      person.restore();
      answer('Discard');
      await on.run('casebook.discardUnsent', row);
      assert.deepEqual([on.drafts.texts.get(caseId), on.calls], ['', [`showNote("${caseId}")`]]);
    });

    it('say so where it is gone, or stays because the disk is full', async () => {
      answer();
      await on.run('casebook.discardUnsent', { noteOf: idOf(99) });
      assert.deepEqual(person.shown, ['info: Nothing waits to be sent.']);
      person.restore();
      answer('Discard');
      on.drafts.broken = { code: 'storageFull' };
      await on.run('casebook.discardUnsent', row);
      assert.match(person.shown.at(-1) ?? '', /the disk is full/);
      assert.deepEqual([on.drafts.texts.get(caseId), on.calls], ['Begun', []]);
    });
  });

  it('make a case of it a draft with its files', async () => {
    const file = { name: 'a.log', bytes: 1, sha256: 'a'.repeat(64) };
    const what = { kind: 'file', content: newCase({ title: 'Filed offline', files: [file] }) } as const;
    on.place.unsent = [{ id, createdAt: noon, tries: 0, state: needy, what }];
    await on.run('casebook.editUnsentAsNew', { unsentId: id });
    const [draft] = [...on.drafts.kept.values()];
    assert.ok(draft);
    assert.equal(draft.content.title, 'Filed offline');
    assert.deepEqual(draft.content.files, [{ uri: 'kept:a.log', name: 'a.log', bytes: 1 }]);
    assert.deepEqual([on.place.unsent, on.calls], [[], [`openDraft("${draft.id}")`]]);
  });

  it('leave it where it is when it cannot be kept elsewhere', async () => {
    on.place.unsent = [note(needy)];
    on.drafts.broken = { code: 'storageFull' };
    await on.run('casebook.editUnsentAsNew', { unsentId: id });
    assert.equal(on.place.unsent.length, 1);
  });

  it('are not needed for a write that is kept: it is accepted, said once, and no unsent note', async () => {
    on.desk.refusals.push({ code: 'queued', item: id });
    answer('A note');
    await on.run('casebook.addNote', { caseId });
    assert.deepEqual([on.drafts.texts.size, on.desk.attempts.length], [0, 1]);
    assert.match(person.shown.join(), /It is kept and will be sent when the desk can be reached/);
  });
});
