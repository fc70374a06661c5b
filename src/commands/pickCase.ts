import * as vscode from 'vscode';
import type { CaseSummary } from '../desk/case.ts';
import type { CaseQuery } from '../desk/desk.ts';
import { appliesIn, transition } from '../desk/lifecycle.ts';
import { deskStatuses, type ActionKind } from '../desk/words.ts';
import { debounced } from '../host/disposables.ts';
import { safeText } from '../host/safeText.ts';
import { isolatedPart } from '../strings/bidi.ts';
import { sayDeskError, type AtDesk } from './desk.ts';
import { caseRow, itemOf } from './choose.ts';
import { say } from './say.ts';

const shown = 200;
const searchAfterMs = 150;

/**
 * Asks for one of the cases to which `action` applies, the newest change first; typing also searches the desk. Says so
 * when there is none.
 */
export async function pickCase(at: AtDesk, title: string, action: ActionKind | undefined): Promise<string | undefined> {
  const { strings, desk } = at;
  const query: CaseQuery =
    action === undefined ? {} : { status: deskStatuses.filter(status => appliesIn(status, action)) };
  const fits = (one: CaseSummary): boolean =>
    action === undefined || transition(one, action, desk.capabilities({ caseId: one.id }).roles).ok;
  const first = await desk.list(query, { limit: shown });
  if (!first.ok) {
    sayDeskError(at, first.error);
    return undefined;
  }
  const newest = first.value.items.filter(fits);
  if (newest.length === 0 && first.value.next === undefined) {
    say.info(safeText(strings, action === undefined ? 'command.noCase' : 'command.noCaseFor'));
    return undefined;
  }
  return ask(
    title,
    newest.map(one => itemOf(caseRow(one, one.id, strings))),
    async text => {
      const found = await desk.list({ ...query, text }, { limit: shown });
      return found.ok ? found.value.items.filter(fits).map(one => itemOf(caseRow(one, one.id, strings))) : [];
    },
  );
}

type Item = ReturnType<typeof itemOf<string>>;

function ask(
  title: string,
  newest: readonly Item[],
  search: (text: string) => Promise<readonly Item[]>,
): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = isolatedPart(title);
  pick.items = newest;
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  const find = debounced(searchAfterMs, () => {
    const text = pick.value.trim();
    void (text === '' ? Promise.resolve([]) : search(text)).then(found => {
      // What was typed meanwhile has its own search.
      if (pick.value.trim() !== text) return;
      const known = new Set(newest.map(({ value }) => value));
      // Found in text or notes: the words need not stand in what the row shows.
      const more = found.filter(({ value }) => !known.has(value)).map(item => ({ ...item, alwaysShow: true }));
      pick.items = [...newest, ...more];
    });
  });
  return new Promise(resolve => {
    pick.onDidChangeValue(() => find());
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.value);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      find.dispose();
      pick.dispose();
    });
    pick.show();
  });
}
