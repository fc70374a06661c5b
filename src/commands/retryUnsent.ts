import type { Run } from '../host/commandMap.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import { sayDeskError } from './desk.ts';
import { say } from './say.ts';
import { unsentFor } from './unsent.ts';

/** Sends something unsent again, with the key it has. */
export const run: Run = async (services, argument) => {
  const at = await unsentFor(services, argument, 'command.retryUnsent.title');
  if (at === undefined) return;
  const done = await notify.progress('casebook.cases', () => at.outbox.retry(at.item.id));
  if (done.ok) say.info(safeText(at.strings, 'command.retryUnsent.done'));
  else sayDeskError(at, done.error);
};
