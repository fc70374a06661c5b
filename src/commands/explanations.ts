import type { CaseDetail } from '../desk/case.ts';
import type { DraftContent } from '../desk/drafts.ts';
import { advise, adviseTarget, aimOf, type Aim } from '../forms/advice.ts';
import { hoursText } from '../forms/hoursView.ts';
import { whyNot, wordOf } from '../forms/sentences.ts';
import type { Reader } from '../forms/targetView.ts';
import { showDue, showZone } from '../forms/times.ts';
import type { Settings } from '../host/settingsSchema.ts';
import type { FactId } from '../rules/decision.ts';
import { factOf } from '../rules/facts.ts';
import { duties, downgradeWarning } from '../rules/severity.ts';
import { isolatedIn, isolatedPart } from '../strings/bidi.ts';
import type { Strings } from '../strings/strings.ts';

/** A sentence of the rules, and the facts it rests on. */
export interface Explanation {
  readonly text: string;
  readonly facts: readonly FactId[];
}

/** What is explained: a draft as if it were filed now, or a case as it stands. */
export interface Subject {
  readonly content: DraftContent;
  readonly aim: Aim;
  readonly waitingForCustomer: boolean;
}

export function subjectOfDraft(content: DraftContent, now: number): Subject {
  return { content, aim: { ...content, openedAt: now }, waitingForCustomer: false };
}

export function subjectOfCase(detail: CaseDetail, blank: DraftContent): Subject {
  const { profile, category, status } = detail;
  const aim = aimOf(detail);
  const { severity } = aim;
  const content = { ...blank, profile, category, ...(severity && { severity }) };
  return { content, aim, waitingForCustomer: status === 'actionRequired' };
}

/**
 * Everything the rules say about a draft or a case, in sentences with the facts behind each: who may file, which
 * severities are closed, who sets the severity, what is owed, the target under its reading, the hours, and what waiting
 * can bring.
 */
export function explain(subject: Subject, settings: Settings, reader: Reader): readonly Explanation[] {
  const { strings, now, zone } = reader;
  const { content, aim, waitingForCustomer } = subject;
  const { verdict, profile, severities, hours } = advise(content, settings, [], now);
  const found: Explanation[] = [];
  const say = (text: string | undefined, facts: readonly FactId[]): void => {
    if (text !== undefined && text !== '') found.push({ text, facts });
  };
  if (verdict.ok) say(strings.t('page.new.eligible'), verdict.facts);
  else say(whyNot(verdict, settings.adminRoles, strings).join(' '), verdict.facts);
  for (const { choice } of severities) {
    if (choice.open) continue;
    const { severity, code, cap, facts } = choice;
    const words = { severity: strings.t(`severity.${severity}`), text: strings.t(`rule.${code}`, { cap }) };
    say(strings.t('command.why.severity', words), facts);
  }
  if (profile.severity === null) say(strings.t('rule.noSeverities'), profile.facts);
  else if (profile.severity.setBySupport) say(strings.t('page.new.setBySupport'), profile.severity.setBySupport.facts);
  const { severity } = aim;
  for (const { id, facts } of duties(severity ?? 'C', profile)) say(strings.t(`duty.${id}`), facts);
  if (severity !== undefined && profile.severity !== null) {
    const target = adviseTarget(aim, profile, settings, now);
    if (target.kind === 'none') say(strings.t(`target.none.${target.code}`), profile.response?.facts ?? profile.facts);
    else {
      const { due, reading, zone: desk, facts } = target.target;
      const times = [...new Set([desk, zone])].map(
        one => `${showDue(due, one, strings.language)} (${showZone(due, one, strings.language)})`,
      );
      const words = { time: times.join(' = '), reading: strings.t(`reading.${reading}`) };
      say(strings.t('command.why.target', words), reading === 'elapsed' ? facts : [...facts, 'A-01']);
    }
    const warning = downgradeWarning({ severity, waitingForCustomer }, profile);
    if (warning) say(strings.t(`rule.${warning.code}`), warning.facts);
  }
  if (hours.state !== 'unknown') say(hoursText(hours, reader), hours.facts);
  return found;
}

/**
 * The facts of an explanation, each with its number, statement, document and section: lines for an editor that reads from
 * left to right. Every fact that `explain` names has a sentence; a test holds the rows of src/rules/facts/ to that.
 */
export function sources({ facts }: Explanation, strings: Strings): string {
  if (facts.length === 0) return isolatedPart(strings.t('command.why.team'), strings);
  return [...new Set(facts)]
    .flatMap(id => {
      const fact = factOf(id);
      if (fact === undefined || fact.statement !== undefined) return [];
      const { document, section } = fact;
      return [
        `${isolatedIn(id, strings)}: ${strings.t(`fact.${fact.id}`)}`,
        `${strings.t(`document.${document}`)} · ${wordOf(strings, 'section', section)}`,
      ]
        .map(line => isolatedPart(line, strings))
        .join('\n');
    })
    .join('\n\n');
}
