import { groupings } from '../desk/desk.ts';
import type { Run } from '../host/commandMap.ts';
import { choose } from './choose.ts';

/** Asks by what the cases are grouped. */
export const run: Run = async services => {
  const strings = await services.strings();
  const present = services.look.grouping();
  const rows = groupings.map(value => ({
    label: strings.t(`command.group.${value}`),
    ...(value === present ? { description: strings.t('command.present') } : {}),
    value,
  }));
  const grouping = await choose(strings.t('command.group.title'), rows);
  if (grouping !== undefined && grouping !== present) services.look.setGrouping(grouping);
};
