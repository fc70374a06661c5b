import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { loadRun } from '../../src/commands/index.ts';
import { commandIds, type CommandId } from '../../src/host/ids.ts';
import { answering, type Answer, type Asked } from '../commands/support/answers.ts';
import { ground, type Ground } from '../commands/support/ground.ts';
import { ignoring } from '../commands/support/ignoring.ts';
import { aCase, aDraft, anIncident, hour, idOf, noon } from '../views/support/builders.ts';
import { hostile } from '../views/support/hostile.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('commands', () => {
  let on: Ground;
  let person: Asked;
  const answer = (...answers: Answer[]) => (person = answering(...answers));
  beforeEach(() => {
    on = ground();
    answer();
  });
  afterEach(() => person.restore());
  const caseId = idOf(12);

  it('are one module each, for every id', async () => {
    for (const id of commandIds) assert.equal(typeof (await loadRun(id)), 'function', id);
  });

  describe('given something hostile', () => {
    for (const id of commandIds.filter(one => !ignoring.has(one))) {
      it(`${id} asks nothing and does nothing`, async () => {
        for (const argument of ['x', 7, [caseId], { caseId: '../x' }, { draftId: {} }, () => 1, Symbol('x')]) {
          await on.run(id, argument);
        }
        assert.deepEqual([person.shown, on.calls, on.desk.attempts, on.asked], [[], [], [], 0]);
      });
    }

    it('never starts a case from an argument', async () => {
      await on.run('casebook.newCase', { title: 'Planted', text: 'Planted' });
      assert.deepEqual(on.calls, ['newCase()']);
    });
  });

  describe('writing to a case', () => {
    const steps: [id: CommandId, answers: Answer[], action: object][] = [
      ['casebook.addNote', [' A note '], { kind: 'annotate', text: 'A note', files: [] }],
      ['casebook.recordInformationRequest', ['Which server?'], { kind: 'requestInformation', text: 'Which server?' }],
      [
        'casebook.recordFirstResponse',
        ['Now', ''],
        { kind: 'recordFirstResponse', respondedAt: noon + hour, text: '' },
      ],
      [
        'casebook.recordFirstResponse',
        ['15 minutes', 'Hello'],
        { kind: 'recordFirstResponse', respondedAt: noon + hour - 900_000, text: 'Hello' },
      ],
      ['casebook.recordVendorNumber', ['SR-7'], { kind: 'recordVendorNumber', vendorNumber: 'SR-7' }],
      [
        'casebook.changeSeverity',
        ['I propose', 'Severity C', 'Less'],
        { kind: 'changeSeverity', severity: 'C', side: 'proposed', text: 'Less' },
      ],
      [
        'casebook.changeSeverity',
        ['Support set', 'Severity B', ''],
        { kind: 'changeSeverity', severity: 'B', side: 'set', text: '' },
      ],
      ['casebook.recordResolved', [''], { kind: 'resolve', text: '' }],
      [
        'casebook.closeCase',
        ['Help is no longer', 'Thanks'],
        { kind: 'close', reason: 'noLongerNeeded', text: 'Thanks' },
      ],
    ];
    for (const [id, answers, action] of steps) {
      it(`${id} writes once what the person said: ${answers.join(', ')}`, async () => {
        on.desk.cases = [aCase({ revision: 4 })];
        on.place.now = noon + hour;
        answer(...answers);
        await on.run(id, { caseId, kind: 'case' });
        assert.deepEqual(on.desk.writes, [action]);
        assert.equal(on.desk.attempts[0]?.revision, 4);
        assert.match(on.desk.attempts[0].key, uuid);
        assert.deepEqual(person.left(), []);
        assert.deepEqual(
          person.shown.filter(text => /^(info|warning|error):/.test(text)),
          [],
          'the tree shows that it worked',
        );
      });

      it(`${id} writes nothing when the person turns away`, async () => {
        for (let turn = 0; turn < answers.length; turn += 1) {
          on.desk.cases = [aCase()];
          on.place.now = noon + hour;
          person.restore();
          answer(...answers.slice(0, turn), undefined);
          await on.run(id, { caseId });
          assert.deepEqual(person.left(), []);
        }
        assert.deepEqual(on.desk.attempts, []);
      });
    }

    it('answers and reopens where that is possible', async () => {
      on.desk.cases = [aCase({ status: 'actionRequired' })];
      answer('Server 7');
      await on.run('casebook.answerRequest', { caseId });
      person.restore();
      on.desk.cases = [aCase({ status: 'closed' })];
      answer('It is back');
      await on.run('casebook.reopenCase', { caseId });
      assert.deepEqual(on.desk.writes, [
        { kind: 'answer', text: 'Server 7', files: [] },
        { kind: 'reopen', text: 'It is back' },
      ]);
    });

    it('adds a note for the team where the user only reviews', async () => {
      on.desk.cases = [aCase()];
      const can = on.desk.capabilities();
      on.desk.capabilities = () => ({ ...can, roles: ['reviewer'] });
      answer('We guess');
      await on.run('casebook.addNote', { caseId });
      assert.deepEqual(on.desk.writes, [{ kind: 'annotate', text: 'We guess', files: [], teamOnly: true }]);
    });

    it('refuses in words what the status does not allow', async () => {
      on.desk.cases = [aCase({ status: 'closed' })];
      await on.run('casebook.addNote', { caseId });
      on.desk.cases = [aCase({ status: 'waitingForSupport', firstResponseAt: noon })];
      await on.run('casebook.recordFirstResponse', { caseId });
      await on.run('casebook.addNote', { caseId: idOf(99) });
      assert.deepEqual(person.shown, [
        'warning: This is not possible while the case is “Closed”.',
        'warning: This was recorded before and can be recorded once only.',
        'warning: This case is not here any more. Refresh the list.',
      ]);
    });

    it('takes the case of the page in front, else asks which of those it applies to', async () => {
      on.desk.cases = [aCase(), aCase({ number: 13, title: '$(trash) Other', status: 'closed' })];
      on.active = caseId;
      answer('First', '#13', 'Again', 'Second');
      await on.run('casebook.addNote');
      on.active = idOf(13);
      on.desk.cases = [...on.desk.cases, aCase({ number: 14, status: 'closed' })];
      await on.run('casebook.reopenCase');
      assert.deepEqual(on.desk.writes.at(-1), { kind: 'reopen', text: '#13' });
      on.active = undefined;
      person.restore();
      answer('#14', 'Again');
      await on.run('casebook.reopenCase');
      assert.deepEqual(on.desk.writes.at(-1), { kind: 'reopen', text: 'Again' });
      person.restore();
      answer();
      await on.run('casebook.answerRequest');
      assert.deepEqual(person.shown, ['info: No case stands where this is possible.']);
    });

    it('keeps the text in a conflict and tries again against the newer case', async () => {
      on.desk.cases = [aCase()];
      on.desk.refusals.push({ code: 'conflict', revision: 9 });
      answer('Precious', 'Try again');
      await on.run('casebook.addNote', { caseId });
      const [first, second] = on.desk.attempts;
      assert.notEqual(first?.key, second?.key);
      assert.equal(on.desk.writes.length, 1);
      assert.equal(on.drafts.texts.get(caseId) ?? '', '', 'nothing stays behind once it is sent');

      on.desk.refusals.push({ code: 'conflict', revision: 9 });
      on.drafts.texts.set(caseId, 'Begun');
      person.restore();
      answer('Precious', undefined);
      await on.run('casebook.addNote', { caseId });
      assert.equal(on.drafts.texts.get(caseId), 'Begun\n\nPrecious');
    });

    it('repeats a busy write under the same key', async () => {
      on.desk.cases = [aCase()];
      on.desk.refusals.push({ code: 'busy' });
      answer('Text', 'Try again');
      await on.run('casebook.addNote', { caseId });
      const [first, second] = on.desk.attempts;
      assert.deepEqual(first, second);
    });

    it('explains a severity that is closed, and asks twice for A', async () => {
      on.desk.cases = [aCase()];
      answer('I propose', 'Severity A');
      await on.run('casebook.changeSeverity', { caseId });
      assert.match(person.shown.at(-1) ?? '', /^warning: Severity A needs a signed advanced online service agreement/);
      assert.deepEqual(on.desk.attempts, []);
      on.place.settings = { advancedAgreement: true };
      person.restore();
      answer('I propose', 'Severity A', undefined);
      await on.run('casebook.changeSeverity', { caseId });
      assert.deepEqual(on.desk.attempts, []);
      person.restore();
      answer('I propose', 'Severity A', 'Severity A', 'Down');
      await on.run('casebook.changeSeverity', { caseId });
      assert.equal(on.desk.writes.length, 1);
    });

    it('reads a typed time strictly', async () => {
      on.desk.cases = [aCase()];
      on.place.now = noon + hour;
      for (const typed of ['soon', '2999-01-01 10:00', '2020-01-01 10:00']) {
        person.restore();
        answer('At another time', typed);
        await on.run('casebook.recordFirstResponse', { caseId });
        assert.match(person.shown.at(-1) ?? '', /^refused: /);
      }
      assert.deepEqual(on.desk.attempts, []);
    });
  });

  it('copies a case as Markdown', async () => {
    on.desk.cases = [aCase({ title: '[x](command:y)' })];
    await on.run('casebook.copyAsMarkdown', { caseId });
    const text = await vscode.env.clipboard.readText();
    assert.ok(text.startsWith('# #12 \\[x\\](command:y)\n'));
    assert.deepEqual(person.shown, ['info: Case 12 is on the clipboard as Markdown.']);
  });

  it('copies the hand-off of a case: the way to support and what to say there', async () => {
    on.desk.cases = [aCase({ title: 'Mail is late' })];
    await on.run('casebook.copyHandOff', { caseId });
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /^Microsoft 365 operated by 21Vianet\n\n[\s\S]*1\. Open the admin center\.[\s\S]*Mail is late/);
    assert.deepEqual(person.shown, ['info: The hand-off of case 12 is on the clipboard.']);
  });

  it('explains a rule with its facts and their document', async () => {
    on.desk.cases = [aCase()];
    answer('Severity A', undefined);
    await on.run('casebook.why', { caseId });
    const text = person.shown.at(-1) ?? '';
    assert.match(text, /^modal: Why\? .*\nSeverity A: .*\n\nC-22: .*\nGet support for Microsoft 365 for business/);
  });

  it('opens cases and drafts, and asks from the palette whatever page is in front', async () => {
    on.desk.cases = [aCase(), aCase({ number: 13 })];
    on.active = caseId;
    answer('#13');
    await on.run('casebook.openCase', { caseId });
    await on.run('casebook.openCase', { draftId: idOf(1) });
    await on.run('casebook.openCase');
    assert.deepEqual(on.calls, [`openCase("${caseId}")`, `openDraft("${idOf(1)}")`, `openCase("${idOf(13)}")`]);
  });

  it('discards a draft only after asking', async () => {
    const made = await on.drafts.create(aDraft({ title: 'Half' }).content);
    assert.ok(made.ok);
    answer(undefined, 'Half', 'Discard');
    await on.run('casebook.discardDraft', { draftId: made.value.id });
    assert.equal(on.drafts.kept.size, 1);
    person.restore();
    answer('\u2068Half', 'Discard');
    await on.run('casebook.discardDraft');
    assert.equal(on.drafts.kept.size, 0);
    person.restore();
    answer();
    await on.run('casebook.discardDraft');
    await on.run('casebook.discardDraft', { draftId: made.value.id });
    assert.deepEqual(person.shown, [
      'info: There is no draft.',
      'warning: This draft is gone: it was filed or discarded in another window.',
    ]);
  });

  it('asks at which desk an incident is recorded, of those where the user may', async () => {
    const incident = ['Another service', 'Teams', 'No calls', 'Incident', 'Service interruption', ''] as const;
    const known = on.desk.capabilities();
    const wheres: unknown[] = [];
    const before = { ...on.desk };
    on.desk.recordIncident = (what, write, where) => {
      wheres.push(where);
      return before.recordIncident(what, write);
    };
    on.desk.members = () => [
      { id: 'local', name: 'This computer' },
      { id: 'a', name: 'Ours' },
      { id: 'b', name: 'Only to read' },
      { id: 'c', name: 'Without a board' },
    ];
    on.desk.capabilities = ({ desk } = {}) => {
      return { ...known, incidents: desk !== 'c', roles: desk === 'b' ? ['reviewer'] : known.roles };
    };
    answer('\u2068Ours', ...incident);
    await on.run('casebook.recordIncident');
    person.restore();
    answer('\u2068Only to read');
    await assert.rejects(on.run('casebook.recordIncident'));
    person.restore();
    answer(undefined);
    await on.run('casebook.recordIncident');
    person.restore();
    on.desk.members = () => [
      { id: 'b', name: 'Only to read' },
      { id: 'a', name: 'Ours' },
    ];
    answer(...incident);
    await on.run('casebook.recordIncident');
    assert.deepEqual(wheres, [{ desk: 'a' }, { desk: 'a' }]);
  });

  it('records an incident and posts to it', async () => {
    answer('Another service', 'Teams', 'No calls', 'Incident', 'Service interruption', 'We see it');
    await on.run('casebook.recordIncident', { service: 'planted' });
    assert.deepEqual(on.desk.writes, [
      {
        service: 'Teams',
        title: 'No calls',
        classification: 'incident',
        status: 'serviceInterruption',
        text: 'We see it',
      },
    ]);
    on.desk.board = [anIncident()];
    person.restore();
    answer('Resolved', 'It works again');
    await on.run('casebook.postToIncident', { incidentId: idOf(3) });
    assert.deepEqual(on.desk.writes.at(-1), { status: 'resolved', text: 'It works again' });
    on.desk.board = [];
    await on.run('casebook.postToIncident', { incidentId: idOf(3) });
    await on.run('casebook.postToIncident');
    assert.deepEqual(person.shown.slice(-2), [
      'warning: This incident is not on the board any more. Refresh the view.',
      'info: No incident is recorded on the board.',
    ]);
  });

  it('filters and groups', async () => {
    answer('mail', ['Open', 'Severity A', '\u2068SharePoint'], 'Severity');
    await on.run('casebook.filterCases');
    await on.run('casebook.groupCases');
    await on.run('casebook.clearFilter');
    await on.run('casebook.showMore', { group: 'status:waiting' });
    await on.run('casebook.refresh');
    await on.run('casebook.showLog');
    assert.deepEqual(on.calls, [
      'setFilter({"text":"mail","status":["open"],"severity":["A"],"service":"SharePoint Online"})',
      'setGrouping("severity")',
      'setFilter({})',
      'showMore("status:waiting")',
      'refresh()',
      'showLog()',
    ]);
  });

  it('takes selection, file, lines and language into a new case', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: 'one\ntwo\nthree\n' });
    const editor = await vscode.window.showTextDocument(document);
    await on.run('casebook.newCaseFromSelection');
    assert.deepEqual(person.shown, ['info: Select the code the case is about first.']);
    editor.selection = new vscode.Selection(1, 0, 2, 0);
    await on.run('casebook.newCaseFromSelection', { places: 'planted' });
    const [call = ''] = on.calls;
    const { places } = JSON.parse(call.slice('newCase('.length, -1)) as { places: Record<string, unknown>[] };
    const [{ path, ...place } = {}] = places;
    assert.equal(typeof path, 'string');
    assert.deepEqual(place, { startLine: 2, endLine: 2, language: 'json', text: 'two\n' });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('says why the desk does not open', async () => {
    on.place.deskError = { code: 'sqliteMissing' };
    answer(undefined);
    await on.run('casebook.addNote', { caseId });
    assert.match(person.shown[0] ?? '', /^error: This editor has no SQLite built in/);
  });

  it('shows nothing a person wrote where it could become a link', async () => {
    for (const text of hostile) {
      person.restore();
      answer(undefined);
      on.desk.cases = [aCase({ title: text, service: text })];
      await on.drafts.create(aDraft({ title: text }).content);
      on.desk.refusals.push({ code: 'fileGone', name: text });
      await on.run('casebook.closeCase', { caseId });
      for (const shown of person.shown) assert.doesNotMatch(shown, /\]\(|<\w|https?:\/\//);
    }
  });
});
