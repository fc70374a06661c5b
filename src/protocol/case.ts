import * as z from 'zod/mini';
import { severities } from '../rules/profile.ts';
import { deskStatuses } from '../desk/words.ts';
import type { Contract } from './channel.ts';
import { CopyPart, HandOffView } from './handOff.ts';
import {
  DroppedAddresses,
  FileView,
  Nothing,
  PastedContent,
  PlaceView,
  Position,
  SavedView,
  TargetView,
} from './parts.ts';

/** What the Case page may ask the host to run; each is a command of ours, and the case is the one of the page. */
export const caseCommands = [
  'requestInformation',
  'recordFirstResponse',
  'recordVendorNumber',
  'changeSeverity',
  'resolve',
  'close',
  'reopen',
  'copyHandOff',
  'why',
  'copyAsMarkdown',
  'exportTimeline',
] as const;
export type CaseCommand = (typeof caseCommands)[number];

const noteText = z.string().check(z.maxLength(4 * 1024 * 1024));
const UnsentNote = z.object({ text: noteText, teamOnly: z.boolean() });
const Fact = z.object({ label: z.string(), value: z.string() });
const EventView = z.object({
  seq: z.int(),
  /** Which mark stands beside it; never the only sign. */
  mark: z.enum(['start', 'note', 'ask', 'answer', 'record', 'severity', 'end']),
  title: z.string(),
  /** From what to what, when, or why. */
  detail: z.string(),
  by: z.string(),
  time: z.string(),
  text: z.string(),
  files: z.array(FileView),
  /** Only the team reads it. */
  teamOnly: z.boolean(),
  /** Support reads it only where it is pasted. */
  toPaste: z.boolean(),
});
export type EventView = z.output<typeof EventView>;

/** A case in words, at the revision the person looks at. */
export const CaseView = z.object({
  revision: z.int(),
  number: z.string(),
  title: z.string(),
  status: z.object({ id: z.enum(deskStatuses), word: z.string(), note: z.string() }),
  severity: z.object({ id: z.optional(z.enum(severities)), name: z.string(), note: z.string() }),
  /** How old all of it is, while the desk cannot be reached. */
  remembered: z.optional(z.string()),
  facts: z.array(Fact),
  /** What the customer owes for the severity, and whether it was said. */
  duties: z.array(z.object({ text: z.string(), met: z.boolean() })),
  /** How the case gets to support that has no interface for programs; absent once it is closed. */
  handOff: z.optional(HandOffView),
  text: z.string(),
  impact: z.string(),
  target: TargetView,
  places: z.array(PlaceView),
  files: z.array(FileView),
  /** Incidents shown before it was filed, each with what was answered. */
  seen: z.array(z.object({ title: z.string(), note: z.string() })),
  timeline: z.array(EventView),
  /** What the note box is for now: a note, an answer support waits for, or nothing. */
  write: z.enum(['note', 'answer', 'none']),
  /** Whether a note can be kept from support, or always is. */
  teamNotes: z.enum(['no', 'can', 'always']),
  /** The question to answer, in support's words. */
  question: z.string(),
  /** Files that go with the next note. */
  picked: z.array(FileView),
  /** Why the note was not taken. */
  problem: z.optional(z.string()),
  commands: z.array(z.object({ id: z.enum(caseCommands), label: z.string() })),
});
export type CaseView = z.output<typeof CaseView>;

