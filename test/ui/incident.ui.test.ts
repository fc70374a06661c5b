// An incident of the board and what happened on a service, each on a page; a case that is about an incident says so.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Frame } from 'playwright-core';
import { createStrings, type Table } from '../../src/strings/strings.ts';
import { fresh, openDesk, storageOf, valueOf } from '../support/storage.ts';
import { axe, eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

const title = 'Mail to partners is late';
const tab = `#1 ${title}`;

describe('the page of an incident', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
    const desk = await openDesk(storageOf(workbench), 'Ada Novak');
    const board = { service: 'Exchange Online', classification: 'incident', status: 'investigating' } as const;
    const { id, revision } = valueOf(await desk.recordIncident({ ...board, title, text: 'We look into it.' }, fresh()));
    const text = '<img src=x onerror=alert(1)>\n[click](command:workbench.action.terminal.new)';
    valueOf(await desk.postToIncident(id, { status: 'serviceDegradation', text }, { ...fresh(), revision }));
    const over = { ...board, status: 'resolved', classification: 'advisory', title: 'Search was slow' } as const;
    valueOf(await desk.recordIncident({ ...over, text: '' }, fresh()));
    desk.close();
    await workbench.openView();
  });
  after(() => workbench.close());

  const press = (frame: Frame, name: string) => frame.getByRole('button', { name, exact: true }).click();
  const entries = (frame: Frame) => frame.locator('.event-title').allTextContents();

  it('opens from its row and shows its posts, the newest first, as text', async () => {
    await (await workbench.row('Service health', title)).click();
    const frame = await workbench.pageFrame(tab);
    await frame.getByRole('heading', { level: 1, name: title }).waitFor();
    assert.deepEqual(await entries(frame), ['Service degradation', 'Investigating']);
    assert.match(
      await frame.locator('.event .typed').first().innerText(),
      /^<img src=x onerror=alert\(1\)>\n\[click\]/,
    );
    assert.equal(await frame.locator('main :is(img, a)').count(), 0);
    await frame.getByText('It goes on.').waitFor();
    await workbench.screenshot('incident');
    assert.deepEqual(await axe(frame), []);
  });

  it('takes a post and shows it without being asked', async () => {
    const frame = await workbench.pageFrame(tab);
    await press(frame, 'Post to incident');
    await workbench.quickPick('Restoring service');
    await workbench.inputBox('The queue drains.');
    await frame.getByText('The queue drains.').waitFor();
    assert.deepEqual(await entries(frame), ['Restoring service', 'Service degradation', 'Investigating']);
  });

  it('puts itself on the clipboard as text', async () => {
    const frame = await workbench.pageFrame(tab);
    await press(frame, 'Copy as text');
    await frame.getByText('Copied.').waitFor();
    const copied = await workbench.page.evaluate<string>('navigator.clipboard.readText()');
    assert.match(
      copied,
      /^#1 Mail to partners is late\nExchange Online · Incident · Restoring service · [^]*The queue drains\./,
    );
  });

  it('leads to what happened on its service, and from there to each', async () => {
    await press(await workbench.pageFrame(tab), 'History of Exchange Online');
    const frame = await workbench.pageFrame('History of Exchange Online');
    await frame.locator('.event').nth(1).waitFor();
    assert.deepEqual((await entries(frame)).toSorted(), [title, 'Search was slow']);
    await press(frame, '30 days');
    await frame.getByRole('button', { name: '30 days', pressed: true }).waitFor();
    await workbench.screenshot('history');
    assert.deepEqual(await axe(frame), []);
    await press(frame, 'Open: Search was slow');
    await (await workbench.pageFrame('#2 Search was slow')).getByText('It is over.').waitFor();
  });

  it('begins a case that keeps what it is about, and which others were shown', async () => {
    await press(await workbench.pageFrame(tab), 'New case about it');
    const form = await eventually(async () => {
      const label = await workbench.page.locator('.tab.active .label-name').innerText();
      assert.match(label, /^New case/);
      return workbench.pageFrame(label);
    });
    await form.getByRole('textbox', { name: 'Title' }).fill('Orders are late');
    await form.getByLabel('How support reaches you').fill('+420 555 0100');
    assert.equal(await form.locator('#health').isVisible(), false);
    await press(form, 'File case');
    const page = await workbench.pageFrame('Case 1: Orders are late');
    await page.getByRole('heading', { name: 'Incidents shown before it was filed' }).waitFor();
    await page.getByText('This is the problem.').waitFor();
    await workbench.screenshot('incident-case');
    assert.deepEqual(await axe(page), []);
    await press(page, `Open: ${title} · Exchange Online · Restoring service`);
    await eventually(async () => {
      const incidentPage = await workbench.pageFrame(tab);
      await incidentPage.getByRole('heading', { level: 1, name: title }).waitFor({ timeout: 2_000 });
    });
  });

  it('is there again after a reload, in Hebrew from the right', async () => {
    const he = createStrings('he', JSON.parse(readFileSync('l10n/he.json', 'utf8')) as Table);
    await writeFile(
      join(workbench.workspace, '.vscode', 'settings.json'),
      JSON.stringify({ 'casebook.language': 'he', 'workbench.colorTheme': 'Default High Contrast' }),
    );
    const tabs = await workbench.page.locator('.tab').count();
    await eventually(async () => {
      const stored = await workbench.stored('memento/workbench.parts.editor');
      assert.equal(stored.split('"workbench.editors.webviewInput"').length - 1, tabs);
    });
    await workbench.reload();
    // A tab nobody has looked at since may have kept its title.
    const history = (): Promise<string> =>
      workbench.page.locator('.tab .label-name', { hasText: 'Exchange Online' }).innerText();
    for (const [name, heading] of [
      [() => Promise.resolve(tab), 'page.incident.posts'],
      [history, 'page.case.timeline'],
    ] as const) {
      const frame = await eventually(async () =>
        workbench.pageFrame((await name()).replaceAll(/[\u2066-\u2069]/g, '')),
      );
      await frame.locator('html[dir=rtl]').waitFor();
      await frame.getByRole('heading', { level: 2, name: he.t(heading) }).waitFor();
      await workbench.screenshot(`incident-he-${heading}`);
      assert.deepEqual(await axe(frame), []);
    }
  });
});
