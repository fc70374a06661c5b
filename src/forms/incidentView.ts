import { isActive, type Incident } from '../desk/health.ts';
import { goesOn, type HealthIssue, type HealthNotice } from '../desk/healthReading.ts';
import { issueId } from '../desk/openIssues.ts';
import type { SourceOfHealth } from '../host/services.ts';
import type { Entry, IncidentView, Mark, Subject } from '../protocol/incident.ts';
import { spans, type Span } from '../protocol/incidentWords.ts';
import type { Instant } from '../rules/decision.ts';
import { statusWord } from './issueWords.ts';
import { wordOf } from './sentences.ts';
import type { Reader } from './targetView.ts';
import { showInstant, showZone } from './times.ts';

/** What a page of an incident is made of; a notice has neither status nor posts of its own. */
export type Found =
  | { readonly kind: 'board'; readonly incident: Incident }
  | { readonly kind: 'issue'; readonly issue: HealthIssue; readonly source: SourceOfHealth }
  | { readonly kind: 'notice'; readonly notice: HealthNotice; readonly source: SourceOfHealth };

/** What people call it by: its number on the board, or its id at the source. */
export function numberOf(found: Found): string {
  if (found.kind === 'board') return `#${found.incident.number}`;
  return found.kind === 'issue' ? found.issue.id : found.notice.id;
}

const markOf = (classification: string, active: boolean): Mark =>
  active ? (classification.toLowerCase() === 'incident' ? 'incident' : 'advisory') : 'over';

const classificationWord = (word: string, { strings }: Reader): string =>
  wordOf(strings, 'classification', word.toLowerCase());

/** How old what is shown is, and whose eyes saw it. */
function readNote({ state, seenBy }: SourceOfHealth, { strings, zone, now }: Reader): string[] {
  const asOf = state.reading?.asOf;
  if (asOf === undefined) return [];
  const time = showInstant(asOf, zone, strings.language, now);
  return [
    seenBy === undefined
      ? strings.t('view.health.asOf', { time })
      : strings.t('view.health.seenBy', { name: seenBy.by || strings.t('person.unnamed'), time }),
  ];
}

type Part = Pick<IncidentView, 'title' | 'kind' | 'notes' | 'entries'> & {
  readonly services: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string | undefined])[];
};

function boardPart(
  { title, service, classification, status, startedAt, updatedAt, posts }: Incident,
  reader: Reader,
): Part {
  const { strings } = reader;
  const active = isActive(status);
  return {
    title,
    services: [service],
    kind: kindOf(classification, status, active, reader),
    notes: [],
    facts: [
      [strings.t('page.incident.started'), timeOf(startedAt, reader)],
      [strings.t('page.incident.updated'), timeOf(updatedAt, reader)],
      [strings.t('page.incident.ended'), active ? undefined : timeOf(updatedAt, reader)],
      [strings.t('page.incident.source'), strings.t('view.health.board')],
    ],
    entries: posts.toReversed().map(({ at, by, status: then, text }) => ({
      ...{ mark: markOf(classification, isActive(then)), title: statusWord(then, strings), detail: '', text },
      ...{ by: by.name || strings.t('person.unnamed'), time: timeOf(at, reader) ?? '' },
    })),
  };
}

function issuePart(issue: HealthIssue, source: SourceOfHealth, reader: Reader): Part {
  const { strings } = reader;
  const { title, services, classification, status, feature, impact, startedAt, updatedAt, endedAt, posts } = issue;
  const active = goesOn(issue);
  return {
    title,
    services,
    kind: kindOf(classification, status, active, reader),
    notes: readNote(source, reader),
    facts: [
      [strings.t('page.incident.feature'), feature],
      [strings.t('page.incident.impact'), impact],
      [strings.t('page.incident.started'), timeOf(startedAt, reader)],
      [strings.t('page.incident.updated'), timeOf(updatedAt, reader)],
      [strings.t('page.incident.ended'), timeOf(endedAt, reader)],
      [strings.t('page.incident.source'), source.label],
    ],
    entries: posts.toReversed().map(({ at, text }): Entry => ({
      mark: 'notice',
      title: timeOf(at, reader) ?? '',
      detail: '',
      by: '',
      time: '',
      text,
    })),
  };
}

function noticePart(notice: HealthNotice, source: SourceOfHealth, reader: Reader): Part {
  const { strings } = reader;
  const { title, services, text, actionBy, startsAt, endsAt, updatedAt } = notice;
  const by = timeOf(actionBy, reader);
  const status = by === undefined ? '' : strings.t('view.health.actionBy', { time: by });
  return {
    title,
    services,
    kind: { mark: 'notice', word: strings.t('classification.notice'), status, standing: '' },
    notes: readNote(source, reader),
    facts: [
      [strings.t('page.incident.started'), timeOf(startsAt, reader)],
      [strings.t('page.incident.ended'), timeOf(endsAt, reader)],
      [strings.t('page.incident.updated'), timeOf(updatedAt, reader)],
      [strings.t('page.incident.source'), source.label],
    ],
    entries: text === '' ? [] : [{ mark: 'notice', title: '', detail: '', by: '', time: '', text }],
  };
}

