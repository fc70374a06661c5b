import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Frame } from 'playwright-core';
import { storageOf } from '../support/storage.ts';
import { axe, eventually, openWorkbench, told, type Workbench } from '../support/workbench.ts';

const title = 'Mail arrives late';

/** What is read of the document inside a page; the tests are compiled without the types of a browser. */
declare const document: {
  querySelector(selector: string): { getAttribute(name: string): string | null } | null;
  readonly activeElement: { readonly id: string; readonly className: string } | null;
  readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number };
};

/** What somebody writes in a note, and what stands on the page. Text stays text wherever no row says otherwise. */
const notes: readonly (readonly [name: string, written: string, shown: string])[] = [
  ['nested emphasis', 'a **b *c* d** e', '<p>a <strong>b <em>c</em> d</strong> e</p>'],
  ['emphasis around strong', '*a **b** c*', '<p><em>a <strong>b</strong> c</em></p>'],
  ['unclosed markers', '**a *b `c', '<p>**a *b `c</p>'],
  ['stars as signs', '2 * 3 * 4, a*b*c, f**g**h, * x*', '<p>2 * 3 * 4, a*b*c, f**g**h, * x*</p>'],
  ['underscores of names', '__proto__ window.__x=1;top.__x _a_', '<p>__proto__ window.__x=1;top.__x _a_</p>'],
  ['code with stars', '`a **b** *c*` **d**', '<p><code>a **b** *c*</code> <strong>d</strong></p>'],
  ['bullets', '- a\n* **b**\n+ c', '<ul><li>a</li><li><strong>b</strong></li><li>c</li></ul>'],
  ['numbers', '3. a\n4. b', '<ol><li>a</li><li>b</li></ol>'],
  ['a quote', '> a\n> *b*\n\nc', '<blockquote><p>a\n<em>b</em></p></blockquote><p>c</p>'],
  ['a fence', '```ps\nGet-X **a**\n\n# b\n```\nc', '<pre>Get-X **a**\n\n# b</pre><p>c</p>'],
  ['an unclosed fence', '~~~\n<b>\n```', '<pre>&lt;b&gt;\n```</pre>'],
  [
    'an address',
    '[a](https://evil.test) https://evil.test <https://evil.test>',
    '<p>[a](https://evil.test) https://evil.test &lt;https://evil.test&gt;</p>',
  ],
  ['a picture', '![a](https://evil.test/a.png)<img src=x>', '<p>![a](https://evil.test/a.png)&lt;img src=x&gt;</p>'],
];

const focusIn = (frame: Frame) => frame.evaluate(() => document.activeElement?.id ?? '');
const valueOf = (frame: Frame, id: string) => frame.locator(`#${id}`).inputValue();

async function noViolations(frame: Frame): Promise<void> {
  assert.deepEqual(await axe(frame), []);
}

