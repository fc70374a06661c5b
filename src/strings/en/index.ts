import { casePages } from './casePages.ts';
import { cli } from './cli.ts';
import { commands } from './commands.ts';
import { desk } from './desk.ts';
import { facts } from './facts.ts';
import { handoff } from './handoff.ts';
import { health } from './health.ts';
import { incidents } from './incidents.ts';
import { offers } from './offers.ts';
import { pages } from './pages.ts';
import { policy } from './policy.ts';
import { practice } from './practice.ts';
import { reach } from './reach.ts';
import { rules } from './rules.ts';
import { team } from './team.ts';
import { views } from './views.ts';

/** All English sentences. Keys are `area.thing`; placeholders are `{name}`; plural forms end in `.one`, `.other`. */
export const en = {
  ...casePages,
  ...cli,
  ...commands,
  ...desk,
  ...facts,
  ...handoff,
  ...health,
  ...incidents,
  ...offers,
  ...pages,
  ...policy,
  ...practice,
  ...reach,
  ...rules,
  ...team,
  ...views,
} as const;