function kindOf(
  classification: string,
  status: string,
  active: boolean,
  reader: Reader,
): NonNullable<IncidentView['kind']> {
  return {
    mark: markOf(classification, active),
    word: classificationWord(classification, reader),
    status: statusWord(status, reader.strings),
    standing: reader.strings.t(active ? 'page.incident.goesOn' : 'page.incident.over'),
  };
}

const timeOf = (at: Instant | undefined, { strings, zone, now }: Reader): string | undefined =>
  at === undefined ? undefined : showInstant(at, zone, strings.language, now);

function partOf(found: Found, reader: Reader): Part {
  switch (found.kind) {
    case 'board':
      return boardPart(found.incident, reader);
    case 'issue':
      return issuePart(found.issue, found.source, reader);
    case 'notice':
      return noticePart(found.notice, found.source, reader);
  }
}

/** An incident or an announcement in words. `hasLink`: a portal tells of it too. */
export function presentIncident(found: Found, hasLink: boolean, reader: Reader): IncidentView {
  const { strings, zone, now } = reader;
  const { services, facts, ...shown } = partOf(found, reader);
  const actions: IncidentView['actions'] = [{ id: 'copyText', label: strings.t('page.run.copyText') }];
  if (found.kind === 'board') actions.push({ id: 'post', label: strings.t('command.post.title') });
  if (hasLink) actions.push({ id: 'openPortal', label: strings.t('health.why.portal') });
  if (found.kind !== 'notice') actions.push({ id: 'caseAbout', label: strings.t('page.run.caseAbout') });
  const [service] = services;
  if (service) actions.push({ id: 'history', label: strings.t('page.history.heading', { service }) });
  const rows = [
    [strings.t('field.service'), services.join(', ')] as const,
    ...facts,
    [strings.t('export.zone'), showZone(now, zone, strings.language)] as const,
  ];
  return {
    ...shown,
    lead: numberOf(found),
    facts: rows.flatMap(([label, value]) => (value ? [{ label, value }] : [])),
    heading: strings.t('page.incident.posts'),
    none: strings.t('page.incident.noPosts'),
    actions,
  };
}

interface Happened {
  readonly subject: Subject;
  readonly at: Instant;
  readonly active: boolean;
  readonly entry: Entry;
}

const day = 24 * 60 * 60_000;

/** What happened on a service, as the board and the sources still tell of it: the newest first. */
export function historyOf(
  service: string,
  span: Span,
  board: readonly Incident[],
  sources: readonly SourceOfHealth[],
  reader: Reader,
): readonly { readonly subject: Subject; readonly entry: Entry }[] {
  const { strings, now } = reader;
  const told = (
    of: Pick<HealthIssue, 'title' | 'classification' | 'status' | 'startedAt' | 'updatedAt' | 'endedAt'>,
    active: boolean,
    subject: Subject,
    by: string,
  ): Happened => {
    const from = timeOf(of.startedAt, reader);
    const to = active ? undefined : timeOf(of.endedAt ?? of.updatedAt, reader);
    return {
      ...{ subject, active, at: of.updatedAt ?? of.endedAt ?? of.startedAt ?? 0 },
      entry: {
        ...{ mark: markOf(of.classification, active), title: of.title, by, text: '' },
        detail: [classificationWord(of.classification, reader), statusWord(of.status, strings)].join(' · '),
        time: [from, to].filter(time => time !== undefined).join(' – '),
      },
    };
  };
  const own = board
    .filter(one => one.service === service)
    .map(one => told(one, isActive(one.status), { id: one.id }, strings.t('view.health.board')));
  const read = sources.flatMap(({ id: source, label, state }) =>
    (state.reading?.issues ?? [])
      .filter(one => one.services.includes(service))
      .map(one => told(one, goesOn(one), { source, id: one.id }, label)),
  );
  const known = new Map([...own, ...read].map(one => [JSON.stringify(one.subject), one]));
  return [...known.values()]
    .filter(({ at, active }) => active || at > now - span * day)
    .toSorted((a, b) => b.at - a.at);
}

/** The history of a service in words. */
export function presentHistory(service: string, span: Span, entries: readonly Entry[], reader: Reader): IncidentView {
  const { strings, zone, now } = reader;
  return {
    lead: showZone(now, zone, strings.language),
    title: strings.t('page.history.heading', { service }),
    notes: [strings.t('page.history.note')],
    facts: [],
    heading: strings.t('page.case.timeline'),
    entries: [...entries],
    none: strings.t('page.history.none'),
    days: {
      name: strings.t('page.case.filter'),
      shown: span,
      choices: spans.map(count => strings.t('page.history.days', { count })),
    },
    actions: [],
  };
}

/** The id of the page of a subject: the same for the same. */
export const subjectKey = (subject: Subject): string =>
  'service' in subject ? `service ${subject.service}` : `incident ${issueId(subject)}`;
