import { IANAZone } from 'luxon';
import type { CalendarSpec } from '../../../src/rules/calendar.ts';

/*
 * The slow and plain truth: looks at the wall clock of every single minute, with luxon's offsets. It shares no code with
 * the engine. It knows zones whose offsets are whole minutes, so all of them since 1973.
 */
const minute = 60_000;
const day = 1440 * minute;
const quarter = 15 * minute;

/** Offsets of one zone on one UTC day, minute by minute. */
interface KnownDay {
  readonly zone: string;
  readonly start: number;
  readonly offsets: Int32Array;
}
const knownDays = new Map<string, KnownDay>();
let lastKnown: KnownDay = { zone: '', start: 0, offsets: new Int32Array() };

function knownDay(zone: string, start: number): KnownDay {
  const key = `${zone} ${String(start)}`;
  const known = knownDays.get(key);
  if (known !== undefined) return known;
  const luxonZone = IANAZone.create(zone);
  const ask = (at: number): number => Math.round(luxonZone.offset(at) * minute);
  const offsets = new Int32Array(1440);
  for (let at = 0; at < day; at += quarter) {
    const offset = ask(start + at);
    const changes = ask(start + at + quarter - 1) !== offset;
    for (let step = at; step < at + quarter; step += minute) {
      offsets[step / minute] = changes ? ask(start + step) : offset;
    }
  }
  const made: KnownDay = { zone, start, offsets };
  knownDays.set(key, made);
  return made;
}

/** Milliseconds east of UTC. */
export function oracleOffset(zone: string, at: number): number {
  if (lastKnown.zone !== zone || at < lastKnown.start || at >= lastKnown.start + day) {
    lastKnown = knownDay(zone, Math.floor(at / day) * day);
  }
  return lastKnown.offsets[Math.floor((at - lastKnown.start) / minute)] ?? Number.NaN;
}

/** Days since 1970-01-01 that the wall clock shows. */
const shownDay = (zone: string, at: number): number => Math.floor((at + oracleOffset(zone, at)) / day);
/** The start of the minute after the one of `at`. */
const nextMinute = (at: number): number => (Math.floor(at / minute) + 1) * minute;

export class Oracle {
  readonly zone: string;
  readonly minutes: readonly Uint8Array[];
  readonly holidays: ReadonlySet<number>;

  constructor(spec: CalendarSpec) {
    this.zone = spec.zone;
    this.minutes = spec.week.map(intervals => {
      const open = new Uint8Array(1440);
      for (const [start, end] of intervals) open.fill(1, start, end);
      return open;
    });
    this.holidays = new Set((spec.holidays ?? []).map(({ date }) => Date.parse(date) / day));
  }

  /** The minutes of a local day that are open; undefined on a day off. */
  #hours(shown: number): Uint8Array | undefined {
    const hours = this.minutes[(((shown + 3) % 7) + 7) % 7];
    return hours?.includes(1) === true && !this.holidays.has(shown) ? hours : undefined;
  }

  open(at: number): boolean {
    const local = at + oracleOffset(this.zone, at);
    const shown = Math.floor(local / day);
    if (this.holidays.has(shown)) return false;
    return this.minutes[(((shown + 3) % 7) + 7) % 7]?.[Math.floor((local - shown * day) / minute)] === 1;
  }

  /** The first instant in [from, until] by which `ms` of open time have passed. */
  add(from: number, ms: number, until: number): number | undefined {
    let left = ms;
    for (let at = from; at <= until; at = nextMinute(at)) {
      if (left === 0) return at;
      if (!this.open(at)) continue;
      const passes = nextMinute(at) - at;
      if (left <= passes) return at + left;
      left -= passes;
    }
    return undefined;
  }

  /** Open time in [from, to). */
  between(from: number, to: number): number {
    let open = 0;
    for (let at = from; at < to; at = nextMinute(at)) if (this.open(at)) open += Math.min(nextMinute(at), to) - at;
    return open;
  }

  /** The first instant in [from, until] at which it is open (or closed). */
  first(from: number, open: boolean, until: number): number | undefined {
    for (let at = from; at <= until; at = nextMinute(at)) if (this.open(at) === open) return at;
    return undefined;
  }

  /** The end of the `count`-th working day among the dates after that of `from` which the clock shows until `until`. */
  endOfDay(from: number, count: number, until: number): number | undefined {
    const lastShown = new Map<number, number>();
    const today = shownDay(this.zone, from);
    let shownBefore = today;
    for (let at = from; at <= until; at = nextMinute(at)) {
      const shown = shownDay(this.zone, at);
      if (shown !== shownBefore) lastShown.set(shownBefore, at - 1);
      shownBefore = shown;
    }
    lastShown.set(shownBefore, until);
    const days = [...lastShown.keys()].filter(shown => shown > today && this.#hours(shown) !== undefined);
    const wanted = days.sort((a, b) => a - b)[count - 1];
    if (wanted === undefined) return undefined;
    return nextMinute(Math.max(...[...lastShown].filter(([shown]) => shown <= wanted).map(([, at]) => at)));
  }
}
