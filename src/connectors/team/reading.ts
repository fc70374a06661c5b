// What a desk of another version says is read as far as it can be. Parsed strictly it stands as it is; what has words
// this version does not know is read loosely, and then nothing can be done to it from here.
import * as z from 'zod/mini';
import { Change, Me, PageOfCases, Standing } from '../../api/operations.ts';
import {
  CaseDetail,
  CaseSummary,
  CloseReason,
  CodePlace,
  DeskStatus,
  Details,
  Instant,
  Person,
  Severity,
  StoredFile,
  TimelineEvent,
} from '../../desk/case.ts';
import { HealthStatus, Incident, IncidentPost } from '../../desk/health.ts';
import { deskRoles } from '../../desk/lifecycle.ts';
import { limits } from '../../desk/text.ts';
import { actionKinds } from '../../desk/words.ts';
import { categories, plans } from '../../rules/profile.ts';

const or = <Output>(schema: z.ZodMiniType<Output>, instead: Output): z.ZodMiniType<Output> => z.catch(schema, instead);
/** Left out where it is null or has a word nobody knows. */
const maybe = <Output>(schema: z.ZodMiniType<Output>): z.ZodMiniType<Output | undefined> =>
  z.catch(z.optional(schema), undefined);
/** Those that can be read; a list of which nothing can be read is no list of these. */
const readable = <Output>(schema: z.ZodMiniType<Output>): z.ZodMiniType<Output[]> =>
  z.pipe(
    z.pipe(
      z.array(z.unknown()),
      z.transform(items => {
        const read = items.map(item => schema.safeParse(item)).flatMap(one => (one.success ? [one.data] : []));
        return { items: read, isOne: items.length === 0 || read.length > 0 };
      }),
    ),
    z.pipe(
      z.object({ items: z.array(z.custom<Output>()), isOne: z.literal(true) }),
      z.transform(({ items }) => items),
    ),
  );
/** Those that can be read, perhaps none. */
const some = <Output>(schema: z.ZodMiniType<Output>): z.ZodMiniType<Output[]> => z.catch(readable(schema), []);

/** Members that were left out of a loose reading are not there at all. */
function without<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value;
}

// The support offer is not guessed: a case under one that is not known here cannot be shown by its rules.
const looseSummary = {
  status: or(DeskStatus, 'open'),
  closeReason: maybe(CloseReason),
  severityProposed: maybe(Severity),
  severitySet: maybe(Severity),
  category: or(z.enum(categories), 'technical'),
  plan: maybe(z.enum(plans)),
  service: or(z.string(), ''),
  firstResponseAt: maybe(Instant),
  vendorNumber: maybe(z.string()),
  notes: or(z.int(), 0),
  files: or(z.int(), 0),
};
const LooseSummary = z.pipe(z.extend(CaseSummary, looseSummary), z.transform(without));
const LooseDetail = z.pipe(
  z.extend(CaseDetail, {
    ...looseSummary,
    text: or(z.string(), ''),
    impact: or(z.string(), ''),
    resource: or(z.string(), ''),
    contact: or(z.string(), ''),
    details: maybe(Details),
    zone: or(z.string(), 'UTC'),
    places: some(CodePlace),
    filedFiles: some(StoredFile),
    filedBy: or(Person, { name: '' }),
    timeline: some(TimelineEvent),
    allowed: z.pipe(
      z.unknown(),
      z.transform((): (typeof actionKinds)[number][] => []),
    ),
  }),
  z.transform(without),
);

export const ReadCase = z.union([CaseDetail, LooseDetail]) as unknown as z.ZodMiniType<CaseDetail>;
const ReadSummary = z.union([CaseSummary, LooseSummary]) as unknown as z.ZodMiniType<CaseSummary>;
export const ReadPage = z.extend(PageOfCases, { items: readable(ReadSummary) });

const LooseIncident = z.extend(Incident, {
  // What is not known is not known to be over.
  status: or(HealthStatus, 'investigating'),
  classification: or(Incident.shape.classification, 'incident'),
  posts: some(z.extend(IncidentPost, { status: or(HealthStatus, 'investigating') })),
});
export const ReadIncident = z.union([Incident, LooseIncident]);
export const ReadIncidents = readable(ReadIncident);

const LooseMe = z.pipe(
  z.extend(Me, {
    capabilities: z.extend(Me.shape.capabilities, {
      actions: some(z.enum(actionKinds)),
      roles: some(z.enum(deskRoles)),
      fileBytes: or(z.int().check(z.positive()), limits.fileBytes),
      incidents: or(z.boolean(), false),
      teamNotes: or(z.boolean(), false),
      healthSnapshots: maybe(z.boolean()),
    }),
    standing: maybe(Standing),
  }),
  z.transform(without),
);
export const ReadMe = z.union([Me, LooseMe]) as unknown as z.ZodMiniType<Me>;

/** A change that cannot be read may be of anything. */
export const ReadChange = z.catch(Change, {});
