import type { Run } from '../host/commandMap.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import { sayDeskError } from './desk.ts';
import { say } from './say.ts';

/** Puts fresh sample cases in the place of those on the practice desk, after asking. */
export const run: Run = async services => {
  const strings = await services.strings();
  if (!services.practice.on()) {
    say.info(safeText(strings, 'practice.notOpen'));
    return;
  }
  const yes = { label: safeText(strings, 'practice.anew.yes'), value: true };
  const sure = await notify.confirm(safeText(strings, 'practice.anew.confirm'), strings.t('practice.anew.detail'), yes);
  if (sure !== true) return;
  const made = await notify.progress('casebook.cases', () => services.practice.anew());
  if (!made.ok) sayDeskError({ services, strings }, made.error);
};
