import { eligibility, supportBoundary } from '../../rules/eligibility.ts';
import { type Alternative, categories, origins, roles, severities } from '../../rules/profile.ts';
import { checkSeverity } from '../../rules/severity.ts';
import { type Answer, type Call, factLine } from '../command.ts';
import { termsOf } from '../offer.ts';
import type { May } from '../output.ts';

/** Whether this person may ask for support with this issue at this severity, and what to do instead. Facts: of the rules asked. */
export async function run(call: Call): Promise<Answer<May>> {
  const { given, strings } = call;
  const { profile, adminRoles, advancedAgreement, highestSeverity, directSubscriptions, partnerSubscriptions } =
    await termsOf(call);
  const named = given.neededWord<string>('role', [...roles, ...adminRoles]);
  // The team's names of roles are those that may file.
  const role = named === 'user' ? 'user' : 'admin';
  const severity = given.word('severity', severities);
  const category = given.word('category', categories);
  const origin = given.word('origin', origins);
  const adminCenterDenied = given.flag('denied');
  const person = eligibility({ role, directSubscriptions, partnerSubscriptions, adminCenterDenied }, profile);
  const inside = origin && supportBoundary({ origin }, profile);
  const level =
    severity &&
    checkSeverity(severity, { category: category ?? 'technical', advancedAgreement, highestSeverity }, profile);
  const refusals: May['refusals'] = [];
  const refuse = (
    rule: string,
    message: string,
    facts: readonly string[],
    { instead = [], cap }: { instead?: readonly Alternative[]; cap?: 'A' | 'B' | 'C' | undefined } = {},
  ) =>
    refusals.push({
      rule,
      message,
      facts: [...facts],
      instead: instead.map(id => ({ id, message: strings.t(`instead.${id}`) })),
      cap: cap ?? null,
    });
  if (!person.ok) refuse(person.code, strings.t(`rule.${person.code}`), person.facts, person);
  if (inside?.ok === false) {
    refuse(inside.code, strings.lookup(`rule.${inside.code}`) ?? inside.code, inside.facts, inside);
  }
  if (category !== undefined && !profile.categories.some(row => row.category === category)) {
    refuse('notOffered', strings.t('page.new.problem.notOffered'), profile.facts);
  }
  if (level?.ok === false) {
    const said = strings.lookup(`rule.${level.code}`, { cap: level.cap ?? '' }) ?? level.code;
    refuse(level.code, said, level.facts, { cap: level.cap });
  }
  const allowed = refusals.length === 0;
  const rested = [person, inside, level].flatMap(one => (one !== undefined && one.ok ? one.facts : []));
  const facts = [...new Set(allowed ? rested : refusals.flatMap(one => one.facts))];
  const json: May = { allowed, through: allowed && person.ok ? person.value.through : null, refusals, facts };
  if (allowed) return { exit: 0, json, lines: [strings.t('page.new.eligible'), factLine(strings, facts)] };
  const told = refusals.flatMap(one => [
    `${one.message} [${one.rule}]`,
    ...one.instead.map(({ message }) => `  ${strings.t('cli.say.instead', { what: message })}`),
    `  ${factLine(strings, one.facts)}`,
  ]);
  return { exit: 1, json, lines: [strings.t('page.new.notEligible'), ...told] };
}
