import type { CaseAction } from '../desk/case.ts';
import type { Note, PickedFile } from '../desk/drafts.ts';
import type { TakeContent, Unsent } from '../desk/outbox.ts';
import { draftOf } from '../forms/draftContent.ts';
import type { Run } from '../host/commandMap.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import type { Services } from '../host/services.ts';
import { quoted } from './choose.ts';
import { sayDeskError } from './desk.ts';
import { say } from './say.ts';
import { draftSentence } from './sentence.ts';
import { mayHaveArrived, unsentFor } from './unsent.ts';
import { keepNote } from './write.ts';

/** What a person wrote in an action, and whether it was for the team alone. */
function noteOf(action: CaseAction): Note {
  if (action.kind === 'recordVendorNumber') return { text: action.vendorNumber };
  return { text: action.text, teamOnly: action.kind === 'annotate' && action.teamOnly === true };
}

const filesLost = (what: Unsent): readonly string[] =>
  what.kind === 'act' && 'files' in what.action ? what.action.files.map(({ name }) => quoted(name)) : [];

/** Makes a draft of what was to be filed; answers its id, or nothing where it could not be kept. */
async function makeDraft(
  services: Services,
  { content }: Extract<Unsent, { kind: 'file' }>,
  read: Parameters<TakeContent>[1],
  desk: string | undefined,
): Promise<string | undefined> {
  const strings = await services.strings();
  const files: PickedFile[] = [];
  for (const { name, sha256 } of content.files) {
    const kept = await read(sha256);
    if (!kept.ok) {
      sayDeskError({ services, strings }, kept.error);
      return undefined;
    }
    const picked = await services.pages.keepFile({ name, bytes: new Uint8Array(kept.value) });
    if (picked.length === 0) return undefined;
    files.push(...picked);
  }
  const created = await (
    await services.drafts()
  ).create({
    ...draftOf(content, files),
    ...(desk !== undefined && { desk }),
  });
  if (created.ok) return created.value.id;
  say.warn(draftSentence(strings, created.error));
  return undefined;
}

/** Takes something unsent back to be written anew: a case as a draft, what was done to a case as its unsent note. */
export const run: Run = async (services, argument) => {
  const at = await unsentFor(services, argument, 'command.editUnsent.title');
  if (at === undefined) return;
  const { strings, outbox, item, title } = at;
  const names = filesLost(item.what);
  const list = new Intl.ListFormat(strings.language).format(names);
  const warnings = [
    ...mayHaveArrived(at),
    ...(names.length > 0 ? [strings.t('command.editUnsent.files', { names: list })] : []),
  ];
  const yes = { label: safeText(strings, 'command.editUnsent.button'), value: true };
  const detail = [title, ...warnings].join('\n\n');
  if (warnings.length > 0 && !(await notify.confirm(safeText(strings, 'command.editUnsent.sure'), detail, yes))) return;

  let draftId: string | undefined;
  const done = await outbox.editAsNew(item.id, async (what, read) => {
    if (what.kind === 'file') {
      draftId = await makeDraft(services, what, read, item.desk);
      return draftId !== undefined;
    }
    const note = { ...noteOf(what.action), title: what.title ?? '' };
    return note.text === '' || (await keepNote(services, what.caseId, note)) !== undefined;
  });
  if (!done.ok) sayDeskError(at, done.error);
  else if (draftId !== undefined) await services.pages.openDraft(draftId);
  else if (item.what.kind === 'act') await services.pages.openCase(item.what.caseId, 'note');
};
