// What the settings of a repository may decide: nothing while it is restricted, and never who the person is.
import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { casesOn, newCase, openDesk, fresh, storageOf, valueOf } from '../support/storage.ts';
import { eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

/** What the author of a repository would like to be in force; each is seen on the New case page or in a view. */
const wished = {
  profile: 'o365Enterprise2013',
  services: ['Wished service'],
  defaultService: 'Wished service',
  queries: [{ name: 'Wished query' }],
  directSubscriptions: 0,
  role: 'user',
  person: 'Mallory',
  language: 'cs',
};
const forms = {
  dotted: Object.fromEntries(Object.entries(wished).map(([name, value]) => [`casebook.${name}`, value])),
  nested: { casebook: wished },
} as const;

describe('a repository and its settings', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      trust: true,
      settings: { 'casebook.person': 'Ada Novak', 'casebook.services': ['Own service'], 'casebook.language': 'en' },
    });
    const desk = await openDesk(storageOf(workbench));
    valueOf(await desk.file(newCase({ title: 'One case' }), fresh()));
    desk.close();
    await workbench.openView();
    await workbench.row('Cases', 'One case').then(row => row.waitFor());
  });
  after(async () => workbench.close());

  const writeSettings = async (settings: object): Promise<void> =>
    writeFile(join(workbench.workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
  /** Writes the settings with one that shows that the editor has read them, and waits until it has. */
  async function take(form: object, marker: string): Promise<void> {
    await writeSettings({ ...form, 'window.title': marker });
    await eventually(async () => assert.equal(await workbench.page.title(), marker));
  }
  const services = async (): Promise<string[]> => (await workbench.tree('Service health')).map(({ label }) => label);
  const groups = async (): Promise<string[]> => (await workbench.tree('Cases')).map(({ label }) => label);
  const selectText = async (): Promise<void> => {
    const input = workbench.page.locator('.quick-input-widget input.input');
    // A key is lost while a page closes that has the focus.
    await eventually(async () => {
      if (!(await input.isVisible())) await workbench.page.keyboard.press('Control+P');
      await input.fill('README.md', { timeout: 2_000 });
    });
    await workbench.quickPick('README.md');
    await workbench.page.locator('.tab.active', { hasText: 'README.md' }).waitFor();
    await workbench.page.locator('.editor-instance .view-lines').first().click();
    await workbench.page.keyboard.press('Control+A');
  };
  const clear = async (): Promise<void> => workbench.command('Notifications: Clear All Notifications');

  for (const [form, settings] of Object.entries(forms)) {
    it(`decides nothing while restricted, ${form}`, async () => {
      await take(settings, `restricted ${form}`);
      await workbench.command('Casebook: New case');
      const page = await workbench.pageFrame('New case');
      assert.equal(await page.getByLabel('Support offer').inputValue(), 'm365China');
      assert.equal(await page.locator('#service').inputValue(), '');
      await page.getByText('You can file here.').waitFor();
      assert.deepEqual(
        (await services()).filter(label => /Own|Wished/.test(label)),
        ['Own service'],
      );
      assert.deepEqual(
        (await groups()).filter(label => label.includes('Wished')),
        [],
      );
      await page.getByRole('button', { name: 'Discard draft' }).click();
    });
  }

  it('refuses in words to read a restricted workspace: a selection', async () => {
    await selectText();
    await workbench.command('Casebook: New case from selection');
    await workbench.toast('only in a workspace you trust').waitFor();
    await workbench.screenshot('trust-refused');
    await clear();
  });

  it('refuses in words to read a restricted workspace: a file, by command', async () => {
    await workbench.command('Casebook: Add files');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'One case' }).click();
    await workbench.pickFile(join(workbench.workspace, 'README.md'));
    await workbench.toast('only in a workspace you trust').waitFor();
    await clear();
  });

  it('refuses in words to read a restricted workspace: a file, on a page', async () => {
    await workbench.command('Casebook: New case');
    const page = await workbench.pageFrame('New case');
    await page.getByRole('button', { name: 'Add files…' }).click();
    await workbench.pickFile(join(workbench.workspace, 'README.md'));
    try {
      await eventually(async () => {
        const told = [await workbench.notifications(), await page.locator('body').innerText()].flat().join();
        assert.match(told, /only in a workspace you trust/);
        assert.doesNotMatch(told, /README\.md/);
      });
    } finally {
      await workbench.command('View: Close Editor');
    }
  });

  it('decides for the team once it is trusted', async () => {
    await workbench.command('Workspaces: Manage Workspace Trust');
    await workbench.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await eventually(async () => {
      assert.deepEqual(
        (await services()).filter(label => /Own|Wished/.test(label)),
        ['Wished service'],
      );
    });
    assert.ok((await groups()).includes('Wished query'));
  });

  for (const [form, settings] of Object.entries(forms)) {
    it(`never decides who the person is, ${form}`, async () => {
      const open = { directSubscriptions: 1, language: 'en', profile: 'm365China', defaultService: form };
      const team = Object.fromEntries(Object.entries(open).map(([name, value]) => [`casebook.${name}`, value]));
      const whole = form === 'nested' ? { casebook: { ...wished, ...open } } : { ...settings, ...team };
      await take(whole, `trusted ${form}`);
      await workbench.command('Casebook: New case');
      const tab = 'New case';
      const page = await workbench.pageFrame(tab);
      await eventually(async () => assert.equal(await page.locator('#service').inputValue(), form));
      await page.getByText('You can file here.').waitFor();
      await page.getByLabel('Title').fill(`By whom, ${form}?`);
      await page.getByLabel('Description').fill('Whose name is it?');
      await page.getByLabel('How support reaches you').fill('+420 555 0100');
      await page.getByRole('button', { name: 'File case' }).click();
      const number = form === 'dotted' ? 2 : 3;
      const filed = await workbench.pageFrame(`Case ${String(number)}: By whom, ${form}?`);
      await filed.getByText('Ada Novak').first().waitFor();
      assert.equal(await filed.getByText('Mallory').count(), 0);
      assert.equal(casesOn(storageOf(workbench)), number);
    });
  }
});
