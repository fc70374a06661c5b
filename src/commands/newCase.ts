import type { Run } from '../host/commandMap.ts';

/** Starts a draft and opens its page. The argument is not looked at: nobody else writes into a draft. */
export const run: Run = async services => {
  await services.pages.newCase();
};
