// How soon the side bar shows cases when there are 10,000 of them, against a flat tree of 10,000 bare items.
import type { Editor, EditorWindow } from '../support/editor.ts';
import { compare, ms, type Bench, type Figure } from '../support/figure.ts';
import { deskSize } from '../support/profile.ts';
import { takeTurns } from '../support/turns.ts';

interface Tree {
  extension: string;
  /** Label in the activity bar. */
  container: string;
  view: string;
  /** Depth of the rows that count; Casebook's cases are below groups. */
  level: number;
}

export const floorTree: Tree = { extension: 'bench.floor-tree', container: 'Floor', view: 'Floor items', level: 1 };
const twinTree: Tree = { extension: 'bench.twin-tree', container: 'Twin', view: 'Twin items', level: 1 };
export const casesTree: Tree = { extension: 'casebook.casebook', container: 'Casebook', view: 'Cases', level: 2 };

/** Clicks on the activity bar and answers how long the first row took. */
export async function openTree({ page }: EditorWindow, { container, view, level }: Tree): Promise<number> {
  await page.evaluate(`void (globalThis.benchRowPainted = benchFirstRow(${JSON.stringify(view)}, ${level}))`);
  // The whole item: its badge lies over its label.
  await page.locator(`.part.activitybar .action-item:has(.action-label[aria-label^="${container}"])`).click();
  return page.evaluate<number>('benchRowPainted');
}

export async function tree({ runs = 7, selfCheck }: Bench, editor: Editor): Promise<Figure[]> {
  const measure = (of: Tree) =>
    editor.inWindow(async window => {
      await window.host.activate(of.extension);
      await window.host.quiet();
      return openTree(window, of);
    });
  const against = (subject: Tree) =>
    takeTurns(
      runs,
      () => measure(floorTree),
      () => measure(subject),
    );
  const what = `${deskSize.toLocaleString('en')} cases, to the first case painted`;
  if (selfCheck) return [compare({ what, turns: await against(twinTree), unit: ms })];
  return [compare({ what, turns: await against(casesTree), unit: ms, most: 0.75 })];
}
