// Two windows on one desk, and extension hosts that die: no text is lost, nothing is written over, nothing is filed twice.
import { strict as assert } from 'node:assert';
import { after, before, describe, it } from 'mocha';
import type { Frame } from 'playwright-core';
import { casesOn, draftsOn, keepDrafts, openDesk, storageOf } from '../support/storage.ts';
import { eventually, openWorkbench, told, type Workbench } from '../support/workbench.ts';

/** How much typing a crash may cost. */
const lostMs = 300;
/** How long a key stays down: twice as fast as the fastest typist. Faster, it is the editor that falls behind. */
const keyMs = 25;
/** How soon another window shows a change; the poll is one second, the rest is for showing it. */
const seenMs = 2_000;

describe('windows', () => {
  let one: Workbench;
  let storage: string;
  before(async () => {
    one = await openWorkbench();
    storage = storageOf(one);
    (await openDesk(storage)).close();
    await one.openView();
  });
  after(async () => one.close());

  const titles = async (): Promise<string[]> => (await draftsOn(storage)).map(({ title }) => title);
  const labels = async (window: Workbench): Promise<string[]> =>
    (await window.tree('Cases')).flatMap(({ children }) => children.map(({ label }) => label));
  const start = async (window: Workbench): Promise<Frame> => {
    await window.command('Casebook: New case');
    const form = await window.pageFrame('New case');
    await form.getByLabel('Title').waitFor();
    return form;
  };
  const fill = async (form: Frame, title: string): Promise<void> => {
    await form.getByLabel('Title').fill(title);
    await form.getByLabel('Description').fill('It happens.');
    await form.getByLabel('How support reaches you').fill('+420 555 0100');
  };
  /** Types key by key and remembers when each was pressed. */
  async function type(window: Workbench, form: Frame, text: string, until: () => boolean): Promise<number[]> {
    await form.getByLabel('Title').focus();
    const pressed: number[] = [];
    for (const key of text) {
      await window.page.keyboard.press(key, { delay: keyMs });
      pressed.push(performance.now());
      if (until()) break;
    }
    return pressed;
  }
  /** More than anybody types until a window dies. */
  const text = 'abcdefghijklmnopqrstuvwxyz'.repeat(9);

  /** The page of a draft, whether it came back by itself or is opened by its row. */
  async function openDraft(title: string): Promise<Frame> {
    await (await one.row('Cases', title)).click();
    const form = await one.pageFrame(`New case: ${title.slice(0, 50).trim()}`);
    await eventually(async () => assert.equal(await form.getByLabel('Title').inputValue(), title));
    return form;
  }

  /** The draft as it came through, and how much typing before `end` is not in it. */
  async function cameThrough(pressed: readonly number[], end: number): Promise<Frame> {
    await one.reload();
    await one.command('Casebook: Focus on Cases View');
    await eventually(async () => assert.equal((await labels(one)).length, 1));
    const [kept = '', ...others] = await titles();
    assert.deepEqual(others, []);
    assert.ok(text.startsWith(kept));
    const lost = Math.round(end - (pressed[kept.length] ?? end));
    assert.ok(lost <= lostMs, `${String(lost)} ms of typing are lost.`);
    return openDraft(kept);
  }

  it('keeps what was typed before a reload, and brings the page back with it', async () => {
    const page = await start(one);
    const pressed = await type(one, page, text.slice(0, 26), () => false);
    await told(page);
    const form = await cameThrough(pressed, performance.now());
    await form.getByRole('button', { name: 'Discard draft' }).click();
    await one.dialog().getByRole('button', { name: 'Discard draft' }).click();
    await eventually(async () => assert.deepEqual(await titles(), []));
  });

  it(`loses at most ${String(lostMs)} ms of typing when the extension host is killed`, async () => {
    const form = await start(one);
    let killedAt = 0;
    let killing: Promise<void> | undefined;
    const begun = performance.now();
    // Of what was typed within the bound nothing need be left, and then there would be no page to look at.
    const pressed = await type(one, form, text, () => {
      if (!killing && performance.now() - begun > 2 * lostMs) {
        killing = one.killExtensionHost().then(() => {
          killedAt = performance.now();
        });
      }
      return killedAt > 0;
    });
    await killing;
    assert.ok(killedAt > 0);
    await cameThrough(pressed, killedAt);
  });

  it('files exactly one case when the extension host is killed as soon as it is on disk', async () => {
    const again = await openDraft((await titles())[0] ?? '');
    await fill(again, 'Filed once');
    await eventually(async () => assert.deepEqual(await titles(), ['Filed once']));
    await again.getByRole('button', { name: 'File case' }).click();
    await eventually(() => assert.equal(casesOn(storage), 1));
    await one.killExtensionHost();
    await one.reload();
    await one.command('Casebook: Focus on Cases View');
    await fileWhatIsLeft('Filed once');
    assert.equal(casesOn(storage), 1);
  });

  it('files exactly one case when the extension host is killed right after the click', async () => {
    const form = await start(one);
    await fill(form, 'Filed at last');
    await eventually(async () => assert.deepEqual(await titles(), ['Filed at last']));
    await form.getByRole('button', { name: 'File case' }).click({ noWaitAfter: true });
    await one.killExtensionHost();
    assert.ok(casesOn(storage) === 2 || (await titles()).length === 1, 'It is filed or it is a draft, never neither.');
    await one.reload();
    await one.command('Casebook: Focus on Cases View');
    await fileWhatIsLeft('Filed at last');
    assert.equal(casesOn(storage), 2);
  });

  it('ends a draft that was filed already when the extension host died before it could', async () => {
    const form = await start(one);
    await fill(form, 'Filed and left behind');
    await eventually(async () => assert.deepEqual(await titles(), ['Filed and left behind']));
    const putBack = await keepDrafts(storage);
    await form.getByRole('button', { name: 'File case' }).click();
    await eventually(async () => assert.deepEqual(await titles(), []));
    await one.killExtensionHost();
    await putBack();
    assert.deepEqual(await titles(), ['Filed and left behind']);
    await one.reload();
    await one.command('Casebook: Focus on Cases View');
    await eventually(async () => assert.ok((await labels(one)).includes('Filed and left behind')));
    assert.equal((await labels(one)).filter(label => label === 'Filed and left behind').length, 1);
    assert.deepEqual(await titles(), []);
    assert.equal(casesOn(storage), 3);
  });

  /** A draft that outlived the crash is filed as a person would: again. */
  async function fileWhatIsLeft(title: string): Promise<void> {
    await eventually(async () => assert.ok((await labels(one)).includes(title)));
    if ((await titles()).includes(title)) {
      const form = await openDraft(title);
      await form.getByRole('button', { name: 'File case' }).click();
    }
    await eventually(async () => assert.deepEqual(await titles(), []));
    await eventually(async () => assert.equal((await labels(one)).filter(label => label === title).length, 1));
  }

  describe('side by side', () => {
    let two: Workbench;
    before(async () => {
      two = await openWorkbench({ freshProfile: false });
      await two.command('Casebook: Focus on Cases View');
      await eventually(async () => assert.ok((await labels(two)).includes('Filed once')));
    });
    after(async () => two.close());

    /** Waits until the other window shows it by itself, and says how long that took. */
    async function seen(look: () => Promise<void>): Promise<void> {
      const from = performance.now();
      await eventually(look);
      const took = Math.round(performance.now() - from);
      assert.ok(took <= seenMs, `It took ${String(took)} ms.`);
    }

    it('shows a case filed in one in the other', async () => {
      const form = await start(one);
      await fill(form, 'Seen in both');
      await form.getByRole('button', { name: 'File case' }).click();
      await eventually(() => assert.equal(casesOn(storage), 4));
      await seen(async () => assert.ok((await labels(two)).includes('Seen in both')));
    });

    it('shows a case closed in one as closed in the other', async () => {
      const open = async (): Promise<boolean> => (await labels(two)).includes('Seen in both');
      assert.ok(await open());
      await one.pageFrame('Case 4: Seen in both');
      await one.command('Casebook: Close case');
      await one.quickPick('Help is no longer needed');
      await one.inputBox('');
      await seen(async () => assert.equal(await open(), false));
      await two.row('Cases', 'Closed recently').then(row => row.waitFor());
    });

    it('does not write over a draft that is open in both: both texts survive', async () => {
      const mine = await start(one);
      await mine.getByLabel('Title').fill('Shared');
      await (await two.row('Cases', 'Shared')).click();
      const theirs = await two.pageFrame('New case: Shared');
      await eventually(async () => assert.equal(await theirs.getByLabel('Title').inputValue(), 'Shared'));

      await mine.getByLabel('Description').fill('Words of the first window.');
      await theirs.getByText('This draft was changed in another window.').first().waitFor();
      await theirs.getByLabel('Description').fill('Words of the second window.');
      await two.screenshot('windows-conflict');
      const texts = async (): Promise<string[]> => (await draftsOn(storage)).map(({ text: said }) => said).sort();
      assert.deepEqual(await texts(), ['Words of the first window.']);
      await theirs.getByRole('button', { name: 'Show the other text' }).waitFor();

      await theirs.getByRole('button', { name: 'Keep mine as a new draft' }).click();
      await eventually(async () =>
        assert.deepEqual(await texts(), ['Words of the first window.', 'Words of the second window.']),
      );
      assert.equal(await mine.getByLabel('Description').inputValue(), 'Words of the first window.');
      await theirs.getByRole('button', { name: 'Keep mine as a new draft' }).waitFor({ state: 'hidden' });
    });

    it('shows the other text to who asks for it', async () => {
      const mine = await one.pageFrame('New case: Shared');
      await mine.getByLabel('Title').fill('Shared again');
      await (await two.row('Cases', 'Shared again')).click();
      const theirs = await two.pageFrame('New case: Shared again');
      await theirs.getByLabel('Description').fill('Written last.');
      await mine.getByRole('button', { name: 'Show the other text' }).click();
      await eventually(async () => assert.equal(await mine.getByLabel('Description').inputValue(), 'Written last.'));
      await mine.getByLabel('Description').fill('Written after that.');
      await eventually(async () =>
        assert.ok((await draftsOn(storage)).some(({ text: said }) => said === 'Written after that.')),
      );
    });

    it('keeps what is typed while the windows disagree, even over a reload', async () => {
      const theirs = await two.pageFrame('New case: Shared again');
      await theirs.getByText('This draft was changed in another window.').first().waitFor();
      await theirs.getByLabel('Description').fill('Typed in doubt.');
      await told(theirs);
      await two.reload();
      await eventually(async () =>
        assert.ok(
          (await draftsOn(storage)).some(({ text: said }) => said === 'Typed in doubt.'),
          'It is lost.',
        ),
      );
    });
  });
});
