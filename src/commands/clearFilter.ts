import type { Run } from '../host/commandMap.ts';

/** Shows all cases again. */
export const run: Run = services => {
  services.look.setFilter({});
  return Promise.resolve();
};
