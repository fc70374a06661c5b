import type { HealthStatus, Incident } from '../desk/health.ts';
import { goesOn, knownStatus } from '../desk/healthReading.ts';
import type { Instant } from '../rules/decision.ts';
import { arranged, isolated, isolatedPart } from '../strings/bidi.ts';
import type { Strings } from '../strings/strings.ts';
import type { ItemText } from './node.ts';
import type { Telling } from './presentCase.ts';
import { joined, shownLine, shownPart } from './words.ts';

/** How bad an incident in this status is for those who use the service; 0 is over. */
const badness: Readonly<Record<HealthStatus, number>> = {
  serviceInterruption: 9,
  serviceDegradation: 8,
  extendedRecovery: 7,
  restoringService: 6,
  confirmed: 5,
  investigating: 4,
  reported: 3,
  verifyingService: 2,
  investigationSuspended: 1,
  serviceOperational: 0,
  serviceRestored: 0,
  postIncidentReviewPublished: 0,
  falsePositive: 0,
  resolved: 0,
  mitigatedExternal: 0,
  mitigated: 0,
  resolvedExternal: 0,
};

/** How bad a word of a source is; one we do not know may be as bad as something that is looked into. */
function badnessOfWord(word: string): number {
  const known = knownStatus(word);
  return known !== undefined ? badness[known] : word === 'underMaintenance' ? 1 : badness.investigating;
}

/** What can be told of an incident, whoever recorded it. */
export interface Disturbance {
  readonly id: string;
  readonly title: string;
  readonly classification: string;
  readonly status: string;
  readonly resolved?: boolean;
  readonly startedAt?: Instant | undefined;
  readonly updatedAt?: Instant | undefined;
  /** Of the board. */
  readonly revision?: number;
}

/** Whether it goes on. */
export function isOpen({ status, resolved = false }: Pick<Disturbance, 'status' | 'resolved'>): boolean {
  return goesOn({ status, resolved });
}

/** How bad an incident is now. An advisory is never as bad as an incident in the same status. */
export function badnessOf(of: Pick<Disturbance, 'status' | 'classification' | 'resolved'>): number {
  return isOpen(of) ? badnessOfWord(of.status) * 2 - (of.classification === 'advisory' ? 1 : 0) : 0;
}

/** A service with what is known of it. */
export interface ServiceHealth<Of extends Disturbance = Disturbance> {
  /** Empty for what names no service. */
  readonly service: string;
  /** What the source says of it; the board says nothing of a service itself. */
  readonly status?: string | undefined;
  readonly favourite: boolean;
  /** Those that go on first, the worst of them first; then the newest. */
  readonly incidents: readonly Of[];
  /** Those that go on and are not muted. */
  readonly open: readonly Of[];
}

/** What the user said of services and incidents of a source. */
export interface Marked {
  favourite(service: string): boolean;
  muted(incident: string): boolean;
}

/** Favourites first, then services with open incidents, worst first; then the others in the order they are known. */
export function servicesOf<Of extends Disturbance>(
  known: readonly { readonly name: string; readonly status?: string }[],
  incidents: readonly Of[],
  namesOf: (incident: Of) => readonly string[],
  marked: Marked,
): ServiceHealth<Of>[] {
  const found = new Map<string, { status: string | undefined; all: Of[] }>();
  for (const { name, status } of known) {
    const same = found.get(name);
    // Of two with one name the worse is told.
    if (same?.status !== undefined && badnessOfWord(same.status) >= badnessOfWord(status ?? '')) continue;
    found.set(name, { status, all: [] });
  }
  for (const incident of incidents) {
    const names = namesOf(incident);
    for (const name of names.length > 0 ? names : ['']) {
      const service = found.get(name) ?? { status: undefined, all: [] };
      found.set(name, service);
      service.all.push(incident);
    }
  }
  const ranked = Array.from(found, ([service, { status, all }]) => {
    const sorted = all
      .map(incident => ({ incident, bad: badnessOf(incident), muted: marked.muted(incident.id) }))
      .sort(
        (a, b) =>
          Number(a.muted) - Number(b.muted) ||
          b.bad - a.bad ||
          (b.incident.updatedAt ?? 0) - (a.incident.updatedAt ?? 0),
      );
    const open = sorted.filter(({ bad, muted }) => bad > 0 && !muted).map(({ incident }) => incident);
    const worst = Math.max(
      status === undefined ? 0 : badnessOfWord(status) * 2,
      sorted[0]?.muted ? 0 : (sorted[0]?.bad ?? 0),
    );
    const favourite = marked.favourite(service);
    return { worst, health: { service, status, favourite, open, incidents: sorted.map(one => one.incident) } };
  });
  return ranked
    .sort((a, b) => Number(b.health.favourite) - Number(a.health.favourite) || b.worst - a.worst)
    .map(({ health }) => health);
}

const warning = 'list.warningForeground';
const error = 'list.errorForeground';

