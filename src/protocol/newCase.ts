import * as z from 'zod/mini';
import { categories, contactMethods, detailFields, plans, profileIds, severities } from '../rules/profile.ts';
import type { Contract } from './channel.ts';
import { problemFields, typedFields } from './newCaseFields.ts';
import {
  Choice,
  DroppedAddresses,
  FileView,
  Nothing,
  PastedContent,
  PlaceView,
  Position,
  SavedView,
  TargetView,
} from './parts.ts';

/** One keystroke may bring all of a text; the draft takes up to 4 million characters of it. */
const typedText = z.string().check(z.maxLength(4 * 1024 * 1024));

/** What the person fills in. `severity` is null while none is chosen; `health` is the answer to the health gate. */
export const Filled = z.object({
  profile: z.enum(profileIds),
  plan: z.enum(plans),
  /** The id of the desk it is filed at. */
  desk: z.string().check(z.maxLength(100)),
  category: z.enum(categories),
  severity: z.nullable(z.enum(severities)),
  health: z.boolean(),
  /** The answer to the first question about severity A. */
  severityA: z.boolean(),
  service: typedText,
  title: typedText,
  text: typedText,
  impact: typedText,
  resource: typedText,
  contact: typedText,
  phone: typedText,
  email: typedText,
  contactMethod: z.enum(['', ...contactMethods]),
  licenceId: typedText,
  agreementNumber: typedText,
});
export type Filled = z.output<typeof Filled>;

const Caret = z.object({ field: z.enum(typedFields), at: z.int().check(z.nonnegative()) });
export type Caret = z.output<typeof Caret>;

/** What changed on the page since it last told. */
export const Fill = z.object({ changes: z.partial(Filled), caret: z.optional(Caret) });
export type Fill = z.output<typeof Fill>;

export const SeverityView = z.object({
  id: z.enum(severities),
  name: z.string(),
  word: z.string(),
  meaning: z.string(),
  /** What the documents give as examples; empty where they give none. */
  examples: z.string(),
  response: z.string(),
  /** Why it cannot be proposed; absent while it can. */
  closed: z.optional(z.string()),
});
export type SeverityView = z.output<typeof SeverityView>;

/** What of a draft its words can suggest. */
const hintIds = ['category', 'service', 'severity'] as const;
export type HintId = (typeof hintIds)[number];

const VerdictView = z.object({ eligible: z.boolean(), title: z.string(), lines: z.array(z.string()) });
const HealthView = z.object({
  title: z.string(),
  incidents: z.array(z.object({ title: z.string(), status: z.string(), because: z.string() })),
});
const ProblemView = z.object({ field: z.enum(problemFields), text: z.string() });
export type ProblemView = z.output<typeof ProblemView>;

/** Everything on the page but what the person fills in. */
export const NewCaseView = z.object({
  profiles: z.array(Choice),
  plans: z.array(Choice),
  /** Where it can be filed; none while there is one place only. */
  desks: z.array(Choice),
  categories: z.array(Choice),
  /** What a field offers to choose from while one types, such as the services of the team and its contacts. */
  suggestions: z.partialRecord(z.enum(typedFields), z.array(z.string())),
  verdict: VerdictView,
  /** What this support leaves out. */
  outside: z.array(z.string()),
  /** The health-first gate (G-07); absent while the board has nothing on the service. */
  health: z.optional(HealthView),
  severities: z.array(SeverityView),
  /** Severity A is chosen and has to be confirmed here, before it is asked about again when filed. */
  askSureA: z.boolean(),
  /** What the words of the draft suggest and is not chosen; a person decides. */
  hints: z.array(z.object({ id: z.enum(hintIds), name: z.string(), text: z.string() })),
  /** The phone number as it is read. */
  phoneRead: z.string(),
  /** What happens once it is filed. */
  next: z.array(z.string()),
  /** What the chosen severity means for who files it, such as that support decides it. */
  severityNote: z.string(),
  /** What the customer owes for the chosen severity, each where it is written, and whether it is there. */
  duties: z.array(z.object({ field: z.enum(['impact', 'resource', 'contact']), text: z.string(), met: z.boolean() })),
  /** What this offer asks for besides, and the ways it can get in touch. */
  details: z.array(z.enum(detailFields)),
  contactMethods: z.array(Choice),
  /** What to type into the search box of the offer, where it wants words put first (V-03). */
  query: z.optional(z.string()),
  required: z.array(z.enum(problemFields)),
  places: z.array(PlaceView),
  files: z.array(FileView),
  target: TargetView,
  problems: z.array(ProblemView),
  /** Another window wrote this draft (`changed`) or ended it (`gone`). */
  conflict: z.optional(z.object({ kind: z.enum(['changed', 'gone']), text: z.string() })),
});
export type NewCaseView = z.output<typeof NewCaseView>;

