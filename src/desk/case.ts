import * as z from 'zod/mini';
import { categories, contactMethods, plans, profileIds, severities } from '../rules/profile.ts';
import { limits, line, multiline } from './text.ts';
import { actionKinds, closeReasons, deskStatuses } from './words.ts';

/** UTC epoch milliseconds. */
export const Instant = z.int();
export const CaseId = z.uuid();
export const Severity = z.enum(severities);
export const Category = z.enum(categories);
export const Profile = z.enum(profileIds);

export const DeskStatus = z.enum(deskStatuses);
export type DeskStatus = z.infer<typeof DeskStatus>;
export const CloseReason = z.enum(closeReasons);
export type CloseReason = z.infer<typeof CloseReason>;
export type { ActionKind, CaseStatus } from './words.ts';

/** A place in the code that a case is about; shown as text, opened only by the host inside the workspace. */
export const CodePlace = z.object({
  path: line(1_000, 1),
  startLine: z.int().check(z.positive()),
  endLine: z.int().check(z.positive()),
  language: z.optional(line(50)),
  commit: z.optional(z.string().check(z.regex(/^[0-9a-f]{7,64}$/))),
  text: multiline(limits.text),
});
export type CodePlace = z.infer<typeof CodePlace>;

/** A file already kept by the desk: content by hash, its name as data only. */
export const StoredFile = z.object({
  name: line(limits.fileName, 1),
  bytes: z.int().check(z.nonnegative()),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});
export type StoredFile = z.infer<typeof StoredFile>;

/** Someone who writes to a case. The name is shown as text, never trusted. */
export const Person = z.object({ name: line(100) });
export type Person = z.infer<typeof Person>;

/** What some offers ask for besides the description (G-16, V-05). */
export const Details = z.object({
  phone: z.optional(line()),
  email: z.optional(line()),
  contactMethod: z.optional(z.enum(contactMethods)),
  licenceId: z.optional(line()),
  agreementNumber: z.optional(line()),
});
export type Details = z.infer<typeof Details>;

/** An incident that was shown to a person before they filed, and what they answered: it is their problem, or theirs is another. */
export const SeenIncident = z.object({
  /** The source that tells of it; absent for the board of a desk. */
  source: z.optional(line(300, 1)),
  id: line(200, 1),
  title: line(limits.title),
  service: line(),
  /** A status of ours, or a word of the source. */
  status: line(100),
  answer: z.enum(['same', 'different']),
});
export type SeenIncident = z.infer<typeof SeenIncident>;
/** So many are kept with a case. */
export const mostSeen = 20;

/** What a person writes to file a case; also the content a draft grows into. */
export const NewCase = z.object({
  profile: Profile,
  plan: z.optional(z.enum(plans)),
  category: Category,
  service: line(),
  title: line(limits.title, 1),
  text: multiline(limits.text, 1),
  /** The filer's proposal; the desk may set another (C-16, A-11). */
  severity: z.optional(Severity),
  /** Business impact statement, named resource, reachable contact: the duties of C-20. */
  impact: multiline(10_000),
  resource: line(),
  contact: line(),
  details: z.optional(Details),
  places: z.array(CodePlace).check(z.maxLength(20)),
  files: z.array(StoredFile).check(z.maxLength(limits.files)),
  /** IANA zone of the person who files. */
  zone: line(64, 1),
  /** The incidents shown before it was filed (G-07, A-21). */
  healthSeen: z.optional(z.array(SeenIncident).check(z.maxLength(mostSeen))),
});
export type NewCase = z.infer<typeof NewCase>;

/** A case as a list shows it. */
export const CaseSummary = z.object({
  id: CaseId,
  /** Short number for people, unique within a desk. */
  number: z.int(),
  /** Grows by one with each change; a write names the revision it was made against. */
  revision: z.int(),
  profile: Profile,
  plan: z.optional(z.enum(plans)),
  category: Category,
  service: z.string(),
  title: z.string(),
  status: DeskStatus,
  closeReason: z.optional(CloseReason),
  severityProposed: z.optional(Severity),
  /** What the desk set; it wins over the proposal (C-16). */
  severitySet: z.optional(Severity),
  openedAt: Instant,
  updatedAt: Instant,
  firstResponseAt: z.optional(Instant),
  vendorNumber: z.optional(z.string()),
  notes: z.int(),
  files: z.int(),
});
/** What is said where there are several desks by who put them together; no desk can say it itself. */
interface OfDesk {
  /** The name of the desk that holds the case. */
  readonly desk?: string;
  /** Whether the user wants to be told what becomes of it. */
  readonly followed?: boolean;
}
export type CaseSummary = z.infer<typeof CaseSummary> & OfDesk;