describe('the pages', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
    await workbench.command('Casebook: New case');
  });
  after(() => workbench.close());

  /** The page of the tab whose title begins like this, once it shows something. */
  async function page(tab: string): Promise<Frame> {
    return eventually(async () => {
      const frame = await workbench.pageFrame(tab);
      await frame.locator('h1').waitFor({ timeout: 2_000 });
      return frame;
    });
  }

  /** The page of a tab that the editor will bring back after a reload. */
  async function keptPage(tab: string): Promise<Frame> {
    await eventually(async () => {
      const stored = await workbench.stored('memento/workbench.parts.editor');
      assert.ok(stored.includes(tab));
    });
    return page(tab);
  }

  it('New case says who may file and what is missing, and leads there', async () => {
    const frame = await page('New case');
    await frame.getByText('You can file here.').waitFor();
    await frame.locator('#title').focus();
    await workbench.page.keyboard.press('Control+Enter');
    await frame.locator('.summary').waitFor();
    await eventually(async () => {
      assert.match(await frame.evaluate(() => document.activeElement?.className ?? ''), /summary/);
    });
    assert.deepEqual(await frame.locator('.summary li').allInnerTexts(), [
      'Title: Fill in this field.',
      'Description: Fill in this field.',
      'How support reaches you: Needed for this severity.',
    ]);
    await frame.locator('.summary button').nth(1).click();
    assert.equal(await focusIn(frame), 'text');
    await noViolations(frame);
    await workbench.screenshot('new-case-problems');
  });

  it('New case shows the target while it is written, in two zones with its reading', async () => {
    const frame = await page('New case');
    await frame.locator('#title').fill(title);
    await frame.locator('input[name=severity][value=B]').check();
    await frame.locator('.target[data-state=preview]').waitFor();
    const target = await frame.locator('.target').innerText();
    assert.match(target, /China Standard Time/);
    assert.match(target, /Monday to Friday/);
    await frame.locator('.saved', { hasText: /^Saved \d\d:\d\d$/ }).waitFor();
    await noViolations(frame);
  });

  const handed: readonly (readonly [event: string, init: string, name: string, kept: string])[] = [
    ['paste', 'new ClipboardEvent("paste", { clipboardData: data, ...how })', '../../shot.png', '_.._shot.png'],
    ['drop', 'new DragEvent("drop", { dataTransfer: data, ...how })', 'trace:1.log', 'trace_1.log'],
  ];
  for (const [event, init, name, kept] of handed) {
    it(`New case keeps what comes by ${event} as a file of its own, its name as a name only`, async () => {
      const frame = await page(`New case: ${title}`);
      await frame.evaluate(`{
        const how = { bubbles: true, cancelable: true };
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array([1, 2, 3, 4])], ${JSON.stringify(name)}));
        document.dispatchEvent(${init});
      }`);
      const row = frame.locator(`[data-file="${kept}"]`);
      await row.waitFor();
      const folder = join(storageOf(workbench), 'pasted');
      const found = (await readdir(folder, { recursive: true })).filter(path => path.endsWith(kept));
      assert.equal(found.length, 1);
      assert.deepEqual([...(await readFile(join(folder, found[0] ?? '')))], [1, 2, 3, 4]);
      await row.getByRole('button').click();
      await row.waitFor({ state: 'detached' });
    });
  }

  it('New case keeps every key when the window is reloaded as soon as the page has told it', async () => {
    const before = await keptPage(`New case: ${title}`);
    await before.locator('#text').click();
    await workbench.page.keyboard.type('Since Friday all mail is two hours late.', { delay: 5 });
    await told(before);
    await workbench.reload();
    const frame = await page(`New case: ${title}`);
    assert.equal(await valueOf(frame, 'text'), 'Since Friday all mail is two hours late.');
    assert.equal(await valueOf(frame, 'title'), title);
    assert.equal(await frame.locator('input[name=severity][value=B]').isChecked(), true);
  });

  it('New case keeps its text and its place while another tab is in front', async () => {
    const before = await page(`New case: ${title}`);
    await before.locator('#text').click();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type(' Really.');
    await workbench.command('File: New Untitled Text File');
    const frame = await page(`New case: ${title}`);
    assert.match(await valueOf(frame, 'text'), /Really\.$/);
    await eventually(async () => assert.equal(await focusIn(frame), 'text'));
  });

  it('Files the case and shows it', async () => {
    const frame = await page(`New case: ${title}`);
    await frame.locator('#contact').fill('+358 40 123 4567');
    await frame.getByRole('button', { name: 'File case' }).click();
    const filed = await page(`Case 1: ${title}`);
    await filed.getByText('Case filed').waitFor();
    assert.equal(await filed.locator('h1').innerText(), title);
    assert.match(await filed.locator('.target').innerText(), /left/);
    await noViolations(filed);
    await workbench.screenshot('case');
  });

  it('Case keeps an unsent note over a reload, and adds it to the timeline', async () => {
    const before = await keptPage(`Case 1: ${title}`);
    await before.locator('#note').click();
    await workbench.page.keyboard.type('The trace shows a delay at the connector.', { delay: 5 });
    await told(before);
    await workbench.reload();
    const frame = await page(`Case 1: ${title}`);
    // What was typed less than 300 ms before the reload may be lost, nothing else.
    const kept = await valueOf(frame, 'note');
    assert.ok(kept.length > 0 && 'The trace shows a delay at the connector.'.startsWith(kept), kept);
    await frame.locator('#note').fill('The trace shows a delay at the connector.');
    await frame.locator('#note').press('Control+Enter');
    await frame.locator('.event', { hasText: 'The trace shows a delay' }).waitFor();
    await eventually(async () => assert.equal(await valueOf(frame, 'note'), ''));
    assert.equal(await focusIn(frame), 'note');
  });

  it('Case stays where it is when it changes elsewhere, with typed text and focus', async () => {
    const frame = await page(`Case 1: ${title}`);
    await frame.locator('#note').fill('half a sen');
    await frame.getByRole('button', { name: 'Record a question from support…' }).click();
    await workbench.inputBox('Which mailbox is it?');
    await frame.getByRole('button', { name: 'Send answer' }).waitFor();
    assert.equal(await valueOf(frame, 'note'), 'half a sen');
    assert.match(await frame.locator('.question').innerText(), /Which mailbox is it\?/);
    await noViolations(frame);
    await workbench.screenshot('case-action-required');
    // What is for the team alone is no answer, by no way.
    const answer = frame.getByRole('button', { name: 'Send answer' });
    await frame.locator('#team-only').check();
    assert.equal(await answer.isDisabled(), true);
    await frame.locator('#note').fill('We guess');
    await frame.locator('#note').press('Control+Enter');
    await frame.locator('.event', { hasText: 'We guess' }).filter({ hasText: 'only for the team' }).waitFor();
    await eventually(async () => assert.equal(await answer.isDisabled(), false));
    await frame.locator('#note').fill('support@contoso.example');
    await frame.getByRole('button', { name: 'Send answer' }).click();
    await frame.locator('.pill', { hasText: 'Waiting for support' }).waitFor();
  });

  it('Case has what was typed and not sent in the side bar, which leads back to it, and lets go of it', async () => {
    const row = workbench.page.locator('.part.sidebar .monaco-list-row', { hasText: 'unsent note' });
    const before = await page(`Case 1: ${title}`);
    await before.locator('#note').fill('To be sent');
    await before.locator('#team-only').check();
    await told(before);
    await workbench.openView();
    await row.filter({ hasText: 'only for the team' }).waitFor();
    assert.match(
      (await row.getAttribute('aria-label')) ?? '',
      new RegExp(`^${title}, unsent note, only for the team, saved`),
    );
    await workbench.command('View: Close All Editors');
    await row.click();
    const frame = await page(`Case 1: ${title}`);
    await eventually(async () => assert.equal(await focusIn(frame), 'note'));
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type(' later');
    await eventually(async () => assert.equal(await valueOf(frame, 'note'), 'To be sent later'));
    assert.equal(await frame.locator('#team-only').isChecked(), true);
    await workbench.screenshot('case-unsent-note');
    await row.hover();
    await row.getByRole('button', { name: 'Discard unsent' }).click();
    await workbench.dialog().getByRole('button', { name: 'Discard' }).click();
    await row.waitFor({ state: 'detached' });
    await eventually(async () => assert.equal(await valueOf(frame, 'note'), ''));
    assert.equal(await frame.locator('#team-only').isChecked(), false);
  });

  describe('a note as Markdown', () => {
    let render: string;
    before(async () => {
      const entryPoints = ['src/webview/markdown.ts'];
      const built = await build({ entryPoints, bundle: true, write: false, format: 'iife', globalName: 'made' });
      render = built.outputFiles[0]?.text ?? '';
    });
    for (const [name, written, shown] of notes) {
      it(`shows ${name}`, async () => {
        const frame = await page(`Case 1: ${title}`);
        const text = JSON.stringify(written);
        const html = await frame.evaluate<string>(
          `(() => { ${render}; return made.markdown(${text}, '').innerHTML; })()`,
        );
        assert.equal(html.replaceAll(/(<\w+)[^>]*>/g, '$1>'), shown);
      });
    }
  });

  it('Case leaves the keyboard where it went while a note was added', async () => {
    const frame = await page(`Case 1: ${title}`);
    await frame.locator('#note').fill('Short');
    await frame.evaluate(`
      const enter = { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true };
      document.querySelector('#note').dispatchEvent(new KeyboardEvent('keydown', enter));
      [...document.querySelectorAll('.toggle')].at(-1).focus();`);
    await frame.locator('.event').getByText('Short', { exact: true }).waitFor();
    await eventually(async () => assert.equal(await frame.locator('#note').inputValue(), ''));
    assert.equal(await frame.evaluate(`document.activeElement.matches('.toggle')`), true);
  });

  it('Case shows the beginning of a very long note, and the rest when it is asked for', async () => {
    const frame = await page(`Case 1: ${title}`);
    const long = `${'**word** '.repeat(11_110)}the end.`;
    await frame.locator('#note').fill(long);
    await frame.locator('#note').press('Control+Enter');
    const event = frame.locator('.event').first();
    const all = event.getByRole('button', { name: 'Show all of it' });
    await all.waitFor();
    assert.ok((await event.innerText()).length < 25_000);
    await all.press('Enter');
    await event.getByText('the end.').waitFor();
    assert.equal(await event.locator('.markdown').innerText(), long);
    assert.equal(await frame.evaluate(() => document.activeElement?.className), 'typed');
  });

  it('runs nothing but its own script', async () => {
    const frame = await page(`Case 1: ${title}`);
    const policy = await frame.evaluate(
      () => document.querySelector('meta[http-equiv=Content-Security-Policy]')?.getAttribute('content') ?? '',
    );
    assert.match(policy, /^default-src 'none'; script-src 'sha256-[^']{44}' 'sha256-[^']{44}'; style-src 'nonce-/);
    for (const wanted of ["form-action 'none'", 'base-uri https://casebook.invalid/'])
      assert.ok(policy.includes(wanted), policy);
    assert.doesNotMatch(policy, /unsafe|script-src[^;]*nonce/);
    const ran = await frame.evaluate(`{
      const script = document.createElement('script');
      script.nonce = document.querySelector('style[nonce]').nonce;
      script.text = 'globalThis.ran = true';
      document.head.append(script);
      globalThis.ran === true;
    }`);
    assert.equal(ran, false);
  });

  it('hears nobody but the frame around it', async () => {
    const frame = await page(`Case 1: ${title}`);
    const say = (text: string, from: string) =>
      frame.evaluate(`dispatchEvent(new MessageEvent('message', {
        origin: ${from}, data: { kind: 'tell', name: 'saved', params: { failed: false, text: ${JSON.stringify(text)} } },
      }))`);
    const saved = () => frame.locator('.note .saved').innerText();
    const before = await saved();
    await say('Sent from elsewhere', '"https://evil.test"');
    assert.equal(await saved(), before);
    await say('Sent by the editor', 'origin');
    assert.equal(await saved(), 'Sent by the editor');
  });

  it('needs no scrolling to the side at 320 px', async () => {
    await workbench.page.setViewportSize({ width: 420, height: 900 });
    const frame = await page(`Case 1: ${title}`);
    const over = () =>
      frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await eventually(async () => assert.equal(await over(), 0));
  });
});
