import { factOf, facts } from '../../rules/facts.ts';
import type { Answer, Call } from '../command.ts';
import { BadUse } from '../fault.ts';
import type { Facts } from '../output.ts';

/** One fact, or all of them: statement, document, section. */
export function run({ args: [id], strings }: Call): Answer<Facts> {
  const wanted = id === undefined ? undefined : factOf(id);
  if (id !== undefined && wanted === undefined) throw new BadUse('fact', { found: id });
  const found = wanted === undefined ? facts : [wanted];
  const lines = found.flatMap(({ id: one, statement, document, section }) =>
    wanted === undefined
      ? [`${one.padEnd(6)}${statement}`]
      : [`${one}: ${statement}`, strings.t('cli.facts.from', { document: strings.t(`document.${document}`), section })],
  );
  return { exit: 0, json: { facts: [...found] }, lines };
}
