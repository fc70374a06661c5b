import type { Desk } from '../desk/desk.ts';
import type { DeskError } from '../desk/errors.ts';
import { notify, type Choice } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import type { Services } from '../host/services.ts';
import type { Strings } from '../strings/strings.ts';
import { say } from './say.ts';
import { deskSentence } from './sentence.ts';

/** What a command that works with the desk has at hand. */
export interface AtDesk {
  readonly services: Services;
  readonly strings: Strings;
  readonly desk: Desk;
}

/** Opens the desk, or says why it does not open. */
export async function atDesk(services: Services): Promise<AtDesk | undefined> {
  const strings = await services.strings();
  const opened = await services.desk();
  if (opened.ok) return { services, strings, desk: opened.value };
  sayDeskError({ services, strings }, opened.error);
  return undefined;
}

/** Says what the desk answered, with the log where it knows more. */
export function sayDeskError({ services, strings }: Pick<AtDesk, 'services' | 'strings'>, error: DeskError): void {
  const sentence = deskSentence(strings, error);
  const unexpected = error.code === 'failed' || error.code === 'sqliteMissing' || error.code === 'newerDatabase';
  if (!unexpected) {
    say.warn(sentence);
    return;
  }
  const showLog: Choice<true> = { label: safeText(strings, 'action.showLog'), value: true };
  void notify.error(sentence, showLog).then(wanted => {
    if (wanted) services.log.show();
  });
}