/** The severity that counts: the desk's, else the filer's proposal, else none. */
export function effectiveSeverity(
  of: Pick<CaseSummary, 'severityProposed' | 'severitySet'>,
): z.infer<typeof Severity> | undefined {
  return of.severitySet ?? of.severityProposed;
}

const event = { seq: z.int(), at: Instant, by: Person, status: DeskStatus };
/** One change of a case; the list of them is its timeline. `status` is the status after the change. */
export const TimelineEvent = z.discriminatedUnion('kind', [
  z.object({ ...event, kind: z.literal('filed'), healthSeen: z.optional(z.array(SeenIncident)) }),
  z.object({
    ...event,
    kind: z.literal('annotated'),
    text: z.string(),
    files: z.array(StoredFile),
    /** Not for support to read. */
    teamOnly: z.optional(z.boolean()),
  }),
  z.object({ ...event, kind: z.literal('informationRequested'), text: z.string() }),
  z.object({ ...event, kind: z.literal('answered'), text: z.string(), files: z.array(StoredFile) }),
  z.object({ ...event, kind: z.literal('firstResponseRecorded'), respondedAt: Instant, text: z.string() }),
  z.object({
    ...event,
    kind: z.literal('vendorNumberRecorded'),
    vendorNumber: z.string(),
    from: z.optional(z.string()),
  }),
  z.object({
    ...event,
    kind: z.literal('severityChanged'),
    to: Severity,
    from: z.optional(Severity),
    side: z.enum(['proposed', 'set']),
    text: z.string(),
  }),
  z.object({ ...event, kind: z.literal('resolved'), text: z.string() }),
  z.object({ ...event, kind: z.literal('closed'), reason: CloseReason, text: z.string() }),
  z.object({ ...event, kind: z.literal('reopened'), text: z.string() }),
]);
export type TimelineEvent = z.infer<typeof TimelineEvent>;

const note = multiline(limits.note);
const files = z.array(StoredFile).check(z.maxLength(limits.files));
/** Everything that can be done to a filed case; the lifecycle table says when and by whom. */
export const CaseAction = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('annotate'), text: note, files, teamOnly: z.optional(z.boolean()) })
    .check(z.refine(({ text, files }) => text !== '' || files.length > 0)),
  z.object({ kind: z.literal('answer'), text: multiline(limits.note, 1), files }),
  z.object({ kind: z.literal('requestInformation'), text: multiline(limits.note, 1) }),
  z.object({ kind: z.literal('recordFirstResponse'), respondedAt: Instant, text: note }),
  z.object({ kind: z.literal('recordVendorNumber'), vendorNumber: line(100, 1) }),
  z.object({ kind: z.literal('changeSeverity'), severity: Severity, side: z.enum(['proposed', 'set']), text: note }),
  z.object({ kind: z.literal('resolve'), text: note }),
  z.object({ kind: z.literal('close'), reason: CloseReason, text: note }),
  z.object({ kind: z.literal('reopen'), text: note }),
]);
export type CaseAction = z.infer<typeof CaseAction>;

/** A case with everything a page shows. */
export const CaseDetail = z.extend(CaseSummary, {
  text: z.string(),
  impact: z.string(),
  resource: z.string(),
  contact: z.string(),
  details: z.optional(Details),
  zone: z.string(),
  places: z.array(CodePlace),
  filedFiles: z.array(StoredFile),
  filedBy: Person,
  timeline: z.array(TimelineEvent),
  /** What the caller may do now, from the desk's own lifecycle check. */
  allowed: z.array(z.enum(actionKinds)),
  /** How many bytes of texts and files the case can still take, where the desk has a limit and the caller is of the team. */
  limits: z.optional(z.object({ bytesLeft: z.int() })),
});
export type CaseDetail = z.infer<typeof CaseDetail> & OfDesk;

/** The incidents that were shown before the case was filed; none in cases of versions that did not keep them. */
export function seenBefore({ timeline: [filed] }: Pick<CaseDetail, 'timeline'>): readonly SeenIncident[] {
  return filed?.kind === 'filed' ? (filed.healthSeen ?? []) : [];
}
