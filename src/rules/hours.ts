import { closesAt, compileCalendar, nextOpening } from './calendar.ts';
import type { FactId, Instant } from './decision.ts';
import type { Category, HoursRow, Profile, Severity, WeekHours } from './profile.ts';
import { isInstant } from './zone.ts';

export interface HoursQuery {
  readonly category: Category;
  /** Without one, the hours of the lower severities. */
  readonly severity?: Severity | undefined;
  /** IANA zone of the support country, where the documents leave it open. */
  readonly zone?: string | undefined;
  /** The team's own minutes of the day for hours stated without times, half-open. */
  readonly businessHours?: readonly [start: number, end: number] | undefined;
}

/** Whether support works. `closesAt` is undefined when it never closes, instants are UTC, `zone` is that of the hours. */
export type SupportHours =
  | {
      readonly state: 'open';
      readonly closesAt: Instant | undefined;
      readonly zone: string;
      readonly facts: readonly FactId[];
    }
  | {
      readonly state: 'closed';
      readonly nextOpening: Instant;
      readonly zone: string;
      readonly facts: readonly FactId[];
    }
  /** Days from Monday 0, no clock times; `zone` is null where "local" is not said to be local to what. */
  | {
      readonly state: 'statedWithoutTimes';
      readonly weekdays: readonly number[];
      readonly zone: string | null;
      readonly facts: readonly FactId[];
    }
  | { readonly state: 'unknown'; readonly code: HoursUnknown; readonly facts: readonly FactId[] };
/** Hours the offer does not state; hours known but not the zone they are local to; a zone or hours that cannot be; no instant. */
export type HoursUnknown = 'notStated' | 'zoneNeeded' | 'unknownZone' | 'impossibleHours' | 'impossibleInstant';

/** `09:30` as minutes of the day; 24:00 is its end. */
export const minutesOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const alwaysOpen: WeekHours = [
  [[0, 1440]],
  [[0, 1440]],
  [[0, 1440]],
  [[0, 1440]],
  [[0, 1440]],
  [[0, 1440]],
  [[0, 1440]],
];

/** The row of a profile that says when support works for a category and severity. */
export function hoursRow({ category, severity = 'C' }: HoursQuery, profile: Profile): HoursRow | undefined {
  return profile.hours.find(
    row => row.category === category && (row.severities === undefined || row.severities.includes(severity)),
  );
}

function weekOf(weekdays: readonly number[], hours: readonly [start: number, end: number]): WeekHours {
  const on = (weekday: number) => (weekdays.includes(weekday) ? [hours] : []);
  return [on(0), on(1), on(2), on(3), on(4), on(5), on(6)];
}

function openOrClosed(zone: string, week: WeekHours, row: HoursRow, now: Instant): SupportHours {
  const { facts } = row;
  const compiled = compileCalendar({ zone, week });
  if (!compiled.ok) {
    const code = compiled.code === 'unknownZone' ? 'unknownZone' : 'impossibleHours';
    return { state: 'unknown', code, facts };
  }
  const opening = nextOpening(compiled.calendar, now);
  if (opening === undefined) return { state: 'unknown', code: 'impossibleInstant', facts };
  if (opening > now) return { state: 'closed', nextOpening: opening, zone, facts };
  return { state: 'open', closesAt: closesAt(compiled.calendar, now), zone, facts };
}

/**
 * Whether support works at `now` (UTC milliseconds), until when, or when next. Hours stated without clock times are
 * computed only when the team has set them. Holidays play no part: no document names any for support hours.
 * Facts: C-08, C-10, C-25, C-26, G-20, G-22, E-13, A-06, A-07.
 */
export function supportHours(query: HoursQuery, profile: Profile, now: Instant): SupportHours {
  const row = hoursRow(query, profile);
  if (row === undefined) return { state: 'unknown', code: 'notStated', facts: profile.facts };
  const { facts } = row;
  if (!isInstant(now)) return { state: 'unknown', code: 'impossibleInstant', facts };
  if (row.kind === 'always') return openOrClosed(profile.zone, alwaysOpen, row, now);
  const zone = row.zone ?? query.zone;
  if (row.kind === 'weekly') {
    return zone === undefined
      ? { state: 'unknown', code: 'zoneNeeded', facts }
      : openOrClosed(zone, row.week, row, now);
  }
  if (query.businessHours === undefined || zone === undefined) {
    return { state: 'statedWithoutTimes', weekdays: row.weekdays, zone: zone ?? null, facts };
  }
  return openOrClosed(zone, weekOf(row.weekdays, query.businessHours), row, now);
}
