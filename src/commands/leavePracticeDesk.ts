import type { Run } from '../host/commandMap.ts';

/** Brings the window back to the person's own desk; the practice desk stays as it is for the next time. */
export const run: Run = services => services.practice.leave();
