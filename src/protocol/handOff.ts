import * as z from 'zod/mini';
import { Choice } from './parts.ts';

/** What of a hand-off can be copied: its question, its text, all of it, or one value by its place in the list. */
export const copyParts = ['query', 'text', 'whole', 'item', 'number'] as const;
export const CopyPart = z.object({ part: z.enum(copyParts), index: z.optional(z.int().check(z.nonnegative())) });
export type CopyPart = z.output<typeof CopyPart>;

const ChannelView = z.object({
  name: z.string(),
  /** As people write it. */
  number: z.optional(z.string()),
  steps: z.array(z.string()),
  notices: z.array(z.string()),
  /** What opens the page of the vendor; absent where no address is known. */
  open: z.optional(z.string()),
});

/** How a case is handed to support that no program can reach; what is written in it is for people. */
export const HandOffView = z.object({
  /** Whether it is still to be done: no number of the vendor is known. */
  due: z.boolean(),
  lead: z.string(),
  hours: z.string(),
  channels: z.array(ChannelView),
  query: z.string(),
  items: z.array(z.object({ label: z.string(), value: z.string(), missing: z.boolean() })),
  text: z.string(),
  /** The languages the text can be in; one where there is no choice. */
  languages: z.array(Choice),
  language: z.string(),
});
export type HandOffView = z.output<typeof HandOffView>;
