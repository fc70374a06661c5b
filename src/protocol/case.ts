import * as z from 'zod/mini';
import { severities } from '../rules/profile.ts';
import { deskStatuses } from '../desk/words.ts';
import type { Contract } from './channel.ts';
import { FileView, Nothing, PlaceView, Position, SavedView, TargetView } from './parts.ts';

/** What the Case page may ask the host to run; each is a command of ours, and the case is the one of the page. */
export const caseCommands = [
  'requestInformation',
  'recordFirstResponse',
  'recordVendorNumber',
  'changeSeverity',
  'resolve',
  'close',
  'reopen',
  'why',
  'copyAsMarkdown',
  'exportTimeline',
] as const;
export type CaseCommand = (typeof caseCommands)[number];

const noteText = z.string().check(z.maxLength(4 * 1024 * 1024));
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
});
export type EventView = z.output<typeof EventView>;

/** A case in words, at the revision the person looks at. */
export const CaseView = z.object({
  revision: z.int(),
  number: z.string(),
  title: z.string(),
  status: z.object({ id: z.enum(deskStatuses), word: z.string(), note: z.string() }),
  severity: z.object({ id: z.optional(z.enum(severities)), name: z.string(), note: z.string() }),
  facts: z.array(Fact),
  text: z.string(),
  impact: z.string(),
  target: TargetView,
  places: z.array(PlaceView),
  files: z.array(FileView),
  timeline: z.array(EventView),
  /** What the note box is for now: a note, an answer support waits for, or nothing. */
  write: z.enum(['note', 'answer', 'none']),
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
  'page.case.number',
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
  'page.case.tryAgain',
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
      answer: z.object({ id: z.uuid(), labels: Labels, shown: Shown, note: z.string() }),
    },
    /** Sends the text of the box; `revision` is the one the person looked at. */
    send: {
      params: z.object({ as: z.enum(['note', 'answer']), revision: z.int(), text: noteText }),
      answer: z.object({ sent: z.boolean() }),
    },
  },
  tells: {
    write: z.object({ text: noteText }),
    pickFiles: Nothing,
    removeFile: z.object({ id: z.string().check(z.maxLength(4_000)) }),
    run: z.object({ command: z.enum(caseCommands) }),
    saveFile: z.object({ id: z.string().check(z.maxLength(100)) }),
    openPlace: Position,
    tryAgain: Nothing,
  },
} as const satisfies Contract;

export type CaseStart = z.output<typeof caseHost.asks.start.answer>;

/** What the Case page takes from the host. */
export const casePage = {
  asks: {},
  tells: { shown: Shown, target: TargetView, saved: SavedView },
} as const satisfies Contract;
