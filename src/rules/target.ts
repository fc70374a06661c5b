import { addOpenTime, type Calendar, compileCalendar, endOfNthDay, nextOpening, openTimeBetween } from './calendar.ts';
import type { CalendarFault, CalendarRefusal } from './calendar.ts';
import type { FactId, Instant } from './decision.ts';
import type { Category, Holiday, Plan, Profile, Reading, ResponseRow, Severity } from './profile.ts';
import { isInstant } from './zone.ts';

/** What a target rests on. `openedAt` is UTC milliseconds. */
export interface TargetInput {
  readonly openedAt: Instant;
  readonly severity: Severity;
  readonly category: Category;
  /** Needed where the plan decides (E-12); an unknown plan has no target. */
  readonly plan?: Plan | undefined;
  /** What "business day" means; `weekday` when not given. */
  readonly reading?: Reading | undefined;
  /** Days off under `weekday` and `endOfWeekday`, dates in the desk's zone. Keep the array: answers are cached by it. */
  readonly holidays?: readonly Holiday[] | undefined;
}

/** The time by which the first response is due. Instants are UTC milliseconds, `zone` is the desk's. */
export interface DueTarget {
  readonly kind: 'due';
  readonly due: Instant;
  /** When the clock starts: at opening, or the next time support is open. */
  readonly startsAt: Instant;
  /** The reading used; `elapsed` where no reading is needed because every hour counts. */
  readonly reading: Reading | 'elapsed';
  readonly zone: string;
  readonly facts: readonly FactId[];
}

/** Why there is no target: the offer states none, or what was typed in cannot be; then `field` says where. */
export interface NoTarget {
  readonly kind: 'none';
  readonly code: NoTargetCode;
  readonly field?: string;
  readonly facts: readonly FactId[];
}
export type NoTargetCode =
  | 'noSeverities'
  | 'notForCategory'
  | 'unknownPlan'
  | 'noneStated'
  | 'impossibleInstant'
  /** The holidays, or hours and zone of the profile. */
  | CalendarFault;

/** Support hours every day, and on weekdays that are no holidays. */
interface Clocks {
  readonly supportDay: Calendar;
  readonly weekday: Calendar;
  /** Open time of one support day. */
  readonly dayLength: number;
}
type BusinessRow = Extract<ResponseRow, { kind: 'businessDays' }>;

const minuteMs = 60_000;
const noHolidays: readonly Holiday[] = [];

function rowOf({ severity, category, plan }: TargetInput, profile: Profile): ResponseRow | NoTarget {
  const table = profile.response;
  if (table === null) return { kind: 'none', code: 'noSeverities', facts: profile.facts };
  if (!table.categories.includes(category)) return { kind: 'none', code: 'notForCategory', facts: table.facts };
  if (!table.byPlan) return table.rows.standard[severity];
  if (plan !== 'standard' && plan !== 'premium') return { kind: 'none', code: 'unknownPlan', facts: table.facts };
  return table.rows[plan][severity];
}

function compileClocks({ day, zone }: BusinessRow, holidays: readonly Holiday[]): Clocks | CalendarRefusal {
  const everyDay = compileCalendar({ zone, week: [day, day, day, day, day, day, day] });
  if (!everyDay.ok) return everyDay;
  const weekday = compileCalendar({ zone, week: [day, day, day, day, day, [], []], holidays });
  if (!weekday.ok) return weekday;
  const dayLength = day.reduce((sum, [start, end]) => sum + end - start, 0) * minuteMs;
  return { supportDay: everyDay.calendar, weekday: weekday.calendar, dayLength };
}

const clocks = new WeakMap<readonly Holiday[], WeakMap<BusinessRow, Clocks | CalendarRefusal>>();

function clocksOf(row: BusinessRow, holidays: readonly Holiday[] = noHolidays): Clocks | CalendarRefusal {
  let ofHolidays = clocks.get(holidays);
  if (ofHolidays === undefined) clocks.set(holidays, (ofHolidays = new WeakMap()));
  let found = ofHolidays.get(row);
  if (found === undefined) ofHolidays.set(row, (found = compileClocks(row, holidays)));
  return found;
}

/** The row that holds for a question, and the clocks it needs. */
type Ground = Pick<TargetInput, 'category' | 'plan' | 'holidays'> & { readonly profile: Profile } & (
    | { readonly row: Exclude<ResponseRow, BusinessRow> | NoTarget; readonly clocks?: undefined }
    | { readonly row: BusinessRow; readonly clocks: Clocks | CalendarRefusal }
  );
/** The last ground of each severity: a list of cases asks for the same ones over and over. */
const grounds: { A?: Ground; B?: Ground; C?: Ground } = {};

function groundOf(input: TargetInput, profile: Profile): Ground {
  const { severity, category, plan, holidays } = input;
  const last = severity === 'A' ? grounds.A : severity === 'B' ? grounds.B : grounds.C;
  if (last?.profile === profile && last.category === category && last.plan === plan && last.holidays === holidays) {
    return last;
  }
  const row = rowOf(input, profile);
  const asked = { profile, category, plan, holidays };
  return (grounds[severity] =
    row.kind === 'businessDays' ? { ...asked, row, clocks: clocksOf(row, holidays) } : { ...asked, row });
}

