import { classify, type Suggestion } from '../../rules/classify.ts';
import { type Answer, type Call, factLine } from '../command.ts';
import { readAll } from '../files.ts';
import { termsOf } from '../offer.ts';
import type { Classify } from '../output.ts';

/** What a text suggests under an offer, with the words that speak for it; a person decides. Facts: of `classify`. */
export async function run(call: Call): Promise<Answer<Classify>> {
  const { args, io, strings } = call;
  const { profile } = await termsOf(call);
  const [typed = ''] = args;
  const found = classify(typed === '-' ? await readAll('-', io.stdin) : typed, profile);
  const own = <Id extends string>(one: Suggestion<Id> | undefined) =>
    one === undefined ? null : { id: one.id, words: [...new Set(one.words)], facts: [...one.facts] };
  const json: Classify = { category: own(found.category), group: own(found.group), severity: own(found.severity) };
  const line = (prefix: string, one: Suggestion<string> | undefined): string[] =>
    one === undefined
      ? []
      : [
          strings.t('cli.classify.because', {
            what: strings.lookup(`${prefix}.${one.id}`) ?? one.id,
            words: [...new Set(one.words)].join(', '),
          }),
        ];
  const said = [
    ...line('category', found.category),
    ...line('group', found.group),
    ...line('severity', found.severity),
  ];
  if (said.length === 0) return { exit: 0, json, lines: [strings.t('cli.classify.nothing')] };
  const facts = [found.category, found.group, found.severity].flatMap(one => one?.facts ?? []);
  return { exit: 0, json, lines: [...said, strings.t('cli.classify.youDecide'), factLine(strings, facts)] };
}
