// The whole extension in a language nobody speaks: whatever has no brackets was not translated, whatever is cut is too narrow.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Frame } from 'playwright-core';
import type { CaseAction, CaseDetail, NewCase } from '../../src/desk/case.ts';
import { profileIds } from '../../src/rules/profile.ts';
import { en } from '../../src/strings/en/index.ts';
import { dataWords, pseudo, pseudoTable, strayWords } from '../support/pseudo.ts';
import { textsCut, textsSeen } from '../support/seen.ts';
import { fresh, keepFile, makeDraft, newCase, openDesk, storageOf, valueOf } from '../support/storage.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

const tab = (title: string): string => pseudo(en['page.case.tab']).replace('{number}', '1').replace('{title}', title);
const numbered = (number: number, title: string): string => tab(title).replace('1', String(number));
/** What is pressed, chosen and typed here; file names; keys of the keyboard. */
const given = [
  'outlook deleted mail nobody can send',
  'Zqtitle Zqtext Zqquestion Zqnumber Zqdraft Zqperson Zqincident Exchange Online Zqlog log ts src send Zqcode',
  'manage volume licensing Ctrl Enter Esc n f c English Casebook',
];
const widths = [1000, 320];
const suggestive = 'outlook deleted mail, nobody can send mail';

describe('in a language nobody speaks', () => {
  let workbench: Workbench;
  let data: ReadonlySet<string>;
  before(async () => {
    workbench = await openWorkbench({
      tables: { fi: pseudoTable },
      settings: {
        'casebook.language': 'fi',
        'casebook.supportZone': 'Europe/Prague',
        'casebook.advancedAgreement': true,
      },
    });
    const team = await readFile(join(workbench.workspace, '.vscode', 'settings.json'), 'utf8');
    data = dataWords(...given, team);
    await seed();
    await workbench.openView();
  });
  after(() => workbench.close());

  async function seed(): Promise<void> {
    const desk = await openDesk(storageOf(workbench), 'Zqperson');
    const file = await keepFile(desk, 'Zqlog.log');
    const places = [{ path: 'src/send.ts', startLine: 3, endLine: 5, language: 'typescript', text: 'Zqcode' }];
    const filed = async (
      title: string,
      part: Partial<NewCase>,
      actions: readonly CaseAction[],
    ): Promise<CaseDetail> => {
      let of = valueOf(await desk.file(newCase({ title, text: 'Zqtext', contact: 'Zqperson', ...part }), fresh()));
      for (const action of actions) of = valueOf(await desk.act(of.id, action, { ...fresh(), revision: of.revision }));
      return of;
    };
    const opened = Date.now();
    await filed('Zqtitle', { places, files: [file], impact: 'Zqtext' }, [
      { kind: 'annotate', text: 'Zqtext', files: [file] },
      { kind: 'recordVendorNumber', vendorNumber: 'Zqnumber' },
      { kind: 'changeSeverity', severity: 'C', side: 'set', text: '' },
      { kind: 'requestInformation', text: 'Zqquestion' },
    ]);
    await filed('Zqclosed', { profile: 'm365Business' }, [{ kind: 'close', reason: 'solved', text: 'Zqtext' }]);
    await filed('Zqresolved', { profile: 'o365Enterprise2013' }, [
      { kind: 'recordFirstResponse', respondedAt: opened, text: 'Zqtext' },
      { kind: 'resolve', text: '' },
    ]);
    const board = { service: 'Exchange Online', classification: 'incident', status: 'serviceDegradation' } as const;
    valueOf(await desk.recordIncident({ ...board, title: 'Zqincident', text: 'Zqtext' }, fresh()));
    desk.close();
    await makeDraft(storageOf(workbench), { title: 'Zqdraft' });
  }

  function faultsIn(texts: readonly string[]): string[] {
    return texts.flatMap(text => {
      const stray = strayWords(text, data).filter(word => !word.startsWith('Zq'));
      return stray.length === 0 ? [] : [`${stray.join(' ')} in ${text}`];
    });
  }

  for (const view of ['Cases', 'Service health']) {
    it(`nothing is untranslated in the view ${view}`, async () => {
      const rows = (await workbench.view(view)).locator('.monaco-list-row');
      await rows.first().waitFor();
      const texts = await rows.evaluateAll(
        (all: { getAttribute(name: string): string | null; textContent: string }[]) =>
          all.flatMap(row => [row.textContent, row.getAttribute('aria-label') ?? '']),
      );
      await workbench.screenshot(`pseudo-${view.replace(' ', '-')}`);
      assert.ok(texts.length > 2);
      assert.deepEqual(faultsIn(texts), []);
    });
  }

  it('nothing is untranslated in the status bar', async () => {
    const ours = workbench.page.locator('.statusbar-item[id^="casebook"]');
    const texts = [await ours.innerText(), (await ours.locator('a').getAttribute('aria-label')) ?? ''];
    assert.deepEqual(faultsIn(texts), []);
  });

  /** Makes the page in front this wide, and answers what it cuts. */
  async function cutAt(frame: Frame, width: number): Promise<readonly string[]> {
    await workbench.widen(frame, width);
    return textsCut(frame);
  }

  async function look(frame: Frame, name: string): Promise<void> {
    const faults = new Set(faultsIn(await textsSeen(frame)));
    for (const width of widths) {
      for (const one of await cutAt(frame, width)) faults.add(`cut at ${width}: ${one}`);
      await workbench.screenshot(`pseudo-${name}-${width}`);
    }
    assert.deepEqual([...faults], []);
  }

  describe('on a page', () => {
    before(async () => {
      for (const [number, title] of [
        [1, 'Zqtitle'],
        [3, 'Zqresolved'],
        [2, 'Zqclosed'],
      ] as const) {
        if (title === 'Zqclosed') await (await workbench.row('Cases', pseudo(en['view.group.closedRecently']))).click();
        await (await workbench.row('Cases', title)).click();
        await workbench.pageFrame(numbered(number, title));
      }
      await workbench.command('Casebook: New case');
      await workbench.pageFrame(pseudo(en['page.new.heading']));
      // Pages have the whole width: what is measured is theirs.
      await workbench.page.keyboard.press('Control+b');
    });

    for (const profile of profileIds) {
      it(`nothing is untranslated or cut when ${profile} is filed with nothing filled in`, async () => {
        const frame = await workbench.pageFrame(pseudo(en['page.new.heading']));
        await frame.locator('#profile').selectOption(profile);
        await frame.getByRole('button', { name: pseudo(en['page.new.file']) }).click();
        await frame.locator('.summary').waitFor();
        await look(frame, profile);
      });
    }

    it('nothing is untranslated or cut where words suggest a service and a severity', async () => {
      const frame = await workbench.pageFrame(pseudo(en['page.new.heading']));
      await frame.locator('#profile').selectOption('m365China');
      await frame.locator('#service').fill('');
      await frame.locator('#text').fill(suggestive);
      await frame.locator('.hints p').first().waitFor();
      await look(frame, 'hints');
    });

    it('nothing is untranslated or cut in the list of shortcuts', async () => {
      for (const tab of [numbered(3, 'Zqresolved'), pseudo(en['page.new.heading'])]) {
        const frame = await workbench.pageFrame(tab);
        await frame.getByRole('button', { name: pseudo(en['page.keys.show']) }).click();
        const dialog = frame.getByRole('dialog', { name: pseudo(en['page.keys.heading']) });
        await dialog.waitFor();
        await look(frame, 'shortcuts');
        await dialog.getByRole('button').click();
      }
    });

    it('nothing is untranslated or cut where the hand-off is opened and the timeline shows nothing', async () => {
      const frame = await workbench.pageFrame(numbered(1, 'Zqtitle'));
      await frame.locator('#handOff').click();
      await frame.getByText(pseudo(en['page.handOff.done'])).waitFor();
      await look(frame, 'handed-over');
      const closed = await workbench.pageFrame(numbered(2, 'Zqclosed'));
      await closed.getByRole('button', { name: pseudo(en['page.case.filter.files']), exact: true }).click();
      await closed.getByText(pseudo(en['page.case.filter.none'])).waitFor();
      await look(closed, 'filtered');
    });

    for (const [number, title] of [
      [1, 'Zqtitle'],
      [2, 'Zqclosed'],
      [3, 'Zqresolved'],
    ] as const) {
      it(`nothing is untranslated or cut on the page of case ${title}`, async () => {
        const frame = await workbench.pageFrame(numbered(number, title));
        await frame.getByRole('heading', { level: 1 }).waitFor();
        await look(frame, title);
      });
    }
  });
});
