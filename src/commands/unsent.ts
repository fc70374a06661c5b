import type { Outbox, UnsentItem } from '../desk/outbox.ts';
import { safeText } from '../host/safeText.ts';
import type { Services } from '../host/services.ts';
import type { Key, Strings } from '../strings/strings.ts';
import { parseArgument } from './argument.ts';
import { choose, quoted } from './choose.ts';
import { sayDeskError } from './desk.ts';
import { say } from './say.ts';

/** What a command about something unsent works with. */
export interface AtUnsent {
  readonly services: Services;
  readonly strings: Strings;
  readonly outbox: Outbox;
  readonly item: UnsentItem;
  /** The title of its case. */
  readonly title: string;
}

/** The item a command is for: the one it was given, or one the user picks. Says so where there is none. */
export async function unsentFor(services: Services, argument: unknown, title: Key): Promise<AtUnsent | undefined> {
  const given = parseArgument(argument);
  if (given.kind !== 'none' && given.kind !== 'unsent') return undefined;
  const strings = await services.strings();
  const outbox = await services.outbox?.();
  const list = await outbox?.list();
  if (list && !list.ok) {
    sayDeskError({ services, strings }, list.error);
    return undefined;
  }
  const items = list?.value ?? [];
  const titleOf = ({ what }: UnsentItem): string => {
    const text = what.kind === 'file' ? what.content.title : (what.title ?? '');
    return text === '' ? strings.t('export.untitled') : quoted(text);
  };
  const id =
    given.kind === 'unsent' || items.length === 0
      ? given.kind === 'unsent' && given.unsentId
      : await choose(
          strings.lookup(title) ?? title,
          items.map(one => ({ label: titleOf(one), value: one.id })),
        );
  if (id === undefined) return undefined;
  const item = items.find(one => one.id === id);
  if (outbox && item) return { services, strings, outbox, item, title: titleOf(item) };
  say.info(safeText(strings, 'command.unsent.none'));
  return undefined;
}

/** What the user should know before an item is given up: where it was tried, the desk may have it. */
export function mayHaveArrived({ strings, item }: AtUnsent): string[] {
  const refused = item.state.kind === 'needsYou' && item.state.reason.code !== 'failed';
  return item.tries > 0 && !refused ? [strings.t('command.unsent.mayHaveArrived')] : [];
}
