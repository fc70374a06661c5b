import * as z from 'zod/mini';
import { addOpenTime, type Calendar, compileCalendar, endOfNthDay, nextOpening } from '../rules/calendar.ts';
import type { Instant } from '../rules/decision.ts';
import type { DayHours, Holiday, WeekHours } from '../rules/profile.ts';
import { BadUse } from './fault.ts';
import { checked, parseJson, readText } from './files.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Hours of a day as `09:00-24:00`, from start up to end. */
const Hours = z.string().check(z.regex(/^\d\d:[0-5]\d-\d\d:[0-5]\d$/));
const Holidays = z.array(z.strictObject({ date: z.string(), name: z._default(z.string(), '') }));
const common = { zone: z.string(), holidays: z.optional(Holidays) };
const Week = z.strictObject({
  monday: z.optional(z.array(Hours)),
  tuesday: z.optional(z.array(Hours)),
  wednesday: z.optional(z.array(Hours)),
  thursday: z.optional(z.array(Hours)),
  friday: z.optional(z.array(Hours)),
  saturday: z.optional(z.array(Hours)),
  sunday: z.optional(z.array(Hours)),
});
/** Each weekday with its own hours. */
const ByWeek = z.strictObject({ ...common, week: Week });
/** The same hours on the weekdays named. */
const ByDays = z.strictObject({ ...common, days: z.array(z.enum(weekdays)), hours: z.array(Hours) });

/** The holidays of a call, parsed: dates are looked at by the rules. */
export const HolidayList: z.ZodMiniType<Holiday[]> = Holidays;

/** Open time in milliseconds, or a number of working days. */
export type Amount = { readonly kind: 'open'; readonly ms: number } | { readonly kind: 'days'; readonly days: number };

const minuteMs = 60_000;

function minutesOf(hours: readonly string[] = []): DayHours {
  return hours.map(one => {
    const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = one.split(/[:-]/).map(Number);
    return [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
  });
}

type Written = z.output<typeof ByWeek> | z.output<typeof ByDays>;

function hoursOn(written: Written, day: (typeof weekdays)[number]): DayHours {
  if ('week' in written) return minutesOf(written.week[day]);
  return written.days.includes(day) ? minutesOf(written.hours) : [];
}

/** What the rules call `week[0][1]`, as it stands in the file. */
function fieldIn(written: Written, field: string): string {
  return field.replace(/^week\[(\d)\]/, (_, day: string) =>
    'week' in written ? `week.${weekdays[Number(day)] ?? ''}` : 'hours',
  );
}

/**
 * Reads a calendar: `{ zone, week: { monday: ["09:00-24:00"] }, holidays: [{ date, name }] }`, or `days` and `hours`
 * instead of `week`. The first thing that cannot be is a fault that names `file` and the field.
 */
export function readCalendar(file: string, input: unknown): Calendar {
  const byDays = typeof input === 'object' && input !== null && ('days' in input || 'hours' in input);
  const written = byDays ? checked(file, ByDays, input) : checked(file, ByWeek, input);
  const on = (day: (typeof weekdays)[number]): DayHours => hoursOn(written, day);
  const week: WeekHours = [
    on('monday'),
    on('tuesday'),
    on('wednesday'),
    on('thursday'),
    on('friday'),
    on('saturday'),
    on('sunday'),
  ];
  const compiled = compileCalendar({ zone: written.zone, week, holidays: written.holidays });
  if (compiled.ok) return compiled.calendar;
  throw new BadUse(compiled.code, { file, field: fieldIn(written, compiled.field) });
}

/** Reads a calendar file, see `readCalendar`. */
export async function loadCalendar(file: string): Promise<Calendar> {
  return readCalendar(file, parseJson(file, await readText(file)));
}

const amountShape = /^(?:(?<days>\d{1,7})d|(?=\d)(?:(?<hours>\d{1,7})h)?(?:(?<minutes>\d{1,9})m)?)$/;

/** Reads `15h`, `90m` or `2h30m` of open time, or `3d` working days, at least 1; `name` is what a fault calls it. */
export function readAmount(name: string, found: string): Amount {
  const parts = amountShape.exec(found.trim())?.groups;
  if (parts === undefined) throw new BadUse('amount', { name, found });
  const { days, hours = '0', minutes = '0' } = parts;
  if (days !== undefined) {
    if (Number(days) === 0) throw new BadUse('amount', { name, found });
    return { kind: 'days', days: Number(days) };
  }
  return { kind: 'open', ms: (Number(hours) * 60 + Number(minutes)) * minuteMs };
}

/** When an amount has passed, and when its clock starts; undefined when that never comes. */
export interface Counted {
  readonly startsAt: Instant | undefined;
  readonly due: Instant | undefined;
}

/**
 * Open time runs from `opened`, or the next opening, and only while it is open; an amount that ends at closing time ends
 * there. Working days: 24:00, in the calendar's zone, of the n-th day after that of `opened` that has opening hours and
 * is no holiday. Instants are UTC milliseconds. Facts: A-01 (BD-3), A-02, A-03.
 */
export function count(calendar: Calendar, amount: Amount, opened: Instant): Counted {
  const startsAt = nextOpening(calendar, opened);
  const due =
    amount.kind === 'days' ? endOfNthDay(calendar, opened, amount.days) : addOpenTime(calendar, opened, amount.ms);
  return { startsAt, due };
}
