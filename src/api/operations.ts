import * as z from 'zod/mini';
import {
  CaseAction,
  CaseDetail,
  CaseId,
  CaseSummary,
  DeskStatus,
  NewCase,
  Severity,
  StoredFile,
} from '../desk/case.ts';
import { groupings } from '../desk/desk.ts';
import { deskRoles } from '../desk/lifecycle.ts';
import { Incident, NewIncident, NewPost, NewSnapshot, Published } from '../desk/health.ts';
import { limits, line } from '../desk/text.ts';
import { actionKinds } from '../desk/words.ts';
import { roles, severities } from '../rules/profile.ts';

/** The largest page; who asks for more gets this many. */
export const pageLimit = 100;
/** Answers to writes are repeated for this many days. */
export const keyDays = 30;
/** A comment comes on an idle stream of events this often, in milliseconds. */
export const heartbeat = 15_000;

/** A parameter that can be given several times. */
const several = <Item extends z.core.$ZodType>(item: Item) =>
  z.pipe(
    z.transform((given: unknown): unknown[] => (Array.isArray(given) ? given : [given])),
    z.array(item).check(z.maxLength(20)),
  );

/** Which cases; as `CaseQuery`, lists by repeating the parameter. */
export const Filter = z.object({
  text: z.optional(z.string()),
  status: z.optional(several(DeskStatus)),
  severity: z.optional(several(z.enum([...severities, 'none']))),
  service: z.optional(line()),
});
export const PageOfCases = z.object({ items: z.array(CaseSummary), next: z.optional(z.string()) });
export const Counts = z.array(z.object({ value: z.string(), count: z.int() }));
export const Filed = z.object({ id: z.optional(CaseId) });

/** What the tenant says about itself, for the client to explain by the same rules as the desk decides. */
export const Standing = z.object({
  role: z.enum(roles),
  advancedAgreement: z.boolean(),
  directSubscriptions: z.int(),
  partnerSubscriptions: z.int(),
  highestSeverity: z.optional(
    z.object({ technical: z.optional(Severity), billing: z.optional(Severity), preSales: z.optional(Severity) }),
  ),
});
/** Who is asking, and what the desk can do for them. */
export const Me = z.object({
  capabilities: z.object({
    id: z.string(),
    actions: z.array(z.enum(actionKinds)),
    fileBytes: z.int(),
    incidents: z.boolean(),
    teamNotes: z.boolean(),
    healthSnapshots: z.optional(z.boolean()),
    roles: z.array(z.enum(deskRoles)),
  }),
  person: z.object({ name: z.string() }),
  tenant: z.string(),
  keyDays: z.int(),
  standing: z.optional(Standing),
});
export type Me = z.infer<typeof Me>;

/** The data of an event `change`: what may have changed; without members anything may have. */
export const Change = z.object({ cases: z.optional(z.array(CaseId)), incidents: z.optional(z.boolean()) });

const ById = z.object({ id: CaseId });
export const Key = z.uuid();
export const Hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** One thing a client can ask of a team desk. */
export interface Operation {
  readonly method: 'GET' | 'POST';
  /** `{name}` stands for the member `name` of `params`. */
  readonly path: string;
  /** `new` needs an Idempotency-Key; `upon` also an If-Match with the revision it was made against. */
  readonly write?: 'new' | 'upon';
  readonly params?: z.ZodMiniObject;
  readonly query?: z.ZodMiniObject;
  /** JSON, or `bytes` for a stream of any content. */
  readonly body?: z.ZodMiniType | 'bytes';
  /** JSON, `bytes` for content, or `events` for a stream of `change` events with {@link Change} as data. */
  readonly answer: z.ZodMiniType | 'bytes' | 'events';
  /** The status of success, 200 where it is left out. */
  readonly status?: 201;
}

/** Everything a team desk can be asked with a token; server, client and the OpenAPI document are made from this table. */
export const operations = {
  whoAmI: { method: 'GET', path: '/v1/me', answer: Me },
  listCases: {
    method: 'GET',
    path: '/v1/cases',
    query: z.extend(Filter, {
      cursor: z.optional(z.string()),
      limit: z.optional(z.pipe(z.coerce.number(), z.int().check(z.positive()))),
    }),
    answer: PageOfCases,
  },
  countCases: {
    method: 'GET',
    path: '/v1/cases/counts',
    query: z.extend(Filter, { by: z.enum(groupings) }),
    answer: Counts,
  },
  getCase: { method: 'GET', path: '/v1/cases/{id}', params: ById, answer: CaseDetail },
  fileCase: { method: 'POST', path: '/v1/cases', write: 'new', body: NewCase, answer: CaseDetail, status: 201 },
  actOnCase: {
    method: 'POST',
    path: '/v1/cases/{id}/actions',
    write: 'upon',
    params: ById,
    body: CaseAction,
    answer: CaseDetail,
  },
  filedAs: { method: 'GET', path: '/v1/filed/{key}', params: z.object({ key: Key }), answer: Filed },
  upload: {
    method: 'POST',
    path: '/v1/files',
    write: 'new',
    query: z.object({ name: line(limits.fileName, 1) }),
    body: 'bytes',
    answer: StoredFile,
    status: 201,
  },
  download: { method: 'GET', path: '/v1/files/{sha256}', params: z.object({ sha256: Hash }), answer: 'bytes' },
  incidents: { method: 'GET', path: '/v1/incidents', answer: z.array(Incident) },
  recordIncident: {
    method: 'POST',
    path: '/v1/incidents',
    write: 'new',
    body: NewIncident,
    answer: Incident,
    status: 201,
  },
  postToIncident: {
    method: 'POST',
    path: '/v1/incidents/{id}/posts',
    write: 'upon',
    params: ById,
    body: NewPost,
    answer: Incident,
  },
  healthSnapshots: { method: 'GET', path: '/v1/health/snapshots', answer: z.array(z.string()) },
  publishHealth: {
    method: 'POST',
    path: '/v1/health/snapshots',
    write: 'new',
    body: NewSnapshot,
    answer: Published,
    status: 201,
  },
  events: { method: 'GET', path: '/v1/events', answer: 'events' },
} as const satisfies Readonly<Record<string, Operation>>;
export type OperationName = keyof typeof operations;