/** The labels of the New case page. */
export const newCaseLabels = [
  'page.new.heading',
  'page.new.intro',
  'page.new.where',
  'page.new.problem',
  'page.new.howBad',
  'page.new.owed',
  'page.new.attached',
  'page.new.next',
  'page.new.titleHint',
  'page.new.textHint',
  'page.new.dutyMet',
  'page.new.dutyOpen',
  'page.new.impactHint',
  'page.new.resourceHint',
  'page.new.contactHint',
  'page.new.healthConfirm',
  'page.new.noSeverity',
  'page.new.file',
  'page.new.filing',
  'page.new.fileHint',
  'page.new.fileHintMac',
  'page.new.discard',
  'page.new.draftAnyway',
  'page.new.outside',
  'page.new.showOther',
  'page.new.keepMine',
  'page.new.openSettings',
  'page.run.why',
  'page.optional',
  'page.addFiles',
  'page.addOpenFiles',
  'page.dropHint',
  'page.new.useHint',
  'page.new.sureA',
  'page.new.then',
  'page.new.cancel',
  'page.keys.heading',
  'page.keys.show',
  'page.keys.close',
  'page.keys.help',
  'page.remove',
  'page.places',
  'page.target.others',
  'page.noFiles',
  'page.problems',
  'field.title',
  'field.text',
  'field.severity',
  'field.severityA',
  'field.category',
  'field.service',
  'field.impact',
  'field.resource',
  'field.contact',
  'field.phone',
  'field.email',
  'field.contactMethod',
  'field.licenceId',
  'field.agreementNumber',
  'page.new.phoneHint',
  'page.new.licenceIdHint',
  'field.files',
  'field.health',
  'field.profile',
  'field.plan',
  'field.desk',
] as const;
const Labels = z.record(z.enum(newCaseLabels), z.string());
export type NewCaseLabels = z.output<typeof Labels>;

/** What the host takes from the New case page: ids and typed text only. */
export const newCaseHost = {
  asks: {
    start: {
      params: Nothing,
      answer: z.object({
        id: z.uuid(),
        labels: Labels,
        filled: Filled,
        view: NewCaseView,
        saved: SavedView,
        caret: z.optional(Caret),
        /** Whether keys without a modifier are shortcuts. */
        singleKeys: z.boolean(),
      }),
    },
    file: { params: Nothing, answer: z.object({ filed: z.boolean() }) },
  },
  tells: {
    fill: Fill,
    pickFiles: z.object({ from: z.enum(['disk', 'editor']) }),
    addContent: PastedContent,
    addAddresses: DroppedAddresses,
    takeHint: z.object({ hint: z.enum(hintIds) }),
    /** Gives up waiting for the desk. */
    cancel: Nothing,
    removeFile: z.object({ id: z.string().check(z.maxLength(4_000)) }),
    removePlace: Position,
    discard: Nothing,
    showOther: Nothing,
    keepMine: Nothing,
    openSettings: Nothing,
    why: Nothing,
  },
} as const satisfies Contract;

export type NewCaseStart = z.output<typeof newCaseHost.asks.start.answer>;

/** What the New case page takes from the host. */
export const newCasePage = {
  asks: {},
  tells: {
    view: NewCaseView,
    saved: SavedView,
    /** The text of another window or of a new draft takes the place of what is on the page. */
    replace: z.object({ id: z.uuid(), filled: Filled }),
    /** Choices that follow from another one, such as a category the new offer does not have. */
    choose: z.partial(z.pick(Filled, { category: true, health: true, service: true, severity: true })),
  },
} as const satisfies Contract;
