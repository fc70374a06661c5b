import { clocksDiffer, type HealthFailure, type HealthIssue, type HealthNotice } from '../desk/healthReading.ts';
import type { SourceOfHealth } from '../host/services.ts';
import type { Instant } from '../rules/decision.ts';
import { arranged, isolatedIn, isolatedPart } from '../strings/bidi.ts';
import type { ItemText, WayOut } from './node.ts';
import type { Telling } from './presentCase.ts';
import { problem, type Problem } from './presentGroup.ts';
import {
  classificationWords,
  iconOf,
  isOpen,
  longLines,
  openWords,
  statusWords,
  type Disturbance,
} from './presentIncident.ts';
import { joined, shownLine } from './words.ts';

/** The one row where no source is connected: says so, and offers to connect one. */
export function presentUnconnected({ strings }: Telling): ItemText {
  const label = strings.t('view.health.notConnected');
  const why = strings.t('view.health.notConnected.why');
  return {
    label: isolatedPart(label, strings),
    tooltip: arranged('\n', [label, why], strings),
    icon: { id: 'debug-disconnect' },
    accessibility: `${label}. ${why}`,
  };
}

/** The board beside sources. */
export function presentBoard(open: readonly Disturbance[], { strings }: Telling): ItemText {
  const label = strings.t('view.health.board');
  const count = openWords(open, strings) ?? strings.t('view.health.noneOpen');
  return {
    label: isolatedPart(label, strings),
    description: isolatedPart(count, strings),
    icon: { id: 'notebook' },
    accessibility: joined(', ', [label, count]),
  };
}

/** How old is what a source shows, where it cannot be read and that is not known from elsewhere. */
function ageOf({ state: { reading, failure }, seenBy }: SourceOfHealth, { strings, times, now }: Telling) {
  return reading && seenBy === undefined && failure
    ? strings.t('view.health.read', { distance: times.distance(reading.asOf, now) })
    : undefined;
}

/** What must be known of a source without a row of its own: its name, or how old all is where a problem has the name. */
export function titleOf(source: SourceOfHealth, telling: Telling): string {
  return ageOf(source, telling) ?? shownLine(source.label);
}

/** A source with how much goes on there, and how old what it shows is. */
export function presentSource(source: SourceOfHealth, open: readonly Disturbance[], telling: Telling): ItemText {
  const { strings, times, now } = telling;
  const { state, seenBy } = source;
  const { reading, failure } = state;
  const label = shownLine(source.label);
  const count = reading && (openWords(open, strings) ?? strings.t('view.health.noneOpen'));
  const age = ageOf(source, telling);
  const unread = (reading ?? failure) ? undefined : strings.t('view.health.unread');
  const seen =
    seenBy &&
    strings.t('view.health.seenBy', {
      name: isolatedIn(shownLine(seenBy.by, 100), strings),
      time: times.moment(reading?.asOf ?? seenBy.publishedAt, now),
    });
  return {
    label: isolatedPart(label, strings),
    description: arranged(' · ', [count, age, unread, seen], strings),
    tooltip: arranged('\n', [label, count, age, unread, seen], strings),
    icon: { id: seenBy ? 'eye' : failure ? 'debug-disconnect' : 'cloud' },
    accessibility: joined(', ', [label, count, age, unread, seen]),
  };
}

/** The way out of each failure. */
function wayOutOf({ code }: HealthFailure, source: string): WayOut {
  switch (code) {
    case 'signedOut':
      return source.startsWith('graph:') ? { to: 'signIn', source } : { to: 'why', source };
    case 'throttled':
    case 'unreachable':
    case 'unknownKey':
    case 'tampered':
    case 'expired':
    case 'fromTheFuture':
      return { to: 'retry' };
    case 'consentMissing':
    case 'noAdminRole':
    case 'noService':
    case 'notASource':
      return { to: 'why', source };
  }
}

/** Why a source could not be read, as a row of it. */
export function failureProblem(
  { id, label, state: { failure } }: SourceOfHealth,
  telling: Telling,
): Problem | undefined {
  if (failure === undefined) return undefined;
  const { strings, times, now } = telling;
  const time = failure.code === 'throttled' ? times.moment(failure.until, now) : '';
  const values = { source: isolatedIn(shownLine(label), strings), time };
  const sentence = strings.lookup(`healthFailure.${failure.code}`, values) ?? failure.code;
  return problem(sentence, wayOutOf(failure, id), strings);
}