/** A status in words; one we have no words for is shown as the source wrote it. */
export function statusWords(word: string, strings: Strings): string {
  return strings.lookup(`health.${word}`) ?? shownLine(word, 60);
}

/** The same for what is an incident, an advisory or something else. */
export function classificationWords(word: string, strings: Strings): string {
  return strings.lookup(`classification.${word}`) ?? shownLine(word, 60);
}

/** Different by shape, not by colour alone. */
export function iconOf(of: Pick<Disturbance, 'status' | 'classification' | 'resolved'>): NonNullable<ItemText['icon']> {
  if (!isOpen(of)) return { id: 'pass' };
  if (of.status === 'underMaintenance') return { id: 'tools' };
  if (of.classification === 'advisory') return { id: 'info', color: warning };
  return of.status === 'serviceInterruption' ? { id: 'error', color: error } : { id: 'warning', color: warning };
}

/** How many incidents and advisories go on, in words; nothing where none does. */
export function openWords(open: readonly Disturbance[], strings: Strings): string | undefined {
  const advisories = open.filter(({ classification }) => classification === 'advisory').length;
  const incidents = open.length - advisories;
  const parts = [
    incidents > 0 ? strings.plural('view.health.incidents', incidents) : undefined,
    advisories > 0 ? strings.plural('view.health.advisories', advisories) : undefined,
  ];
  return joined(', ', parts) || undefined;
}

/** A service as a row. Nothing recorded is not the same as nothing wrong, and is not said so. */
export function presentService(health: ServiceHealth, { strings }: Telling): ItemText {
  const { incidents, open, favourite } = health;
  const [worst] = open;
  const label = shownLine(health.service) || strings.t('view.group.noService');
  const word = health.status ?? worst?.status;
  const status = word === undefined ? undefined : statusWords(word, strings);
  const none = strings.t(incidents.length > 0 ? 'view.health.noneOpen' : 'view.health.noneRecorded');
  const count = openWords(open, strings) ?? (health.status === undefined ? none : undefined);
  const liked = favourite ? strings.t('view.health.favourite') : undefined;
  const icon = worst === undefined ? undefined : iconOf(worst);
  const own = health.status === undefined ? undefined : iconOf({ status: health.status, classification: 'incident' });
  return {
    label: isolatedPart(label, strings),
    description: arranged(' · ', [status, count, liked], strings),
    tooltip: arranged('\n', [label, status, count, liked], strings),
    icon: (own?.id === 'pass' ? undefined : own) ?? icon ?? own ?? { id: 'server' },
    accessibility: joined(', ', [label, status, count, liked]),
  };
}

/** An incident or advisory as a row under its service. */
export function presentIncident(incident: Incident, { strings, times, now }: Telling, muted = false): ItemText {
  const label = shownLine(incident.title);
  const status = strings.t(`health.${incident.status}`);
  const kind = strings.t(`classification.${incident.classification}`);
  const started = strings.t('view.health.started', { distance: times.distance(incident.startedAt, now) });
  const changed = strings.t('view.health.changed', { distance: times.distance(incident.updatedAt, now) });
  const posts = incident.posts.length > 0 ? strings.plural('view.health.posts', incident.posts.length) : undefined;
  const silent = muted ? strings.t('view.health.muted') : undefined;
  const desk = incident.desk === undefined ? undefined : shownPart(incident.desk, strings);
  return {
    label: shownPart(incident.title, strings),
    description: arranged(' · ', [`#${incident.number}`, status, desk, silent], strings),
    tooltip: arranged(
      '\n',
      [label, arranged(' · ', [`#${incident.number}`, kind, status, silent], strings), desk, started, changed, posts],
      strings,
    ),
    icon: muted ? { id: 'bell-slash' } : iconOf(incident),
    accessibility: joined(', ', [
      label,
      kind,
      status,
      strings.t('view.health.number', { number: incident.number }),
      desk,
      started,
      posts,
      silent,
    ]),
  };
}

/** A post as a row under its incident. */
export function presentPost(post: Incident['posts'][number], { strings, times, now }: Telling): ItemText {
  const label = shownLine(post.text) || strings.t('view.health.statusOnly');
  const status = strings.t(`health.${post.status}`);
  const by = shownLine(post.by.name, 100) || strings.t('person.unnamed');
  const age = times.distance(post.at, now);
  return {
    label: shownPart(post.text, strings) || isolatedPart(label, strings),
    description: arranged(' · ', [status, times.moment(post.at, now)], strings),
    tooltip: arranged(
      '\n',
      [status, arranged(' · ', [isolated(by), times.moment(post.at, now)], strings), ...longLines(post.text)],
      strings,
    ),
    icon: { id: 'comment' },
    accessibility: joined(', ', [label, status, by, age]),
  };
}

const mostLines = 12;

/** A longer text for a tooltip: its first lines. */
export function longLines(text: string): string[] {
  const lines = text.slice(0, 4_000).split('\n', mostLines + 1);
  const shown = lines.slice(0, mostLines).map(line => shownLine(line));
  return lines.length > mostLines ? [...shown, '…'] : shown;
}
