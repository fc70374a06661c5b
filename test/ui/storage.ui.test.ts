// Damaged, foreign, full and read-only storage, and input too large: each is told in words, and nothing saved is lost.
import { strict as assert } from 'node:assert';
import { cp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Frame } from 'playwright-core';
import type { DraftContent } from '../../src/desk/drafts.ts';
import { knownVersion } from '../../src/stores/sqlite/schema.ts';
import {
  casesOn,
  draftsOn,
  fresh,
  hashOf,
  makeDraft,
  mountOver,
  namesIn,
  newCase,
  openDesk,
  setFormat,
  storageOf,
  valueOf,
} from '../support/storage.ts';
import { eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

describe('storage', () => {
  let workbench: Workbench;
  let storage: string;
  before(async () => {
    workbench = await openWorkbench();
    storage = storageOf(workbench);
    await file('First case');
    await workbench.openView();
    await shows('First case');
  });
  after(async () => workbench.close());

  /** Closes the window and waits until nothing has the storage open. */
  const leave = async (): Promise<void> => {
    await workbench.close();
    await eventually(async () => assert.rejects(workbench.killExtensionHost(), /runs no extension host/));
  };
  const file = async (title: string): Promise<void> => {
    const desk = await openDesk(storage);
    valueOf(await desk.file(newCase({ title }), fresh()));
    desk.close();
  };
  const row = async (text: string) =>
    (await workbench.view('Cases')).locator('.monaco-list-row', { hasText: text }).first();
  const shows = async (text: string): Promise<void> => (await row(text)).waitFor();
  const hides = async (text: string): Promise<void> => (await row(text)).waitFor({ state: 'hidden' });
  const clear = async (): Promise<void> => workbench.command('Notifications: Clear All Notifications');
  const start = async (title: string): Promise<Frame> => {
    await workbench.command('Casebook: New case');
    const form = await workbench.pageFrame('New case');
    await form.getByLabel('Title').fill(title);
    await form.getByLabel('Description').fill('It happens.');
    await form.getByLabel('How support reaches you').fill('+420 555 0100');
    return form;
  };
  const press = async (form: Frame, name: string): Promise<void> => form.getByRole('button', { name }).first().click();
  /** Files the case and waits for its page. */
  const fileIt = async (form: Frame, title: string): Promise<void> => {
    const number = casesOn(storage) + 1;
    await press(form, 'File case');
    const page = await workbench.pageFrame(`Case ${String(number)}: ${title}`);
    await page.getByRole('heading', { name: title }).waitFor();
    await workbench.page.locator('.tab', { hasText: `New case: ${title}` }).waitFor({ state: 'hidden' });
    assert.equal(casesOn(storage), number);
  };
  const drafts = async (test: (draft: DraftContent) => boolean): Promise<void> =>
    eventually(async () => assert.ok((await draftsOn(storage)).some(test)));

  for (const [name, wrong] of [
    ['queries', 'none'],
    ['services', { not: 'a list' }],
    ['directSubscriptions', -1],
  ] as const) {
    it(`tells of a setting of the wrong type, goes on with its default and leads to it: ${name}`, async () => {
      const settings = join(workbench.workspace, '.vscode', 'settings.json');
      await writeFile(settings, JSON.stringify({ [`casebook.${name}`]: wrong }));
      await shows(`Setting casebook.${name} cannot be used: its default holds`);
      await shows('First case');
      await (await row(`Setting casebook.${name}`)).click();
      await workbench.page.locator('.settings-editor').first().waitFor();
      await workbench.page.keyboard.press('Escape');
      await workbench.page.locator('.monaco-modal-editor-block').waitFor({ state: 'hidden' });
      await writeFile(settings, '{}');
      await hides(`Setting casebook.${name}`);
    });
  }

  for (const [kind, content] of [
    ['cut short', '{"format":1,"id":"'],
    ['empty', ''],
    ['of another shape', '{"format":1,"id":7,"content":[]}'],
  ] as const) {
    it(`moves a draft file aside that is ${kind}, and tells`, async () => {
      await makeDraft(storage, { title: `Sound beside ${kind}` });
      const name = `${crypto.randomUUID()}.1.json`;
      await writeFile(join(storage, 'drafts', name), content);
      await shows('A damaged draft was moved aside as');
      await shows(`Sound beside ${kind}`);
      assert.equal(await readFile(join(storage, 'drafts', 'bad', name), 'utf8'), content);
      await workbench.screenshot('storage-draft');
    });
  }

  it('leaves a draft of a newer Casebook alone', async () => {
    const path = join(storage, 'drafts', `${crypto.randomUUID()}.1.json`);
    const content = '{"format":2,"anything":true}';
    await writeFile(path, content);
    await makeDraft(storage, { title: 'Beside a newer one' });
    await shows('Beside a newer one');
    assert.equal(await readFile(path, 'utf8'), content);
  });

  it('keeps a title of a megabyte, NUL and overrides as a draft, and refuses it in words', async () => {
    const title = `Long \u0000\u202e ${'x'.repeat(1024 * 1024)}`;
    const form = await start('Long');
    await form.getByLabel('Title').fill(title);
    await drafts(draft => draft.title === title);
    await press(form, 'File case');
    await form.getByText('Use at most 200 characters.').first().waitFor();
    assert.equal(casesOn(storage), 1);
    await form.getByLabel('Title').fill('Short again');
    await fileIt(form, 'Short again');
  });

  it('tells which picked file is gone, and files without it', async () => {
    const path = join(workbench.workspace, 'gone.txt');
    await writeFile(path, 'here for now');
    const form = await start('With a file that vanishes');
    await press(form, 'Add files…');
    await workbench.pickFile(path);
    await form.getByText('gone.txt').first().waitFor();
    await rm(path);
    await press(form, 'File case');
    await form.getByText('gone.txt can no longer be read.').first().waitFor();
    assert.equal(casesOn(storage), 2);
    await press(form, 'Remove: gone.txt');
    await fileIt(form, 'With a file that vanishes');
  });

  it('refuses a file of 26 MB in words, on the page and by command', async () => {
    const path = join(workbench.workspace, 'large.bin');
    await writeFile(path, '');
    await truncate(path, 26 * 1024 * 1024);
    const form = await start('With a large file');
    await press(form, 'Add files…');
    await workbench.pickFile(path);
    await form.getByText('large.bin is larger than 25 MB.').first().waitFor();
    await press(form, 'File case');
    await form.getByText('large.bin is larger than 25 MB.').first().waitFor();
    assert.equal(casesOn(storage), 3);
    await press(form, 'Remove: large.bin');
    await fileIt(form, 'With a large file');
    await workbench.command('Casebook: Add files');
    await workbench.pickFile(path);
    await workbench.toast('large.bin is larger than 25 MB.').waitFor();
    await clear();
  });

  it('asks twice before a file that often holds secrets goes with a case, on the page too', async () => {
    const path = join(workbench.workspace, '.env');
    await writeFile(path, 'TOKEN=secret');
    const form = await start('With an environment');
    await press(form, 'Add files…');
    await workbench.pickFile(path);
    const taken = form.getByText('.env', { exact: true }).first();
    const question = workbench.dialog().getByText('often hold secrets');
    await Promise.race([taken.waitFor(), question.waitFor()]);
    assert.equal(await question.count(), 1, 'Nothing was asked.');
    await workbench.dialog().getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await form.getByText('.env').count(), 0);
  });

  it('opens nothing of a newer format, touches nothing, and goes on when it is the old one again', async () => {
    setFormat(storage, 99);
    const before = await hashOf(join(storage, 'desk.sqlite'));
    await workbench.reload();
    await workbench.command('Casebook: Focus on Cases View');
    await shows('The cases were saved by a newer Casebook (format 99, this one knows');
    await shows('Sound beside empty');
    await workbench.screenshot('storage-newer');
    await workbench.command('Casebook: Record incident');
    await workbench.toast('The cases were saved by a newer Casebook').waitFor();
    await clear();
    assert.equal(await hashOf(join(storage, 'desk.sqlite')), before);
    assert.deepEqual(await namesIn(storage, 'desk.damaged'), []);
    setFormat(storage, knownVersion);
    await workbench.command('Casebook: Refresh');
    await shows('First case');
  });

  it('moves a damaged database aside with every byte, says so, and works with a new one', async () => {
    await leave();
    const path = join(storage, 'desk.sqlite');
    const damage = await open(path, 'r+');
    await damage.write(Buffer.alloc(4096, 0x5a), 0, 4096, 0);
    await damage.close();
    const damaged = await hashOf(path);
    workbench = await openWorkbench({ freshProfile: false });
    await workbench.command('Casebook: Focus on Cases View');
    await workbench.toast('The database of the local desk was damaged. It was moved aside as desk.damaged-').waitFor();
    await workbench.screenshot('storage-damaged');
    await clear();
    const [aside = ''] = (await namesIn(storage, 'desk.damaged')).filter(name => name.endsWith('.sqlite'));
    assert.equal(await hashOf(join(storage, aside)), damaged);
    await shows('Sound beside empty');
    await file('After the damage');
    await shows('After the damage');
  });

  describe('on a disk of 1 MB', () => {
    let disk: ReturnType<typeof mountOver>;
    const filler = (): string => join(storage, 'filler');
    before(async function () {
      await file('On a small disk');
      await leave();
      const kept = `${storage}.kept`;
      await cp(storage, kept, { recursive: true, filter: name => !/damaged|[/]files|bad/.test(name) });
      disk = mountOver(storage, '1m');
      if (!disk) return this.skip();
      await cp(kept, storage, { recursive: true });
      workbench = await openWorkbench({ freshProfile: false });
      await workbench.command('Casebook: Focus on Cases View');
      await shows('On a small disk');
    });
    after(() => disk?.end());

    it('says that it is full, keeps what was saved, and saves the rest when there is space', async () => {
      const form = await start('Before it was full');
      await drafts(({ contact }) => contact !== '');
      await writeFile(filler(), Buffer.alloc(2 * 1024 * 1024)).catch(() => undefined);
      const more = 'More than fits. '.repeat(2_000);
      await form.getByLabel('Description').fill(more);
      await form.getByText('Not saved: the disk is full.').waitFor();
      await workbench.page.locator('.tab.active', { hasText: '● New case' }).waitFor();
      await workbench.screenshot('storage-full');
      assert.ok((await draftsOn(storage)).some(one => one.text === 'It happens.'));
      await press(form, 'File case');
      await form.getByText('The draft could not be saved, so it was not filed.').waitFor();
      await rm(filler());
      await drafts(({ text }) => text === more);
      await fileIt(form, 'Before it was full');
    });

    it('says that it cannot be written, and goes on where it stood when it can', async () => {
      await leave();
      // The extension host of the window that was left holds the database open for a moment yet.
      await eventually(() => disk?.setReadOnly(true));
      workbench = await openWorkbench({ freshProfile: false });
      await workbench.command('Casebook: Focus on Cases View');
      await shows('The storage folder cannot be written.');
      await workbench.command('Casebook: New case');
      await workbench.toast('Not saved: the storage folder cannot be written.').waitFor();
      await workbench.screenshot('storage-read-only');
      await clear();
      disk?.setReadOnly(false);
      await (await row('The storage folder cannot be written.')).click();
      await shows('On a small disk');
      await fileIt(await start('Once it can be written'), 'Once it can be written');
    });
  });
});
