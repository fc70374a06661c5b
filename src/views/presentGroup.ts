import type { DeskMember } from '../desk/desk.ts';
import type { DeskError } from '../desk/errors.ts';
import { sayDeskError } from '../host/deskErrors.ts';
import type { SettingName } from '../host/settingsSchema.ts';
import { arranged, isolated, isolatedIn, isolatedPart } from '../strings/bidi.ts';
import type { Strings } from '../strings/strings.ts';
import type { ItemText, WayOut } from './node.ts';
import { shownLine, shownPart } from './words.ts';

/** How many rows a group has; `more` when there are at least that many. */
export interface GroupCount {
  readonly count: number;
  readonly more: boolean;
  /** What is counted, where it is not cases. */
  readonly of?: 'items';
}

/** A group's heading with how many it holds, where that is known. */
export function presentGroup(title: string, size: GroupCount | undefined, icon: string, strings: Strings): ItemText {
  const label = shownLine(title);
  if (size === undefined) return { label: shownPart(title, strings), icon: { id: icon }, accessibility: label };
  const number = new Intl.NumberFormat(strings.language).format(size.count);
  const words = strings.plural(`view.group.${size.of ?? 'cases'}`, size.count);
  return {
    label: shownPart(title, strings),
    description: size.more ? strings.t('view.group.atLeast', { count: number }) : number,
    icon: { id: icon },
    accessibility: `${label}, ${size.more ? strings.t('view.group.atLeast.words', { words }) : words}`,
  };
}

/** The last row of a group that has more. */
export function presentMore(shown: number, strings: Strings): ItemText {
  const label = strings.t('view.more');
  const description = strings.t('view.more.shown', { count: new Intl.NumberFormat(strings.language).format(shown) });
  return {
    label: isolatedPart(label, strings),
    description: isolatedPart(description, strings),
    icon: { id: 'chevron-down' },
    accessibility: `${label}, ${description}`,
  };
}

/** A problem in words with its way out. */
export interface Problem {
  readonly item: ItemText;
  readonly wayOut: WayOut;
}

/** A problem as a row. */
export function problem(sentence: string, wayOut: WayOut, strings: Strings): Problem {
  const way = strings.t(`view.wayOut.${wayOut.to}`);
  return {
    item: {
      label: isolatedPart(sentence, strings),
      tooltip: arranged('\n', [sentence, way], strings),
      icon: { id: 'warning', color: 'list.warningForeground' },
      accessibility: `${sentence} ${way}`,
    },
    wayOut,
  };
}

/** A setting of the wrong type: its default holds, and the way out opens it. */
export function settingProblem(setting: SettingName, strings: Strings): Problem {
  const name = isolatedIn(`casebook.${setting}`, strings);
  return problem(strings.t('view.problem.setting', { name }), { to: 'setting', setting }, strings);
}

/** A draft file that was damaged and moved aside. */
export function damagedDraft(name: string, strings: Strings): Problem {
  const shown = isolated(shownLine(name));
  return problem(strings.t('draft.damagedMovedAside', { name: shown }), { to: 'log' }, strings);
}

/** A desk that cannot answer. What can pass by itself is tried again; for the rest the log says more. */
export function deskProblem(error: DeskError, strings: Strings): Problem {
  const sentence = sayDeskError(error, strings, (key, values) => strings.lookup(key, values) ?? key);
  return problem(sentence, wayOutOf(error), strings);
}

function wayOutOf({ code }: DeskError): WayOut {
  return { to: code === 'newerDatabase' || code === 'sqliteMissing' ? 'log' : 'retry' };
}

/** One of several desks that cannot be asked. */
export function memberProblem({ id, name, trouble }: DeskMember, strings: Strings): Problem | undefined {
  if (trouble === undefined) return undefined;
  const sentence = sayDeskError(trouble, strings, (key, values) => strings.lookup(key, values) ?? key);
  const told = `${isolated(shownLine(name))}: ${sentence}`;
  return problem(told, trouble.code === 'signedOut' ? { to: 'signIn', desk: id } : wayOutOf(trouble), strings);
}

/** A desk that the team suggests. */
export function suggestedDesk(origin: string, strings: Strings): Problem {
  return problem(strings.t('view.desk.suggested', { origin: isolated(origin) }), { to: 'connect' }, strings);
}

/** Drafts that cannot be read. */
export function draftsProblem(strings: Strings): Problem {
  return problem(strings.t('view.problem.drafts'), { to: 'retry' }, strings);
}
