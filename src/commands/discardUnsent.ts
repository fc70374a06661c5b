import type { Run } from '../host/commandMap.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import { sayDeskError } from './desk.ts';
import { mayHaveArrived, unsentFor } from './unsent.ts';

/** Gives up something unsent after asking. */
export const run: Run = async (services, argument) => {
  const at = await unsentFor(services, argument, 'command.discardUnsent.title');
  if (at === undefined) return;
  const { strings, outbox, item, title } = at;
  const yes = { label: safeText(strings, 'command.discard.button'), value: true };
  const detail = [title, ...mayHaveArrived(at)].join('\n\n');
  if (!(await notify.confirm(safeText(strings, 'command.discardUnsent.sure'), detail, yes))) return;
  const done = await outbox.discard(item.id);
  if (!done.ok) sayDeskError(at, done.error);
};
