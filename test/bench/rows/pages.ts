// How long a page takes from the key press to its first useful paint, against an empty webview; not the first opening.
import type { Editor, EditorWindow } from '../support/editor.ts';
import { compare, ms, type Bench, type Figure } from '../support/figure.ts';
import { keys } from '../support/profile.ts';
import { takeTurns } from '../support/turns.ts';

const warmUps = 2;
/** A browser alone takes over half a second to lay out 2 MB in a box; that and all the rest is to come soon after. */
const heaviest = 12;

/** Presses a key and answers how long the page took that it opens. */
async function openPage({ page, host, nextPaint }: EditorWindow, key: string): Promise<number> {
  await host.execute('workbench.action.closeAllEditors');
  await page.locator('.part.editor').click();
  await host.quiet();
  await page.evaluate("void (globalThis.benchPressed = benchInput('keydown'))");
  const painted = nextPaint();
  await page.keyboard.press(key);
  return (await painted) - (await page.evaluate<number>('benchPressed'));
}

export function pages({ runs = 11, selfCheck }: Bench, editor: Editor): Promise<Figure[]> {
  return editor.inWindow(async window => {
    await window.host.activate('bench.floor-webview');
    await window.host.activate(selfCheck ? 'bench.twin-webview' : 'casebook.casebook');
    const open = (key: string) => () => openPage(window, key);
    const against = async (what: string, key: string, most = 1.25) => {
      await takeTurns(warmUps, open(keys.floorPage), open(key));
      const turns = await takeTurns(runs, open(keys.floorPage), open(key));
      return compare({ what: `${what}, opened again`, turns, unit: ms, most });
    };
    if (selfCheck) return [await against('page', keys.twinPage)];
    return [
      await against('page New case', keys.newCase),
      await against('page Case', keys.openCase),
      await against('page Case, 500 notes, 200 files, 2 MB unsent', keys.heavyCase, heaviest),
    ];
  });
}
