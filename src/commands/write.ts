import { notesTeamOnly } from '../desk/access.ts';
import type { CaseAction, CaseDetail, StoredFile } from '../desk/case.ts';
import type { Note } from '../desk/drafts.ts';
import { ok, type DeskError, type Result } from '../desk/errors.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import type { Services } from '../host/services.ts';
import { sayDeskError, type AtDesk } from './desk.ts';
import { say } from './say.ts';
import { deskSentence } from './sentence.ts';
import type { AtCase } from './target.ts';

/** The view that shows the progress of a write. */
type ViewId = 'casebook.cases' | 'casebook.health';

/** What a write is about: the revision it was made against, and how to read the newer one after a conflict. */
interface Attempt<Value> {
  readonly revision: number;
  write(key: string, revision: number): Promise<Result<Value>>;
  readRevision(): Promise<Result<number>>;
  /** Called when a write failed, before anything is asked: what the user wrote is safe before they answer. */
  failed?(error: DeskError): Promise<void>;
}

/**
 * Writes once. After a conflict, or while the desk is busy, the user may have it tried again: against the newer revision
 * with a new key (the desk refused the first), or with the same key (the desk may have done it).
 */
export async function writeOnce<Value>(at: AtDesk, view: ViewId, attempt: Attempt<Value>): Promise<Result<Value>> {
  let key: string = crypto.randomUUID();
  let { revision } = attempt;
  for (;;) {
    const answer = await notify.progress(view, () => attempt.write(key, revision));
    if (answer.ok) return answer;
    const { error } = answer;
    if (error.code === 'queued') {
      say.info(deskSentence(at.strings, error));
      return answer;
    }
    await attempt.failed?.(error);
    if (error.code !== 'conflict' && error.code !== 'busy') {
      sayDeskError(at, error);
      return answer;
    }
    const again = { label: safeText(at.strings, 'command.tryAgain'), value: true };
    if (!(await notify.warn(deskSentence(at.strings, error), again))) return answer;
    if (error.code === 'busy') continue;
    const newer = await attempt.readRevision();
    if (!newer.ok) {
      sayDeskError(at, newer.error);
      return newer;
    }
    key = crypto.randomUUID();
    revision = newer.value;
  }
}

/** Does one thing to a case. While it fails, what the user wrote is the unsent note of the case. */
export async function act(at: AtCase, action: CaseAction): Promise<CaseDetail | undefined> {
  const { desk, case: detail } = at;
  const text = 'text' in action ? action.text.trim() : '';
  let kept: string | undefined;
  const answer = await writeOnce(at, 'casebook.cases', {
    revision: detail.revision,
    write: (key, revision) => desk.act(detail.id, action, { key, revision }),
    readRevision: async () => {
      const found = await desk.get(detail.id);
      return found.ok ? ok(found.value.revision) : found;
    },
    failed: async error => {
      // A case that is gone has no page to find the text on.
      if (text === '' || error.code === 'notFound') return;
      const teamOnly = action.kind === 'annotate' && action.teamOnly === true;
      kept ??= await keepNote(at.services, detail.id, { text, teamOnly, title: detail.title });
    },
  });
  // What is kept to be sent is accepted as well.
  const accepted = answer.ok || answer.error.code === 'queued';
  if (accepted && kept !== undefined) await dropNote(at, text, kept);
  return answer.ok ? answer.value : undefined;
}

/** Adds a note with its files, for the team alone where the user may write nothing else. */
export function annotate(at: AtCase, text: string, files: readonly StoredFile[] = []): Promise<CaseDetail | undefined> {
  const teamOnly = notesTeamOnly(at.desk.capabilities({ caseId: at.case.id }).roles);
  return act(at, { kind: 'annotate', text, files: [...files], ...(teamOnly ? { teamOnly } : {}) });
}

/**
 * Adds a text to the unsent note of a case; answers the text of the note as it then is. Where either is for the team
 * alone, both are.
 */
export async function keepNote(services: Services, id: string, added: Note): Promise<string | undefined> {
  const drafts = await services.drafts();
  const note = await drafts.readNote(id);
  const before = note.ok ? note.value : { text: '' };
  const text = before.text === '' ? added.text : `${before.text}\n\n${added.text}`;
  const teamOnly = before.teamOnly === true || added.teamOnly === true;
  const written = note.ok ? await drafts.writeNote(id, { title: '', ...added, text, teamOnly }) : note;
  if (written.ok) {
    await services.pages.showNote(id);
    return text;
  }
  services.log.info('note.notKept', { code: written.error.code });
  return undefined;
}

/** Takes the text out of the unsent note again, once it was sent, unless the note was changed meanwhile. */
async function dropNote({ services, case: { id, title } }: AtCase, text: string, kept: string): Promise<void> {
  const drafts = await services.drafts();
  const note = await drafts.readNote(id);
  if (!note.ok || note.value.text !== kept) return;
  await drafts.writeNote(id, { ...note.value, title, text: kept.slice(0, -text.length).trimEnd() });
  await services.pages.showNote(id);
}
