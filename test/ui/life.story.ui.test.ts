// The whole life of a case on the installed .vsix, as a person lives it: written, filed, watched, annotated, answered,
// closed, found again after a restart.
import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Frame } from 'playwright-core';
import { eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

const title = 'Mail to partners is late';
const caseTab = `Case 1: ${title}`;

describe('the life of a case', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ allBuiltIns: true });
    await workbench.openView();
  });
  after(async () => workbench.close());

  const groups = ['Needs your action', 'Waiting for support', 'Drafts and unsent', 'Closed recently'];
  /** The labels of the Cases view, groups with what is in them; the workspace's saved queries are left out. */
  const cases = async (): Promise<[group: string, ...labels: string[]][]> =>
    (await workbench.tree('Cases'))
      .filter(({ label }) => groups.includes(label))
      .map(({ label, children }) => [label, ...children.map(child => child.label)]);
  const unfold = async (group: string): Promise<void> => {
    const row = await workbench.row('Cases', group);
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
  };
  const page = async (): Promise<Frame> => workbench.pageFrame(caseTab);

  it('starts with words and one way on where there is nothing yet', async () => {
    const view = await workbench.view('Cases');
    await view.getByRole('button', { name: 'New case' }).last().waitFor();
    await workbench.screenshot('story-01-empty');
    await view.getByRole('button', { name: 'New case' }).last().click();
    await workbench.pageFrame('New case');
  });

  it('keeps every keystroke as a draft that the view shows', async () => {
    const form = await workbench.pageFrame('New case');
    await form.getByLabel('Title').fill(title);
    await eventually(async () => assert.deepEqual(await cases(), [['Drafts and unsent', title]]));
    await workbench.screenshot('story-02-draft');
  });

  it('names what is missing beside the field and in a summary that takes the focus', async () => {
    const form = await workbench.pageFrame(`New case: ${title}`);
    await form
      .getByLabel('Description')
      .fill('Since 08:10 every message to an outside address waits.\nNothing on the board.');
    await form.getByRole('radio', { name: /Severity B/ }).check();
    await form.getByRole('button', { name: 'File case' }).click();
    await form
      .getByRole('link', { name: /How support reaches you/ })
      .or(form.getByRole('button', { name: /How support reaches you/ }))
      .first()
      .waitFor();
    await workbench.screenshot('story-03-missing');
  });

  it('shows the target before the case is filed', async () => {
    const form = await workbench.pageFrame(`New case: ${title}`);
    await form.getByText('Target if you file now').waitFor();
    await form.getByText('Monday to Friday, 09:00–24:00').first().waitFor();
  });

  it('files the case and shows it waiting for support with its target', async () => {
    const form = await workbench.pageFrame(`New case: ${title}`);
    await form.getByLabel('How support reaches you').fill('+420 555 0100, any time');
    await form.getByRole('button', { name: 'File case' }).click();
    await eventually(async () => assert.deepEqual(await cases(), [['Waiting for support', title]]));
    const [group] = await workbench.tree('Cases');
    assert.match(group?.children[0]?.description ?? '', /due .*B.*#1/);
    await (await page()).getByRole('heading', { name: title }).waitFor();
    await workbench.screenshot('story-04-filed');
  });

  it('takes a note and a file', async () => {
    const file = join(workbench.workspace, 'trace.txt');
    await writeFile(file, 'delayed: 3600 s\n');
    const frame = await page();
    await frame.getByRole('textbox', { name: 'Add a note' }).fill('The queue holds 412 messages.');
    await frame.getByRole('button', { name: 'Add files…' }).first().click();
    await workbench.pickFile(file);
    await (await page()).getByText('trace.txt').first().waitFor();
    await (await page()).getByRole('button', { name: 'Add note', exact: true }).click();
    await (await page()).getByText('The queue holds 412 messages.').first().waitFor();
    await (
      await page()
    )
      .getByRole('button', { name: /Save as/ })
      .first()
      .waitFor();
    await workbench.screenshot('story-05-note');
  });

  it('records the first response and says the target was met', async () => {
    await (await page()).getByRole('button', { name: /Record first response/ }).click();
    await workbench.quickPick('Now');
    await workbench.inputBox('An agent called.');
    await (await page()).getByText('First response came in time').first().waitFor();
  });

  it('moves to “Needs your action” when support asks, and back with the answer', async () => {
    await workbench.command('Casebook: Record request for information');
    await workbench.inputBox('Which connector sends these messages?');
    await eventually(async () => assert.deepEqual(await cases(), [['Needs your action', title]]));
    await workbench.screenshot('story-06-action-required');
    const frame = await page();
    await frame.getByRole('textbox', { name: 'Your answer' }).fill('The connector “Partners”.');
    await frame.getByRole('button', { name: 'Send answer' }).click();
    await eventually(async () => assert.deepEqual(await cases(), [['Waiting for support', title]]));
  });

  it('closes with one of two reasons', async () => {
    await (await page()).getByRole('button', { name: /Close case/ }).click();
    await workbench.quickPick('The problem is solved');
    await workbench.inputBox('Throttling was lifted.');
    await (await workbench.row('Cases', 'Closed recently')).waitFor();
    await unfold('Closed recently');
    await eventually(async () => assert.deepEqual(await cases(), [['Closed recently', title]]));
    await workbench.screenshot('story-07-closed');
  });

  it('is all there again after the window was reloaded', async () => {
    await workbench.reload();
    await workbench.openView();
    await (await workbench.row('Cases', 'Closed recently')).waitFor();
    await unfold('Closed recently');
    await eventually(async () => assert.deepEqual(await cases(), [['Closed recently', title]]));
    // The web build can forget a tab it opened a moment before a reload; the row shows or opens its page.
    await (await workbench.row('Cases', title)).click();
    const frame = await page();
    await frame.getByText('The queue holds 412 messages.').first().waitFor();
    await frame.getByText('The connector “Partners”.').first().waitFor();
    assert.deepEqual(await workbench.notifications(), []);
    await workbench.screenshot('story-08-again');
  });
});
