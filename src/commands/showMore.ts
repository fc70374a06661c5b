import type { Run } from '../host/commandMap.ts';
import { parseArgument } from './argument.ts';

/** Shows the next page of a group. */
export const run: Run = (services, argument) => {
  const given = parseArgument(argument);
  if (given.kind === 'group') services.look.showMore(given.group);
  return Promise.resolve();
};
