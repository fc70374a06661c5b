import * as z from 'zod/mini';
import { Instant, Person } from './case.ts';
import { limits, line, multiline } from './text.ts';

/** The words of Microsoft Graph's serviceHealthStatus, in its order. */
export const healthStatuses = [
  'serviceOperational',
  'investigating',
  'restoringService',
  'verifyingService',
  'serviceRestored',
  'postIncidentReviewPublished',
  'serviceDegradation',
  'serviceInterruption',
  'extendedRecovery',
  'falsePositive',
  'investigationSuspended',
  'resolved',
  'mitigatedExternal',
  'mitigated',
  'resolvedExternal',
  'confirmed',
  'reported',
] as const;
export const HealthStatus = z.enum(healthStatuses);
export type HealthStatus = z.infer<typeof HealthStatus>;

const ended: ReadonlySet<HealthStatus> = new Set<HealthStatus>([
  'serviceOperational',
  'serviceRestored',
  'postIncidentReviewPublished',
  'falsePositive',
  'resolved',
  'mitigatedExternal',
  'mitigated',
  'resolvedExternal',
]);
/** Whether an incident in this status is still going on. */
export function isActive(status: HealthStatus): boolean {
  return !ended.has(status);
}

export const Classification = z.enum(['incident', 'advisory']);
export type Classification = z.infer<typeof Classification>;

export const IncidentPost = z.object({ at: Instant, by: Person, status: HealthStatus, text: z.string() });

/** An incident or advisory on the local board. */
export const Incident = z.object({
  id: z.uuid(),
  number: z.int(),
  revision: z.int(),
  service: z.string(),
  title: z.string(),
  classification: Classification,
  status: HealthStatus,
  startedAt: Instant,
  updatedAt: Instant,
  posts: z.array(IncidentPost),
});
/** With the name of the desk that holds it, said where there are several by who put them together. */
export type Incident = z.infer<typeof Incident> & { readonly desk?: string };

/** What is written to the board: a new incident, or a post that may also change its status. */
export const NewIncident = z.object({
  service: line(100, 1),
  title: line(limits.title, 1),
  classification: Classification,
  status: HealthStatus,
  text: multiline(limits.note),
});
export type NewIncident = z.infer<typeof NewIncident>;

/** How long a snapshot holds at most, and a desk keeps it, in milliseconds; what is older helps nobody. */
export const snapshotLife = 24 * 60 * 60_000;
/** So many are kept, one for each source; the newest. */
export const mostSnapshots = 5;
/** A reading of a source that somebody signed for others. The desk keeps its text as it is; who reads it checks it. */
export const NewSnapshot = z.object({
  source: line(300, 1),
  snapshot: z.string().check(z.minLength(1), z.maxLength(500_000)),
});
export type NewSnapshot = z.infer<typeof NewSnapshot>;
/** Until when it is kept. */
export const Published = z.object({ expires: Instant });
export type Published = z.infer<typeof Published>;

export const NewPost = z.object({ status: HealthStatus, text: multiline(limits.note, 1) });
export type NewPost = z.infer<typeof NewPost>;
