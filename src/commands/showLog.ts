import type { Run } from '../host/commandMap.ts';

/** Shows the log. */
export const run: Run = services => {
  services.log.show();
  return Promise.resolve();
};
