import * as z from 'zod/mini';
import type { Contract } from './channel.ts';
import { spans } from './incidentWords.ts';
import { Nothing, Position } from './parts.ts';

/** What the page is about: an incident or an announcement (of the board where no source is named), or a service. */
export const Subject = z.union([
  z.object({ source: z.optional(z.string().check(z.maxLength(400))), id: z.string().check(z.maxLength(400)) }),
  z.object({ service: z.string().check(z.maxLength(400)) }),
]);
export type Subject = z.output<typeof Subject>;

/** What can be done from the page. */
export const incidentActions = ['copyText', 'post', 'openPortal', 'caseAbout', 'history'] as const;
export type IncidentAction = (typeof incidentActions)[number];

const SpanOfDays = z.literal(spans);

/** Which mark stands beside it; never the only sign. */
const Mark = z.enum(['incident', 'advisory', 'notice', 'over']);
export type Mark = z.output<typeof Mark>;
const Entry = z.object({
  mark: Mark,
  title: z.string(),
  detail: z.string(),
  by: z.string(),
  time: z.string(),
  text: z.string(),
});
export type Entry = z.output<typeof Entry>;

/** An incident with its posts, or a service with its incidents, in words; the newest entry first. */
export const IncidentView = z.object({
  lead: z.string(),
  title: z.string(),
  /** Absent for a service. */
  kind: z.optional(z.object({ mark: Mark, word: z.string(), status: z.string(), standing: z.string() })),
  /** When and by whom it was read, or what the history rests on. */
  notes: z.array(z.string()),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  heading: z.string(),
  entries: z.array(Entry),
  /** What is said where there are none. */
  none: z.string(),
  /** The days of a history; its entries open pages of their own. */
  days: z.optional(z.object({ name: z.string(), shown: SpanOfDays, choices: z.array(z.string()) })),
  actions: z.array(z.object({ id: z.enum(incidentActions), label: z.string() })),
});
export type IncidentView = z.output<typeof IncidentView>;

export const incidentLabels = [
  'page.case.facts',
  'page.case.actions',
  'page.case.earlier',
  'page.case.tryAgain',
  'page.handOff.copied',
  'page.incident.open',
] as const;
const Labels = z.record(z.enum(incidentLabels), z.string());
export type IncidentLabels = z.output<typeof Labels>;

/** What there is to show, or why nothing is. */
const Shown = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), view: IncidentView }),
  z.object({ ok: z.literal(false), text: z.string() }),
]);
export type ShownIncident = z.output<typeof Shown>;

/** What the host takes from the page: names of actions and places in its list. */
export const incidentHost = {
  asks: {
    start: { params: Nothing, answer: z.object({ id: z.string(), labels: Labels, shown: Shown }) },
    run: {
      params: z.object({ action: z.enum(incidentActions) }),
      // `copied`: nothing else shows that it worked.
      answer: z.object({ copied: z.boolean() }),
    },
  },
  tells: { open: Position, span: z.object({ days: SpanOfDays }), tryAgain: Nothing },
} as const satisfies Contract;
export type IncidentStart = z.output<typeof incidentHost.asks.start.answer>;

/** What the page takes from the host. */
export const incidentPage = { asks: {}, tells: { shown: Shown } } as const satisfies Contract;
