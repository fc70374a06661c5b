import { contactLine } from '../desk/contact.ts';
import type { DeskMember } from '../desk/desk.ts';
import type { DraftContent, PickedFile } from '../desk/drafts.ts';
import { cleanLine, limits } from '../desk/text.ts';
import { channelWords, wayName } from '../handoff/channelWords.ts';
import type { Settings } from '../host/settingsSchema.ts';
import type { Filled, HintId, NewCaseView, ProblemView, SeverityView } from '../protocol/newCase.ts';
import { problemFields, type ProblemField } from '../protocol/newCaseFields.ts';
import type { FileView, PlaceView } from '../protocol/parts.ts';
import type { CodePlace } from '../desk/case.ts';
import { dutyField } from '../rules/completeness.ts';
import { channels, queryText } from '../rules/handoff.ts';
import type { MatchReason } from '../rules/incidentMatch.ts';
import {
  contactMethods,
  detailFields,
  plans,
  profileIds,
  type DetailField,
  type Profile,
  type ResponseRow,
} from '../rules/profile.ts';
import type { Strings } from '../strings/strings.ts';
import type { Advice, DraftProblem } from './advice.ts';
import { proposed } from './draftContent.ts';
import { tooLargeText, whyNot, wordOf } from './sentences.ts';
import { hoursText } from './hoursView.ts';
import { presentTarget, type Reader } from './targetView.ts';
import { showSize } from '../host/size.ts';

const hourMs = 3_600_000;

const listOf = (words: readonly string[], { language }: Strings): string =>
  new Intl.ListFormat(language, { type: 'unit' }).format(words);

function responseText(row: ResponseRow | undefined, strings: Strings): string {
  if (row === undefined || row.kind === 'none') return strings.t('page.response.none');
  return row.kind === 'elapsed'
    ? strings.plural('page.response.hours', row.ms / hourMs)
    : strings.plural('page.response.days', row.days);
}

/** The documents' own examples of a level, in one line. */
function examplesOf(examples: readonly { readonly id: string }[], strings: Strings): string {
  if (examples.length === 0) return '';
  const list = examples.map(({ id }) => wordOf(strings, 'severity.example', id));
  return strings.t('page.new.examples', { examples: list.join(' · ') });
}

function severityViews({ profile, severities }: Advice, strings: Strings): SeverityView[] {
  return severities.map(({ choice, response }) => {
    const { severity } = choice;
    const level = profile.severity?.levels.find(one => one.severity === severity);
    const view = {
      id: severity,
      name: strings.t(`severity.${severity}`),
      word: level?.label === 'unnamed' ? '' : strings.t(`severity.word.${severity}`),
      meaning: strings.lookup(`severity.means.${profile.id}.${severity}`) ?? '',
      examples: examplesOf(level?.examples ?? [], strings),
      response: responseText(response, strings),
    };
    if (choice.open) return view;
    return { ...view, closed: strings.lookup(`rule.${choice.code}`, { cap: choice.cap }) ?? choice.code };
  });
}

function dutyViews({ duties, problems }: Advice, strings: Strings): NewCaseView['duties'] {
  return duties.map(id => {
    const field = dutyField[id];
    return { field, text: strings.t(`duty.${id}`), met: problems.every(({ path }) => path !== field) };
  });
}

function verdictView({ verdict, profile }: Advice, settings: Settings, strings: Strings): NewCaseView['verdict'] {
  if (verdict.ok) {
    return {
      eligible: true,
      title: strings.t('page.new.eligible'),
      lines: profile.selfServiceFirst ? [strings.t('page.new.selfServiceFirst')] : [],
    };
  }
  return {
    eligible: false,
    title: strings.t('page.new.notEligible'),
    lines: whyNot(verdict, settings.adminRoles, strings),
  };
}

/** Why an incident is shown: its service, and the person's own words that say so. */
function becauseText(because: readonly MatchReason[], strings: Strings): string {
  const reasons = because.map(({ code, words }) =>
    code === 'words' ? strings.t('page.new.healthWords', { words: listOf(words, strings) }) : listOf(words, strings),
  );
  return strings.t('page.new.healthBecause', { reasons: listOf(reasons, strings) });
}

function healthView(incidents: Advice['incidents'], strings: Strings): NewCaseView['health'] {
  if (incidents.length === 0) return undefined;
  return {
    title: strings.plural('page.new.healthTitle', incidents.length),
    incidents: incidents.map(({ title, status, because }) => ({
      title,
      status: wordOf(strings, 'health', status),
      because: becauseText(because, strings),
    })),
  };
}