/** What must be known to read the rows of a source rightly. */
export function remarksOn({ label, state: { reading } }: SourceOfHealth, { strings }: Telling): readonly ItemText[] {
  if (reading === undefined) return [];
  const source = isolatedIn(shownLine(label), strings);
  const remarks: [string, string][] = [];
  if (clocksDiffer(reading)) remarks.push([strings.t('view.health.clock', { source }), 'watch']);
  if (reading.partial) remarks.push([strings.t('view.health.partial', { source }), 'info']);
  return remarks.map(([text, icon]) => ({
    label: isolatedPart(text, strings),
    tooltip: isolatedPart(text, strings),
    icon: { id: icon },
    accessibility: text,
  }));
}

/** An incident or advisory of a source as a row under its service. */
export function presentIssue(issue: HealthIssue, { strings, times, now }: Telling, muted: boolean): ItemText {
  const label = shownLine(issue.title) || shownLine(issue.id);
  const id = shownLine(issue.id, 60);
  const status = statusWords(issue.status, strings);
  const kind = classificationWords(issue.classification, strings);
  const silent = muted ? strings.t('view.health.muted') : undefined;
  const { startedAt, updatedAt } = issue;
  const started =
    startedAt === undefined
      ? undefined
      : strings.t('view.health.started', { distance: times.distance(startedAt, now) });
  const changed =
    updatedAt === undefined
      ? undefined
      : strings.t('view.health.changed', { distance: times.distance(updatedAt, now) });
  const feature = shownLine(issue.feature);
  return {
    label: isolatedPart(label, strings),
    description: arranged(' · ', [kind, status, id, silent], strings),
    tooltip: arranged(
      '\n',
      [
        label,
        arranged(' · ', [id, kind, status, silent], strings),
        feature,
        started,
        changed,
        ...longLines(issue.impact),
      ],
      strings,
    ),
    icon: muted && isOpen(issue) ? { id: 'bell-slash' } : iconOf(issue),
    accessibility: joined(', ', [label, kind, status, id, started, silent]),
  };
}

/** The heading over what is announced. */
export function presentNotices(maintenance: boolean, count: number, { strings }: Telling): ItemText {
  const label = strings.t(maintenance ? 'view.health.maintenance' : 'view.health.messages');
  const number = new Intl.NumberFormat(strings.language).format(count);
  return {
    label: isolatedPart(label, strings),
    description: number,
    icon: { id: maintenance ? 'tools' : 'mail' },
    accessibility: `${label}, ${number}`,
  };
}

/** A post of the message center, or maintenance that is planned. */
export function presentNotice(notice: HealthNotice, { strings, times, now }: Telling): ItemText {
  const label = shownLine(notice.title) || shownLine(notice.id);
  const at = (time: number): string => times.moment(time, now);
  const action =
    notice.actionBy === undefined ? undefined : strings.t('view.health.actionBy', { time: at(notice.actionBy) });
  const starts =
    (notice.startsAt ?? 0) < now ? undefined : strings.t('view.health.starts', { time: at(notice.startsAt ?? now) });
  const on = shownLine(notice.services.join(', '));
  return {
    label: isolatedPart(label, strings),
    description: arranged(' · ', [action ?? starts, on], strings),
    tooltip: arranged('\n', [label, action, starts, on, ...longLines(notice.text)], strings),
    icon: { id: notice.actionBy === undefined ? 'note' : 'bell-dot' },
    accessibility: joined(', ', [label, action, starts, on]),
  };
}

/** What must be done first, then what begins first, then the newest. What is over waits for nobody. */
export function inOrder(notices: readonly HealthNotice[], now: Instant): HealthNotice[] {
  const soon = (at: Instant | undefined): Instant => (at === undefined || at < now ? Infinity : at);
  const first = (a: Instant, b: Instant): number => (a === b ? 0 : a - b);
  return notices.toSorted(
    (a, b) =>
      first(soon(a.actionBy), soon(b.actionBy)) ||
      first(soon(a.startsAt), soon(b.startsAt)) ||
      (b.updatedAt ?? 0) - (a.updatedAt ?? 0),
  );
}
