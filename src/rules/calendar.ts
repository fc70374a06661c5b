import type { Instant, Refusal } from './decision.ts';
import type { Holiday, WeekHours } from './profile.ts';
import { dayMs, instantFrom, isInstant, maxInstant, moveTo, type Zone, zoneOf } from './zone.ts';

/**
 * Opening hours: half-open intervals of the wall clock of a zone on each weekday, closed all day on holidays.
 *
 * It is open at an instant when the clock of the zone shows a time inside an interval of the weekday it shows. Open time
 * is real elapsed time while it is open: an hour the clock skips never passes, an hour it repeats passes twice. 24:00 is
 * the end of a day and the same moment as 00:00 of the next, so at 24:00 the day is over.
 */
export interface CalendarSpec {
  /** IANA name. */
  readonly zone: string;
  readonly week: WeekHours;
  readonly holidays?: readonly Holiday[] | undefined;
}

/** An open interval of the pattern, in milliseconds from its start, and the open time that has passed at either end. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly openAtStart: number;
  readonly openAtEnd: number;
}

/** What repeats: one day when every day is alike, else one week from Monday; `open` is the open time in it. */
interface Pattern {
  readonly period: number;
  readonly open: number;
  readonly spans: readonly [Span, ...Span[]];
  /** Weekdays with opening hours, Monday 0. */
  readonly weekdays: readonly number[];
}

/**
 * Holidays that take open time away, in order, as columns: the first local moment, the open time up to it (Infinity
 * after the last), and the pattern's open time on all holidays before it (one more entry: on all of them).
 */
interface Closures {
  readonly starts: readonly number[];
  readonly openAtStart: readonly number[];
  readonly lostBefore: readonly number[];
}

/** What repeats, and the holidays on which it does not. */
interface Hours extends Pattern {
  readonly closures: Closures;
}

/** A compiled calendar. `hours` is undefined when it never opens. */
export interface Calendar {
  readonly zone: Zone;
  readonly hours: Hours | undefined;
}

/** Why a calendar cannot be used, and which field says so, such as `holidays[3].date`. */
export interface CalendarRefusal extends Refusal<CalendarFault> {
  readonly field: string;
}
export type CalendarFault =
  'unknownZone' | 'hoursOutsideDay' | 'hoursEmpty' | 'hoursOverlap' | 'impossibleDate' | 'tooManyHolidays';
type Compiled = { readonly ok: true; readonly calendar: Calendar } | CalendarRefusal;

/** More holidays than a century of them: a mistake, not a calendar. */
export const maxHolidays = 2000;

const minuteMs = 60_000;
/** More days than there are instants for. */
const maxDays = 4_000_000;
/** Thursday 1970-01-01 as an offset from its Monday: local times count from there while a week is looked at. */
const mondayMs = 3 * dayMs;

const refuse = (code: CalendarFault, field: string): CalendarRefusal => ({ ok: false, code, field, facts: [] });

/** The first local moment of a date `YYYY-MM-DD` that exists, from the year 0001 on. */
function localDate(date: string): number | undefined {
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(date)) return undefined;
  const start = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(date) ? start : undefined;
}

function checkHours(week: WeekHours): CalendarRefusal | undefined {
  for (const [day, intervals] of week.entries()) {
    let closed = 0;
    for (const [place, [start, end]] of intervals.entries()) {
      const field = `week[${String(day)}][${String(place)}]`;
      const whole = Number.isInteger(start) && Number.isInteger(end);
      if (!whole || start < 0 || end > 1440) return refuse('hoursOutsideDay', field);
      if (start >= end) return refuse('hoursEmpty', field);
      if (start < closed) return refuse('hoursOverlap', field);
      closed = end;
    }
  }
  return undefined;
}

