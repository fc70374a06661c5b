import type { Run } from '../host/commandMap.ts';

/** Reads cases, drafts and board again. */
export const run: Run = services => {
  services.look.refresh();
  return Promise.resolve();
};