function problemText(problem: DraftProblem, strings: Strings): string {
  if (problem.code === 'tooLong' && 'limit' in problem) {
    const limit = new Intl.NumberFormat(strings.language).format(problem.limit ?? 0);
    return strings.t('error.field.tooLong', { limit });
  }
  return (
    strings.lookup(`page.new.problem.${problem.code}`) ??
    strings.lookup(`error.field.${problem.code}`) ??
    strings.t('error.field.invalid')
  );
}

const isProblemField = (path: string): path is ProblemField => problemFields.some(field => field === path);

/** Problems in words, each at an element of the page. */
export function presentProblems(problems: readonly DraftProblem[], strings: Strings): ProblemView[] {
  return problems.map(problem => {
    const field = problem.path.split('.')[0] ?? '';
    return { field: isProblemField(field) ? field : 'page', text: problemText(problem, strings) };
  });
}

/** Files in words; one above the limit says so at once. */
export function fileViews(
  files: readonly PickedFile[],
  strings: Strings,
  problems: ReadonlyMap<string, string> = new Map(),
): FileView[] {
  return files.map(({ uri, name, bytes }) => {
    const problem = bytes > limits.fileBytes ? tooLargeText(strings, name) : problems.get(uri);
    const view = { id: uri, name, size: showSize(bytes, strings.language) };
    return problem === undefined ? view : { ...view, problem };
  });
}

/** A place in the code as text. */
export function placeView({ path, startLine, endLine, text }: CodePlace, strings: Strings): PlaceView {
  const lines =
    startLine === endLine
      ? strings.t('page.line', { from: startLine })
      : strings.t('page.lines', { from: startLine, to: endLine });
  return { path, lines, text };
}

/** What of a draft is not typed text or a choice on the page, but comes with it. */
export interface Extras {
  readonly settings: Settings;
  readonly fileProblems: ReadonlyMap<string, string>;
  readonly problems: readonly ProblemView[];
  readonly conflict: 'changed' | 'gone' | undefined;
  /** The desks to choose from, where there are several. */
  readonly desks: readonly DeskMember[];
}

/** Everything the New case page shows besides what was typed, in words. */
export function presentNewCase(content: DraftContent, advice: Advice, extras: Extras, reader: Reader): NewCaseView {
  const { strings } = reader;
  const { profile } = advice;
  const { settings, fileProblems, problems, conflict, desks } = extras;
  const health = healthView(advice.incidents, strings);
  return {
    profiles: profileIds.map(id => ({ id, label: strings.t(`profile.${id}`) })),
    plans: profile.response?.byPlan ? plans.map(id => ({ id, label: strings.t(`plan.${id}`) })) : [],
    desks: desks.map(({ id, name }) => ({ id, label: cleanLine(name) })),
    categories: profile.categories.map(({ category: id }) => ({ id, label: strings.t(`category.${id}`) })),
    suggestions: suggestionsOf(settings),
    verdict: verdictView(advice, settings, strings),
    outside: profile.boundary.map(({ origin }) => wordOf(strings, 'rule', origin)),
    ...(health ? { health } : {}),
    severities: severityViews(advice, strings),
    severityNote: strings.t(profile.severity?.setBySupport ? 'page.new.setBySupport' : 'page.new.proposal'),
    askSureA: proposed(content) === 'A',
    hints: hintViews(content, advice, strings),
    phoneRead: advice.phone?.ok ? strings.t('page.new.phoneRead', { number: advice.phone.value }) : '',
    next: nextView(content, advice, reader),
    duties: dutyViews(advice, strings),
    details: [...advice.details],
    contactMethods: contactMethods.map(id => ({ id, label: strings.t(`contactMethod.${id}`) })),
    ...queryView(content, profile, strings),
    required: ['title', 'text', ...advice.duties.map(id => dutyField[id]), ...requiredDetails(profile)],
    places: content.places.map(place => placeView(place, strings)),
    files: fileViews(content.files, strings, fileProblems),
    target: presentTarget(advice.target, reader, 'draft'),
    problems: [...problems, ...content.files.flatMap(({ uri }) => fileProblem(fileProblems.get(uri)))],
    ...(conflict ? { conflict: { kind: conflict, text: conflictText(conflict, strings) } } : {}),
  };
}

