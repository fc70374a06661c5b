// How fast a target is computed once its calendar is known, against whole-number arithmetic that knows one zone without
// clock changes, one pattern of hours and nothing else.
import { m365China } from '../../../src/rules/profiles/m365China.ts';
import { responseTarget, type TargetInput } from '../../../src/rules/target.ts';
import type { Bench, Figure } from '../support/figure.ts';
import { median, ratioOf, takeTurns } from '../support/turns.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const most = 4;
const batch = 200_000;
/** The system counts a thread's time in steps of some milliseconds: one measurement has to be many of them. */
const rounds = 12;

// Shanghai keeps UTC+8; support is open from 09:00 to 24:00, five days a week.
const offset = 8 * hourMs;
const opens = 9 * hourMs;
const dayLength = dayMs - opens;
const weekLength = 5 * dayLength;
/** 1970 began on the fourth day of a week. */
const sinceMonday = 3 * dayMs;

/** The target in so many business days: open time since a Monday long ago, some more, and back to the clock. */
function plainTarget(openedAt: number, days: number): number {
  const local = openedAt + offset + sinceMonday;
  const day = Math.floor(local / dayMs);
  const weekday = day % 7;
  const today = weekday < 5 ? Math.max(local - day * dayMs - opens, 0) : 0;
  const due = Math.floor(day / 7) * weekLength + Math.min(weekday, 5) * dayLength + today + days * dayLength;
  const last = Math.ceil(due / dayLength) - 1;
  const date = Math.floor(last / 5) * 7 + (last % 5);
  return date * dayMs + opens + due - last * dayLength - sinceMonday - offset;
}

export async function targets({ runs = 15, selfCheck }: Bench): Promise<Figure[]> {
  const from = Date.UTC(2026, 0, 1);
  const inputs = Array.from({ length: batch }, (_, index): TargetInput & { days: number } => ({
    openedAt: from + ((index * 7_919_000_003) % (365 * dayMs)),
    severity: index % 2 === 0 ? 'B' : 'C',
    category: 'technical',
    days: index % 2 === 0 ? 1 : 3,
  }));
  const plain = () => {
    let sum = 0;
    for (const { openedAt, days } of inputs) sum += plainTarget(openedAt, days);
    return sum;
  };
  const ours = () => {
    let sum = 0;
    for (const input of inputs) {
      const target = responseTarget(input, m365China);
      if (target.kind === 'due') sum += target.due;
    }
    return sum;
  };
  const subject = selfCheck ? plain : ours;
  if (plain() !== subject()) throw new Error('The two ways to compute a target do not agree.');

  const timed = (work: () => number) => () => {
    const begin = processorMs();
    for (let round = 0; round < rounds; round++) work();
    return Promise.resolve((processorMs() - begin) / rounds);
  };
  await takeTurns(5, timed(plain), timed(subject));
  const turns = await takeTurns(runs, timed(plain), timed(subject));
  const ratio = ratioOf(turns);
  const perSecond = (ms: number) => `${((batch / ms) * 1000).toLocaleString('en', { maximumSignificantDigits: 3 })}/s`;
  return [
    {
      what: 'targets computed',
      floor: perSecond(median(turns.floor)),
      casebook: perSecond(median(turns.subject)),
      ratio,
      budget: `<= ${most} x`,
      ok: ratio <= most,
      samples: turns,
    },
  ];
}

/** Time this thread ran: what others take of the machine does not count. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
