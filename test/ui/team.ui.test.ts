// Two windows and one server: what is done in one is seen in the other, and what is written without a network is there
// once when it is back.
import { strict as assert } from 'node:assert';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { ask, startServer, type TestServer } from '../server/support/server.ts';
import { storageOf } from '../support/storage.ts';
import { openWire, type Wire } from '../support/wire.ts';
import { eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

const title = 'Mail to partners is late';
/** How soon a window shows what somebody else did, with all that a busy machine adds. */
const seenMs = 5_000;

describe('two windows and one server', () => {
  let server: TestServer;
  let wire: Wire;
  let one: Workbench;
  let two: Workbench;
  let token: string;
  let agent: string;
  before(async () => {
    server = await startServer();
    wire = await openWire(server.url);
    token = await server.token({ person: 'Jana', roles: ['requester', 'reviewer'] });
    agent = await server.token({ person: 'Petr', roles: ['agent'] });
    one = await openWorkbench();
    await one.openView();
  });
  after(async () => {
    await two.close();
    await one.close();
    await wire.close();
    await server.close();
  });

  const rows = async (window: Workbench): Promise<[group: string, ...labels: string[]][]> =>
    (await window.tree('Cases'))
      .filter(({ children }) => children.length > 0)
      .map(({ label, children }) => [label, ...children.map(child => child.label)]);
  const host = (): string => new URL(wire.url).host;
  async function agree(window: Workbench, as = token): Promise<void> {
    const dialog = window.dialog();
    await dialog.getByText(wire.url).waitFor();
    await dialog.getByRole('button', { name: 'Connect' }).click();
    await window.inputBox(as);
    await window.toast(`Connected to ${host()}.`).waitFor();
  }
  const signInRow = (window: Workbench) =>
    window.page.locator('.part.sidebar .monaco-list-row', { hasText: 'You are not signed in to this desk' });
  /** How many writes wait on disk. */
  const unsent = async (): Promise<number> => {
    const files = await readdir(join(storageOf(one), 'team'), { recursive: true });
    return files.filter(path => /outbox\/i\/[^/]+\.json$/.test(path)).length;
  };
  interface Shown {
    readonly id: string;
    readonly revision: number;
    readonly timeline: readonly { readonly kind: string; readonly text?: string }[];
  }
  async function theCase(): Promise<Shown> {
    const list = await ask(server, 'GET /v1/cases', { token: agent });
    const [first] = list.json['items'] as readonly { readonly id: string }[];
    assert.ok(first);
    return (await ask(server, `GET /v1/cases/${first.id}`, { token: agent })).json as unknown as Shown;
  }

  it('connects once the user has seen where to, and keeps no token where others could read it', async () => {
    await one.command('Casebook: Connect to a team desk…');
    await one.inputBox(wire.url);
    await one.quickPick('With a personal token of the desk');
    await agree(one);
  });

  it('says in the other window that nobody is signed in there, with the way to sign in', async () => {
    two = await openWorkbench({ freshProfile: false });
    await two.openView();
    await signInRow(two).click();
    await agree(two);
    await signInRow(two).waitFor({ state: 'hidden' });
  });

  it('files in one and shows it in the other', async () => {
    await one.command('Casebook: New case');
    const form = await one.pageFrame('New case');
    await form.getByLabel('Desk').selectOption({ label: host() });
    await form.getByLabel('Title').fill(title);
    await form.getByLabel('Description').fill('Since 08:10 every message to an outside address waits.');
    await form.getByLabel('How support reaches you').fill('+420 555 0100');
    await form.getByRole('button', { name: 'File case' }).click();
    await eventually(async () => assert.deepEqual(await rows(two), [['Waiting for support', title]]), seenMs);
    const [group] = await two.tree('Cases');
    assert.match(group?.children[0]?.description ?? '', new RegExp(host()));
    await two.screenshot('team-01-filed');
  });

  it('shows and tells in both what support asks for', async () => {
    server.pass(60_000);
    for (const { page } of [one, two]) {
      // A reload forgets it, and whoever clicks or types takes it away.
      await page.evaluate(`window.untouched = true;
        for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => { window.untouched = false; }, true)`);
    }
    const { id, revision } = await theCase();
    const asked = await ask(server, `POST /v1/cases/${id}/actions`, {
      token: agent,
      body: { kind: 'requestInformation', text: 'Which connector?' },
      headers: { 'if-match': `"${revision}"` },
    });
    assert.equal(asked.status, 200, asked.text);
    for (const window of [one, two]) {
      await eventually(async () => assert.deepEqual(await rows(window), [['Needs your action', title]]), seenMs);
    }
    await one.toast('Support asks for something in case 1.').waitFor();
    const page = await one.pageFrame(`Case 1: ${title}`);
    await page.locator('.question', { hasText: 'Which connector?' }).waitFor();
    assert.deepEqual(await Promise.all([one, two].map(({ page }) => page.evaluate('window.untouched'))), [true, true]);
    await one.screenshot('team-02-asked');
  });

  it('keeps three notes that are written without a network, and sends each once when it is back', async () => {
    wire.cut();
    const notes = ['The first note', 'The second note', 'The third note'];
    for (const [index, note] of notes.entries()) {
      await one.command('Casebook: Add note');
      await one.page.locator('.quick-input-title', { hasText: 'Add note' }).waitFor();
      await one.inputBox(note);
      await eventually(async () => assert.equal(await unsent(), index + 1));
    }
    await one.screenshot('team-03-offline');
    await one.reload();
    await one.openView();
    wire.mend();
    // In a browser the editor keeps secrets in memory only.
    await signInRow(one).click();
    await agree(one);
    await eventually(async () => {
      const { timeline } = await theCase();
      const sent = timeline.filter(({ kind }) => kind === 'annotated').map(({ text }) => text);
      assert.deepEqual(sent, notes);
    }, 30_000);
    await one.screenshot('team-04-sent');
  });

  it('sends what one person wrote in the name of nobody else, and by itself when they are back', async () => {
    const theirs = await server.token({ person: 'Eva', roles: ['requester'] });
    const written = async (): Promise<number> => {
      const { timeline } = await theCase();
      return timeline.filter(({ text }) => text === 'Written by Jana').length;
    };
    const row = one.page.locator('.part.sidebar .monaco-list-row', { hasText: 'Add note' });
    // The other window would send it as Jana, who is signed in there too; a reload ends that.
    await two.reload();
    await two.openView();
    await signInRow(two).waitFor();
    // Signed in, and nothing under way that the cut could catch.
    await eventually(async () => assert.deepEqual(await rows(one), [['Needs your action', title]]), seenMs);
    wire.cut();
    await one.command('Casebook: Add note');
    await one.page.locator('.quick-input-title', { hasText: 'Add note' }).waitFor();
    await one.inputBox('Written by Jana');
    await eventually(async () => assert.equal(await unsent(), 1));
    await one.reload();
    await one.openView();
    await row.waitFor();
    await signInRow(one).click();
    await one.dialog().getByText(wire.url).waitFor();
    wire.mend();
    await agree(one, theirs);
    const waits = /Jana\S* wrote this, and somebody else is signed in/;
    await eventually(async () => assert.match((await row.getAttribute('aria-label')) ?? '', waits), 30_000);
    assert.deepEqual([await written(), await unsent()], [0, 1]);
    await one.screenshot('team-05-other-writer');
    await row.click({ button: 'right' });
    // The editor takes a click on a menu that has just opened for an accident; a key it obeys.
    const item = one.page.locator('.context-view .action-item', { hasText: 'Sign in to a desk' });
    await item.hover();
    await one.page.locator('.context-view .action-item.focused', { hasText: 'Sign in to a desk' }).waitFor();
    await one.page.keyboard.press('Enter');
    await agree(one);
    await row.waitFor({ state: 'detached' });
    await eventually(async () => assert.deepEqual([await written(), await unsent()], [1, 0]));
  });
});
