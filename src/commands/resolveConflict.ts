import * as vscode from 'vscode';
import type { CaseAction, CaseDetail, TimelineEvent } from '../desk/case.ts';
import type { Desk, FileSource } from '../desk/desk.ts';
import { ok, type Result } from '../desk/errors.ts';
import type { TakeContent, Unsent } from '../desk/outbox.ts';
import { record } from '../desk/record.ts';
import type { Run } from '../host/commandMap.ts';
import type { Disposable } from '../host/disposables.ts';
import { notify, type Choice } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import { atDesk, sayDeskError } from './desk.ts';
import { exportMarkdown } from './exportCase.ts';
import { unsentFor } from './unsent.ts';

type Act = Extract<Unsent, { kind: 'act' }>;

/** The case as the user saw it, with what they wrote after it. */
function withMine(now: CaseDetail, { action, seen = 0 }: Act, person: string, at: number): CaseDetail {
  const known = now.timeline.filter(({ seq }) => seq <= seen);
  const { status } = known.at(-1) ?? now;
  const { events } = record(now, action, { at, by: { name: person }, status, seq: seen + 1 });
  const timeline: TimelineEvent[] = [...known, ...events];
  return { ...now, status, timeline };
}

/** Writes it once more, against the case as it is now: with a key of its own, since the desk refused the first. */
async function writeAnew(
  desk: Desk,
  { caseId, action }: Act,
  revision: number,
  file: Parameters<TakeContent>[1],
): Promise<Result<unknown>> {
  for (const { name, sha256 } of 'files' in action ? action.files : []) {
    const content = await file(sha256);
    // A file that is not kept here any more is at the desk already.
    if (!content.ok) continue;
    const source: FileSource = {
      name,
      async *chunks() {
        yield await Promise.resolve(content.value);
      },
    };
    const stored = await desk.upload(source, { caseId });
    if (!stored.ok) return stored;
  }
  const written = await desk.act(caseId, action satisfies CaseAction, { key: crypto.randomUUID(), revision });
  return written.ok || written.error.code !== 'queued' ? written : ok(undefined);
}

/** The two texts side by side, to be read. Answers what closes them. */
async function showBoth(title: string, mine: string, newer: string): Promise<Disposable> {
  const scheme = 'casebook-conflict';
  // Named anew each time: an earlier pair that is still open stays what it was.
  const query = crypto.randomUUID();
  const left = vscode.Uri.from({ scheme, path: '/mine.md', query });
  const right = vscode.Uri.from({ scheme, path: '/newer.md', query });
  const texts = new Map([
    [left.toString(), mine],
    [right.toString(), newer],
  ]);
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: uri => texts.get(uri.toString()),
  });
  await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
  return {
    dispose: () => {
      provider.dispose();
      const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
      const ours = tabs.filter(
        ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === right.toString(),
      );
      void vscode.window.tabGroups.close(ours);
    },
  };
}

/** Shows what the user wrote beside the newer case that did not take it, and lets them send it all the same or discard it. */
export const run: Run = async (services, argument) => {
  const given = await unsentFor(services, argument, 'team.conflict.title');
  const at = given === undefined ? undefined : await atDesk(services);
  const what = given?.item.what;
  if (given === undefined || at === undefined || what?.kind !== 'act') return;
  const { strings, desk } = at;
  const { outbox, item } = given;
  const found = await desk.get(what.caseId);
  if (!found.ok) {
    sayDeskError(at, found.error);
    return;
  }
  const { number } = found.value;
  const { person = '' } = desk.capabilities({ caseId: what.caseId });
  const { by = person } = item;
  const mine = exportMarkdown(withMine(found.value, what, by, item.createdAt), strings);
  const title = strings.t('team.conflict.title', { number });
  const shown = await showBoth(title, mine, exportMarkdown(found.value, strings));
  const choices: Choice<'send' | 'discard'>[] = [
    { label: safeText(strings, 'team.conflict.send'), value: 'send' },
    { label: safeText(strings, 'team.conflict.discard'), value: 'discard' },
  ];
  const answer = await notify.warn(safeText(strings, 'team.conflict.changed', { number }), ...choices);
  if (answer === undefined) return;
  shown.dispose();
  if (answer === 'discard') {
    const done = await outbox.discard(item.id);
    if (!done.ok) sayDeskError(at, done.error);
    return;
  }
  if (by !== person) {
    // Sent anew it would be in the name of who is signed in now.
    sayDeskError(at, { code: 'otherWriter', by });
    return;
  }
  const done = await notify.progress('casebook.cases', () =>
    outbox.editAsNew(item.id, async (unsent, file) => {
      if (unsent.kind !== 'act') return false;
      const written = await writeAnew(desk, unsent, found.value.revision, file);
      if (!written.ok) sayDeskError(at, written.error);
      return written.ok;
    }),
  );
  if (!done.ok) sayDeskError(at, done.error);
};
