// Practising: a desk of samples under a clock that is set, apart from the person's own desk, which stays as it was.
import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { axe, eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

const running = 'Nobody in the warehouse can send mail';
const noticeOf = "getComputedStyle(document.body, '::before').content";

describe('practising', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
    await workbench.openView();
  });
  after(async () => workbench.close());

  const cases = async () => workbench.view('Cases');
  const sign = () => workbench.page.locator('.part.statusbar .statusbar-item', { hasText: 'Practice ' });
  const labelled = async (view: string): Promise<void> =>
    (await workbench.view(view)).locator('.pane-header .description', { hasText: 'Practice desk' }).waitFor();
  const row = async (text: string) => (await cases()).locator('.monaco-list-row', { hasText: text }).first();
  const setClock = async (choice: string): Promise<void> => {
    await workbench.command('Casebook: Set practice clock…');
    await workbench.quickPick(choice);
  };
  const ownIsEmpty = async (): Promise<void> => (await cases()).getByText('No cases yet.').waitFor();

  it('is offered where there is no case yet, with a new case', async () => {
    await ownIsEmpty();
    await (await cases()).locator('.monaco-button', { hasText: 'New case' }).waitFor();
    await (await cases()).locator('.monaco-button', { hasText: 'Open practice desk' }).waitFor();
    await workbench.screenshot('practice-empty');
  });

  it('opens a desk of samples that nobody can take for their own', async () => {
    await (await cases()).locator('.monaco-button', { hasText: 'Open practice desk' }).click();
    for (const group of ['Needs your action', 'Waiting for support', 'Drafts and unsent', 'Closed recently']) {
      await (await workbench.row('Cases', group)).waitFor();
    }
    await labelled('Cases');
    await labelled('Service health');
    await sign().waitFor();
    await workbench.toast('This is the practice desk.').waitFor();
    await (await row('past under one reading')).waitFor();
    await (await workbench.view('Service health')).getByText('Mail is delayed or comes back').waitFor();
    await workbench.screenshot('practice-light');
  });

  it('shows the countdown of a sample on a page that says whose it is', async () => {
    await (await row(running)).click();
    const page = await workbench.pageFrame(`Practice: Case 10: ${running}`);
    await page.getByText(/\d+ minutes left/).waitFor();
    assert.match(await page.evaluate<string>(noticeOf), /^"Practice desk: sample cases/);
    await workbench.screenshot('practice-page');
    await axe(page);
  });

  it('shows a clock that stands still while support is closed', async () => {
    await (await row('Large files')).click();
    const page = await workbench.pageFrame('Practice: Case 9: Large files stop halfway when uploaded');
    await page.getByText('Support is closed now. The clock starts again').waitFor();
  });

  it('lets a target go overdue when its clock is set one day on', async () => {
    assert.match(await (await row(running)).innerText(), /due/);
    assert.doesNotMatch(await (await row(running)).innerText(), /overdue/);
    const before = await sign().innerText();
    await setClock('One day on');
    await eventually(async () => assert.match(await (await row(running)).innerText(), /overdue/));
    const page = await workbench.pageFrame(`Practice: Case 10: ${running}`);
    await page.getByText('First response is overdue').waitFor();
    assert.notEqual(await sign().innerText(), before);
  });

  it('takes a case filed there', async () => {
    await workbench.command('Casebook: New case');
    const form = await workbench.pageFrame('Practice: New case');
    await form.getByLabel('Title').fill('A case to learn by');
    await form.getByLabel('Description').fill('Nothing is wrong.');
    await form.getByLabel('How support reaches you').fill('+420 555 0100');
    await form.getByLabel('my problem is a different one').check();
    await form.getByRole('button', { name: 'File case' }).first().click();
    const page = await workbench.pageFrame('Practice: Case 11: A case to learn by');
    await page.getByRole('heading', { name: 'A case to learn by' }).waitFor();
    await (await row('A case to learn by')).waitFor();
  });

  it('goes on after a reload of the window, with its pages and its clock', async () => {
    const time = await sign().innerText();
    await workbench.pageFrame(`Practice: Case 10: ${running}`);
    await workbench.reload();
    await (await row('A case to learn by')).waitFor();
    await labelled('Cases');
    await sign().waitFor();
    assert.equal((await sign().innerText()).slice(0, -3), time.slice(0, -3));
    const page = await workbench.pageFrame(`Practice: Case 10: ${running}`);
    await page.getByText('First response is overdue').waitFor();
  });

  it('finds nothing in a filter without a way back', async () => {
    await workbench.command('Casebook: Filter cases');
    await workbench.inputBox('no such word');
    // Enter would be lost where the list has no focus yet.
    await workbench.page.locator('.quick-input-action .monaco-button', { hasText: 'OK' }).click();
    const clear = (await cases()).locator('.monaco-button', { hasText: 'Clear filter' });
    await clear.waitFor();
    await workbench.screenshot('practice-filter');
    await clear.click();
    await (await row('A case to learn by')).waitFor();
  });

  it('speaks Hebrew, from right to left', async () => {
    const settings = join(workbench.workspace, '.vscode', 'settings.json');
    await writeFile(settings, JSON.stringify({ 'casebook.language': 'he' }));
    await (await cases()).locator('.pane-header .description', { hasText: 'דלפק תרגול' }).waitFor();
    await workbench.command('Casebook: Start practice anew');
    await workbench.dialog().getByRole('button', { name: 'להתחיל מחדש' }).click();
    await (await row('איש במחסן')).click();
    const tab = workbench.page.locator('.tab.active .label-name', { hasText: 'תרגול: ' });
    await tab.waitFor();
    const page = await workbench.pageFrame(await tab.innerText());
    await page.getByRole('heading', { name: 'איש במחסן' }).waitFor();
    assert.equal(await (await row('A case to learn by')).count(), 0);
    await workbench.screenshot('practice-he');
    await writeFile(settings, '{}');
  });

  it('leaves the own desk as it was', async () => {
    await (await cases()).locator('.pane-header .description', { hasText: 'Practice desk' }).waitFor();
    await workbench.command('Casebook: Leave practice desk');
    await ownIsEmpty();
    await sign().waitFor({ state: 'hidden' });
    assert.equal(await workbench.page.locator('.tab', { hasText: /Practice|תרגול/ }).count(), 0);
    assert.equal(await (await cases()).locator('.pane-header .description:visible').count(), 0);
    await eventually(async () => assert.match(await workbench.stored('casebook.casebook'), /"on":false/));
    await workbench.reload();
    await ownIsEmpty();
    // The editor may bring back tabs that were closed a moment before; none of them stays.
    await eventually(async () =>
      assert.equal(await workbench.page.locator('.tab', { hasText: /Practice|תרגול/ }).count(), 0),
    );
    await workbench.screenshot('practice-left');
  });
});

