// Hebrew: pages read from right to left, rows of the trees keep their parts in order in an editor that does not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as z from 'zod/mini';
import type { Frame } from 'playwright-core';
import { tabTitle, titlePart } from '../../src/forms/tabTitle.ts';
import { createStrings, type Table } from '../../src/strings/strings.ts';
import { fresh, makeDraft, newCase, openDesk, storageOf, valueOf } from '../support/storage.ts';
import { axe, eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

const title = 'הדואר של Outlook (3 תיבות) לא נשלח';
const strings = createStrings('he', JSON.parse(readFileSync('l10n/he.json', 'utf8')) as Table);
/** A row as it is drawn: its parts from left to right. */
interface Drawn {
  readonly label: string;
  readonly description: string;
}

describe('in Hebrew', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ settings: { 'casebook.language': 'he' } });
    const desk = await openDesk(storageOf(workbench), 'Ada');
    const filed = valueOf(await desk.file(newCase({ title, contact: '+972 55 501 0020' }), fresh()));
    const ask = { kind: 'requestInformation', text: 'באיזו גרסה של Outlook?' } as const;
    valueOf(await desk.act(filed.id, ask, { ...fresh(), revision: filed.revision }));
    valueOf(await desk.file(newCase({ title: 'Search finds nothing', contact: 'Ada' }), fresh()));
    const board = { service: 'Exchange Online', classification: 'incident', status: 'serviceDegradation' } as const;
    valueOf(await desk.recordIncident({ ...board, title: 'Delays in mail flow', text: '' }, fresh()));
    desk.close();
    await makeDraft(storageOf(workbench), { title: '' });
    await workbench.openView();
  });
  after(() => workbench.close());

  async function rows(view: string): Promise<readonly Drawn[]> {
    const all = (await workbench.view(view)).locator('.monaco-list-row');
    await all.first().waitFor();
    return all.evaluateAll((elements: { querySelector(selector: string): { textContent: string } | null }[]) =>
      elements.map(row => ({
        label: row.querySelector('.label-name')?.textContent ?? '',
        description: row.querySelector('.label-description')?.textContent ?? '',
      })),
    );
  }

  for (const view of ['Cases', 'Service health']) {
    it(`every Hebrew part of a row of ${view} is isolated`, async () => {
      const drawn = await rows(view);
      await workbench.screenshot(`hebrew-${view.replace(' ', '-')}`);
      const parts = drawn.flatMap(({ label, description }) => [label, ...description.split(' · ')]);
      const spoken = parts.filter(part => /\p{Script=Hebrew}/u.test(part));
      assert.ok(spoken.length > 2, parts.join(' | '));
      assert.deepEqual(
        spoken.filter(part => !/^[\u2067\u2068].*\u2069$/.test(part)),
        [],
      );
    });
  }

  async function readsFromTheRight(frame: Frame): Promise<void> {
    await frame.getByRole('heading', { level: 1 }).waitFor();
    assert.deepEqual(await frame.evaluate('[document.documentElement.lang, document.documentElement.dir]'), [
      'he',
      'rtl',
    ]);
    await eventually(async () => assert.deepEqual(await axe(frame), []), 1_000);
  }

  it('the pages say that they are Hebrew and read from the right, light and dark', async () => {
    const file = join(workbench.workspace, '.vscode', 'settings.json');
    const settings = z.parse(z.record(z.string(), z.unknown()), JSON.parse(await readFile(file, 'utf8')));
    await (await workbench.row('Cases', `\u2067${title}\u2069`)).click();
    const page = tabTitle(strings.t('page.case.tab', { number: 1, title: titlePart(title, strings) }), strings, false);
    const form = tabTitle(strings.t('page.new.heading'), strings, false);
    await workbench.pageFrame(page);
    await workbench.command('Casebook: New case');
    await workbench.pageFrame(form);
    for (const [theme, kind] of [
      ['Default Light Modern', 'vscode-light'],
      ['Default Dark Modern', 'vscode-dark'],
    ] as const) {
      await writeFile(file, JSON.stringify({ ...settings, 'workbench.colorTheme': theme }));
      for (const [tab, name] of [
        [page, 'case'],
        [form, 'new-case'],
      ] as const) {
        const frame = await workbench.pageFrame(tab);
        await frame.locator(`body.${kind}`).waitFor();
        await readsFromTheRight(frame);
        await workbench.screenshot(`hebrew-${name}-${kind}`);
      }
    }
  });

  it('a tooltip has its lines from the right, names and numbers in their own direction', async () => {
    await (await workbench.row('Cases', `\u2067${title}\u2069`)).hover();
    const hover = workbench.page.locator('.monaco-hover:visible', { hasText: 'Outlook' });
    await hover.waitFor();
    await workbench.screenshot('hebrew-tooltip');
    const text = await hover.innerText();
    for (const line of text.split('\n').filter(one => /\p{Script=Hebrew}/u.test(one)))
      assert.match(line, /^[\u2067\u2068].*\u2069$/);
  });

  it('Why? shows what a rule rests on in Hebrew, each line from the right', async () => {
    await workbench.command('Casebook: Why? Explain rules and targets');
    await workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'C-16' }).click();
    const detail = workbench.dialog().locator('.dialog-message-detail');
    await detail.waitFor();
    await workbench.screenshot('hebrew-why');
    const lines = (await detail.innerText()).split('\n').filter(line => line !== '');
    assert.equal(lines.length, 5, lines.join('\n'));
    for (const line of lines) assert.match(line, /^\u2067.*\u2069$/);
    for (const id of ['C-16', 'A-11'] as const) {
      const stated = `\u2067\u2068${id}\u2069: ${strings.t(`fact.${id}`)}\u2069`;
      assert.ok(lines.includes(stated), lines.join('\n'));
    }
    await workbench.page.keyboard.press('Escape');
  });
});
