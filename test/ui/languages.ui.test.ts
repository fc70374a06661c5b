// A case from its first word to its end in every language Casebook speaks, in the words of that language's own table.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'mocha';
import type { Frame } from 'playwright-core';
import * as z from 'zod/mini';
import { tabTitle, titlePart } from '../../src/forms/tabTitle.ts';
import { isolatedPart } from '../../src/strings/bidi.ts';
import { createStrings, languages, type Key, type Strings } from '../../src/strings/strings.ts';
import { textsCut } from '../support/seen.ts';
import { fresh, openDesk, storageOf, valueOf } from '../support/storage.ts';
import { eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

const Texts = z.record(z.string(), z.string());
const number = '24-0077/B';
const marks = /[\u2066-\u2069]/;

let workbench: Workbench;
before(async () => {
  workbench = await openWorkbench();
  await workbench.openView();
});
after(() => workbench.close());

// In English the story is told by life.story.ui.test.ts.
for (const [index, language] of languages.filter(one => one !== 'en').entries()) {
  describe(`a case in the language ${language}`, () => {
    let strings: Strings;
    let title: string;
    before(async () => {
      const table = z.parse(Texts, JSON.parse(await readFile(`l10n/${language}.json`, 'utf8')));
      strings = createStrings(language, table);
      title = strings.t('practice.sample.sound.title');
      const rows = (await workbench.view('Service health')).getByText(say('view.health.noneRecorded'));
      await eventually(async () => {
        // Right after a window opened, the editor may miss that a file changed: it is written until it is read.
        await workbench.changeWorkspace({ 'casebook.language': language });
        await rows.first().waitFor({ timeout: 3_000 });
      });
    });
    after(() => workbench.command('View: Close All Editors'));

    /** A sentence without placeholders, in the language. */
    const say = (key: Key): string => strings.lookup(key) ?? key;
    const form = (): Promise<Frame> =>
      workbench.pageFrame(tabTitle(strings.t('page.new.tab', { title: titlePart(title, strings) }), strings, false));
    const page = (): Promise<Frame> =>
      workbench.pageFrame(
        tabTitle(strings.t('page.case.tab', { number: index + 1, title: titlePart(title, strings) }), strings, false),
      );
    const press = async (frame: Frame, key: Key): Promise<void> =>
      frame
        .getByRole('button', { name: say(key), exact: true })
        .first()
        .click();
    const copied = (): Promise<string> => workbench.page.evaluate<string>('navigator.clipboard.readText()');
    async function readsAsIts(frame: Frame): Promise<void> {
      assert.deepEqual(await frame.evaluate('[document.documentElement.lang, document.documentElement.dir]'), [
        language,
        language === 'he' ? 'rtl' : 'ltr',
      ]);
      assert.deepEqual(await textsCut(frame), []);
    }

    it('is written and filed', async () => {
      await workbench.command('Casebook: New case');
      const blank = await workbench.pageFrame(tabTitle(say('page.new.heading'), strings, false));
      await blank.getByLabel(say('field.title'), { exact: true }).fill(title);
      const frame = await form();
      await frame.getByLabel(say('field.text'), { exact: true }).fill(say('practice.sample.sound.text'));
      await frame.getByRole('radio', { name: say('severity.B') }).check();
      await frame.getByLabel(say('field.contact'), { exact: true }).fill(say('practice.sample.contact'));
      await readsAsIts(frame);
      await workbench.screenshot(`language-${language}-1-form`);
      await press(frame, 'page.new.file');
      await (await page()).getByRole('heading', { name: title, level: 1 }).waitFor();
    });

    it('is handed over with steps and a finished text, which can be copied', async () => {
      const frame = await page();
      const section = frame.locator('section', { has: frame.locator('#handOff') });
      await section.getByRole('heading', { name: say('page.handOff.heading') }).waitFor();
      assert.deepEqual(await section.locator('.way').first().locator('.steps li').allInnerTexts(), [
        say('handoff.step.openAdminCenter'),
        say('handoff.step.newServiceRequest'),
      ]);
      const text = await section.locator('.paste').innerText();
      for (const part of [title, say('practice.sample.sound.text'), `${say('field.contact')}: `]) {
        assert.ok(text.includes(part), text);
      }
      const dialled = section.locator('.paste bdi[dir=ltr]');
      assert.match(await dialled.innerText(), /^\+[\d ]+$/);
      await readsAsIts(frame);
      await workbench.screenshot(`language-${language}-2-handoff`);
      await press(frame, 'page.handOff.copyAll');
      await section.getByText(say('page.handOff.copied'), { exact: true }).waitFor();
      const whole = await copied();
      assert.ok(whole.includes(title), whole);
      assert.doesNotMatch(whole, marks);
    });

    it("takes the vendor's number", async () => {
      const frame = await page();
      await frame.getByLabel(say('page.handOff.number'), { exact: true }).fill(number);
      await press(frame, 'page.handOff.saveNumber');
      await frame.locator('.facts').getByText(number, { exact: true }).waitFor();
      await frame.getByLabel(say('page.handOff.number'), { exact: true }).waitFor({ state: 'hidden' });
    });

    it('takes a note, and offers it to be pasted where support reads it', async () => {
      const frame = await page();
      const note = say('practice.sample.sound.answer');
      await frame.getByRole('textbox', { name: say('page.case.note') }).fill(note);
      await press(frame, 'page.case.addNote');
      await frame.locator('.timeline').getByText(note).waitFor();
      await frame.getByText(say('page.case.toPaste')).waitFor();
      await press(frame, 'page.case.copyForSupport');
      await eventually(async () => {
        const text = await copied();
        assert.ok(text.includes(number) && text.includes(note), text);
      });
    });

    it('answers what support asks', async () => {
      const desk = await openDesk(storageOf(workbench), 'Ada');
      const { items } = valueOf(await desk.list({}, { limit: 1 }));
      const [filed] = items;
      assert.ok(filed);
      const ask = { kind: 'requestInformation', text: say('practice.sample.sound.question') } as const;
      valueOf(await desk.act(filed.id, ask, { ...fresh(), revision: filed.revision }));
      desk.close();
      const frame = await page();
      await frame.locator('.pill', { hasText: say('status.actionRequired') }).waitFor();
      await frame.locator('.question').getByText(say('practice.sample.sound.question')).waitFor();
      await workbench.screenshot(`language-${language}-3-question`);
      const answer = say('practice.sample.password.text');
      await frame.getByRole('textbox', { name: say('page.case.answer') }).fill(answer);
      await press(frame, 'page.case.sendAnswer');
      await frame.locator('.timeline').getByText(answer).waitFor();
      await frame.locator('.pill', { hasText: say('status.waitingForSupport') }).waitFor();
    });

    it('is closed with a reason', async () => {
      const frame = await page();
      await press(frame, 'page.run.close');
      await workbench.quickPick(isolatedPart(say('reason.solved')));
      await workbench.inputBox(say('practice.sample.slow.then'));
      await frame.locator('.pill', { hasText: say('status.closed') }).waitFor();
      await frame.locator('.timeline').getByText(say('practice.sample.slow.then')).waitFor();
      await readsAsIts(frame);
      await frame.locator('.timeline').scrollIntoViewIfNeeded();
      await workbench.screenshot(`language-${language}-4-closed`);
      assert.deepEqual(await workbench.notifications(), []);
    });
  });
}