/** The labels of the Case page. */
export const caseLabels = [
  'page.case.note',
  'page.case.noteHint',
  'page.case.answer',
  'page.case.answerHint',
  'page.case.addNote',
  'page.case.noteOnly',
  'page.case.sendAnswer',
  'page.case.question',
  'page.case.timeline',
  'page.case.earlier',
  'page.case.facts',
  'page.case.actions',
  'page.case.saveFile',
  'page.case.openPlace',
  'page.case.seen',
  'page.incident.open',
  'page.case.tryAgain',
  'page.case.noteMarkdown',
  'page.case.noted',
  'page.case.teamOnly',
  'page.case.teamOnlyMark',
  'page.case.toPaste',
  'page.case.copyForSupport',
  'page.case.filter',
  'page.case.filter.all',
  'page.case.filter.notes',
  'page.case.filter.files',
  'page.case.filter.status',
  'page.case.filter.severity',
  'page.case.filter.none',
  'page.case.duties',
  'page.case.showText',
  'page.handOff.heading',
  'page.handOff.copy',
  'page.handOff.copied',
  'page.handOff.copyAll',
  'page.handOff.text',
  'page.handOff.values',
  'page.handOff.language',
  'page.handOff.number',
  'page.handOff.numberHint',
  'page.handOff.saveNumber',
  'page.keys.heading',
  'page.keys.show',
  'page.keys.close',
  'page.keys.note',
  'page.keys.send',
  'page.keys.filter',
  'page.keys.copy',
  'page.keys.help',
  'handoff.type',
  'page.new.dutyMet',
  'page.new.dutyOpen',
  'page.new.next',
  'page.addFiles',
  'page.remove',
  'page.places',
  'page.target.others',
  'field.text',
  'field.impact',
  'field.files',
] as const;
const Labels = z.record(z.enum(caseLabels), z.string());
export type CaseLabels = z.output<typeof Labels>;

/** The case, or why it cannot be shown. */
const Shown = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), view: CaseView }),
  z.object({ ok: z.literal(false), text: z.string() }),
]);
export type Shown = z.output<typeof Shown>;

/** What the host takes from the Case page. */
export const caseHost = {
  asks: {
    start: {
      params: Nothing,
      answer: z.object({
        ...{ id: z.uuid(), labels: Labels, shown: Shown, note: UnsentNote },
        /** Whether the person came for the note. */
        focusNote: z.boolean(),
        /** Whether keys without a modifier are shortcuts. */
        singleKeys: z.boolean(),
      }),
    },
    /** Sends the text of the box; `revision` is the one the person looked at. */
    send: {
      params: z.object({ as: z.enum(['note', 'answer']), teamOnly: z.boolean(), revision: z.int(), text: noteText }),
      // `said`: where the note went, if not on the timeline.
      answer: z.object({ sent: z.boolean(), toPaste: z.optional(z.int()), said: z.optional(z.string()) }),
    },
    /** Records the number under which support knows the case. */
    recordNumber: {
      params: z.object({ revision: z.int(), number: z.string().check(z.maxLength(1_000)) }),
      answer: z.object({ problem: z.optional(z.string()) }),
    },
    /** Puts a part of the hand-off on the clipboard. */
    copy: { params: CopyPart, answer: z.object({ copied: z.boolean() }) },
    /** Puts a note on the clipboard as support is to read it. */
    copyNote: { params: z.object({ seq: z.int() }), answer: z.object({ copied: z.boolean() }) },
  },
  tells: {
    write: UnsentNote,
    pickFiles: Nothing,
    addContent: PastedContent,
    addAddresses: DroppedAddresses,
    removeFile: z.object({ id: z.string().check(z.maxLength(4_000)) }),
    run: z.object({ command: z.enum(caseCommands) }),
    saveFile: z.object({ id: z.string().check(z.maxLength(100)) }),
    openPlace: Position,
    /** Opens the page of an incident that was shown. */
    openIncident: Position,
    /** Opens the page of the vendor on which this channel begins. */
    openChannel: Position,
    textLanguage: z.object({ english: z.boolean() }),
    tryAgain: Nothing,
  },
} as const satisfies Contract;

export type CaseStart = z.output<typeof caseHost.asks.start.answer>;

/** What the Case page takes from the host. */
export const casePage = {
  asks: {},
  tells: { shown: Shown, target: TargetView, saved: SavedView, note: UnsentNote, focusNote: Nothing },
} as const satisfies Contract;
