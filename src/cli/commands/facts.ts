import { factOf, facts, type Fact } from '../../rules/facts.ts';
import { createStrings } from '../../strings/strings.ts';
import type { Answer, Call } from '../command.ts';
import { BadUse } from '../fault.ts';
import type { Facts } from '../output.ts';

const english = createStrings('en');

/** A fact as the list of them has it: in English, since only what "Why?" shows has sentences in every language. */
export function inEnglish(fact: Fact): Facts['facts'][number] {
  const { id, document, section } = fact;
  const statement = fact.statement === undefined ? english.t(`fact.${fact.id}`) : fact.statement;
  return { id, statement, document, section: english.lookup(`section.${section}`) ?? section };
}

/** One fact, or all of them: statement, document, section. */
export function run({ args: [id], strings }: Call): Answer<Facts> {
  const wanted = id === undefined ? undefined : factOf(id);
  if (id !== undefined && wanted === undefined) throw new BadUse('fact', { found: id });
  const found = (wanted === undefined ? facts : [wanted]).map(inEnglish);
  const lines = found.flatMap(({ id: one, statement, document, section }) =>
    wanted === undefined
      ? [`${one.padEnd(6)}${statement}`]
      : [`${one}: ${statement}`, strings.t('cli.facts.from', { document: strings.t(`document.${document}`), section })],
  );
  return { exit: 0, json: { facts: found }, lines };
}
