import {
  effectiveSeverity,
  seenBefore,
  type CaseDetail,
  type SeenIncident,
  type StoredFile,
  type TimelineEvent,
} from '../desk/case.ts';
import { seenWords } from '../forms/issueWords.ts';
import { showSize } from '../host/size.ts';
import type { Instant } from '../rules/decision.ts';
import type { Strings } from '../strings/strings.ts';
import { codeBlock, escapeLine, plainText, quoteBlock } from './markdown.ts';

const iso = (at: Instant): string => new Date(at).toISOString();
const isoOrNull = (at: Instant | undefined): string | null => (at === undefined ? null : iso(at));
const textOrNull = (text: string | undefined): string | null =>
  text === undefined || text === '' ? null : plainText(text);
const fileJson = ({ name, bytes, sha256 }: StoredFile): ExportedFile => ({ name: plainText(name), bytes, sha256 });

export interface ExportedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}
/** One change of the case. `details` holds what only this kind of change has. */
export interface ExportedEvent {
  readonly seq: number;
  readonly at: string;
  readonly by: string | null;
  readonly kind: TimelineEvent['kind'];
  readonly statusAfter: string;
  readonly text: string | null;
  readonly files: readonly ExportedFile[];
  readonly details: Readonly<Record<string, string | null>>;
}
/**
 * The JSON export. `version` grows when a part changes its meaning or goes; parts may be added within a version. Times
 * are ISO 8601 in UTC, what is not known is null, and every text is a person's own words: plain text, never markup.
 */
export interface ExportedCase {
  readonly format: 'casebook.case';
  readonly version: 1;
  readonly exportedAt: string;
  readonly case: Readonly<Record<string, string | number | null>>;
  readonly places: readonly Readonly<Record<string, string | number | null>>[];
  readonly files: readonly ExportedFile[];
  readonly timeline: readonly ExportedEvent[];
  /** The incidents shown before it was filed, and whether they were said to be the problem (`same`) or not (`other`). */
  readonly incidentsShown: readonly ExportedIncident[];
}
export interface ExportedIncident extends Pick<SeenIncident, 'id' | 'title' | 'service' | 'status' | 'answer'> {
  readonly source: string | null;
}

function eventDetails(event: TimelineEvent): Readonly<Record<string, string | null>> {
  switch (event.kind) {
    case 'firstResponseRecorded':
      return { respondedAt: iso(event.respondedAt) };
    case 'vendorNumberRecorded':
      return { vendorNumber: plainText(event.vendorNumber), from: textOrNull(event.from) };
    case 'severityChanged':
      return { to: event.to, from: event.from ?? null, side: event.side };
    case 'closed':
      return { reason: event.reason };
    case 'filed':
    case 'annotated':
    case 'informationRequested':
    case 'answered':
    case 'resolved':
    case 'reopened':
      return {};
  }
}

/** A case with its timeline for programs. */
export function exportJson(of: CaseDetail, now: Instant): ExportedCase {
  return {
    format: 'casebook.case',
    version: 1,
    exportedAt: iso(now),
    case: {
      id: of.id,
      number: of.number,
      revision: of.revision,
      title: plainText(of.title),
      status: of.status,
      closeReason: of.closeReason ?? null,
      profile: of.profile,
      plan: of.plan ?? null,
      category: of.category,
      service: textOrNull(of.service),
      severityProposed: of.severityProposed ?? null,
      severitySet: of.severitySet ?? null,
      vendorNumber: textOrNull(of.vendorNumber),
      openedAt: iso(of.openedAt),
      updatedAt: iso(of.updatedAt),
      firstResponseAt: isoOrNull(of.firstResponseAt),
      filedBy: textOrNull(of.filedBy.name),
      zone: plainText(of.zone),
      text: plainText(of.text),
      impact: textOrNull(of.impact),
      resource: textOrNull(of.resource),
      contact: textOrNull(of.contact),
    },
    places: of.places.map(({ path, startLine, endLine, language, commit, text }) => ({
      path: plainText(path),
      startLine,
      endLine,
      language: textOrNull(language),
      commit: commit ?? null,
      text: plainText(text),
    })),
    files: of.filedFiles.map(fileJson),
    timeline: of.timeline.map(event => ({
      seq: event.seq,
      at: iso(event.at),
      by: textOrNull(event.by.name),
      kind: event.kind,
      statusAfter: event.status,
      text: 'text' in event ? textOrNull(event.text) : null,
      files: 'files' in event ? event.files.map(fileJson) : [],
      details: eventDetails(event),
    })),
    incidentsShown: seenBefore(of).map(({ source, id, title, service, status, answer }) => ({
      source: textOrNull(source),
      ...{ id: plainText(id), title: plainText(title), service: plainText(service), status: plainText(status), answer },
    })),
  };
}

/** Says times in the user's zone, with the zone. */
function timeWords(strings: Strings, zone: string | undefined): (at: Instant) => string {
  const format = new Intl.DateTimeFormat(strings.language, {
    dateStyle: 'medium',
    timeStyle: 'long',
    hourCycle: 'h23',
    ...(zone === undefined ? {} : { timeZone: zone }),
  });
  return at => format.format(at);
}

