// Forty hostile texts on every surface: none becomes a link, an icon, an element, a command or a request.
import { strict as assert } from 'node:assert';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Frame } from 'playwright-core';
import type { Desk } from '../../src/desk/desk.ts';
import { cleanText } from '../../src/desk/text.ts';
import { shownLine } from '../../src/views/words.ts';
import {
  becameMore,
  corpusOf,
  forbidden,
  openTrap,
  scriptRan,
  strangers,
  watchRequests,
  type Trap,
} from '../support/hostile.ts';
import { fresh, keepFile, makeDraft, newCase, openDesk, storageOf, valueOf } from '../support/storage.ts';
import { eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

/** Elements of our pages that hold what somebody wrote, and nothing else. */
const holders = 'bdi, .typed, h1, pre, option, dd, .row-name, .event-detail, .problem';
/** Elements of the editor that hold the text of a row. */
const labels = '.label-name, .label-description';
/** Has room for every row; it takes long to paint. */
const high = { width: 1400, height: 4200 };
const usual = { width: 1400, height: 1000 };

describe('hostile text', () => {
  let workbench: Workbench;
  let trap: Trap;
  let corpus: readonly string[];
  let requests: readonly string[];
  let desk: Desk;

  before(async () => {
    trap = await openTrap();
    corpus = corpusOf(trap.url);
    assert.equal(new Set(corpus).size, 40);
    const cut = corpus.map(text => text.slice(0, 80));
    workbench = await openWorkbench({
      settings: { 'workbench.hover.delay': 1, 'casebook.person': cut[0] },
      allBuiltIns: true,
    });
    // The settings and the policy of a repository are its author's words.
    const settings = {
      'casebook.services': ['Exchange Online', ...cut],
      'casebook.defaultService': 'Exchange Online',
      'casebook.queries': cut.map(name => ({ name, text: name })),
    };
    const policy = { holidays: cut.map(name => ({ date: '2030-01-01', name })) };
    await writeFile(join(workbench.workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
    await writeFile(join(workbench.workspace, 'casebook.policy.json'), JSON.stringify(policy));
    await workbench.page.setViewportSize(high);
    requests = watchRequests(workbench.page);
    desk = await openDesk(storageOf(workbench), cut[0]);
    await seed();
    await workbench.openView();
  });
  after(async () => {
    desk.close();
    await workbench.close();
    trap.close();
  });

  /** One case and one incident that carry everything, and one of each for every text. */
  async function seed(): Promise<void> {
    const [first = ''] = corpus;
    const files = await Promise.all(corpus.map(name => keepFile(desk, name)));
    const places = corpus
      .slice(-20)
      .map(text => ({ path: text, startLine: 1, endLine: 2, language: text.slice(0, 50), text }));
    const all = corpus.join('\n');
    const said = { text: all, impact: all, service: first, resource: first, contact: first };
    for (const title of corpus.slice(1).reverse()) valueOf(await desk.file(newCase({ title, text: title }), fresh()));
    let carrier = valueOf(await desk.file(newCase({ title: first, ...said, places, files }), fresh()));
    const act = async (action: Parameters<Desk['act']>[1]): Promise<void> => {
      carrier = valueOf(await desk.act(carrier.id, action, { ...fresh(), revision: carrier.revision }));
    };
    for (const text of corpus) await act({ kind: 'annotate', text, files: [] });
    await act({ kind: 'recordVendorNumber', vendorNumber: first.slice(0, 100) });
    await act({ kind: 'requestInformation', text: all });
    const board = { service: 'Exchange Online', classification: 'incident', status: 'investigating' } as const;
    for (const title of corpus) valueOf(await desk.recordIncident({ ...board, title, text: title }, fresh()));
    const [worst] = valueOf(await desk.incidents());
    assert.ok(worst);
    let { revision } = worst;
    for (const text of corpus) {
      const post = { status: 'serviceInterruption', text } as const;
      ({ revision } = valueOf(await desk.postToIncident(worst.id, post, { ...fresh(), revision })));
    }
    for (const title of corpus.filter(text => forbidden.test(text))) await makeDraft(storageOf(workbench), { title });
    const picked = corpus.map(name => ({ uri: 'file:///nowhere', name: name.slice(0, 200), bytes: 1 }));
    await makeDraft(storageOf(workbench), { title: first, ...said, places, files: picked });
  }

  /** Labels as they stand in a view. */
  const labelsIn = async (title: string): Promise<string[]> =>
    (await workbench.view(title)).locator('.monaco-list-row .label-name').allInnerTexts();
  const staysText = async (title: string, texts: readonly string[]): Promise<void> => {
    const expected = texts.map(text => shownLine(text));
    await eventually(async () => {
      const shown = new Set((await labelsIn(title)).map(text => shownLine(text)));
      assert.deepEqual(
        expected.filter(text => !shown.has(text)),
        [],
      );
    });
    assert.deepEqual(
      (await labelsIn(title)).filter(text => forbidden.test(text)),
      [],
    );
    assert.deepEqual(await becameMore(workbench.page, labels), []);
  };
  /** What does not stand on the first page of a group comes with one step more. */
  const showAll = async (title: string): Promise<void> => {
    const more = (await workbench.view(title)).locator('.monaco-list-row', { hasText: 'Show more' });
    await eventually(async () => {
      if (await more.first().isVisible()) await more.first().click({ timeout: 1_000 });
      assert.equal(await more.count(), 0);
    });
  };
  const activePage = async (): Promise<Frame> =>
    workbench.pageFrame(await workbench.page.locator('.tab.active .label-name').innerText());
  const openCarrier = async (): Promise<Frame> => {
    await (await workbench.view('Cases')).locator('.monaco-list-row[aria-label*="case 40,"]').first().click();
    await workbench.page.locator('.tab.active', { hasText: 'Case 40' }).waitFor();
    const frame = await activePage();
    await frame.getByRole('heading', { name: 'Timeline' }).waitFor();
    return frame;
  };
  const pageStaysText = async (frame: Frame, texts: readonly string[]): Promise<void> => {
    const said = await frame.evaluate<string>('document.body.textContent');
    const missing = texts.map(text => cleanText(text).trim()).filter(text => !said.includes(text));
    assert.deepEqual(missing, []);
    assert.deepEqual(await becameMore(frame, holders), []);
    assert.deepEqual(await strangers(frame), []);
  };

  it('stays text in the labels of cases, drafts and saved queries', async () => {
    await workbench.row('Cases', 'Waiting for support').then(group => group.waitFor());
    await workbench.screenshot('hostile-cases');
    await showAll('Cases');
    await staysText('Cases', [...corpus.map(text => text.slice(0, 80)), ...corpus]);
  });

  it('stays text in the labels of services, incidents and posts', async () => {
    await (
      await workbench.view('Cases')
    )
      .page()
      .locator('.pane-header', { hasText: /^Cases/i })
      .first()
      .click();
    await showAll('Service health');
    await staysText('Service health', [...corpus.map(text => text.slice(0, 80)), ...corpus]);
    // While rows still come, the one that is clicked may be another by then.
    await (await workbench.view('Service health')).locator('.monaco-list-row[aria-label*="incident 40,"]').click();
    await workbench.page.locator('.tab.active', { hasText: '#40' }).waitFor();
    await workbench.screenshot('hostile-health');
    const page = await activePage();
    await page.getByRole('heading', { name: 'Posts' }).waitFor();
    await pageStaysText(page, corpus);
    await workbench.page
      .locator('.pane-header', { hasText: /^Service health/i })
      .first()
      .click();
  });

  it('stays text in tooltips', async () => {
    const rows = (await workbench.view('Cases')).locator('.monaco-list-row .label-name');
    const hover = workbench.page.locator('.monaco-hover:visible');
    for (const text of corpus.filter(one => /^\[click|^<a|^<img|\$\(|^!/.test(one))) {
      const row = rows.getByText(shownLine(text), { exact: true }).first();
      await eventually(async () => {
        await workbench.page.mouse.move(1000, 600);
        await row.hover();
        await hover
          .filter({ hasText: shownLine(text).slice(0, 40) })
          .first()
          .waitFor({ timeout: 1_000 });
      });
      assert.equal(await hover.locator('a, img, svg, iframe, .codicon').count(), 0, text);
    }
  });

  it('stays text on the page of a draft: code places, files, the board', async () => {
    await (await workbench.row('Cases', 'Drafts and unsent')).waitFor();
    await (await workbench.view('Cases')).locator('.monaco-list-row[aria-label*=", Draft"]').first().click();
    await workbench.page.locator('.tab.active', { hasText: 'New case' }).waitFor();
    const frame = await activePage();
    await frame.getByLabel('Service').first().fill('Exchange Online');
    await frame.getByText('40 things that may be this are known already').waitFor();
    await pageStaysText(frame, corpus.slice(-20));
  });

  it('stays text while it is typed, in the form, its tab and its row', async () => {
    await workbench.page.setViewportSize(usual);
    const frame = await activePage();
    for (const text of corpus) {
      for (const label of ['Title', 'Description', 'How support reaches you']) {
        await frame.getByRole('textbox', { name: label }).fill(text);
      }
    }
    assert.deepEqual(await strangers(frame), []);
    for (const text of corpus.filter(one => forbidden.test(one) || one.includes('$('))) {
      await frame.getByRole('textbox', { name: 'Title' }).fill(text);
      const tab = workbench.page.locator('.tab.active .label-name');
      await tab
        .filter({ hasText: /^New case: \S+ ?/ })
        .filter({ hasText: shownLine(text).slice(0, 3) })
        .waitFor();
      assert.doesNotMatch(await tab.innerText(), forbidden);
      assert.equal(await tab.locator('.codicon, a').count(), 0);
    }
    await workbench.page.setViewportSize(high);
  });

  it('stays text on the page of a case: facts, timeline, files, code places', async () => {
    const frame = await openCarrier();
    await pageStaysText(frame, corpus);
    await workbench.screenshot('hostile-case');
    await frame.evaluate('document.querySelectorAll("bdi, .typed").forEach(one => one.click())');
  });

  for (const [command, rows] of [
    ['Open case', '#40'],
    ['Record incident', 'Another service…'],
    ['Post to incident', '#1'],
  ] as const) {
    it(`stays text in the list of “${command}”`, async () => {
      await workbench.command(`Casebook: ${command}`);
      const list = workbench.page.locator('.quick-input-list');
      await list.getByText(rows).first().waitFor();
      for (let screen = 0; screen < 4; screen++) {
        assert.deepEqual(await becameMore(workbench.page, labels), []);
        await workbench.page.keyboard.press('PageDown');
      }
      await workbench.page.keyboard.press('Escape');
      await list.waitFor({ state: 'hidden' });
    });
  }

  it('stays text in a prompt and its value', async () => {
    await workbench.page.setViewportSize(usual);
    await workbench.command('Casebook: Filter cases');
    const input = workbench.page.locator('.quick-input-widget');
    for (const text of corpus.slice(0, 3)) await input.locator('input.input').fill(text);
    assert.equal(await input.locator('.quick-input-message a, .quick-input-title a').count(), 0);
    await workbench.inputBox(corpus[0] ?? '');
    await input.locator('.quick-input-list .monaco-list-row').first().waitFor();
    // The page of a case can take the keyboard back between two questions.
    await input.locator('input.input').press('Enter');
    const message = (await workbench.view('Cases')).locator('.message');
    await message.getByText('Filter: “[click](command:').waitFor();
    assert.equal(await message.locator('a, img, .codicon').count(), 0);
    await workbench.command('Casebook: Clear filter');
    await message.waitFor({ state: 'hidden' });
  });

  for (const name of ['[click](command:workbench.action.terminal.new)', '$(bug) <img src=x> [a](https:evil.test)']) {
    it(`makes no link of a sentence that quotes a file named ${name}`, async () => {
      const path = join(workbench.workspace, name);
      await writeFile(join(workbench.workspace, 'real.txt'), 'real');
      await symlink(join(workbench.workspace, 'real.txt'), path);
      await openCarrier();
      await workbench.command('Casebook: Add files');
      await workbench.pickFile(path);
      const toast = workbench.toast('is a link to another file');
      await toast.waitFor();
      assert.equal(await toast.locator('.notification-list-item-message').locator('a, img, .codicon').count(), 0);
      await workbench.page.keyboard.press('Escape');
      await workbench.command('Notifications: Clear All Notifications');
    });
  }

  it('makes no link of a question that quotes a draft', async () => {
    await makeDraft(storageOf(workbench), { title: `${corpus[0] ?? ''} $(bug) modal` });
    await workbench.command('Casebook: Discard draft');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'modal' }).click();
    const dialog = workbench.dialog();
    await dialog.getByText('modal').waitFor();
    assert.equal(await dialog.locator('.dialog-message-container').locator('a, img, .codicon-bug').count(), 0);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('has one icon of ours in the status bar', async () => {
    const item = workbench.page.locator('.statusbar-item[id="casebook.casebook.casebook.cases"]');
    assert.deepEqual([await item.locator('.codicon').count(), await item.locator('.codicon-inbox').count()], [1, 1]);
  });

  it('stays text in exported Markdown, shown by a Markdown reader', async () => {
    await openCarrier();
    await workbench.command('Casebook: Copy as Markdown');
    await workbench.toast('is on the clipboard').waitFor();
    const markdown = await workbench.page.evaluate<string>('navigator.clipboard.readText()');
    assert.match(markdown, /Timeline/);
    assert.doesNotMatch(markdown.replaceAll('\n', ''), forbidden);
    const folder = join(workbench.workspace, 'exported');
    await mkdir(folder);
    await writeFile(join(folder, 'case.md'), markdown);
    await workbench.page.keyboard.press('Control+P');
    await workbench.page.locator('.quick-input-widget input.input').fill('exported/case.md');
    await workbench.quickPick('case.md');
    await workbench.page.locator('.tab.active', { hasText: 'case.md' }).waitFor();
    await workbench.command('Markdown: Open Preview');
    await workbench.page.locator('.tab.active', { hasText: 'Preview case.md' }).waitFor();
    const frame = await activePage();
    await frame.getByRole('heading', { name: 'Timeline' }).waitFor();
    const made = await frame.evaluate<string[]>(`
      [...document.body.querySelectorAll('a[href], img, svg, iframe, form, input, table, video, details, em')]
        .filter(element => !element.closest('#code-csp-warning, .skipped-content, button'))
        .map(element => element.outerHTML.slice(0, 200))`);
    assert.deepEqual(made, []);
    await workbench.screenshot('hostile-markdown');
  });

  it('ran nothing, opened nothing and asked nobody', async () => {
    assert.equal(await scriptRan(workbench.page), false);
    assert.deepEqual(requests, []);
    assert.deepEqual(trap.asked, []);
    assert.equal(await workbench.page.locator('.terminal-wrapper, .part.panel:visible').count(), 0);
  });
});
