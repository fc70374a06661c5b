import assert from 'node:assert/strict';
import type { CaseAction } from '../../src/desk/case.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { fail } from '../../src/desk/errors.ts';
import { CaseController } from '../../src/forms/caseController.ts';
import { caseHost, casePage, type Shown } from '../../src/protocol/case.ts';
import type { CopyPart } from '../../src/protocol/handOff.ts';
import { openCasePage } from './support/casePage.ts';
import { good } from './support/desk.ts';
import { pageEnd, until } from './support/page.ts';
import { pickable, portsOf } from './support/ports.ts';

let clock = Date.parse('2026-03-06T12:00:00Z');
const now = () => clock;
const ends: (() => void)[] = [];

async function opened(before: readonly CaseAction[] = [], wrap: (desk: Desk) => Desk = desk => desk) {
  const page = await openCasePage(now, before, wrap);
  ends.push(page.end);
  return page;
}
const note = { as: 'note', teamOnly: false } as const;
const ask: CaseAction = { kind: 'requestInformation', text: 'Which mailbox?' };

describe('CaseController', () => {
  beforeEach(() => (clock = Date.parse('2026-03-06T12:00:00Z')));
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  it('shows the case in words', async () => {
    const { view, world, start } = await opened();
    assert.equal(view().number, 'Case 1');
    assert.equal(view().status.word, 'Open');
    assert.deepEqual(view().severity, { id: 'B', name: 'Severity B', note: 'proposed' });
    assert.equal(view().target.countdown, '15 hours left within support hours');
    assert.deepEqual(
      view().timeline.map(({ title }) => title),
      ['Case filed'],
    );
    assert.equal(view().write, 'note');
    assert.deepEqual([start.note, start.focusNote], [{ text: '', teamOnly: false }, false]);
    assert.ok(world.did.includes('title Case 1: Mail arrives late'));
  });

  it('shows the severity support set, with what was proposed (T-39)', async () => {
    const { view } = await opened([{ kind: 'changeSeverity', severity: 'C', side: 'set', text: '' }]);
    assert.deepEqual(view().severity, {
      id: 'C',
      name: 'Severity C',
      note: 'set by support, proposed Severity B',
    });
  });

  it('has the newest event first, with what changed', async () => {
    const { view } = await opened([
      { kind: 'recordVendorNumber', vendorNumber: '21V-1' },
      { kind: 'changeSeverity', severity: 'C', side: 'set', text: 'Workaround' },
      { kind: 'close', reason: 'solved', text: '' },
    ]);
    assert.deepEqual(
      view().timeline.map(({ title, detail }) => [title, detail]),
      [
        ['Case closed', 'The problem is solved'],
        ['Severity set by support', 'Severity C'],
        ["Vendor's number recorded", '21V-1'],
        ['Case filed', ''],
      ],
    );
  });

  it('adds a note and shows it', async () => {
    const { send, view, drafts, id, page } = await opened();
    page.channel.tell('write', { text: 'More logs', teamOnly: false });
    assert.equal(await send('note', 'More logs'), true);
    assert.equal(view().timeline[0]?.text, 'More logs');
    assert.equal(drafts.texts.get(id), '');
  });

  it('keeps the unsent note on disk and gives it back', async () => {
    const { page, controller, drafts, id, world } = await opened();
    page.channel.tell('write', { text: 'Half a sen', teamOnly: false });
    await controller.flush();
    assert.equal(drafts.texts.get(id), 'Half a sen');
    assert.deepEqual(page.last('saved'), { failed: false, text: 'Saved 14:00' });
    const again: CaseController = new CaseController(
      portsOf(world, drafts, now, message => next.post(message)),
      id,
    );
    ends.push(() => again.dispose());
    const next = pageEnd(casePage, caseHost, message => again.receive(message));
    const start = await next.channel.ask('start', {});
    assert.deepEqual(start.ok && start.value.note, { text: 'Half a sen', teamOnly: false });
  });

  it('keeps with the unsent note that it is for the team alone, and of which case it is', async () => {
    const { page, controller, drafts, id, start, world } = await opened();
    assert.equal(start.note.teamOnly, false);
    page.channel.tell('write', { text: 'We guess', teamOnly: true });
    await controller.flush();
    const kept = good(await drafts.notes());
    assert.deepEqual(kept, [{ caseId: id, title: 'Mail arrives late', teamOnly: true, updatedAt: clock }]);
    const again: CaseController = new CaseController(
      portsOf(world, drafts, now, () => undefined),
      id,
    );
    ends.push(() => again.dispose());
    assert.deepEqual((await again.start()).note, { text: 'We guess', teamOnly: true });
  });

  it('shows the unsent note as a command left it, and what is typed goes on from there', async () => {
    const { page, controller, drafts, id } = await opened();
    page.channel.tell('write', { text: 'Typed', teamOnly: false });
    await controller.flush();
    good(await drafts.writeNote(id, { text: 'Typed\n\nTaken back', teamOnly: true, title: '' }));
    await controller.showNote();
    assert.deepEqual(page.last('note'), { text: 'Typed\n\nTaken back', teamOnly: true });
    assert.deepEqual((await controller.start()).note, { text: 'Typed\n\nTaken back', teamOnly: true });
    good(await drafts.writeNote(id, { text: '' }));
    await controller.showNote();
    assert.deepEqual(page.last('note'), { text: '', teamOnly: false });
  });

  it('brings the person to the note box: now where the page is seen, else once when it is', async () => {
    const { page, controller } = await opened();
    controller.focusNote(true);
    await until(() => page.last('focusNote') !== undefined);
    assert.equal((await controller.start()).focusNote, false);
    controller.focusNote(false);
    assert.deepEqual([(await controller.start()).focusNote, (await controller.start()).focusNote], [true, false]);
    assert.equal(page.told.filter(({ name }) => name === 'focusNote').length, 1);
  });

  it('answers what support asked, and says that support waits', async () => {
    const { send, view, detail } = await opened([ask]);
    assert.equal(view().write, 'answer');
    assert.equal(view().question, 'Which mailbox?');
    assert.match(view().status.note, /^Support waits for you\. If it gets no answer.*may lower the severity/);
    assert.equal(await send('answer', ' '), false);
    assert.equal(view().problem, 'Fill in this field.');
    assert.equal(await send('answer', 'support@contoso.example'), true);
    assert.equal((await detail()).status, 'waitingForSupport');
    assert.equal(view().write, 'note');
    assert.equal(view().problem, undefined);
  });

  it('refreshes when the case changes elsewhere', async () => {
    const { act, view } = await opened();
    await act({ kind: 'annotate', text: 'From another window', files: [] });
    await until(() => view().timeline.length === 2);
    assert.equal(view().timeline[0]?.text, 'From another window');
  });

  it('says when the case changed since the person looked, and takes the note at the newer one', async () => {
    const { act, send, view, detail, drafts, id, page, controller } = await opened();
    const { revision } = view();
    await act({ kind: 'annotate', text: 'Theirs', files: [] });
    page.channel.tell('write', { text: 'Mine', teamOnly: false });
    await controller.flush();
    assert.equal(await send('note', 'Mine', revision), false);
    assert.match(view().problem ?? '', /changed while you were writing/);
    assert.equal(drafts.texts.get(id), 'Mine');
    assert.equal(await send('note', 'Mine'), true);
    assert.deepEqual(
      (await detail()).timeline.flatMap(event => ('text' in event ? [event.text] : [])),
      ['Theirs', 'Mine'],
    );
  });

  it('adds a note once, when the first answer got lost on its way', async () => {
    let lose = true;
    const losing = (desk: Desk): Desk => ({
      ...desk,
      act: async (...write) => {
        const done = await desk.act(...write);
        if (!lose) return done;
        lose = false;
        return fail({ code: 'busy' });
      },
    });
    const { send, detail, view } = await opened([], losing);
    assert.equal(await send('note', 'Once'), false);
    assert.match(view().problem ?? '', /Another window is writing/);
    assert.equal(await send('note', 'Once'), true);
    assert.equal((await detail()).notes, 1);
  });

  it('lets go of a note that is kept to be sent, and says where it is', async () => {
    const kept = (desk: Desk): Desk => ({
      ...desk,
      act: (_, __, { key }) => Promise.resolve(fail({ code: 'queued', item: key })),
    });
    const { page, view, drafts, id } = await opened([], kept);
    const { revision } = view();
    const sent = await page.channel.ask('send', { ...note, revision, text: 'Kept' });
    const said = 'It is kept and will be sent when the desk can be reached.';
    assert.deepEqual(sent, { ok: true, value: { sent: true, said } });
    assert.equal(drafts.texts.get(id) ?? '', '');
  });

  it('sends picked files with the note, and keeps them when one is gone', async () => {
    const { page, world, send, view, detail } = await opened();
    const log = pickable(world, 'a.log', new TextEncoder().encode('a'));
    const gone = pickable(world, 'gone.log', new TextEncoder().encode('b'));
    world.picks = [log, gone];
    page.channel.tell('pickFiles', {});
    await until(() => view().picked.length === 2);
    world.files.delete(gone.uri);
    assert.equal(await send('note', 'See files'), false);
    assert.match(view().picked[1]?.problem ?? '', /gone\.log can no longer be read/);
    assert.equal((await detail()).notes, 0);
    page.channel.tell('removeFile', { id: gone.uri });
    assert.equal(await send('note', ''), true);
    assert.equal(view().timeline[0]?.title, 'Files added');
    assert.equal(view().picked.length, 0);
  });

  it('hands over what was filed: the way, the text, each value; and copies them', async () => {
    const { page, view, world } = await opened();
    const { handOff } = view();
    assert.ok(handOff?.due);
    assert.deepEqual(
      handOff.channels.map(({ name, number }) => [name, number]),
      [
        ['Online, in the portal', undefined],
        ['By phone (if that does not work)', '+86 400-089-0365'],
      ],
    );
    assert.match(handOff.text, /^Mail arrives late\n\n/);
    assert.match(handOff.text, /src\/queue\.ts:1–2\ndrain\(\)/);
    const copied = async (part: CopyPart) => {
      const answer = await page.channel.ask('copy', part);
      return answer.ok && answer.value.copied ? world.copied.at(-1) : undefined;
    };
    assert.equal(await copied({ part: 'text' }), handOff.text);
    assert.equal(await copied({ part: 'query' }), 'Mail arrives late');
    assert.equal(await copied({ part: 'number', index: 1 }), '+864000890365');
    assert.match((await copied({ part: 'whole' })) ?? '', /Choose Support[\s\S]*Mail arrives late/);
    assert.equal(await copied({ part: 'item', index: 99 }), undefined);
  });

  it('opens the page of the vendor only where a team or a document names it', async () => {
    const { page, view, world, controller } = await opened();
    assert.deepEqual(
      view().handOff?.channels.map(({ open }) => open),
      [undefined, undefined],
    );
    page.channel.tell('openChannel', { index: 0 });
    world.settings = { ...world.settings, links: { adminCenter: 'https://portal.example.com/' } };
    controller.refresh();
    await until(() => view().handOff?.channels[0]?.open === 'Open the admin center');
    page.channel.tell('openChannel', { index: 0 });
    page.channel.tell('openChannel', { index: 7 });
    await until(() => world.did.some(did => did.startsWith('open https')));
    assert.deepEqual(
      world.did.filter(did => did.startsWith('open ')),
      ['open https://portal.example.com/'],
    );
  });

  it("takes the vendor's number: the case then waits for support, and notes are made ready to paste", async () => {
    const { page, view, world, detail, send } = await opened();
    const record = async (number: string) => {
      const answer = await page.channel.ask('recordNumber', { revision: view().revision, number });
      return answer.ok ? answer.value.problem : 'no answer';
    };
    assert.equal(await record('  '), 'Type the number first.');
    assert.equal(await record(' 31337 '), undefined);
    await until(() => view().status.word === 'Waiting for support');
    assert.equal(view().handOff?.due, false);
    const sent = await page.channel.ask('send', { ...note, revision: view().revision, text: 'The queue grew.' });
    assert.ok(sent.ok && sent.value.toPaste !== undefined);
    await page.channel.ask('copyNote', { seq: sent.value.toPaste });
    assert.equal(world.copied.at(-1), "Vendor's number 31337: Mail arrives late\n\nThe queue grew.");
    assert.equal((await detail()).vendorNumber, '31337');
    assert.equal(await send('note', 'Another.'), true);
  });

  it('keeps a note for the team from being pasted', async () => {
    const { page, view, world } = await opened([{ kind: 'recordVendorNumber', vendorNumber: '1' }]);
    const sent = await page.channel.ask('send', {
      ...note,
      teamOnly: true,
      revision: view().revision,
      text: 'We guess.',
    });
    assert.deepEqual(sent, { ok: true, value: { sent: true } });
    await until(() => view().timeline[0]?.teamOnly === true);
    const [event] = view().timeline;
    assert.ok(event);
    assert.equal(event.toPaste, false);
    const copied = await page.channel.ask('copyNote', { seq: event.seq });
    assert.deepEqual([copied, world.copied], [{ ok: true, value: { copied: false } }, []]);
  });

  it('has a note of somebody who only reviews be for the team, whatever the page says', async () => {
    const reviewing = (desk: Desk): Desk => ({
      ...desk,
      capabilities: () => ({ ...desk.capabilities(), roles: ['reviewer'] }),
    });
    const { page, view, detail } = await opened([{ kind: 'recordVendorNumber', vendorNumber: '1' }], reviewing);
    assert.equal(view().teamNotes, 'always');
    const sent = await page.channel.ask('send', { ...note, revision: view().revision, text: 'We guess.' });
    assert.deepEqual(sent, { ok: true, value: { sent: true } });
    assert.deepEqual(
      (await detail()).timeline.map(event => event.kind === 'annotated' && event.teamOnly),
      [false, false, true],
    );
  });

  const sides = [
    ['can be for the team', true, ['requester', 'reviewer'], 'can'],
    ['is for support as well', true, ['requester'], 'can'],
    ['is for the team', true, ['reviewer'], 'always'],
    ['is never for the team at support', false, ['agent'], 'no'],
    ['is nothing yet where the desk has not been asked', false, [], 'no'],
  ] as const;
  for (const [what, teamNotes, roles, shown] of sides) {
    it(`says that a note ${what}: ${roles.join(' and ') || 'no role'}`, async () => {
      const as = (desk: Desk): Desk => ({
        ...desk,
        capabilities: () => ({ ...desk.capabilities(), teamNotes, roles }),
      });
      assert.equal((await opened([], as)).view().teamNotes, shown);
    });
  }

  it('says how old the case is while the desk cannot be reached, and no longer', async () => {
    let asOf: number | undefined = Date.parse('2026-03-06T09:10:00Z');
    const asked: unknown[] = [];
    const away = (desk: Desk): Desk => ({ ...desk, asOf: caseId => (asked.push(caseId), asOf) });
    const { id, view, controller } = await opened([], away);
    assert.equal(view().remembered, 'The desk cannot be reached. Shown is what was known Fri, Mar 6, 11:10.');
    asOf = undefined;
    controller.refresh();
    await until(() => view().remembered === undefined);
    assert.deepEqual([...new Set(asked)], [id]);
  });

  it('offers what is allowed and nothing else, and runs it by name', async () => {
    const { view, page, world } = await opened([{ kind: 'close', reason: 'solved', text: '' }]);
    assert.deepEqual(
      view().commands.map(({ id }) => id),
      ['reopen', 'copyHandOff', 'why', 'copyAsMarkdown', 'exportTimeline'],
    );
    assert.equal(view().write, 'none');
    page.channel.tell('run', { command: 'reopen' });
    await until(() => world.did.includes('run reopen'));
  });

  it('runs no command, opens no path and saves no file but those it gave the page', async () => {
    const { controller, page, world } = await opened();
    const before = world.did.length;
    const tell = (name: string, params: unknown) => controller.receive({ kind: 'tell', name, params });
    await tell('run', { command: 'workbench.action.terminal.sendSequence' });
    await tell('run', { command: 'casebook.closeCase' });
    await tell('saveFile', { id: '../../etc/passwd' });
    await tell('saveFile', { id: 'a'.repeat(64) });
    await tell('openPlace', { path: '/etc/passwd' });
    await tell('openPlace', { index: 7 });
    assert.equal(world.did.length, before);
    world.inWorkspace = false;
    page.channel.tell('openPlace', { index: 0 });
    await until(() => world.did.includes('say outside'));
  });

  it('says why a case cannot be shown, and shows it when it can', async () => {
    const { desk, id, world, drafts } = await opened();
    world.desk = fail({ code: 'busy' });
    const controller: CaseController = new CaseController(
      portsOf(world, drafts, now, message => page.post(message)),
      id,
    );
    ends.push(() => controller.dispose());
    const page = pageEnd(casePage, caseHost, message => controller.receive(message));
    const start = await page.channel.ask('start', {});
    assert.match(JSON.stringify(start), /"shown":\{"ok":false,"text":"Another window is writing/);
    world.desk = { ok: true, value: desk };
    page.channel.tell('tryAgain', {});
    await until(() => page.last('shown') !== undefined);
    assert.equal((page.last('shown') as Shown).ok, true);
  });
});
