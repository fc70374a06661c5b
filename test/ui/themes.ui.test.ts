// Both pages in the four kinds of theme and in every state worth looking at: axe-core finds nothing, with no exclusions.
import { strict as assert } from 'node:assert';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Frame } from 'playwright-core';
import type { CaseAction } from '../../src/desk/case.ts';
import { keepFile, fresh, makeDraft, newCase, openDesk, storageOf, valueOf } from '../support/storage.ts';
import { axe, eventually, openWorkbench, type Theme, type Workbench } from '../support/workbench.ts';

const title = 'Mail to partners is delayed by an hour';
const themes: readonly (readonly [Theme, kind: string])[] = [
  ['Default Light Modern', 'vscode-light'],
  ['Default Dark Modern', 'vscode-dark'],
  ['Default High Contrast', 'vscode-high-contrast'],
  ['Default High Contrast Light', 'vscode-high-contrast-light'],
];
const states: readonly (readonly [name: string, tab: string])[] = [
  ['empty form', 'New case'],
  ['form with errors', 'New case: Calendars stay empty'],
  ['case with timeline', `Case 1: ${title}`],
  ['closed case', 'Case 2: Search finds nothing'],
];

describe('themes', () => {
  let workbench: Workbench;
  let file: string;
  let settings: object;
  before(async () => {
    workbench = await openWorkbench();
    file = join(workbench.workspace, '.vscode', 'settings.json');
    settings = JSON.parse(await readFile(file, 'utf8')) as object;
    await seed();
    await workbench.openView();
    await openAll();
  });
  after(async () => workbench.close());

  async function seed(): Promise<void> {
    const storage = storageOf(workbench);
    const desk = await openDesk(storage, 'Ada Novak');
    const log = await keepFile(desk, 'mail.log');
    const places = [{ path: 'src/send.ts', startLine: 3, endLine: 5, language: 'typescript', text: 'send(mail);' }];
    const contact = '+420 555 0100';
    const filed = valueOf(await desk.file(newCase({ title, contact, places, files: [log] }), fresh()));
    const ended = valueOf(await desk.file(newCase({ title: 'Search finds nothing', contact }), fresh()));
    let revision = filed.revision;
    const actions: readonly CaseAction[] = [
      { kind: 'annotate', text: 'The queue holds 412 messages.', files: [log] },
      { kind: 'recordFirstResponse', respondedAt: filed.openedAt, text: 'An agent called.' },
      { kind: 'recordVendorNumber', vendorNumber: 'SR-1234' },
      { kind: 'changeSeverity', severity: 'C', side: 'set', text: '' },
      { kind: 'requestInformation', text: 'Which connector sends these messages?' },
    ];
    for (const action of actions) {
      ({ revision } = valueOf(await desk.act(filed.id, action, { ...fresh(), revision })));
    }
    const close = { kind: 'close', reason: 'solved', text: 'Found it.' } as const;
    valueOf(await desk.act(ended.id, close, { ...fresh(), revision: ended.revision }));
    const board = { service: 'Exchange Online', classification: 'incident', status: 'serviceDegradation' } as const;
    valueOf(await desk.recordIncident({ ...board, title: 'Delays in mail flow', text: '' }, fresh()));
    desk.close();
    await makeDraft(storage, {
      title: 'Calendars stay empty',
      text: '',
      files: [{ uri: 'file:///gone/a.log', name: 'a.log', bytes: 1 }],
    });
  }

  async function openAll(): Promise<void> {
    await (await workbench.row('Cases', title)).click();
    await workbench.pageFrame(`Case 1: ${title}`);
    await (await workbench.row('Cases', 'Closed recently')).click();
    await (await workbench.row('Cases', 'Search finds nothing')).click();
    await workbench.pageFrame('Case 2: Search finds nothing');
    await (await workbench.row('Cases', 'Calendars stay empty')).click();
    const form = await workbench.pageFrame('New case: Calendars stay empty');
    await form.getByRole('button', { name: 'File case' }).click();
    await form.getByRole('heading', { name: 'Before this case can be filed' }).waitFor();
    await (await workbench.view('Cases')).page().locator('.part.sidebar .pane-header', { hasText: 'Cases' }).hover();
    await workbench.page.locator('.part.sidebar [aria-label^="New case"]').first().click();
    await workbench.pageFrame('New case');
  }

  /** The page in front, once it wears the theme. */
  async function dressed(tab: string, kind: string): Promise<Frame> {
    const frame = await workbench.pageFrame(tab);
    await frame.locator(`body.${kind}`).waitFor();
    await frame.getByRole('heading', { level: 1 }).waitFor();
    return frame;
  }

  for (const [theme, kind] of themes) {
    describe(theme, () => {
      before(async () => {
        await writeFile(file, JSON.stringify({ ...settings, 'workbench.colorTheme': theme }));
        await workbench.page.locator(`.monaco-workbench.${themeClass(kind)}`).waitFor();
      });
      for (const [name, tab] of states) {
        it(`finds nothing wrong with the ${name}`, async () => {
          const frame = await dressed(tab, kind);
          await workbench.screenshot(`theme-${kind}-${name.replaceAll(' ', '-')}`);
          await eventually(async () => assert.deepEqual(await axe(frame), []), 1_000);
        });
      }
    });
  }
});

const themeClass = (kind: string): string =>
  ({ 'vscode-light': 'vs', 'vscode-dark': 'vs-dark', 'vscode-high-contrast': 'hc-black' })[kind] ?? 'hc-light';
