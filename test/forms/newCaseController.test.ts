import assert from 'node:assert/strict';
import { seenBefore } from '../../src/desk/case.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { fail } from '../../src/desk/errors.ts';
import { startingContent } from '../../src/forms/draftContent.ts';
import { NewCaseController } from '../../src/forms/newCaseController.ts';
import { newCaseHost, newCasePage, type NewCaseView } from '../../src/protocol/newCase.ts';
import { good } from './support/desk.ts';
import { memoryDrafts } from './support/memoryDrafts.ts';
import { pageEnd, until } from './support/page.ts';
import { complete, ends, now, opened } from './support/newCase.ts';
import { pickable, portsOf, worldOf } from './support/ports.ts';

const problems = (view: NewCaseView) => view.problems.map(({ field }) => field);

describe('NewCaseController', () => {
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  it('gives the page its words, the draft and what the rules say', async () => {
    const { start } = await opened({ title: 'Mail' });
    assert.equal(start.filled.title, 'Mail');
    assert.equal(start.labels['page.new.file'], 'File case');
    assert.equal(start.view.verdict.eligible, true);
    const [a, b] = start.view.severities;
    assert.match(a?.closed ?? '', /highest is severity B/);
    assert.equal(b?.closed, undefined);
    assert.equal(start.view.target.state, 'none');
  });

  it('says why not before anything is written', async () => {
    const { start, file } = await opened(complete, { role: 'user' });
    assert.equal(start.view.verdict.eligible, false);
    assert.match(start.view.verdict.lines.join(' '), /administrator.*forums/);
    assert.deepEqual(start.view.next, [], 'nothing follows on what cannot be filed');
    assert.notEqual((await opened(complete)).start.view.next.length, 0);
    assert.equal(await file(), false);
  });

  it('names the roles the team counts as administrators to who is none, and to nobody else', async () => {
    const adminRoles = ['Helpdesk', 'Billing'];
    const lines = async (role: 'user' | 'admin') =>
      (await opened(complete, { role, adminRoles })).start.view.verdict.lines;
    assert.equal((await lines('user')).at(-1), 'Your team counts these roles as administrators: Helpdesk, Billing.');
    assert.doesNotMatch((await lines('admin')).join(' '), /Helpdesk/);
  });

  it("offers the team's services and contacts to choose from", async () => {
    const contacts = {
      desk: { name: 'Service desk', phone: '+420 1' },
      anna: { name: 'Anna', email: 'a@example.com' },
    };
    const { start } = await opened({}, { contacts });
    assert.deepEqual(start.view.suggestions, {
      service: ['Exchange Online', 'SharePoint Online'],
      resource: ['Service desk, +420 1', 'Anna, a@example.com'],
      contact: ['Service desk, +420 1', 'Anna, a@example.com'],
      phone: ['+420 1'],
      email: ['a@example.com'],
    });
  });

  it('writes what is typed to the draft, and shows the target while it is typed', async () => {
    const { fill, controller, onDisk, view } = await opened();
    fill({ title: 'Mail arrives late', severity: 'B' });
    await controller.flush();
    assert.equal(onDisk()?.title, 'Mail arrives late');
    assert.equal(onDisk()?.severity, 'B');
    assert.equal(view().target.state, 'preview');
    assert.equal(view().target.times[0]?.time, 'Mon, Mar 9, 20:00');
    fill({ severity: null });
    await controller.flush();
    assert.equal(onDisk()?.severity, undefined);
  });

  it('tells when it is saved', async () => {
    const { fill, page } = await opened();
    fill({ title: 'Mail' });
    await until(() => page.last('saved') !== undefined);
    assert.deepEqual(page.last('saved'), { failed: false, text: 'Saved 14:00' });
  });

  it('says when it is not saved, and keeps the text', async () => {
    const { fill, drafts, page, world, controller } = await opened();
    drafts.broken = { code: 'storageFull' };
    fill({ title: 'Mail' });
    await until(() => page.last('saved') !== undefined);
    assert.match(JSON.stringify(page.last('saved')), /"failed":true.*disk is full/);
    assert.ok(world.did.some(what => what.startsWith('title ●')));
    drafts.broken = undefined;
    await controller.flush();
    assert.match(JSON.stringify(page.last('saved')), /Saved/);
  });

  it('files the case with the key of the draft, ends the draft and opens the case', async () => {
    const { desk, file, fill, world, drafts } = await opened();
    fill({ ...complete, severity: 'B' });
    assert.equal(await file(), true);
    const [filed] = good(await desk.list({}, { limit: 10 })).items;
    assert.ok(filed);
    assert.equal(filed.title, 'Mail arrives late');
    assert.equal(filed.severityProposed, 'B');
    assert.deepEqual(world.did.slice(-2), [`open case ${filed.id}`, 'close page']);
    assert.equal(drafts.kept.size, 0);
  });

  it('files once, however often and fast it is asked to', async () => {
    const { desk, page } = await opened(complete);
    await Promise.all([1, 2, 3].map(() => page.channel.ask('file', {})));
    assert.equal(good(await desk.list({}, { limit: 10 })).items.length, 1);
  });

  it('files the same case again after a crash between filing and ending the draft', async () => {
    const { desk, draft, drafts, world, file } = await opened(complete);
    assert.equal(await file(), true);
    drafts.kept.set(draft.id, draft);
    const again = new NewCaseController(
      portsOf(world, drafts, now, () => undefined),
      draft,
    );
    ends.push(() => again.dispose());
    const page = pageEnd(newCasePage, newCaseHost, message => again.receive(message));
    void page.channel.ask('start', {});
    await page.channel.receive({});
    void page.channel.ask('file', {});
    await until(() => !drafts.kept.has(draft.id));
    assert.equal(good(await desk.list({}, { limit: 10 })).items.length, 1);
  });

  it('names every field that is missing, and stops naming it once it is filled in', async () => {
    const { file, fill, view } = await opened({}, { advancedAgreement: true });
    fill({ severity: 'A' });
    assert.deepEqual(problems(view()), []);
    assert.equal(await file(), false);
    assert.deepEqual(problems(view()), ['title', 'text', 'severityA', 'impact', 'resource', 'contact']);
    fill({ title: 'Mail' });
    await until(() => !problems(view()).includes('title'));
    assert.deepEqual(problems(view()), ['text', 'severityA', 'impact', 'resource', 'contact']);
  });

  it('asks again before severity A, and files nothing when the answer is no', async () => {
    const { desk, file, world, onDisk } = await opened(
      { ...complete, severity: 'A', severityAConfirmed: true, impact: 'Nobody can work', resource: 'Anna' },
      { advancedAgreement: true },
    );
    world.confirms = false;
    assert.equal(await file(), false);
    assert.ok(world.did.includes('confirm A'));
    assert.equal(good(await desk.list({}, { limit: 1 })).items.length, 0);
    assert.equal(onDisk()?.title, complete.title);
    world.confirms = true;
    assert.equal(await file(), true);
  });

  it('takes the answer about severity A back when another severity is chosen', async () => {
    const { fill, controller, onDisk, view } = await opened(complete, { advancedAgreement: true });
    fill({ severity: 'A' });
    await until(() => view().askSureA);
    fill({ severityA: true });
    await controller.flush();
    assert.equal(onDisk()?.severityAConfirmed, true);
    fill({ severity: 'B' });
    fill({ severity: 'A' });
    await controller.flush();
    assert.equal(onDisk()?.severityAConfirmed, false);
  });

  it('suggests category, service and severity from the words, and takes what the person takes', async () => {
    const { fill, page, controller, onDisk, view } = await opened({ service: '' });
    fill({ title: 'Question about my invoice and the renewal' });
    await until(() => view().hints.some(({ id }) => id === 'category'));
    assert.match(view().hints[0]?.text ?? '', /sound like Billing and .* \(invoice, renewal\)/);
    page.channel.tell('takeHint', { hint: 'category' });
    await until(() => view().hints.every(({ id }) => id !== 'category'));
    fill({ category: 'technical', title: 'Autodiscover fails: nobody can send or receive mail' });
    await until(() => view().hints.some(({ id }) => id === 'service'));
    page.channel.tell('takeHint', { hint: 'service' });
    await controller.flush();
    assert.deepEqual([onDisk()?.category, onDisk()?.service], ['technical', 'Exchange Online']);
    assert.deepEqual(page.last('choose'), { category: 'technical', health: true, service: 'Exchange Online' });
  });

  it('shows how a phone number is read, and refuses one that cannot be', async () => {
    const { fill, file, view } = await opened({ ...complete, profile: 'm365Business' }, { supportCountry: 'CZ' });
    fill({ phone: '555 010 020' });
    await until(() => view().phoneRead === 'Read as +420 555 010 020');
    fill({ phone: '12' });
    assert.equal(await file(), false);
    assert.match(view().problems.find(({ field }) => field === 'phone')?.text ?? '', /Check the digits/);
  });

  it('stops waiting for a slow desk, and files once when it answers after all', async () => {
    const { desk, world, page, view, file } = await opened(complete);
    let answer = (): void => undefined;
    const slow: Desk = {
      ...desk,
      file: async (draft, write) => {
        await new Promise<void>(resolve => (answer = resolve));
        return desk.file(draft, write);
      },
    };
    world.desk = { ok: true, value: slow };
    const first = file();
    await until(() => {
      page.channel.tell('cancel', {});
      return view().problems.length > 0;
    });
    assert.equal(await first, false);
    assert.match(view().problems[0]?.text ?? '', /stopped waiting/);
    answer();
    await until(() => world.did.some(did => did.startsWith('open case')));
    assert.equal(good(await desk.list({}, { limit: 10 })).items.length, 1);
  });

  it('ends the draft of a case that is kept to be sent, says so and closes its page', async () => {
    const { desk, world, file, onDisk } = await opened(complete);
    world.desk = {
      ok: true,
      value: { ...desk, file: (_, { key }) => Promise.resolve(fail({ code: 'queued', item: key })) },
    };
    assert.equal(await file(), true);
    assert.equal(onDisk(), undefined);
    assert.deepEqual(world.did.slice(-2), ['say kept', 'close page']);
    assert.ok(!world.did.some(did => did.startsWith('open case')));
  });

  it('asks nothing about severity A where the offer has no severities, and files without one', async () => {
    const details = { phone: '+420 555 010 020', email: 'anna@example.com', contactMethod: 'email' } as const;
    const { desk, file, world } = await opened({ ...complete, profile: 'm365Business', severity: 'A', details });
    world.confirms = false;
    assert.equal(await file(), true);
    assert.deepEqual(
      world.did.filter(did => did === 'confirm A'),
      [],
    );
    const [filed] = good(await desk.list({}, { limit: 1 })).items;
    assert.equal(filed?.severityProposed, undefined);
  });

  it('shows what the board lists, files only after it was confirmed, and records the answer', async () => {
    const { desk, file, fill, view, onDisk, controller } = await opened(complete);
    const write = { key: crypto.randomUUID() };
    const found = { service: 'Exchange Online', title: 'Delays', text: '' } as const;
    const incident = good(
      await desk.recordIncident({ ...found, classification: 'incident', status: 'investigating' }, write),
    );
    await until(() => view().health !== undefined);
    assert.deepEqual(view().health?.incidents, [
      { title: 'Delays', status: 'Investigating', because: 'because: Exchange Online' },
    ]);
    assert.equal(await file(), false);
    assert.deepEqual(problems(view()), ['health']);
    fill({ health: true });
    await controller.flush();
    assert.deepEqual(onDisk()?.healthSeen, [incident.id]);
    assert.equal(await file(), true);
    const [summary] = good(await desk.list({}, { limit: 1 })).items;
    const filed = good(await desk.get(summary?.id ?? ''));
    const { id, title, service } = incident;
    assert.deepEqual(seenBefore(filed), [{ id, title, service, status: 'investigating', answer: 'different' }]);
  });

  it('sends the files with the case', async () => {
    const { desk, file, page, world, view } = await opened(complete);
    world.picks = [pickable(world, 'trace.csv', new TextEncoder().encode('a,b'))];
    page.channel.tell('pickFiles', { from: 'disk' });
    await until(() => view().files.length === 1);
    page.channel.tell('pickFiles', { from: 'disk' });
    assert.equal(await file(), true);
    const [filed] = good(await desk.list({}, { limit: 1 })).items;
    assert.equal(filed?.files, 1);
  });

  it('refuses a file that vanished or grew too large by name, files nothing and loses nothing', async () => {
    const { desk, file, page, world, view, onDisk } = await opened(complete);
    const gone = pickable(world, 'gone.log', new Uint8Array(3));
    const large = pickable(world, 'large.log', new Uint8Array(26 * 1024 * 1024));
    world.picks = [gone, large];
    page.channel.tell('pickFiles', { from: 'disk' });
    await until(() => view().files.length === 2);
    assert.match(view().files[1]?.problem ?? '', /large\.log is larger than 25 MB/);
    world.files.delete(gone.uri);
    assert.equal(await file(), false);
    assert.match(view().files[0]?.problem ?? '', /gone\.log can no longer be read/);
    assert.deepEqual(problems(view()), ['files', 'files']);
    assert.equal(good(await desk.list({}, { limit: 1 })).items.length, 0);
    assert.equal(onDisk()?.files.length, 2);
    for (const { uri } of [gone, large]) page.channel.tell('removeFile', { id: uri });
    assert.equal(await file(), true);
  });

  it('holds a draft that another window wrote, and files neither text until the person has chosen', async () => {
    const { draft, drafts, fill, file, page, view, controller } = await opened(complete);
    good(await drafts.write(draft.id, 1, { ...draft.content, title: 'Theirs' }));
    fill({ title: 'Mine' });
    await until(() => view().conflict?.kind === 'changed');
    assert.equal(await file(), false);
    assert.equal(drafts.kept.get(draft.id)?.content.title, 'Theirs');
    page.channel.tell('keepMine', {});
    await until(() => view().conflict === undefined);
    assert.notEqual(controller.draftId, draft.id);
    assert.equal(drafts.kept.get(controller.draftId)?.content.title, 'Mine');
    assert.equal(drafts.kept.get(draft.id)?.content.title, 'Theirs');
    assert.match(JSON.stringify(page.last('replace')), new RegExp(controller.draftId));
  });

  it('shows the other text on request', async () => {
    const { draft, drafts, fill, page, view } = await opened(complete);
    good(await drafts.write(draft.id, 1, { ...draft.content, title: 'Theirs' }));
    fill({ title: 'Mine' });
    await until(() => view().conflict !== undefined);
    page.channel.tell('showOther', {});
    await until(() => page.last('replace') !== undefined);
    assert.match(JSON.stringify(page.last('replace')), /"title":"Theirs"/);
  });

  it('another offer that does not know the category takes its own', async () => {
    const { fill, page, controller, onDisk } = await opened({ category: 'billing' });
    fill({ profile: 'o365Enterprise2013' });
    await controller.flush();
    assert.equal(onDisk()?.category, 'technical');
    assert.deepEqual(page.last('choose'), { category: 'technical', health: true });
  });

  it('asks before it discards a text, and leaves no blank draft behind', async () => {
    const { page, world, drafts } = await opened(complete);
    world.confirms = false;
    page.channel.tell('discard', {});
    await until(() => world.did.includes('confirm discard'));
    assert.equal(drafts.kept.size, 1);
    world.confirms = true;
    page.channel.tell('discard', {});
    await until(() => drafts.kept.size === 0);
    const other = await opened();
    await other.controller.closed();
    assert.equal(other.drafts.kept.size, 0);
    const written = await opened({ title: 'Mail' });
    await written.controller.closed();
    assert.equal(written.drafts.kept.size, 1);
  });

  it('discards only its own text where another window wrote the draft', async () => {
    const { draft, drafts, fill, page, view, world } = await opened(complete);
    good(await drafts.write(draft.id, 1, { ...draft.content, title: 'Theirs' }));
    fill({ title: 'Mine' });
    await until(() => view().conflict !== undefined);
    page.channel.tell('discard', {});
    await until(() => world.did.includes('close page'));
    assert.equal(drafts.kept.get(draft.id)?.content.title, 'Theirs');
    assert.equal(drafts.texts.get(draft.id), '');
  });

  it('makes a draft of what was typed in doubt when its page is closed', async () => {
    const { draft, drafts, fill, view, controller } = await opened(complete);
    good(await drafts.write(draft.id, 1, { ...draft.content, title: 'Theirs' }));
    fill({ title: 'Mine' });
    await until(() => view().conflict !== undefined);
    await controller.closed();
    assert.deepEqual([...drafts.kept.values()].map(({ content }) => content.title).sort(), ['Mine', 'Theirs']);
  });

  it('says why the desk cannot be used, and keeps the draft', async () => {
    const world = worldOf({ code: 'sqliteMissing' });
    const drafts = memoryDrafts(now);
    const draft = good(await drafts.create({ ...startingContent(world.settings), ...complete }));
    const controller: NewCaseController = new NewCaseController(
      portsOf(world, drafts, now, message => page.post(message)),
      draft,
    );
    ends.push(() => controller.dispose());
    const page = pageEnd(newCasePage, newCaseHost, message => controller.receive(message));
    const start = await page.channel.ask('start', {});
    assert.match(JSON.stringify(start), /no SQLite built in/);
    const filed = await page.channel.ask('file', {});
    assert.deepEqual(filed, { ok: true, value: { filed: false } });
    assert.equal(drafts.kept.size, 1);
  });

  it('takes a title of 1 MB with hidden characters: kept, refused in words, never filed', async () => {
    const { fill, file, view, onDisk, controller } = await opened(complete);
    const title = `\u202e\0${'x'.repeat(1024 * 1024)}`;
    fill({ title });
    await controller.flush();
    assert.equal(onDisk()?.title, title);
    assert.equal(await file(), false);
    assert.match(view().problems[0]?.text ?? '', /at most 200 characters/);
  });
});