describe('the walkthrough', () => {
  let workbench: Workbench;
  before(async () => (workbench = await openWorkbench()));
  after(async () => workbench.close());

  it('shows six steps, and ticks off what is true', async () => {
    await workbench.page.setViewportSize({ width: 1800, height: 1000 });
    await workbench.command('View: Toggle Primary Side Bar Visibility');
    await workbench.command('Welcome: Open Walkthrough...');
    await workbench.quickPick('First steps with Casebook');
    const steps = workbench.page.locator('.getting-started-step');
    await eventually(async () => assert.equal(await steps.count(), 6));
    const done = (title: string) =>
      steps
        .filter({ has: workbench.page.locator('.step-title', { hasText: new RegExp(`^${title}$`) }) })
        .locator('.codicon.complete, .codicon-getting-started-step-checked.complete');
    assert.equal(await done('Try it without risk').count(), 0);
    await eventually(async () => {
      const pictures = workbench.page
        .frames()
        .map(frame => frame.locator('svg[viewBox="0 0 360 240"]:visible').count());
      assert.ok((await Promise.all(pictures)).includes(1));
    });
    await workbench.screenshot('walkthrough');
    await workbench.command('Casebook: Open practice desk');
    await eventually(async () => assert.equal(await done('Try it without risk').count(), 1));
    // The workspace has a policy, and the board is on screen beside the cases.
    for (const title of ['Share settings with your team', 'Look at Service health']) {
      await eventually(async () => assert.equal(await done(title).count(), 1));
    }
    for (const title of ['Say who you are', 'Write a case', 'See its target, add a note']) {
      assert.equal(await done(title).count(), 0, title);
    }
  });
});
