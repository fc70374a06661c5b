// The whole life of a case without a mouse: every control can be reached, seen and left, and nothing is lost on the way.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Frame } from 'playwright-core';
import { eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

const title = 'Mail to partners is late';
const caseTab = `Case 1: ${title}`;

/** Where the focus is in a page: its name, how wide it is outlined, and whether something lies over it. */
interface Place {
  readonly name: string;
  readonly ring: number;
  readonly covered: boolean;
}
const focused = `(() => {
  const on = document.activeElement;
  const { left, top, width, height } = on.getBoundingClientRect();
  const over = document.elementFromPoint(left + Math.min(width / 2, 20), top + Math.min(height / 2, 10));
  return {
    name: on.id || (on.name && on.name + ' ' + on.value) || on.getAttribute('aria-label') || on.textContent.trim().slice(0, 40),
    ring: on.matches(':focus-visible') ? parseFloat(getComputedStyle(on).outlineWidth) : 0,
    covered: on !== document.body && !on.contains(over) && !over?.contains(on) && !over?.closest('label')?.contains(on),
  };
})()`;

/** Every control that Tab should stop at, in the order in which the page is read; of radio buttons one. */
const stops = `[...document.querySelectorAll('input, textarea, select, button, summary, [tabindex="0"]')]
  .filter(one => !one.disabled && one.getClientRects().length > 0)
  .filter(one => one.type !== 'radio' || one.checked)
  .map(on => on.id || (on.name && on.name + ' ' + on.value) || on.getAttribute('aria-label') || on.textContent.trim().slice(0, 40))`;

describe('by keyboard alone', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
    // No hand is on the mouse: whatever hovered would be an accident.
    await workbench.page.mouse.move(0, 0);
  });
  after(() => workbench.close());

  const keys = async (...pressed: readonly string[]): Promise<void> => {
    for (const key of pressed) await workbench.page.keyboard.press(key);
  };
  const type = (text: string): Promise<void> => workbench.page.keyboard.type(text);
  const quickInput = () => workbench.page.locator('.quick-input-widget');

  /** Runs a command from the palette without a click. */
  async function palette(command: string): Promise<void> {
    const first = quickInput().locator('.monaco-list-row.focused .label-name');
    await eventually(async () => {
      if (await quickInput().isVisible()) await keys('Escape');
      await keys('F1');
      await quickInput().locator('input.input').waitFor({ timeout: 2_000 });
      await type(command);
      await first.getByText(command, { exact: true }).waitFor({ timeout: 2_000 });
    });
    await keys('Enter');
  }

  async function page(tab: string): Promise<Frame> {
    return eventually(async () => {
      await workbench.page.locator('.tab.active', { hasText: tab }).waitFor({ timeout: 2_000 });
      const frame = await workbench.pageFrame(tab);
      await frame.locator('h1').waitFor({ timeout: 2_000 });
      return frame;
    });
  }
  const place = (frame: Frame): Promise<Place> => frame.evaluate<Place>(focused);
  const isAt = (frame: Frame, name: string): Promise<void> =>
    eventually(async () => assert.equal((await place(frame)).name, name));

  /** Presses Tab until the focus is on this. */
  async function tabTo(frame: Frame, name: string, key = 'Tab'): Promise<void> {
    const passed: string[] = [];
    while ((await place(frame)).name !== name) {
      assert.ok(passed.length < 80, `${name} is not among ${passed.join(' | ')}`);
      await keys(key);
      passed.push((await place(frame)).name);
    }
  }

  /** Tabs from the first control to the last: all of them, in the order of reading, outlined and in sight. */
  async function walk(frame: Frame): Promise<readonly string[]> {
    const expected = await frame.evaluate<readonly string[]>(stops);
    const [first = '', last = ''] = [expected[0], expected.at(-1)];
    await tabTo(frame, first);
    const seen: Place[] = [await place(frame)];
    while (seen.at(-1)?.name !== last && seen.length <= expected.length) {
      await keys('Tab');
      seen.push(await place(frame));
    }
    assert.deepEqual(
      seen.map(({ name }) => name),
      expected,
    );
    assert.deepEqual(
      seen.filter(({ ring, covered }) => ring === 0 || covered),
      [],
    );
    return expected;
  }

  it('New case opens from the command palette and has the focus', async () => {
    await palette('Casebook: New case');
    const frame = await page('New case');
    await frame.getByText('You can file here.').waitFor();
    await eventually(async () => assert.equal(await frame.evaluate('document.hasFocus()'), true));
  });

  it('Tab goes through New case in the order of reading, always in sight, and out of it', async () => {
    const frame = await page('New case');
    const names = await walk(frame);
    assert.equal(names[0], 'profile');
    assert.equal(names.at(-1), 'File case');
    await keys('Tab');
    await eventually(async () => assert.equal(await frame.evaluate('document.hasFocus()'), false));
    await eventually(async () => {
      await keys('Shift+Tab');
      assert.equal(await frame.evaluate('document.hasFocus()'), true);
    });
  });

  it('what is missing has the focus after Ctrl+Enter, and leads to its field', async () => {
    const frame = await page('New case');
    await tabTo(frame, 'title', 'Shift+Tab');
    await keys('Control+Enter');
    const summary = frame.locator('.summary');
    await eventually(async () =>
      assert.equal(await summary.evaluate('document.activeElement.className'), 'notice stop summary'),
    );
    await keys('Tab', 'Enter');
    await isAt(frame, 'title');
    assert.equal(await frame.locator('#title').getAttribute('aria-invalid'), 'true');
    assert.match((await frame.locator('#title').getAttribute('aria-describedby')) ?? '', /\btitle-problem\b/);
  });

  it('fields are filled and the severity chosen with arrows; a status says that it is saved', async () => {
    const frame = await page('New case');
    await type(title);
    await tabTo(frame, 'text');
    await type('Since Friday all mail is two hours late. n f c ?');
    await tabTo(frame, 'severity ');
    await keys('ArrowUp');
    await isAt(frame, 'severity C');
    await keys('ArrowUp');
    await isAt(frame, 'severity B');
    await tabTo(frame, 'contact');
    await type('+358 40 123 4567');
    await frame.locator('.saved[role=status]', { hasText: /^Saved \d\d:\d\d$/ }).waitFor();
    assert.equal(await frame.locator('dialog[open]').count(), 0);
  });

  it('a question before filing that is not answered leaves the focus where it was', async () => {
    const frame = await page(`New case: ${title}`);
    await tabTo(frame, 'severity B', 'Shift+Tab');
    await keys('ArrowUp');
    await isAt(frame, 'severity A');
    await frame.locator('#severityA').waitFor();
    await tabTo(frame, 'severityA');
    await keys('Space');
    await tabTo(frame, 'impact');
    await type('Nobody can order.');
    await tabTo(frame, 'resource');
    await type('Ada, all day');
    await keys('Control+Enter');
    await workbench.dialog().waitFor();
    assert.equal(await frame.locator('.bar button.primary').getAttribute('aria-disabled'), 'true');
    await keys('Escape');
    await workbench.dialog().waitFor({ state: 'hidden' });
    await eventually(async () =>
      assert.equal(await frame.locator('.bar button.primary').getAttribute('aria-disabled'), 'false'),
    );
    await isAt(frame, 'resource');
    await tabTo(frame, 'severity A', 'Shift+Tab');
    await keys('ArrowDown');
    await isAt(frame, 'severity B');
  });

  it('Ctrl+Enter files the case, and its page has the focus', async () => {
    await keys('Control+Enter');
    const frame = await page(caseTab);
    await frame.getByText('Case filed').waitFor();
    await eventually(async () => assert.equal(await frame.evaluate('document.hasFocus()'), true));
  });

  it('Tab goes through the Case page in the order of reading, always in sight', async () => {
    await walk(await page(caseTab));
  });

  it('? opens the list of keys, Escape closes it, and the focus is where it was', async () => {
    const frame = await page(caseTab);
    const { name } = await place(frame);
    await keys('?');
    await frame.locator('dialog[open]').waitFor();
    await isAt(frame, 'Close');
    await keys('Escape');
    await frame.locator('dialog[open]').waitFor({ state: 'detached' });
    await isAt(frame, name);
  });

  it('n goes to the note, Ctrl+Enter adds it, and a status says so', async () => {
    const frame = await page(caseTab);
    await keys('n');
    await isAt(frame, 'note');
    await type('no fear of c, f and n?');
    await keys('Control+Enter');
    await frame.locator('.event', { hasText: 'no fear of c, f and n?' }).waitFor();
    await frame.locator('.note .saved[role=status]', { hasText: 'It is on the timeline.' }).waitFor();
    await isAt(frame, 'note');
    assert.equal(await frame.locator('#note').inputValue(), '');
  });

  it('an empty note is refused out loud', async () => {
    const frame = await page(caseTab);
    await keys('Control+Enter');
    await frame.locator('#note-problem[role=alert]', { hasText: 'Fill in this field.' }).waitFor();
    await isAt(frame, 'note');
  });

  it('f goes to the filters, Enter chooses one', async () => {
    const frame = await page(caseTab);
    await keys('Tab', 'f');
    await isAt(frame, 'Everything');
    await keys('Tab', 'Tab', 'Enter');
    await frame.locator('[aria-pressed=true]', { hasText: 'Files' }).waitFor();
    await frame.locator('[role=status]:visible', { hasText: /./ }).first().waitFor();
    assert.equal(await frame.locator('.event').count(), 0);
    await keys('Shift+Tab', 'Shift+Tab', 'Enter');
    assert.equal(await frame.locator('.event').count(), 2);
  });

  it('c copies the hand-off and says so', async () => {
    const frame = await page(caseTab);
    await keys('c');
    await frame.locator('[role=status]', { hasText: 'Copied.' }).waitFor();
    await eventually(async () => {
      assert.ok((await workbench.page.evaluate<string>('navigator.clipboard.readText()')).includes(title));
    });
  });

  it("the vendor's number is asked for, then taken with Enter; the focus stays in its part", async () => {
    const frame = await page(caseTab);
    await tabTo(frame, 'vendor-number', 'Shift+Tab');
    await keys('Enter');
    await frame.locator('#vendor-number[aria-invalid=true]').waitFor();
    await isAt(frame, 'vendor-number');
    await type('SR-1234');
    await keys('Enter');
    await frame.locator('.event', { hasText: 'SR-1234' }).waitFor();
    await eventually(async () => assert.equal(await frame.evaluate('document.activeElement.tagName'), 'SUMMARY'));
    await keys('c');
    await frame.locator('.told[role=status]', { hasText: 'Copied.' }).waitFor();
  });

  const row = () => workbench.page.locator('.part.sidebar .monaco-list-row.focused');
  async function toRow(label: string): Promise<void> {
    await palette('Casebook: Focus on Cases View');
    await workbench.page.locator('.part.sidebar .monaco-list-row', { hasText: label }).waitFor();
    // The row is marked before the tree has the focus; a key pressed until then goes elsewhere.
    await workbench.page.locator('.part.sidebar .monaco-list:focus').waitFor();
    await keys('Home');
    await eventually(async () => {
      if (!(await row().allInnerTexts()).some(text => text.includes(label))) await keys('ArrowDown');
      assert.match(await row().first().innerText(), new RegExp(label));
    });
  }

  it('arrows and Enter open a case from the tree, which is told with the essential first', async () => {
    await toRow(title);
    assert.match(
      (await row().first().getAttribute('aria-label')) ?? '',
      /^Mail to partners is late, Waiting for support, due .*, Severity B/,
    );
    await keys('Enter');
    // The page takes the focus when it stands; until then it could take it from the next test.
    const frame = await page(caseTab);
    await eventually(async () => assert.equal(await frame.evaluate('document.hasFocus()'), true));
  });

  it('the menu of a case opens from the tree', async () => {
    await toRow(title);
    await keys('Shift+F10');
    const menu = workbench.page.locator('.monaco-menu:visible');
    await menu.getByText('Add note').waitFor();
    await keys('ArrowDown', 'ArrowDown');
    await keys('Escape');
    await menu.waitFor({ state: 'hidden' });
  });

  it('single keys do nothing where they are turned off', async () => {
    await workbench.changeSettings({ 'casebook.singleKeys': false });
    await workbench.reload();
    await palette('View: Close All Editors');
    // A page that is still there takes the focus once it has loaded.
    for (const left of ['.tab', 'iframe.webview']) {
      await workbench.page.locator(left).first().waitFor({ state: 'detached' });
    }
    await toRow(title);
    await keys('Enter');
    const frame = await page(caseTab);
    await eventually(async () => {
      if (!(await frame.evaluate('document.hasFocus()'))) await palette('View: Focus Active Editor Group');
      assert.equal(await frame.evaluate('document.hasFocus()'), true);
    });
    await tabTo(frame, 'note');
    await keys('Tab');
    const before = await place(frame);
    await keys('n', 'f', 'c', '?');
    assert.deepEqual(await place(frame), before);
    assert.equal(await frame.locator('dialog[open]').count(), 0);
    assert.equal(await frame.locator('[role=status]', { hasText: 'Copied.' }).count(), 0);
  });

  it('a case is closed from the palette', async () => {
    // On a busy machine a page that the palette gave the focus back to takes it from the list that opens next.
    await palette('Casebook: Focus on Cases View');
    await palette('Casebook: Close case');
    await quickInput().locator('.monaco-list-row.focused', { hasText: 'Solved' }).waitFor();
    await quickInput().locator('input.input:focus').waitFor();
    await keys('Enter');
    await quickInput().getByText('Add a note for the timeline').waitFor();
    await quickInput().locator('input.input:focus').waitFor();
    await keys('Enter');
    const frame = await page(caseTab);
    await frame.locator('.pill', { hasText: 'Closed' }).waitFor();
  });
});
