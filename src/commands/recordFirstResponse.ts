import type { CaseDetail } from '../desk/case.ts';
import type { Run } from '../host/commandMap.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import type { Instant } from '../rules/decision.ts';
import type { Strings } from '../strings/strings.ts';
import { askText } from './ask.ts';
import { choose, type Row } from './choose.ts';
import { caseFor } from './target.ts';
import { act } from './write.ts';

const title = 'command.firstResponse.title';
const minute = 60_000;
const minutesAgo = [5, 15, 30, 60, 120];

async function askWhen(strings: Strings, of: CaseDetail, now: () => Instant): Promise<Instant | undefined> {
  const present = now();
  const earlier = minutesAgo.filter(minutes => present - minutes * minute >= of.openedAt);
  const rows: Row<Instant | 'typed'>[] = [
    { label: strings.t('command.firstResponse.now'), value: present },
    ...earlier.map(minutes => ({
      label: strings.plural('command.firstResponse.ago', minutes),
      value: present - minutes * minute,
    })),
    { label: strings.t('command.firstResponse.typed'), value: 'typed' },
  ];
  const chosen = await choose(strings.t(title), rows);
  if (chosen !== 'typed') return chosen;
  const { parseMoment } = await import('./moment.ts');
  const parse = (text: string) => parseMoment(text, { from: of.openedAt, now: now() });
  const text = await notify.input({
    title: strings.t(title),
    prompt: safeText(strings, 'command.firstResponse.when'),
    validate: typed => {
      const moment = parse(typed);
      return moment.ok ? undefined : safeText(strings, `command.firstResponse.${moment.code}`);
    },
  });
  const moment = text === undefined ? undefined : parse(text);
  return moment?.ok === true ? moment.at : undefined;
}

/** Records when support first responded: it ends the target. */
export const run: Run = async (services, argument) => {
  const at = await caseFor(services, argument, title, 'recordFirstResponse');
  if (at === undefined) return;
  const respondedAt = await askWhen(at.strings, at.case, () => services.now());
  if (respondedAt === undefined) return;
  const text = await askText(at.strings, { title, prompt: 'command.firstResponse.prompt', required: false });
  if (text !== undefined) await act(at, { kind: 'recordFirstResponse', respondedAt, text });
};
