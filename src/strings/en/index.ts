import { commands } from './commands.ts';
import { desk } from './desk.ts';
import { pages } from './pages.ts';
import { rules } from './rules.ts';
import { views } from './views.ts';

/** All English sentences. Keys are `area.thing`; placeholders are `{name}`; plural forms end in `.one`, `.other`. */
export const en = { ...commands, ...desk, ...pages, ...rules, ...views } as const;
