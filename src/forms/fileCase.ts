import type { StoredFile } from '../desk/case.ts';
import type { Desk, FileSource, Where } from '../desk/desk.ts';
import type { DraftContent, PickedFile } from '../desk/drafts.ts';
import type { DeskError } from '../desk/errors.ts';
import type { OpenIssue } from '../desk/openIssues.ts';
import type { Strings } from '../strings/strings.ts';
import { caseOf, proposed } from './draftContent.ts';
import type { NewCasePorts, PagePorts } from './ports.ts';
import { deskErrorText, tooLargeText } from './sentences.ts';

/** How an attempt to file ended. With `files` and `refused` nothing was filed and nothing is lost. */
export type Outcome =
  | { readonly kind: 'filed'; readonly id: string }
  /** No answer yet, but it is kept and will be sent: the draft is done with. */
  | { readonly kind: 'kept' }
  | { readonly kind: 'cancelled' }
  /** What is wrong with which file, by its URI. */
  | { readonly kind: 'files'; readonly problems: ReadonlyMap<string, string> }
  | { readonly kind: 'refused'; readonly text: string };

/** The person stopped waiting; how it ends is not known yet. */
export interface GivenUp {
  readonly kind: 'givenUp';
}

/** Files kept by the desk, or what is wrong with which, or why the desk takes none. */
export type Uploaded =
  { readonly kind: 'kept'; readonly files: readonly StoredFile[] } | Extract<Outcome, { kind: 'files' | 'refused' }>;

const isFileError = (error: DeskError) => error.code === 'fileGone' || error.code === 'fileTooLarge';

/** Looks at every file before the first is sent, then reads and sends them one after the other. */
export async function uploadFiles(
  ports: Pick<PagePorts, 'measure' | 'read'>,
  desk: Desk,
  files: readonly PickedFile[],
  strings: Strings,
  where?: Where,
): Promise<Uploaded> {
  const problems = new Map<string, string>();
  const limit = desk.capabilities(where).fileBytes;
  for (const { uri, name, bytes } of files) {
    const measured = await ports.measure({ uri, name, bytes });
    if (!measured.ok) problems.set(uri, strings.t('error.fileGone', { name }));
    else if (measured.value > limit) problems.set(uri, tooLargeText(strings, name, limit));
  }
  if (problems.size > 0) return { kind: 'files', problems };
  const kept: StoredFile[] = [];
  for (const file of files) {
    const content = await ports.read(file);
    const stored = content.ok ? await desk.upload(sourceOf(file.name, content.value), where) : content;
    if (stored.ok) kept.push(stored.value);
    else if (isFileError(stored.error)) problems.set(file.uri, deskErrorText(strings, stored.error));
    else return { kind: 'refused', text: deskErrorText(strings, stored.error) };
  }
  return problems.size > 0 ? { kind: 'files', problems } : { kind: 'kept', files: kept };
}

function sourceOf(name: string, content: Uint8Array): FileSource {
  return {
    name,
    async *chunks() {
      yield await Promise.resolve(content);
    },
  };
}

/** Files a draft that has no problems left: asks again for severity A, sends its files, then the case with the draft's key. */
export async function fileCase(
  ports: NewCasePorts,
  content: DraftContent,
  { key, signal, shown }: { readonly key: string; readonly signal: AbortSignal; readonly shown: readonly OpenIssue[] },
  strings: Strings,
): Promise<Outcome> {
  if (proposed(content) === 'A' && !(await ports.confirmSeverityA())) return { kind: 'cancelled' };
  const desk = await ports.desk();
  if (!desk.ok) return { kind: 'refused', text: deskErrorText(strings, desk.error) };
  const where = content.desk === undefined ? {} : { desk: content.desk };
  const uploaded = await uploadFiles(ports, desk.value, content.files, strings, where);
  if (uploaded.kind !== 'kept') return uploaded;
  if (signal.aborted) return { kind: 'cancelled' };
  const filed = await desk.value.file(caseOf(content, uploaded.files, ports.zone, shown), { key }, where);
  if (filed.ok) return { kind: 'filed', id: filed.value.id };
  return filed.error.code === 'queued'
    ? { kind: 'kept' }
    : { kind: 'refused', text: deskErrorText(strings, filed.error) };
}
