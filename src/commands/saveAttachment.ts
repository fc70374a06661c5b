import type { CaseDetail, StoredFile } from '../desk/case.ts';
import { showSize } from '../host/size.ts';
import type { Run } from '../host/commandMap.ts';
import { safeText } from '../host/safeText.ts';
import { parseArgument } from './argument.ts';
import { choose, quoted } from './choose.ts';
import { sayDeskError } from './desk.ts';
import { safeFileName } from '../host/fileName.ts';
import { saveAs } from './save.ts';
import { say } from './say.ts';
import { caseFor } from './target.ts';

const title = 'command.saveAttachment.title';

/** Every file of a case, each content once. */
export function filesOf(of: CaseDetail): readonly StoredFile[] {
  const all = [...of.filedFiles, ...of.timeline.flatMap(event => ('files' in event ? event.files : []))];
  return [...new Map(all.map(file => [file.sha256, file])).values()];
}

async function hashOf(content: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(content));
  return Buffer.from(digest).toString('hex');
}

/** Saves a file of a case where the user says. It is never opened: it came from someone else. */
export const run: Run = async (services, argument) => {
  const at = await caseFor(services, argument, title);
  if (at === undefined) return;
  const { strings, desk, case: detail } = at;
  const given = parseArgument(argument);
  const files = filesOf(detail);
  const wanted = given.kind === 'case' ? given.sha256 : undefined;
  if (files.length === 0) {
    say.info(safeText(strings, 'command.noFile'));
    return;
  }
  const file =
    wanted === undefined
      ? await choose(
          strings.t(title),
          files.map(value => ({
            label: quoted(value.name),
            description: showSize(value.bytes, strings.language),
            value,
          })),
        )
      : files.find(({ sha256 }) => sha256 === wanted);
  if (file === undefined) return;
  const content = await desk.download(file.sha256, { caseId: detail.id });
  if (!content.ok) {
    sayDeskError(at, content.error);
    return;
  }
  if ((await hashOf(content.value)) !== file.sha256) {
    say.error(safeText(strings, 'command.saveAttachment.damaged', { name: file.name }));
    return;
  }
  await saveAs(at, strings.t(title), safeFileName(file.name, `case-${detail.number}-file`), content.value);
};