function compilePattern(week: WeekHours): Pattern | undefined {
  const alike = week.every(day => JSON.stringify(day) === JSON.stringify(week[0]));
  const days = alike ? week.slice(0, 1) : week;
  const spans: Span[] = [];
  let open = 0;
  for (const [day, intervals] of days.entries()) {
    for (const [from, to] of intervals) {
      const start = day * dayMs + from * minuteMs;
      const end = day * dayMs + to * minuteMs;
      const openAtStart = open;
      open += end - start;
      spans.push({ start, end, openAtStart, openAtEnd: open });
    }
  }
  const [first, ...others] = spans;
  if (first === undefined) return undefined;
  const weekdays = [...week.entries()].flatMap(([day, { length }]) => (length > 0 ? [day] : []));
  return { period: days.length * dayMs, open, spans: [first, ...others], weekdays };
}

function compileClosures(pattern: Pattern, days: readonly number[]): Closures {
  const starts: number[] = [];
  const openAtStart: number[] = [];
  const lostBefore = [0];
  let lost = 0;
  for (const start of [...new Set(days)].sort((a, b) => a - b)) {
    const before = patternOpen(pattern, start);
    const taken = patternOpen(pattern, start + dayMs) - before;
    if (taken === 0) continue;
    starts.push(start);
    openAtStart.push(before - lost);
    lost += taken;
    lostBefore.push(lost);
  }
  return { starts, openAtStart: [...openAtStart, Infinity], lostBefore };
}

function compile(spec: CalendarSpec): Compiled {
  const zone = zoneOf(spec.zone);
  if (zone === undefined) return refuse('unknownZone', 'zone');
  const fault = checkHours(spec.week);
  if (fault !== undefined) return fault;
  const holidays = spec.holidays ?? [];
  if (holidays.length > maxHolidays) return refuse('tooManyHolidays', 'holidays');
  const starts: number[] = [];
  for (const [place, { date }] of holidays.entries()) {
    const start = localDate(date);
    if (start === undefined) return refuse('impossibleDate', `holidays[${String(place)}].date`);
    starts.push(start);
  }
  const pattern = compilePattern(spec.week);
  const hours = pattern && { ...pattern, closures: compileClosures(pattern, starts) };
  return { ok: true, calendar: { zone, hours } };
}

const compiled = new WeakMap<CalendarSpec, Compiled>();

/**
 * Checks a calendar and prepares it for counting; the answer is kept for as long as `spec` is.
 * Refuses an unknown zone, an interval outside 0..1440 minutes, empty or overlapping (also: out of order) intervals, a
 * date that does not exist and more than `maxHolidays` holidays. Facts: A-03.
 */
export function compileCalendar(spec: CalendarSpec): Compiled {
  const known = compiled.get(spec) ?? compile(spec);
  compiled.set(spec, known);
  return known;
}

/** Open time of the pattern from the zone's 1970-01-01T00:00 to `local`; negative before. */
function patternOpen(pattern: Pattern, local: number): number {
  const { period, open, spans } = pattern;
  const since = local + mondayMs;
  const periods = Math.floor(since / period);
  const within = since - periods * period;
  for (const span of spans) {
    if (within < span.end) return periods * open + span.openAtStart + Math.max(0, within - span.start);
  }
  return (periods + 1) * open;
}

/** The earliest local time at which `patternOpen` has grown to `open`. */
function patternLocal(pattern: Pattern, open: number): number {
  const periods = Math.ceil(open / pattern.open) - 1;
  const rest = open - periods * pattern.open;
  let [found] = pattern.spans;
  for (const span of pattern.spans) {
    found = span;
    if (rest <= span.openAtEnd) break;
  }
  return periods * pattern.period + found.start + rest - found.openAtStart - mondayMs;
}

