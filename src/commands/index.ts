import type { LoadRun } from '../host/commandMap.ts';

/** What a command does; all of it loads when the first command runs. */
export const loadRun: LoadRun = async id => (await import('./runs.ts')).runs[id];