/**
 * What happens once it is filed: whether anyone works on it now, and the ways to support; nothing where it cannot be
 * filed. Facts: those of `channels`.
 */
function nextView({ category, severity }: DraftContent, { hours, profile, verdict }: Advice, reader: Reader): string[] {
  if (!verdict.ok) return [];
  const { strings } = reader;
  const ways = channels({ category, severity }, profile).map(one => wayName(channelWords(one, strings), strings));
  const open = hoursText(hours, reader);
  return [strings.t('page.new.thenHandOver'), ...ways, ...(open === undefined ? [] : [open])];
}

/** What the words suggest and is not chosen yet, with the words that say so. Facts: T-30, A-12. */
function hintViews(content: DraftContent, { classified, profile, severities }: Advice, strings: Strings) {
  const { category, group, severity } = classified;
  const because = (words: readonly string[]) => listOf([...new Set(words)].slice(0, 3), strings);
  const hints: NewCaseView['hints'] = [];
  const hint = (id: HintId, name: string, words: readonly string[]) =>
    hints.push({ id, name, text: strings.t('page.new.sounds', { name, words: because(words) }) });
  if (category && category.id !== content.category)
    hint('category', strings.t(`category.${category.id}`), category.words);
  const service = group && serviceOf(group.id, strings);
  if (group && service !== undefined && cleanLine(content.service) === '') hint('service', service, group.words);
  const open = severities.some(({ choice }) => choice.severity === severity?.id && choice.open);
  if (severity && open && profile.severity && content.severity === undefined) {
    hint('severity', strings.t(`severity.${severity.id}`), severity.words);
  }
  return hints;
}

/** The service a product group is about; undefined where it is none, such as configuration. */
function serviceOf(group: string, strings: Strings): string | undefined {
  return group === 'serviceConfiguration' ? undefined : strings.lookup(`group.${group}`);
}

/** The draft with what its words suggest. */
export function withHint(content: DraftContent, { classified }: Advice, hint: HintId, strings: Strings): DraftContent {
  const { category, group, severity } = classified;
  const service = group && serviceOf(group.id, strings);
  if (hint === 'category' && category) return { ...content, category: category.id };
  if (hint === 'service' && service !== undefined) return { ...content, service };
  return hint === 'severity' && severity ? { ...content, severity: severity.id } : content;
}

function suggestionsOf({ services, contacts }: Settings): NewCaseView['suggestions'] {
  const people = Object.values(contacts);
  const lines = people.map(contactLine);
  return {
    service: [...services],
    resource: lines,
    contact: lines,
    phone: people.flatMap(({ phone }) => phone ?? []),
    email: people.flatMap(({ email }) => email ?? []),
  };
}

/** What to type into the search box of the offer, where it wants words put first (V-03). */
function queryView({ title }: DraftContent, profile: Profile, strings: Strings): Pick<NewCaseView, 'query'> {
  if (profile.queryPrefix === null) return {};
  return { query: strings.t('page.new.query', { query: queryText(cleanLine(title), profile) }) };
}

/** What must be there; of several of which one is enough, none is marked. */
function requiredDetails({ fields }: Profile): DetailField[] {
  return fields.flatMap(({ fields: [only, ...others] }) =>
    others.length === 0 ? detailFields.filter(name => name === only) : [],
  );
}

function fileProblem(text: string | undefined): ProblemView[] {
  return text === undefined ? [] : [{ field: 'files', text }];
}

function conflictText(kind: 'changed' | 'gone', strings: Strings): string {
  return strings.t(kind === 'gone' ? 'page.new.gone' : 'page.new.conflict');
}

/** What the person has filled in, as the page holds it. */
export function filledOf(content: DraftContent, advice: Pick<Advice, 'healthConfirmed'>): Filled {
  const { profile, plan, category, severity, service, title, text, impact, resource, contact } = content;
  const { desk = 'local' } = content;
  const { phone = '', email = '', contactMethod = '', licenceId = '', agreementNumber = '' } = content.details ?? {};
  return {
    ...{ profile, desk, category, service, title, text, impact, resource, contact },
    ...{ phone, email, contactMethod, licenceId, agreementNumber },
    plan: plan ?? 'standard',
    severity: severity ?? null,
    health: advice.healthConfirmed,
    severityA: content.severityAConfirmed ?? false,
  };
}
