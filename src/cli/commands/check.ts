import { missingFromDraft } from '../../rules/completeness.ts';
import { eligibility, supportBoundary } from '../../rules/eligibility.ts';
import { checkSeverity } from '../../rules/severity.ts';
import { type Answer, type Call, factLine } from '../command.ts';
import { fieldsOf, loadDraft } from '../draft.ts';
import { termsOf } from '../offer.ts';
import type { Check } from '../output.ts';

type Finding = Check['findings'][number];

/** What a draft lacks and what the rules refuse in it, by field. Facts: those of the rules asked. */
export async function run(call: Call): Promise<Answer<Check>> {
  const { args, strings } = call;
  const draft = await loadDraft(args[0] ?? '');
  const terms = await termsOf(call, draft.profile);
  const { profile } = terms;
  const { category = 'technical', severity, role = 'admin', adminCenterDenied, origin } = draft;
  const advancedAgreement = draft.advancedAgreement ?? terms.advancedAgreement;
  const findings: Finding[] = [];
  const find = (field: string, code: string, message: string, facts: readonly string[], anyOf: Finding['anyOf'] = []) =>
    findings.push({ field, code, message, facts: [...facts], anyOf });

  const person = eligibility(
    {
      role,
      directSubscriptions: draft.directSubscriptions ?? terms.directSubscriptions,
      partnerSubscriptions: draft.partnerSubscriptions ?? terms.partnerSubscriptions,
      adminCenterDenied,
    },
    profile,
  );
  if (!person.ok) find('role', person.code, strings.t(`rule.${person.code}`), person.facts);
  const inside = origin && supportBoundary({ origin }, profile);
  if (inside?.ok === false) {
    find('origin', inside.code, strings.lookup(`rule.${inside.code}`) ?? inside.code, inside.facts);
  }
  if (!profile.categories.some(row => row.category === category)) {
    find('category', 'notOffered', strings.t('page.new.problem.notOffered'), profile.facts);
  }
  const level =
    severity &&
    checkSeverity(severity, { category, advancedAgreement, highestSeverity: terms.highestSeverity }, profile);
  if (level?.ok === false) {
    const said = strings.lookup(`rule.${level.code}`, { cap: level.cap ?? '' }) ?? level.code;
    find('severity', level.code, said, level.facts);
  }
  const missing = missingFromDraft({ ...fieldsOf(draft), severity }, profile);
  for (const { field, code, anyOf, facts } of missing) find(field, code, strings.t(`rule.${code}`), facts, [...anyOf]);
  const complete = findings.length === 0;
  if (complete) return { exit: 0, json: { complete, findings }, lines: [strings.t('cli.check.complete')] };
  const lines = findings.flatMap(({ field, message, facts, anyOf }) => {
    const names = (anyOf.length > 1 ? anyOf : [field]).map(one => strings.lookup(`field.${one}`) ?? one);
    return [`${names.join(' / ')}: ${message}`, `  ${factLine(strings, facts)}`];
  });
  return { exit: 1, json: { complete, findings }, lines };
}
