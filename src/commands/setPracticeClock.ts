import type { Run } from '../host/commandMap.ts';
import { showInstant } from '../forms/times.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import type { Services } from '../host/services.ts';
import { day, hour, nextSupportOpening } from '../practice/clock.ts';
import type { Instant } from '../rules/decision.ts';
import type { Strings } from '../strings/strings.ts';
import { choose, type Row } from './choose.ts';
import { say } from './say.ts';

const title = 'practice.clock.title';

async function askMoment(strings: Strings, services: Services): Promise<Instant | undefined> {
  const { parseMoment } = await import('./moment.ts');
  const parse = (text: string) => parseMoment(text, { from: 0, now: services.now(), until: Infinity });
  const text = await notify.input({
    title: strings.t(title),
    prompt: safeText(strings, 'practice.clock.when'),
    validate: typed => {
      const moment = parse(typed);
      return moment.ok ? undefined : safeText(strings, `command.firstResponse.${moment.code}`);
    },
  });
  const moment = text === undefined ? undefined : parse(text);
  return moment?.ok === true ? moment.at : undefined;
}

/** Sets the clock of the practice desk: on by a step, to when support opens, to a time that is typed, or back to now. */
export const run: Run = async services => {
  const strings = await services.strings();
  if (!services.practice.on()) {
    say.info(safeText(strings, 'practice.notOpen'));
    return;
  }
  const now = services.now();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const shown = (at: Instant): string => showInstant(at, timeZone, strings.language, now);
  const opening = nextSupportOpening(now);
  const rows: Row<Instant | 'typed' | 'real'>[] = [
    { label: strings.t('practice.clock.hour'), description: shown(now + hour), value: now + hour },
    { label: strings.t('practice.clock.day'), description: shown(now + day), value: now + day },
    ...(opening === undefined
      ? []
      : [{ label: strings.t('practice.clock.opening'), description: shown(opening), value: opening }]),
    { label: strings.t('practice.clock.typed'), value: 'typed' },
    { label: strings.t('practice.clock.real'), description: shown(Date.now()), value: 'real' },
  ];
  const chosen = await choose(strings.t(title), rows);
  if (chosen === undefined) return;
  if (chosen === 'real') {
    await services.practice.setClock();
    return;
  }
  const at = chosen === 'typed' ? await askMoment(strings, services) : chosen;
  if (at !== undefined) await services.practice.setClock(at);
};
