import * as z from 'zod/mini';
import { Instant } from './case.ts';
import type { Instant as At } from '../rules/decision.ts';
import { healthStatuses, isActive, type HealthStatus, type Incident } from './health.ts';

/** A word of a source. One we know is in our spelling; another is kept as it came, so that it can be shown. */
const Word = z.string();

/** What of a source is how: a service of Microsoft 365, a component of a status page. */
export const ServiceState = z.object({ id: z.string(), name: z.string(), status: Word });
export type ServiceState = z.infer<typeof ServiceState>;

/** What was said about an issue at a time. The text is plain: no markup of the source is left in it. */
export const IssuePost = z.object({ at: z.optional(Instant), text: z.string() });
export type IssuePost = z.infer<typeof IssuePost>;

/** An incident or advisory as a source tells of it. */
export const HealthIssue = z.object({
  id: z.string(),
  /** Names of the services it is on; several on a status page. */
  services: z.array(z.string()),
  title: z.string(),
  /** `incident`, `advisory`, or another word of the source. */
  classification: Word,
  status: Word,
  resolved: z.boolean(),
  /** What of the service, such as "E-mail delivery", and how users feel it; empty where it is not said. */
  feature: z.string(),
  impact: z.string(),
  startedAt: z.optional(Instant),
  updatedAt: z.optional(Instant),
  endedAt: z.optional(Instant),
  /** Oldest first. */
  posts: z.array(IssuePost),
});
export type HealthIssue = z.infer<typeof HealthIssue>;

/** News that is no disturbance: a post of the message center, a maintenance that is planned. */
export const HealthNotice = z.object({
  id: z.string(),
  services: z.array(z.string()),
  title: z.string(),
  text: z.string(),
  category: Word,
  /** Whether the source calls it a major change. */
  major: z.boolean(),
  /** By when the organisation must have done something. */
  actionBy: z.optional(Instant),
  startsAt: z.optional(Instant),
  endsAt: z.optional(Instant),
  updatedAt: z.optional(Instant),
});
export type HealthNotice = z.infer<typeof HealthNotice>;

/** How the services of one source are, as it said at `asOf`, an instant of this machine's clock. */
export const HealthReading = z.object({
  /** Which source: `graph:worldwide`, `statuspage:https://status.example`. */
  source: z.string(),
  /** What the source calls itself; empty where it does not. */
  name: z.string(),
  asOf: Instant,
  /** How far the clock of the source was ahead of ours, in milliseconds, where it told its time. */
  clockAhead: z.optional(z.int()),
  /** Whether there was more than is read at once. */
  partial: z.boolean(),
  services: z.array(ServiceState),
  issues: z.array(HealthIssue),
  notices: z.array(HealthNotice),
  /** When the notices were read, which is done less often. */
  noticesAsOf: z.optional(Instant),
});
export type HealthReading = z.infer<typeof HealthReading>;

/** Why a source could not be read. Each has a sentence and one way out; what was read before stays. */
export const HealthFailure = z.discriminatedUnion('code', [
  /** Nobody is signed in there, or no longer. */
  z.object({ code: z.literal('signedOut') }),
  /** The organisation has not agreed to the permission that reading health needs. */
  z.object({ code: z.literal('consentMissing') }),
  /** Who is signed in has no administrator role that may see health. */
  z.object({ code: z.literal('noAdminRole') }),
  /** The source asks to be left alone until then. */
  z.object({ code: z.literal('throttled'), until: Instant }),
  /** No network, too slow, or out of order. */
  z.object({ code: z.literal('unreachable') }),
  /** This cloud has no such service. */
  z.object({ code: z.literal('noService') }),
  /** It answered with what no such source says: a page, broken or endless data. */
  z.object({ code: z.literal('notASource') }),
  /** Of a snapshot: signed with a key nobody approved, changed since, too old, or of a time that has not come. */
  z.object({ code: z.literal('unknownKey') }),
  z.object({ code: z.literal('tampered') }),
  z.object({ code: z.literal('expired') }),
  z.object({ code: z.literal('fromTheFuture') }),
]);
export type HealthFailure = z.infer<typeof HealthFailure>;

/** How a source is: what was read last, what went wrong since, and when it is read next. */
export interface SourceState {
  readonly reading?: HealthReading;
  readonly failure?: HealthFailure;
  readonly due: At;
}

const statuses = new Map<string, HealthStatus>(
  healthStatuses.flatMap(status => [status, status.toLowerCase()].map(word => [word, status] as const)),
);

/** The status of ours that a word means, in any case; undefined for a word we do not know. */
export function knownStatus(word: string): HealthStatus | undefined {
  // A reading has thousands, nearly all in our case.
  return statuses.get(word) ?? statuses.get(word.toLowerCase());
}

/** Whether an issue still goes on. A status we do not know is one that does, unless the source says it is resolved. */
export function goesOn({ status, resolved }: Pick<HealthIssue, 'status' | 'resolved'>): boolean {
  const known = knownStatus(status);
  return !resolved && (known === undefined || isActive(known));
}

/** An incident of a board, told as those of sources are. */
export function issueOf(of: Incident): HealthIssue {
  const { number, service, title, classification, status, startedAt, updatedAt, posts } = of;
  return {
    ...{ id: `#${number}`, services: [service], title, classification, status, resolved: !isActive(status) },
    ...{ feature: '', impact: '', startedAt, updatedAt, posts: posts.map(({ at, text }) => ({ at, text })) },
  };
}

/** More than that, and one of the two clocks is wrong. */
const tolerableMilliseconds = 2 * 60_000;

/** Whether this machine's clock and that of the source differ by more than two minutes. */
export function clocksDiffer({ clockAhead = 0 }: Pick<HealthReading, 'clockAhead'>): boolean {
  return Math.abs(clockAhead) > tolerableMilliseconds;
}

/** How old a reading is, in milliseconds; none where the clock was set back since. */
export function ageOf({ asOf }: Pick<HealthReading, 'asOf'>, now: At): number {
  return Math.max(0, now - asOf);
}
