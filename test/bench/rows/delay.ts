// How long the extension host keeps others waiting while a person works: activate, open the tree, page through it, file
// cases. An idle host, measured in turns with it, shows what the machine itself does meanwhile.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Editor, EditorWindow } from '../support/editor.ts';
import { ms, type Bench, type Figure } from '../support/figure.ts';
import type { Delays } from '../support/host.ts';
import { keys } from '../support/profile.ts';
import { median, takeTurns } from '../support/turns.ts';
import { casesTree, openTree } from './tree.ts';

const mostP99 = 20;
const mostTask = 50;
const morePages = 5;
const casesFiled = 3;

export async function delay({ runs = 5, selfCheck, profiles }: Bench, editor: Editor): Promise<Figure[]> {
  if (selfCheck) return [];
  let lasted = 0;
  const idle = () => pause(lasted || 10_000);
  const measure = (work: (window: EditorWindow) => Promise<unknown>) =>
    editor.inWindow(async window => {
      if (profiles !== undefined) await window.host.startProfile();
      await window.host.startDelays();
      const begin = performance.now();
      await work(window);
      lasted = performance.now() - begin;
      const delays = await window.host.stopDelays();
      if (profiles !== undefined) await window.host.stopProfile(join(profiles, `${work.name}.cpuprofile`));
      return delays;
    });
  const turns = await takeTurns(
    runs,
    () => measure(idle),
    () => measure(workADay),
  );
  const figure = (what: string, pick: (one: Delays) => number, most?: number): Figure => {
    const samples = { floor: turns.floor.map(pick), subject: turns.subject.map(pick) };
    const [floor, casebook] = [median(samples.floor), median(samples.subject)];
    const budget = most !== undefined && { budget: `< ${ms(most)} more`, ok: casebook - floor < most };
    return { what, floor: ms(floor), casebook: ms(casebook), ...budget, samples };
  };
  return [
    figure('event loop delay, 99 of 100 below (floor: idle host)', one => one.p99, mostP99),
    figure('… the longest', one => one.max),
    figure('… longest time on a processor at a stretch', one => one.stretches[0]?.processorMs ?? 0, mostTask),
  ];
}

async function workADay(window: EditorWindow): Promise<void> {
  const { host, page } = window;
  await host.activate(casesTree.extension);
  await openTree(window, casesTree);
  for (let shown = 0; shown < morePages; shown++) await host.execute('casebook.showMore', { group: 'status:needsYou' });
  for (let filed = 0; filed < casesFiled; filed++) {
    const painted = window.nextPaint();
    await page.keyboard.press(keys.newCase);
    await painted;
    await fileCase(page);
    await host.execute('workbench.action.closeAllEditors');
  }
}

/** Fills in the open New case page and files it. */
async function fileCase(page: Page): Promise<void> {
  const form = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await form.locator('#title').pressSequentially('The shared calendar is empty');
  await form.locator('#text').fill('Since this morning, for everybody. A restart did not help.');
  await form.locator('#contact').fill('team@example.com');
  await form.locator('#title').press('Control+Enter');
  await form.getByRole('heading', { level: 1, name: 'The shared calendar is empty' }).waitFor();
}