/**
 * The target of a case: elapsed time, or business days under the reading asked for.
 * - `supportDay` (A-01 BD-1): as much open time as the support days have, every day of the year counting;
 * - `weekday` (BD-2): the same open time, counted only on weekdays that are no holidays;
 * - `endOfWeekday` (BD-3): 24:00 of the n-th such weekday after the day of opening.
 * The clock starts at opening, or when support is next open; a target can fall at 24:00. It is a target,
 * not a promise, and severity is taken as given: `checkSeverity` says whether it may be had.
 * Nothing is thrown: bad holidays and instants are a `none` that names the field. Instants are UTC milliseconds.
 * Facts: C-18, C-20, C-25, C-26, E-12, E-13, A-01 to.
 */
export function responseTarget(input: TargetInput, profile: Profile): DueTarget | NoTarget {
  const { openedAt, reading = 'weekday' } = input;
  const { zone } = profile;
  const { row, clocks: found } = groundOf(input, profile);
  if (row.kind === 'none') return 'code' in row ? row : { kind: 'none', code: 'noneStated', facts: row.facts };
  const { facts } = row;
  if (found === undefined) {
    const due = openedAt + row.ms;
    if (!isInstant(openedAt) || !isInstant(due))
      return { kind: 'none', code: 'impossibleInstant', field: 'openedAt', facts };
    return { kind: 'due', due, startsAt: openedAt, reading: 'elapsed', zone, facts };
  }
  if ('code' in found) return { kind: 'none', code: found.code, field: found.field, facts };
  const calendar = reading === 'supportDay' ? found.supportDay : found.weekday;
  const startsAt = nextOpening(calendar, openedAt);
  const due =
    reading === 'endOfWeekday'
      ? endOfNthDay(calendar, openedAt, row.days)
      : addOpenTime(calendar, openedAt, row.days * found.dayLength);
  if (startsAt === undefined || due === undefined) {
    return { kind: 'none', code: 'impossibleInstant', field: 'openedAt', facts };
  }
  return { kind: 'due', due, startsAt, reading, zone, facts };
}

/** Every reading of one target, the earliest first; one only where time simply elapses. */
export interface AllTargets {
  readonly kind: 'due';
  readonly targets: readonly [DueTarget, ...DueTarget[]];
  readonly earliest: Instant;
  /** Only after this one may anyone say "overdue"; give the holidays to get it right. */
  readonly latest: Instant;
}

/** The target under each reading, see `responseTarget`; `reading` of the input plays no part. Facts: A-01. */
export function targetUnderAllReadings(input: TargetInput, profile: Profile): AllTargets | NoTarget {
  const first = responseTarget({ ...input, reading: 'supportDay' }, profile);
  if (first.kind === 'none') return first;
  const targets: [DueTarget, ...DueTarget[]] = [first];
  for (const reading of first.reading === 'elapsed' ? [] : (['weekday', 'endOfWeekday'] as const)) {
    const target = responseTarget({ ...input, reading }, profile);
    if (target.kind === 'none') return target;
    targets.push(target);
  }
  const dues = targets.map(({ due }) => due);
  return { kind: 'due', targets, earliest: Math.min(...dues), latest: Math.max(...dues) };
}

export type TargetState = 'met' | 'metLate' | 'running' | 'pastOneReading' | 'overdue';

/**
 * How a target stands at `now`, or how it ended when the first response has come (UTC milliseconds). A response counts
 * as met up to the latest reading, "overdue" and "late" begin only after it; a target's own instant is still in time.
 * Facts: A-01.
 */
export function targetState({ earliest, latest }: AllTargets, now: Instant, firstResponseAt?: Instant): TargetState {
  if (firstResponseAt !== undefined) return firstResponseAt <= latest ? 'met' : 'metLate';
  if (now <= earliest) return 'running';
  return now <= latest ? 'pastOneReading' : 'overdue';
}

/** What a countdown shows: open time left in milliseconds, and whether it is passing now. */
export interface RemainingTime {
  readonly running: boolean;
  readonly left: number;
  /** When the clock goes on; undefined while it runs, and once no time is left. */
  readonly resumesAt: Instant | undefined;
}

/**
 * The open time left at `now` until the target of `input`, closed hours not counted; undefined where there is no target.
 * Instants are UTC milliseconds. Facts: C-26, A-01, A-02.
 */
export function remainingOpenTime(input: TargetInput, profile: Profile, now: Instant): RemainingTime | undefined {
  const { clocks: found } = groundOf(input, profile);
  if (found !== undefined && 'code' in found) return undefined;
  const target = responseTarget(input, profile);
  if (target.kind === 'none' || !isInstant(now)) return undefined;
  const { due, startsAt } = target;
  if (now >= due) return { running: false, left: 0, resumesAt: undefined };
  const from = Math.max(now, startsAt);
  if (found === undefined) {
    return { running: now === from, left: due - from, resumesAt: now === from ? undefined : startsAt };
  }
  const calendar = target.reading === 'supportDay' ? found.supportDay : found.weekday;
  const resumesAt = nextOpening(calendar, from);
  const running = now === resumesAt;
  const left = openTimeBetween(calendar, from, due);
  return { running, left, resumesAt: running ? undefined : resumesAt };
}
