// What the row `libraries` asks everyone: two calendars, a thousand times "so many open hours after an instant", and what
// is right, found by looking at every minute of the wall clock.
import type { CalendarSpec } from '../../../src/rules/calendar.ts';
import { Oracle } from '../../rules/support/oracle.ts';

export interface Hours {
  readonly name: string;
  readonly spec: CalendarSpec;
  /** The same in the notation of OpenStreetMap. */
  readonly tag: string;
}

/** An instant in UTC milliseconds, and how many open hours later is asked. */
export interface Question {
  readonly from: number;
  readonly hours: number;
}

const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** So many questions are spread over the year, and so many more lie around each change of Prague's clock. */
const overYear = 600;
const perChange = 200;
const maxHours = 40;

const long = [[9 * 60, 24 * 60]] as const;
const office = [[9 * 60, 17 * 60]] as const;

export const calendars: readonly Hours[] = [
  {
    name: 'daily 09:00-24:00 Asia/Shanghai',
    spec: { zone: 'Asia/Shanghai', week: [long, long, long, long, long, long, long] },
    tag: 'Mo-Su 09:00-24:00',
  },
  {
    name: 'Mon-Fri 09:00-17:00 Europe/Prague',
    spec: { zone: 'Europe/Prague', week: [office, office, office, office, office, [], []] },
    tag: 'Mo-Fri 09:00-17:00',
  },
];

/** The same every time. Whole minutes and whole hours: some libraries know nothing smaller, and all are to be right. */
export const questions: readonly Question[] = (() => {
  const random = randomNumbers(20_260_329);
  const between = (from: number, to: number): Question => ({
    from: from + Math.floor(random() * ((to - from) / minuteMs)) * minuteMs,
    hours: 1 + Math.floor(random() * maxHours),
  });
  const around = (change: number) =>
    Array.from({ length: perChange }, () => between(change - 3 * dayMs, change + 3 * dayMs));
  return [
    ...Array.from({ length: overYear }, () => between(Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1))),
    ...around(Date.UTC(2026, 2, 29, 1)),
    ...around(Date.UTC(2026, 9, 25, 1)),
  ];
})();

/** The first instant by which so many hours have passed while it was open. */
export function judge(spec: CalendarSpec, { from, hours }: Question): number {
  const right = new Oracle(spec).add(from, hours * hourMs, from + 30 * dayMs);
  if (right === undefined) throw new Error('The judge looked at 30 days and saw too few open hours.');
  return right;
}

/** Numbers in [0, 1) that look random (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
