import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fail, ok } from '../../src/desk/errors.ts';
import type { UnsentItem } from '../../src/desk/outbox.ts';
import { answering, type Answer, type Asked } from '../commands/support/answers.ts';
import { ground, type Ground } from '../commands/support/ground.ts';
import { eventually } from '../support/eventually.ts';
import { aCase, aDetail, idOf, noon } from '../views/support/builders.ts';

describe('a write that the newer case did not take', () => {
  let on: Ground;
  let person: Asked;
  const answer = (...answers: Answer[]) => (person = answering(...answers));
  const unsentId = idOf(1);
  const caseId = idOf(12);
  const send = 'Send mine all the same';
  const sha256 = '9f'.repeat(32);
  const mine: UnsentItem = {
    ...{
      id: unsentId,
      createdAt: noon,
      tries: 1,
      state: { kind: 'needsYou', reason: { code: 'conflict', revision: 2 } },
    },
    what: {
      ...{ kind: 'act', caseId, revision: 1, title: 'Mail is late', seen: 1 },
      action: { kind: 'annotate', text: 'What I wrote', files: [{ name: 'a.log', bytes: 1, sha256 }] },
    },
  };
  beforeEach(() => {
    on = ground();
    on.place.unsent = [mine];
    on.desk.cases = [aCase({ revision: 2 })];
    const { timeline } = aDetail();
    const [filed] = timeline;
    assert.ok(filed);
    on.desk.get = () =>
      Promise.resolve(
        ok(
          aDetail({
            revision: 2,
            timeline: [
              filed,
              { kind: 'annotated', seq: 2, at: noon, by: { name: 'Ben' }, status: 'open', text: 'Theirs', files: [] },
            ],
          }),
        ),
      );
  });
  afterEach(async () => {
    assert.deepEqual(person.left(), []);
    person.restore();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const diffs = (): vscode.TabInputTextDiff[] =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .flatMap(({ input }) => (input instanceof vscode.TabInputTextDiff ? [input] : []))
      .filter(({ modified }) => modified.scheme === 'casebook-conflict');
  const resolve = (): Promise<void> => on.run('casebook.resolveConflict', { unsentId });

  it('is shown beside that case before anything is asked, and is closed with the answer', async () => {
    // The question stays open until the texts were read.
    let decide: (answer: undefined | vscode.MessageItem) => void = () => undefined;
    answer();
    Object.assign(vscode.window, {
      showWarningMessage: (text: string, ...items: vscode.MessageItem[]) => {
        person.shown.push(text);
        return new Promise(answered => {
          decide = answered;
          assert.deepEqual(
            items.map(({ title }) => title),
            [send, 'Discard mine'],
          );
        });
      },
    });
    const done = resolve();
    const texts = await eventually(async () => {
      const [shown] = diffs();
      assert.ok(shown && person.shown.length === 1);
      const open = await Promise.all(
        [shown.original, shown.modified].map(uri => vscode.workspace.openTextDocument(uri)),
      );
      return open.map(document => document.getText());
    });
    const [left = '', right = ''] = texts;
    assert.deepEqual(
      ['What I wrote', 'Theirs'].map(text => [left.includes(text), right.includes(text)]),
      [
        [true, false],
        [false, true],
      ],
    );
    decide(undefined);
    await done;
    assert.deepEqual([on.place.unsent, on.desk.attempts, diffs().length], [[mine], [], 1], 'nothing was decided');
  });

  it('is sent against that case with a key of its own, its files first', async () => {
    answer(send);
    await resolve();
    assert.deepEqual(
      on.desk.writes,
      [{ kind: 'annotate', text: 'What I wrote', files: [{ name: 'a.log', bytes: 1, sha256 }] }],
      person.shown.join(),
    );
    const [attempt] = on.desk.attempts;
    assert.equal(attempt?.revision, 2);
    assert.notEqual(attempt.key, unsentId);
    assert.deepEqual([on.place.unsent, on.desk.files.size], [[], 1]);
    await eventually(() => assert.deepEqual(diffs(), []));
  });

  it('is not sent in the name of somebody else than wrote it', async () => {
    const known = on.desk.capabilities();
    on.desk.capabilities = () => ({ ...known, person: 'Bo' });
    on.place.unsent = [{ ...mine, by: 'Ada' }];
    answer(send);
    await resolve();
    assert.match(person.shown.at(-1) ?? '', /Ada.* wrote this, and somebody else is signed in/);
    assert.deepEqual([on.place.unsent.length, on.desk.attempts], [1, []]);
    on.desk.capabilities = () => ({ ...known, person: 'Ada' });
    person.restore();
    answer(send);
    await resolve();
    assert.deepEqual([on.place.unsent, on.desk.writes.length], [[], 1]);
  });

  it('is gone once it is kept to be sent', async () => {
    answer(send);
    on.desk.refusals.push({ code: 'queued', item: unsentId });
    await resolve();
    assert.deepEqual(on.place.unsent, []);
  });

  it('is discarded, and nothing is sent', async () => {
    answer('Discard mine');
    await resolve();
    assert.deepEqual([on.place.unsent, on.desk.attempts], [[], []]);
    await eventually(() => assert.deepEqual(diffs(), []));
  });

  it('stays where it is when the case has changed once more, or cannot be read', async () => {
    answer(send);
    on.desk.refusals.push({ code: 'conflict', revision: 3 });
    await resolve();
    assert.match(person.shown.at(-1) ?? '', /changed while you were writing/);
    person.restore();
    answer();
    on.desk.get = () => Promise.resolve(fail({ code: 'unreachable' }));
    await resolve();
    assert.deepEqual([on.place.unsent, on.desk.writes, person.shown.length], [[mine], [], 1]);
  });
});
