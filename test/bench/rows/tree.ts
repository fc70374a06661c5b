// How soon the side bar shows cases when there are 10,000 of them, against a flat tree of 10,000 bare items.
import type { Editor, EditorWindow } from '../support/editor.ts';
import { compare, ms, type Bench, type Figure } from '../support/figure.ts';
import { deskSize } from '../support/profile.ts';
import { takeTurns, type Turns } from '../support/turns.ts';

interface Tree {
  extension: string;
  /** Label in the activity bar. */
  container: string;
  view: string;
  /** Depth of the rows that count; Casebook's cases are below groups. */
  level: number;
}

const floorTree: Tree = { extension: 'bench.floor-tree', container: 'Floor', view: 'Floor items', level: 1 };
/** As many as there are services and incidents where health is measured. */
export const lessTree: Tree = {
  ...{ extension: 'bench.floor-tree', container: 'Less of Floor', view: 'Less of Floor items', level: 1 },
};
const twinTree: Tree = { extension: 'bench.twin-tree', container: 'Twin', view: 'Twin items', level: 1 };
export const casesTree: Tree = { extension: 'casebook.casebook', container: 'Casebook', view: 'Cases', level: 2 };

/** How long the first row took, in milliseconds: from the click, and from the empty list with which the editor asks. */
export interface Opened {
  readonly clicked: number;
  readonly asked: number;
}

/** Clicks on the activity bar and answers how long the first row took. */
export async function openTree({ page }: EditorWindow, { container, view, level }: Tree): Promise<Opened> {
  await page.evaluate(`void (globalThis.benchRowPainted = benchFirstRow(${JSON.stringify(view)}, ${level}))`);
  // The whole item: its badge lies over its label.
  await page.locator(`.part.activitybar .action-item:has(.action-label[aria-label^="${container}"])`).click();
  return page.evaluate<Opened>('benchRowPainted');
}

/** A tree against the bare one: as a person waits for it, and what of that is the tree's own and not its container's. */
export async function compareTrees(
  editor: Editor,
  {
    what,
    runs,
    floor = floorTree,
    subject,
    most,
  }: { what: string; runs: number; floor?: Tree; subject: Tree; most: Partial<Opened> },
): Promise<Figure[]> {
  const measure = (of: Tree) => () =>
    editor.inWindow(async window => {
      await window.host.activate(of.extension);
      await window.host.quiet();
      return openTree(window, of);
    });
  const turns = await takeTurns(runs, measure(floor), measure(subject));
  const figure = (words: string, which: keyof Opened): Figure => {
    const part: Turns<number> = {
      floor: turns.floor.map(opened => opened[which]),
      subject: turns.subject.map(opened => opened[which]),
    };
    const budget = most[which];
    return compare({ what: words, turns: part, unit: ms, ...(budget !== undefined && { most: budget }) });
  };
  return [figure(`${what}, from the click`, 'clicked'), figure('… from the question of the editor', 'asked')];
}

export function tree({ runs = 7, selfCheck }: Bench, editor: Editor): Promise<Figure[]> {
  const what = `${deskSize.toLocaleString('en')} cases, to the first case painted`;
  if (selfCheck) return compareTrees(editor, { what, runs, subject: twinTree, most: {} });
  return compareTrees(editor, { what, runs, subject: casesTree, most: { clicked: 0.75, asked: 0.4 } });
}
