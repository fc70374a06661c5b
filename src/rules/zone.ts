import type { Instant } from './decision.ts';

/** Milliseconds in a day that no clock change touches. */
export const dayMs = 86_400_000;
/** 0001-01-01T00:00Z and 9999-12-31T24:00Z: a date with four digits can be written for every instant between. */
export const minInstant = -62_135_596_800_000;
export const maxInstant = 253_402_300_800_000;

/** Whether `value` is an instant the rules count with: whole UTC epoch milliseconds in the years 0001 to 9999. */
export function isInstant(value: number): value is Instant {
  return Number.isInteger(value) && value >= minInstant && value <= maxInstant;
}

/** A stretch of time, half-open, in which a zone keeps one UTC offset (all in milliseconds). */
interface Stretch {
  readonly start: Instant;
  readonly end: Instant;
  readonly offset: number;
}

/**
 * A time zone as stretches of constant offset, found once and kept; between them everything is integer arithmetic.
 * `start`, `end` and `offset` are the stretch last looked at: read them right after `moveTo`, nowhere else.
 */
export interface Zone {
  readonly name: string;
  start: Instant;
  end: Instant;
  offset: number;
  readonly blocks: Map<number, readonly Stretch[]>;
  readonly ask: (instant: Instant) => number;
}

/*
 * Stretches are found in blocks of 773 days. 189 blocks are 400 years, after which dates and weekdays repeat exactly: a
 * block beyond 2500, where only standing rules are left, has the offsets of the one 400 years before it. Before 1800 no
 * zone had changed its clocks yet, so all blocks there are like the first.
 */
const blockMs = 773 * dayMs;
const blocksPerCycle = 189;
const firstBlock = Math.floor(Date.UTC(1800, 0, 1) / blockMs);
const lastBlock = Math.floor(Date.UTC(2500, 0, 1) / blockMs);
/** No zone has changed its offset and changed it back within a week. */
const sampleMs = 7 * dayMs;

function likeBlock(block: number): number {
  if (block < firstBlock) return firstBlock;
  if (block <= lastBlock) return block;
  return lastBlock - blocksPerCycle + 1 + ((block - lastBlock - 1) % blocksPerCycle);
}

/** The instants in (from, to] at which the offset changes, in order; clocks change on whole seconds. */
function changesBetween(zone: Zone, from: Instant, to: Instant): readonly Instant[] {
  const offset = zone.ask(to);
  if (zone.ask(from) === offset) return [];
  let low = from / 1000;
  let high = to / 1000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.ask(middle * 1000) === offset) high = middle;
    else low = middle;
  }
  // Two changes can lie in one sample: look again on the left of the one found.
  return [...changesBetween(zone, from, low * 1000), high * 1000];
}

function findStretches(zone: Zone, block: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  const end = (block + 1) * blockMs;
  let start = block * blockMs;
  for (let from = start; from < end; from += sampleMs) {
    for (const change of changesBetween(zone, from, Math.min(from + sampleMs, end - 1000))) {
      stretches.push({ start, end: change, offset: zone.ask(start) });
      start = change;
    }
  }
  stretches.push({ start, end, offset: zone.ask(start) });
  return stretches;
}

/** Makes `zone.start`, `zone.end` and `zone.offset` (milliseconds) the stretch that holds at `instant`. */
export function moveTo(zone: Zone, instant: Instant): void {
  if (instant >= zone.start && instant < zone.end) return;
  const block = Math.floor(instant / blockMs);
  const like = likeBlock(block);
  const stretches = zone.blocks.get(like) ?? findStretches(zone, like);
  zone.blocks.set(like, stretches);
  const shift = (block - like) * blockMs;
  for (const stretch of stretches) {
    zone.start = stretch.start + shift;
    zone.end = stretch.end + shift;
    zone.offset = stretch.offset;
    if (instant < zone.end) break;
  }
}

/** The UTC offset of `zone` at `instant`, in milliseconds, east positive. */
export function offsetAt(zone: Zone, instant: Instant): number {
  moveTo(zone, instant);
  return zone.offset;
}

/**
 * The least instant from which on the clock of `zone` shows `local` or later for good (`local`: wall-clock milliseconds
 * since 1970-01-01T00:00 there). In a gap that is the moment of the change; in an overlap the second passage.
 */
export function instantFrom(zone: Zone, local: number): Instant {
  moveTo(zone, local + dayMs);
  while (zone.start + zone.offset >= local) moveTo(zone, zone.start - 1);
  return Math.min(zone.end, local - zone.offset);
}

const zones = new Map<string, Zone>();

/** Reads `1/1/2026, GMT+08:00`; the offset has seconds where local mean time had them, and is empty for UTC itself. */
function readOffset(shown: string): number {
  const text = shown.slice(shown.indexOf('GMT') + 3);
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(1).split(':').map(Number);
  const size = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  return text.startsWith('-') ? -size : size;
}

/** The zone with this IANA name, or undefined when there is none. Kept, so asking again costs a look-up. */
export function zoneOf(name: string): Zone | undefined {
  const known = zones.get(name);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
  const ask = (instant: Instant): number => readOffset(format.format(instant));
  const zone: Zone = { name, start: 0, end: 0, offset: 0, blocks: new Map(), ask };
  zones.set(name, zone);
  return zone;
}
