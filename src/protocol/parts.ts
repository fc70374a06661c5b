import * as z from 'zod/mini';

/** A value the page offers and its words. */
export const Choice = z.object({ id: z.string(), label: z.string() });
export type Choice = z.output<typeof Choice>;

/** How a target stands; `preview` while the case is not filed, `paused` while support is closed. */
export const targetStates = [
  'none',
  'preview',
  'running',
  'paused',
  'met',
  'metLate',
  'pastOneReading',
  'overdue',
] as const;
/** The target in words: when it is, in which zones, under which reading, and how it stands. */
export const TargetView = z.object({
  state: z.enum(targetStates),
  headline: z.string(),
  times: z.array(z.object({ time: z.string(), zone: z.string() })),
  /** Time left while support works; it stands still while support is closed. */
  countdown: z.optional(z.string()),
  notes: z.array(z.string()),
  /** The same target under other readings of an unclear rule. */
  others: z.array(z.string()),
});
export type TargetView = z.output<typeof TargetView>;

/** Whether what was typed is on disk. */
export const SavedView = z.object({ failed: z.boolean(), text: z.string() });
export type SavedView = z.output<typeof SavedView>;

/** A place in the code as text; the page names it by its position in the list it was given. */
export const PlaceView = z.object({ path: z.string(), lines: z.string(), text: z.string() });
export type PlaceView = z.output<typeof PlaceView>;

/** A picked or kept file; `id` is the host's name for it. */
export const FileView = z.object({
  id: z.string(),
  name: z.string(),
  size: z.string(),
  problem: z.optional(z.string()),
});
export type FileView = z.output<typeof FileView>;

/** Content that was pasted or dropped; the host names, sizes and keeps it. Without bytes it was too large to be read. */
export const PastedContent = z.object({
  name: z.string().check(z.maxLength(1_000)),
  bytes: z.optional(z.instanceof(Uint8Array)),
});
export type PastedContent = z.output<typeof PastedContent>;
/** Addresses of dropped files; the host looks at each as at a picked one. */
export const DroppedAddresses = z.object({
  uris: z.array(z.string().check(z.maxLength(4_000))).check(z.maxLength(500)),
});

export const Position = z.object({ index: z.int().check(z.nonnegative()) });
export const Nothing = z.object({});
export const Done = z.undefined();
