import type { Answer, Call } from '../command.ts';
import { profiles as offers } from '../../rules/profiles/index.ts';
import type { Profiles } from '../output.ts';
import { plans } from '../../rules/profile.ts';

/** The support offers. */
export function run({ strings }: Call): Answer<Profiles> {
  const profiles = Object.values(offers).map(({ id, zone, categories, severity, response, facts }) => ({
    id,
    name: strings.t(`profile.${id}`),
    zone,
    categories: categories.map(({ category }) => category),
    severities: severity?.levels.map(level => level.severity) ?? [],
    plans: response?.byPlan === true ? [...plans] : [],
    facts: [...facts],
  }));
  return { exit: 0, json: { profiles }, lines: profiles.map(({ id, name }) => `${id.padEnd(22)}${name}`) };
}
