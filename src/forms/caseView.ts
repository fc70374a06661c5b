import type { CaseDetail, StoredFile, TimelineEvent } from '../desk/case.ts';
import { effectiveSeverity, seenBefore } from '../desk/case.ts';
import type { PickedFile } from '../desk/drafts.ts';
import type { ActionKind } from '../desk/words.ts';
import type { Settings } from '../host/settingsSchema.ts';
import { caseCommands, type CaseCommand, type CaseView, type EventView } from '../protocol/case.ts';
import type { FileView, TargetView } from '../protocol/parts.ts';
import type { Instant } from '../rules/decision.ts';
import { dutyField } from '../rules/completeness.ts';
import { detailFields, type DetailField } from '../rules/profile.ts';
import { profiles } from '../rules/profiles/index.ts';
import { downgradeWarning, duties } from '../rules/severity.ts';
import type { Strings } from '../strings/strings.ts';
import { adviseTarget, aimOf } from './advice.ts';
import { presentHandOff } from './handOffView.ts';
import { seenWords } from './issueWords.ts';
import { fileViews, placeView } from './newCaseView.ts';
import { wordOf } from './sentences.ts';
import { presentTarget, type Reader, type TargetPhase } from './targetView.ts';
import { showInstant } from './times.ts';
import { showSize } from '../host/size.ts';

function phaseOf({ status }: CaseDetail): TargetPhase {
  return status === 'closed' || status === 'resolved' ? 'ended' : 'open';
}

/** The target of a case in words; asked again each minute. */
export function presentCaseTarget(detail: CaseDetail, settings: Settings, reader: Reader): TargetView {
  const profile = profiles[detail.profile];
  const advice = adviseTarget(aimOf(detail), profile, settings, reader.now);
  return presentTarget(advice, reader, phaseOf(detail), detail.firstResponseAt);
}

const storedView =
  ({ language }: Strings) =>
  ({ name, bytes, sha256 }: StoredFile): FileView => ({ id: sha256, name, size: showSize(bytes, language) });

const marks = {
  filed: 'start',
  annotated: 'note',
  informationRequested: 'ask',
  answered: 'answer',
  firstResponseRecorded: 'record',
  vendorNumberRecorded: 'record',
  severityChanged: 'severity',
  resolved: 'end',
  closed: 'end',
  reopened: 'start',
} as const satisfies Record<TimelineEvent['kind'], EventView['mark']>;

function titleKey(event: TimelineEvent): string {
  if (event.kind === 'severityChanged') return `severityChanged.${event.side}`;
  return event.kind === 'annotated' && event.text === '' ? 'filesAdded' : event.kind;
}

/** What an event says beyond its title and its text, such as from which severity to which. */
function detailOf(event: TimelineEvent, { strings, zone, now }: Reader): string {
  switch (event.kind) {
    case 'severityChanged': {
      const to = strings.t(`severity.${event.to}`);
      return event.from === undefined
        ? to
        : strings.t('page.case.severityFromTo', { from: strings.t(`severity.${event.from}`), to });
    }
    case 'vendorNumberRecorded':
      return event.from === undefined
        ? event.vendorNumber
        : strings.t('page.case.vendorFromTo', { from: event.from, to: event.vendorNumber });
    case 'firstResponseRecorded':
      return strings.t('page.case.respondedAt', {
        time: showInstant(event.respondedAt, zone, strings.language, now),
      });
    case 'closed':
      return strings.t(`reason.${event.reason}`);
    case 'filed':
    case 'annotated':
    case 'informationRequested':
    case 'answered':
    case 'resolved':
    case 'reopened':
      return '';
  }
}

const teamOnly = (event: TimelineEvent): boolean => event.kind === 'annotated' && event.teamOnly === true;

function eventView(event: TimelineEvent, handed: boolean, reader: Reader): EventView {
  const { strings, zone, now } = reader;
  return {
    seq: event.seq,
    mark: marks[event.kind],
    title: wordOf(strings, 'event', titleKey(event)),
    detail: detailOf(event, reader),
    by: event.by.name === '' ? strings.t('person.unnamed') : event.by.name,
    time: showInstant(event.at, zone, strings.language, now),
    text: 'text' in event ? event.text : '',
    files: 'files' in event ? event.files.map(storedView(strings)) : [],
    teamOnly: teamOnly(event),
    toPaste: handed && (event.kind === 'annotated' || event.kind === 'answered') && !teamOnly(event),
  };
}

function statusView(detail: CaseDetail, strings: Strings): CaseView['status'] {
  const { status, closeReason } = detail;
  const severity = effectiveSeverity(detail);
  const warning =
    severity &&
    downgradeWarning({ severity, waitingForCustomer: status === 'actionRequired' }, profiles[detail.profile]);
  const reason = closeReason && status === 'closed' ? strings.t(`reason.${closeReason}`) : undefined;
  const standing = status === 'open' && detail.vendorNumber === undefined ? 'toHandOver' : status;
  // The warning says itself that support waits.
  const note = reason ?? strings.lookup(warning ? `rule.${warning.code}` : `page.status.${standing}`) ?? '';
  return { id: status, word: strings.t(`status.${status}`), note };
}