/** How many of the rising `values` are at most `limit`. */
function countUpTo(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number(values[middle]) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many holidays have begun at `local`. */
function begunAt({ closures }: Hours, local: number): number {
  return countUpTo(closures.starts, local);
}

/** Open time up to `local`, when `begun` holidays have begun by then. */
function openUntil(hours: Hours, local: number, begun: number): number {
  const { closures } = hours;
  if (begun === 0) return patternOpen(hours, local);
  const onHoliday = local < Number(closures.starts[begun - 1]) + dayMs;
  if (onHoliday) return Number(closures.openAtStart[begun - 1]);
  return patternOpen(hours, local) - Number(closures.lostBefore[begun]);
}

/** The earliest local time at which `openUntil` has grown to `open`, which is after the first `begun` holidays. */
function localWhenOpen(hours: Hours, open: number, begun: number): number {
  const { closures } = hours;
  let passed = begun;
  while (Number(closures.openAtStart[passed]) < open) passed += 1;
  return patternLocal(hours, open + Number(closures.lostBefore[passed]));
}

/**
 * The earliest instant by which `ms` of open time have passed since `instant`; with 0 that is `instant` itself. An
 * amount that ends exactly at closing time ends there, not at the next opening. Undefined when there is none: the
 * calendar never opens, time runs out (`maxInstant`, the year 9999), or an argument is not a whole number or `ms` is negative.
 */
export function addOpenTime(calendar: Calendar, instant: Instant, ms: number): Instant | undefined {
  if (!isInstant(instant) || !Number.isSafeInteger(ms) || ms < 0) return undefined;
  if (ms === 0) return instant;
  const { zone, hours } = calendar;
  if (hours === undefined) return undefined;
  let left = ms;
  let from = instant;
  while (from <= maxInstant) {
    moveTo(zone, from);
    const { offset, end } = zone;
    const begun = begunAt(hours, from + offset);
    const before = openUntil(hours, from + offset, begun);
    const due = localWhenOpen(hours, before + left, begun) - offset;
    if (due <= end) return due <= maxInstant ? due : undefined;
    left -= openUntil(hours, end + offset, begunAt(hours, end + offset)) - before;
    from = end;
  }
  return undefined;
}

/** Open time between two instants in milliseconds; 0 when `to` is not after `start` or one of them is no instant. */
export function openTimeBetween(calendar: Calendar, start: Instant, to: Instant): number {
  const { zone, hours } = calendar;
  if (hours === undefined || !isInstant(start) || !isInstant(to)) return 0;
  let open = 0;
  let at = start;
  while (at < to) {
    moveTo(zone, at);
    const from = at + zone.offset;
    const until = Math.min(zone.end, to) + zone.offset;
    open += openUntil(hours, until, begunAt(hours, until)) - openUntil(hours, from, begunAt(hours, from));
    at += until - from;
  }
  return open;
}

/** The first open local time at or after `local`, holidays aside. */
function patternOpening({ period, spans }: Pattern, local: number): number {
  const since = local + mondayMs;
  const periodStart = Math.floor(since / period) * period;
  const within = since - periodStart;
  for (const { start, end } of spans) {
    if (within < end) return within < start ? periodStart + start - mondayMs : local;
  }
  return periodStart + period + spans[0].start - mondayMs;
}

/** The first open moment at or after `instant`; undefined when there is none. */
export function nextOpening(calendar: Calendar, instant: Instant): Instant | undefined {
  const { zone, hours } = calendar;
  if (hours?.closures.starts.length === 0 && isInstant(instant)) {
    // Nearly always the answer; a change of the clock or the end of time in between is left to the careful way below.
    moveTo(zone, instant);
    const opening = patternOpening(hours, instant + zone.offset) - zone.offset;
    if (opening < Math.min(zone.end, maxInstant)) return opening;
  }
  const afterFirst = addOpenTime(calendar, instant, 1);
  return afterFirst === undefined ? undefined : afterFirst - 1;
}

/** Whether it is open at `instant`; half-open, so at the closing moment it is closed. */
export function isOpen(calendar: Calendar, instant: Instant): boolean {
  return nextOpening(calendar, instant) === instant;
}

/** Where the span of the pattern that is open at `local` ends; Infinity where none does. */
function spanEnd({ period, open, spans }: Pattern, local: number): number {
  if (open === period) return Infinity;
  const since = local + mondayMs;
  const periodStart = Math.floor(since / period) * period;
  const ends = spans.map(({ end }) => periodStart + end - mondayMs);
  return Math.min(...ends.filter(end => end > local));
}

/**
 * The first closed moment at or after `instant`: `instant` itself when it is closed. Undefined when it never closes
 * again (24 hours a day, no holiday ahead).
 */
export function closesAt(calendar: Calendar, instant: Instant): Instant | undefined {
  const { zone, hours } = calendar;
  let at = instant;
  while (hours !== undefined && isOpen(calendar, at)) {
    moveTo(zone, at);
    const local = at + zone.offset;
    const holiday = hours.closures.starts[begunAt(hours, local)] ?? Infinity;
    at = Math.min(zone.end, Math.min(spanEnd(hours, local), holiday) - zone.offset);
  }
  return at <= maxInstant ? at : undefined;
}

/** How many working days of the pattern end up to local day `day` (days since 1970-01-01), counted from any fixed one. */
function patternDays({ weekdays }: Pattern, day: number): number {
  const weeks = Math.floor((day + 3) / 7);
  const today = day + 3 - weeks * 7;
  return weeks * weekdays.length + weekdays.filter(weekday => weekday <= today).length;
}

/** Working days up to local day `day`: with opening hours and no holiday. */
function workingDays(hours: Hours, day: number): number {
  return patternDays(hours, day) - begunAt(hours, day * dayMs);
}

/** The first local day by which `count` working days have come up. */
function dayOfCount(hours: Hours, count: number): number {
  const { weekdays } = hours;
  let holidays = 0;
  for (;;) {
    const weeks = Math.ceil((count + holidays) / weekdays.length) - 1;
    const day = weeks * 7 + Number(weekdays[count + holidays - weeks * weekdays.length - 1]) - 3;
    const passed = begunAt(hours, day * dayMs);
    if (passed === holidays) return day;
    holidays = passed;
  }
}

/** Working days between two instants that the zone's calendar leaves out (Apia had no 2011-12-30). */
function skippedDays(zone: Zone, hours: Hours, from: Instant, to: Instant): number {
  let skipped = 0;
  moveTo(zone, from);
  while (zone.end <= to) {
    const first = Math.ceil((zone.end + zone.offset) / dayMs);
    moveTo(zone, zone.end);
    const last = Math.floor((zone.start + zone.offset) / dayMs) - 1;
    if (last >= first) skipped += workingDays(hours, last) - workingDays(hours, first - 1);
  }
  return skipped;
}

/**
 * The end (24:00, so 00:00 of the next day) of the `count`-th working day after the local day of `instant`; a working
 * day has opening hours and is no holiday (A-01, BD-3). Where the clock skips that midnight it is the moment of the
 * change, where the day itself comes back after it (Beirut) the one that ends it for good. Undefined as for
 * `addOpenTime`, and when `count` is below 1.
 */
export function endOfNthDay(calendar: Calendar, instant: Instant, count: number): Instant | undefined {
  const { zone, hours } = calendar;
  if (hours === undefined || !isInstant(instant) || !Number.isInteger(count) || count < 1 || count > maxDays) {
    return undefined;
  }
  moveTo(zone, instant);
  const wanted = workingDays(hours, Math.floor((instant + zone.offset) / dayMs)) + count;
  let skipped = 0;
  for (;;) {
    const end = instantFrom(zone, (dayOfCount(hours, wanted + skipped) + 1) * dayMs);
    if (end > maxInstant) return undefined;
    const now = skippedDays(zone, hours, instant, end);
    if (now === skipped) return end;
    skipped = now;
  }
}
