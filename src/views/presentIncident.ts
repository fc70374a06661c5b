import { isActive, type HealthStatus, type Incident } from '../desk/health.ts';
import { arranged, isolated, isolatedPart } from '../strings/bidi.ts';
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

/** How bad an incident is now. An advisory is never as bad as an incident in the same status. */
export function badnessOf({ status, classification }: Pick<Incident, 'status' | 'classification'>): number {
  return badness[status] * 2 - (classification === 'advisory' && badness[status] > 0 ? 1 : 0);
}

/** A service with what is recorded about it on the board. */
export interface ServiceHealth {
  readonly service: string;
  /** Active ones first, the worst of them first; then the newest. */
  readonly incidents: readonly Incident[];
}

/** Services with open incidents first, worst first; then the others in the order of the setting. */
export function servicesOf(incidents: readonly Incident[], known: readonly string[]): ServiceHealth[] {
  const byService = new Map<string, Incident[]>(known.map(service => [service, []]));
  for (const incident of incidents) {
    const others = byService.get(incident.service);
    if (others === undefined) byService.set(incident.service, [incident]);
    else others.push(incident);
  }
  const services = Array.from(byService, ([service, all]): ServiceHealth => ({
    service,
    incidents: all.toSorted((a, b) => badnessOf(b) - badnessOf(a) || b.updatedAt - a.updatedAt),
  }));
  const worst = ({ incidents: [first] }: ServiceHealth): number => (first === undefined ? 0 : badnessOf(first));
  return services.toSorted((a, b) => worst(b) - worst(a));
}

const warning = 'list.warningForeground';

/** A service as a row of the board. Nothing recorded is not the same as nothing wrong, and is not said so. */
export function presentService({ service, incidents }: ServiceHealth, { strings }: Telling): ItemText {
  const open = incidents.filter(({ status }) => isActive(status));
  const [worst] = open;
  const label = shownLine(service);
  const count =
    open.length > 0
      ? strings.plural('view.health.incidents', open.length)
      : strings.t(incidents.length > 0 ? 'view.health.noneOpen' : 'view.health.noneRecorded');
  const status = worst === undefined ? undefined : strings.t(`health.${worst.status}`);
  return {
    label: shownPart(service, strings),
    description: arranged(' · ', [status, count], strings),
    tooltip: arranged('\n', [label, status, count], strings),
    icon: worst === undefined ? { id: 'server' } : { id: 'warning', color: warning },
    accessibility: joined(', ', [label, status, count]),
  };
}

/** An incident or advisory as a row under its service. */
export function presentIncident(incident: Incident, { strings, times, now }: Telling): ItemText {
  const label = shownLine(incident.title);
  const status = strings.t(`health.${incident.status}`);
  const kind = strings.t(`classification.${incident.classification}`);
  const started = strings.t('view.health.started', { distance: times.distance(incident.startedAt, now) });
  const changed = strings.t('view.health.changed', { distance: times.distance(incident.updatedAt, now) });
  const posts = incident.posts.length > 0 ? strings.plural('view.health.posts', incident.posts.length) : undefined;
  const active = isActive(incident.status);
  const desk = incident.desk === undefined ? undefined : shownPart(incident.desk, strings);
  return {
    label: shownPart(incident.title, strings),
    description: arranged(' · ', [`#${incident.number}`, status, desk], strings),
    tooltip: arranged(
      '\n',
      [label, arranged(' · ', [`#${incident.number}`, kind, status], strings), desk, started, changed, posts],
      strings,
    ),
    icon: active ? { id: incident.classification === 'advisory' ? 'info' : 'warning', color: warning } : { id: 'pass' },
    accessibility: joined(', ', [
      label,
      kind,
      status,
      strings.t('view.health.number', { number: incident.number }),
      desk,
      started,
      posts,
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
function longLines(text: string): string[] {
  const lines = text.slice(0, 4_000).split('\n', mostLines + 1);
  const shown = lines.slice(0, mostLines).map(line => shownLine(line));
  return lines.length > mostLines ? [...shown, '…'] : shown;
}

/** The source that is not connected yet: says so, and what can be done instead. */
export function presentSource({ strings }: Telling): ItemText {
  const label = strings.t('view.health.notConnected');
  const why = strings.t('view.health.notConnected.why');
  return {
    label: isolatedPart(label, strings),
    tooltip: arranged('\n', [label, why], strings),
    icon: { id: 'debug-disconnect' },
    accessibility: `${label}. ${why}`,
  };
}