function severityView(detail: CaseDetail, strings: Strings): CaseView['severity'] {
  const { severityProposed: proposed, severitySet: set } = detail;
  const severity = effectiveSeverity(detail);
  if (severity === undefined) return { name: strings.t('severity.none'), note: '' };
  const differs = set !== undefined && proposed !== undefined && set !== proposed;
  const note = differs
    ? strings.t('page.case.setDiffers', { severity: strings.t(`severity.${proposed}`) })
    : strings.t(set === undefined ? 'page.case.proposed' : 'page.case.setBySupport');
  return { id: severity, name: strings.t(`severity.${severity}`), note };
}

function detailText({ details = {} }: CaseDetail, name: DetailField, strings: Strings): string | undefined {
  if (name !== 'contactMethod') return details[name];
  return details.contactMethod && strings.t(`contactMethod.${details.contactMethod}`);
}

function factsOf(detail: CaseDetail, { strings, zone, now }: Reader): CaseView['facts'] {
  const { language } = strings;
  const byPlan = profiles[detail.profile].response?.byPlan === true;
  const facts: readonly (readonly [label: string, value: string | undefined])[] = [
    [strings.t('field.service'), detail.service],
    [strings.t('field.category'), strings.t(`category.${detail.category}`)],
    [strings.t('field.profile'), strings.t(`profile.${detail.profile}`)],
    [strings.t('field.plan'), byPlan && detail.plan ? strings.t(`plan.${detail.plan}`) : undefined],
    [strings.t('page.case.vendorNumber'), detail.vendorNumber],
    [strings.t('page.case.opened'), showInstant(detail.openedAt, zone, language, now)],
    [strings.t('page.case.filedBy'), detail.filedBy.name],
    [strings.t('field.desk'), detail.desk],
    [strings.t('field.resource'), detail.resource],
    [strings.t('field.contact'), detail.contact],
    ...detailFields.map(name => [strings.t(`field.${name}`), detailText(detail, name, strings)] as const),
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function writeMode(allowed: readonly ActionKind[]): CaseView['write'] {
  if (allowed.includes('answer')) return 'answer';
  return allowed.includes('annotate') ? 'note' : 'none';
}

const always: ReadonlySet<CaseCommand> = new Set<CaseCommand>([
  'copyHandOff',
  'why',
  'copyAsMarkdown',
  'exportTimeline',
]);

function commandsOf({ allowed, profile }: CaseDetail, strings: Strings): CaseView['commands'] {
  const can = new Set<string>(allowed);
  return caseCommands
    .filter(id => always.has(id) || (can.has(id) && (id !== 'changeSeverity' || profiles[profile].severity !== null)))
    .map(id => ({ id, label: strings.t(`page.run.${id}`) }));
}

/** What is owed for the severity of a case, and whether it was said when it was filed. Facts: C-20. */
function dutyViews(detail: CaseDetail, strings: Strings): CaseView['duties'] {
  const profile = profiles[detail.profile];
  if (profile.severity === null) return [];
  return duties(effectiveSeverity(detail) ?? 'C', profile).map(({ id }) => ({
    text: strings.t(`duty.${id}`),
    met: detail[dutyField[id]].trim() !== '',
  }));
}

const rememberedText = (asOf: Instant, { strings, zone, now }: Reader): string =>
  strings.t('view.asOf', { time: showInstant(asOf, zone, strings.language, now) });

/** What is on the page with a case: files picked for the next note, and why the last one was not taken. */
export interface NoteExtras {
  readonly picked: readonly PickedFile[];
  readonly fileProblems: ReadonlyMap<string, string>;
  readonly problem: string | undefined;
  readonly teamNotes: CaseView['teamNotes'];
  /** When the case was like this, where the desk cannot be asked now. */
  readonly asOf: Instant | undefined;
  /** The sentences of the hand-off's text: the reader's, or English. */
  readonly textIn: Strings;
}

/** A case in words. */
export function presentCase(detail: CaseDetail, extras: NoteExtras, settings: Settings, reader: Reader): CaseView {
  const { strings } = reader;
  const { picked, fileProblems, problem, teamNotes, asOf, textIn } = extras;
  const handed = detail.status !== 'closed';
  const asked = detail.timeline.findLast(event => event.kind === 'informationRequested');
  return {
    revision: detail.revision,
    number: strings.t('page.case.number', { number: detail.number }),
    title: detail.title,
    status: statusView(detail, strings),
    severity: severityView(detail, strings),
    ...(asOf === undefined ? {} : { remembered: rememberedText(asOf, reader) }),
    facts: factsOf(detail, reader),
    duties: dutyViews(detail, strings),
    ...(handed ? { handOff: presentHandOff(detail, settings, reader, textIn) } : {}),
    text: detail.text,
    impact: detail.impact,
    target: presentCaseTarget(detail, settings, reader),
    places: detail.places.map(place => placeView(place, strings)),
    files: detail.filedFiles.map(storedView(strings)),
    seen: seenBefore(detail).map(one => ({
      title: seenWords(one, strings),
      note: strings.t(`page.case.seen.${one.answer}Issue`),
    })),
    timeline: detail.timeline.toReversed().map(event => eventView(event, handed, reader)),
    write: writeMode(detail.allowed),
    teamNotes,
    question: detail.status === 'actionRequired' ? (asked?.text ?? '') : '',
    picked: fileViews(picked, strings, fileProblems),
    ...(problem === undefined ? {} : { problem }),
    commands: commandsOf(detail, strings),
  };
}
