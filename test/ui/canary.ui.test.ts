// Where the secrets of a person go: a token and a sentence that exist once in the world, and every byte that is left of
// a day's work with them.
import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { vsix } from '../../scripts/paths.mjs';
import { startServer, type TestServer } from '../server/support/server.ts';
import { storageOf } from '../support/storage.ts';
import { openWire, type Wire } from '../support/wire.ts';
import { eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

/** Kinds of places in our own storage where what a person wrote may be. */
const kept = /^(?:drafts|desk\.sqlite|team\/[^/]+\/(?:outbox|cache))/;

describe('a token and a sentence', () => {
  const sentence = `The canary ${randomUUID()} sings`;
  let server: TestServer;
  let wire: Wire;
  let workbench: Workbench;
  let token: string;
  before(async () => {
    server = await startServer();
    wire = await openWire(server.url);
    token = await server.token({ person: 'Jana', roles: ['requester', 'reviewer'] });
    workbench = await openWorkbench({ allBuiltIns: true });
    await workbench.openView();
  });
  after(async () => {
    await workbench.close();
    await wire.close();
    await server.close();
  });

  /** The files below the profile, and the package, that hold a text in an encoding an editor or a log would use. */
  async function holding(text: string): Promise<string[]> {
    const profile = dirname(workbench.workspace);
    const entries = await readdir(profile, { recursive: true, withFileTypes: true });
    const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
    const forms = (['utf8', 'utf16le'] as const).map(encoding => Buffer.from(text, encoding));
    const bare = [0, 1, 2].map(shift =>
      Buffer.from(`${' '.repeat(shift)}${text}`)
        .toString('base64')
        .slice(4, -4),
    );
    const wanted = [...forms, ...bare.map(form => Buffer.from(form))];
    const found: string[] = [];
    for (const file of [...files, vsix]) {
      // A file of the editor may be gone by the time it is read.
      const content = await readFile(file).catch(() => Buffer.alloc(0));
      if (wanted.some(form => content.includes(form))) found.push(relative(profile, file));
    }
    return found.sort();
  }
  /** What the page keeps in the browser, where a desktop editor keeps it below the profile. */
  const inBrowser = (): Promise<string> =>
    workbench.page.evaluate(`(async () => {
      const read = request => new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
      const all = [JSON.stringify([{ ...localStorage }, { ...sessionStorage }])];
      for (const { name } of await indexedDB.databases()) {
        const database = await read(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
          const rows = await read(database.transaction(store).objectStore(store).getAll());
          all.push(...rows.map(row => ArrayBuffer.isView(row) ? new TextDecoder().decode(row) : JSON.stringify(row)));
        }
        database.close();
      }
      return all.join('\\n');
    })()`);
  async function sweep(): Promise<string[]> {
    assert.deepEqual(await holding(token), [], 'the token is on disk');
    const browser = await inBrowser();
    // The editor in a browser keeps secrets in memory; on a desktop they are in its own storage, encrypted.
    assert.ok(!browser.includes(token), 'the token is in the browser');
    assert.ok(!browser.includes(sentence), 'the sentence is in the browser');
    const storage = relative(dirname(workbench.workspace), storageOf(workbench));
    const found = (await holding(sentence)).map(file => relative(storage, file));
    assert.deepEqual(
      found.filter(file => !kept.test(file)),
      [],
      'the sentence is where it should not be',
    );
    return [...new Set(found.map(file => kept.exec(file)?.[0].replace(/^team\/[^/]+\//, '') ?? ''))].sort();
  }
  async function agree(): Promise<void> {
    await workbench.dialog().getByRole('button', { name: 'Connect' }).click();
    await workbench.inputBox(token);
    await workbench.toast(/^Connected to/).waitFor();
  }

  it('are found wherever they are', async () => {
    for (const encoding of ['utf8', 'utf16le', 'base64'] as const) {
      const file = join(workbench.workspace, `planted-${encoding}`);
      const text = `{"a":"${token}"}`;
      await writeFile(file, encoding === 'base64' ? Buffer.from(text).toString('base64') : Buffer.from(text, encoding));
      assert.deepEqual(await holding(token), [`workspace/planted-${encoding}`]);
      await rm(file);
    }
    await workbench.page.evaluate(`localStorage.setItem('planted', ${JSON.stringify(sentence)})`);
    assert.ok((await inBrowser()).includes(sentence));
    await workbench.page.evaluate(`localStorage.removeItem('planted')`);
  });

  it('stay where they belong when a case is filed and noted at a team desk', async () => {
    await workbench.command('Casebook: Connect to a team desk…');
    await workbench.inputBox(wire.url);
    await workbench.quickPick('With a personal token of the desk');
    await agree();
    await workbench.command('Casebook: New case');
    const form = await workbench.pageFrame('New case');
    await form.getByLabel('Desk').selectOption({ label: new URL(wire.url).host });
    await form.getByLabel('Title').fill('Canary');
    await form.getByLabel('Description').fill(sentence);
    await form.getByLabel('How support reaches you').fill('+420 555 0100');
    await form.getByRole('button', { name: 'File case' }).click();
    const page = await workbench.pageFrame('Case 1: Canary');
    await page.locator('#note').fill(sentence);
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.locator('.timeline', { hasText: sentence }).waitFor();
    await page.locator('#note').fill(`${sentence}, half`);
    await eventually(async () => assert.deepEqual(await sweep(), ['cache', 'drafts']));
  });

  it('stay there without a network, over a reload, and when a note waits', async () => {
    wire.cut();
    await workbench.command('Casebook: Add note');
    await workbench.page.locator('.quick-input-title', { hasText: 'Add note' }).waitFor();
    await workbench.inputBox(`${sentence} offline`);
    await eventually(async () => assert.deepEqual(await sweep(), ['cache', 'drafts', 'outbox']));
    await workbench.reload();
    await workbench.openView();
    await workbench.page.locator('.part.sidebar .monaco-list-row', { hasText: 'You are not signed in' }).waitFor();
    assert.deepEqual(await sweep(), ['cache', 'drafts', 'outbox']);
  });

  it('stay there once the person has signed out', async () => {
    wire.mend();
    await workbench.page.locator('.part.sidebar .monaco-list-row', { hasText: 'You are not signed in' }).click();
    await agree();
    await workbench.command('Casebook: Disconnect a desk');
    await workbench.dialog().getByRole('button', { name: 'Disconnect' }).click();
    // The case has gone with its desk; what was typed and never sent stays the person's own.
    const rows = workbench.page.locator('.part.sidebar .monaco-list-row', { hasText: 'Canary' });
    await rows.and(workbench.page.locator('[aria-label*="case 1"]')).waitFor({ state: 'hidden' });
    await rows.and(workbench.page.locator('[aria-label*="unsent note"]')).waitFor();
    await sweep();
  });
});