function eventWords(event: TimelineEvent, strings: Strings, time: (at: Instant) => string): string {
  switch (event.kind) {
    case 'firstResponseRecorded':
      return `${strings.t('event.firstResponseRecorded')}: ${time(event.respondedAt)}`;
    case 'vendorNumberRecorded':
      return `${strings.t('event.vendorNumberRecorded')}: ${escapeLine(event.vendorNumber)}`;
    case 'severityChanged': {
      const from = event.from === undefined ? '' : `${strings.t(`severity.${event.from}`)} → `;
      return `${strings.t(`event.severityChanged.${event.side}`)}: ${from}${strings.t(`severity.${event.to}`)}`;
    }
    case 'closed':
      return `${strings.t('event.closed')}: ${strings.t(`reason.${event.reason}`)}`;
    case 'annotated':
      return strings.t(event.text === '' ? 'event.filesAdded' : 'event.annotated');
    case 'filed':
    case 'informationRequested':
    case 'answered':
    case 'resolved':
    case 'reopened':
      return strings.t(`event.${event.kind}`);
  }
}

function facts(of: CaseDetail, strings: Strings, time: (at: Instant) => string, zone: string | undefined): string {
  const rows: readonly (readonly [string, string | undefined])[] = [
    [strings.t('export.status'), strings.t(`status.${of.status}`)],
    [strings.t('export.closed'), of.closeReason && strings.t(`reason.${of.closeReason}`)],
    [strings.t('export.severity'), strings.t(`severity.${effectiveSeverity(of) ?? 'none'}`)],
    [strings.t('export.severityProposed'), of.severityProposed && strings.t(`severity.${of.severityProposed}`)],
    [strings.t('export.severitySet'), of.severitySet && strings.t(`severity.${of.severitySet}`)],
    [strings.t('export.service'), escapeLine(of.service)],
    [strings.t('export.category'), strings.t(`category.${of.category}`)],
    [strings.t('export.profile'), strings.t(`profile.${of.profile}`)],
    [strings.t('export.vendorNumber'), of.vendorNumber && escapeLine(of.vendorNumber)],
    [strings.t('export.opened'), time(of.openedAt)],
    [strings.t('export.changed'), time(of.updatedAt)],
    [strings.t('export.firstResponse'), of.firstResponseAt === undefined ? undefined : time(of.firstResponseAt)],
    [strings.t('export.zone'), escapeLine(zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone)],
    [strings.t('export.resource'), escapeLine(of.resource)],
    [strings.t('export.contact'), escapeLine(of.contact)],
  ];
  return rows.flatMap(([name, value]) => (value ? [`- **${name}:** ${value}`] : [])).join('\n');
}

const fileList = (files: readonly StoredFile[], { language }: Strings): string =>
  files.map(({ name, bytes }) => `- ${escapeLine(name)} (${showSize(bytes, language)})`).join('\n');

/** A case with its timeline for people; `zone` is the reader's own unless given. What people wrote stays text. */
export function exportMarkdown(of: CaseDetail, strings: Strings, zone?: string): string {
  const time = timeWords(strings, zone);
  const places = of.places.map(({ path, startLine, endLine, commit, language, text }) => {
    const lines = strings.t('export.lines', { from: startLine, to: endLine });
    const head = [escapeLine(path), lines, commit].filter(part => part !== undefined).join(', ');
    return text === '' ? head : `${head}\n\n${codeBlock(text, language)}`;
  });
  const timeline = of.timeline.map(event => {
    const by = escapeLine(event.by.name) || strings.t('person.unnamed');
    return [
      `### ${time(event.at)} · ${eventWords(event, strings, time)}`,
      `${by} · ${strings.t(`status.${event.status}`)}`,
      'text' in event && event.text !== '' ? quoteBlock(event.text) : '',
      'files' in event ? fileList(event.files, strings) : '',
    ];
  });
  const incidents = seenBefore(of)
    .map(one => `- ${escapeLine(seenWords(one, strings))} (${strings.t(`page.case.seen.${one.answer}Issue`)})`)
    .join('\n');
  const section = (title: string, ...parts: readonly string[]): string[] =>
    parts.some(part => part !== '') ? [`## ${title}`, ...parts] : [];
  return `${[
    `# #${of.number} ${escapeLine(of.title) || strings.t('export.untitled')}`,
    facts(of, strings, time, zone),
    ...section(strings.t('export.description'), quoteBlock(of.text)),
    ...(of.impact === '' ? [] : section(strings.t('export.impact'), quoteBlock(of.impact))),
    ...section(strings.t('export.places'), ...places),
    ...section(strings.t('export.files'), fileList(of.filedFiles, strings)),
    ...section(strings.t('page.case.seen'), incidents),
    ...section(strings.t('export.timeline'), ...timeline.flat()),
  ]
    .filter(part => part !== '')
    .join('\n\n')}\n`;
}
