import type { HealthFailure } from '../desk/healthReading.ts';
import type { Instant } from '../rules/decision.ts';

const minute = 60_000;
const hour = 60 * minute;

/** What Microsoft Graph grants one application in one organisation, all its people together, in requests. */
export const graphLimits = { perMinute: 240, perHour: 800 } as const;
/** The rest is for what people ask for by hand, and for other programs. */
const share = 0.75;

/** The usual time between two readings, in milliseconds. */
export const usualInterval = 15 * minute;

/** How many people share the limits where nobody says. */
export const usualPeople = 100;

/**
 * The time between two readings of one person, in milliseconds, so that `people` together stay below the limit of an hour
 * whenever they start. In any hour a person makes at most one reading more than the hour has whole intervals, each a
 * request, and asks once for messages; so of k requests that each may make, an interval has to be longer than the hour
 * divided by k - 1. 15 minutes do for 120 people; 200 need 30 minutes, 300 an hour. Above that nobody may start twice in an
 * hour, and the average decides.
 */
export function intervalFor(people: number): number {
  const each = Math.floor((graphLimits.perHour * share) / Math.max(1, people));
  const needed = each >= 2 ? hour / (each - 1) : (people * 2 * hour) / (graphLimits.perHour * share);
  return Math.max(usualInterval, needed);
}

/** The time over which first readings are spread, in milliseconds: all may open their editors in the same minute. */
export function spreadFor(people: number): number {
  return (Math.max(1, people) * 2 * minute) / (graphLimits.perMinute * share);
}

/** What the next reading waits for. */
export interface Plan {
  /** When to read next. */
  readonly due: Instant;
  /** How many times longer than usual the interval is, at least 1: more after being refused, less with each reading. */
  readonly slower: number;
}

const slowest = 16;
const recovery = 0.98;
/** No interval is shortened by chance, or two people's might fall together after all. */
const jitter = 0.2;
/** What only a person can mend is looked at less often. */
const patience = 4;

/** The first plan of someone who has read nothing yet. `chance` is at least 0 and less than 1. */
export function firstPlan(now: Instant, people: number, chance: number): Plan {
  return { due: now + spreadFor(people) * chance, slower: 1 };
}

function paceAfter(
  outcome: 'read' | HealthFailure,
  slower: number,
): { readonly slower: number; readonly times: number } {
  if (outcome === 'read') return { slower: Math.max(1, slower * recovery), times: 1 };
  switch (outcome.code) {
    case 'throttled':
      return { slower: Math.min(slowest, slower * 2), times: 1 };
    case 'unreachable':
    case 'signedOut':
      return { slower, times: 1 };
    case 'consentMissing':
    case 'noAdminRole':
    case 'noService':
    case 'notASource':
    case 'unknownKey':
    case 'tampered':
    case 'expired':
    case 'fromTheFuture':
      return { slower, times: patience };
  }
}

/** The plan after a reading, or a try at one. Never before the time that the source told, at most an interval late. */
export function nextPlan(
  now: Instant,
  outcome: 'read' | HealthFailure,
  before: number,
  people: number,
  chance: number,
): Plan {
  const { slower, times } = paceAfter(outcome, before);
  const interval = intervalFor(people) * slower * times;
  const earliest = outcome !== 'read' && outcome.code === 'throttled' ? Math.max(now, outcome.until) : now;
  const due = Math.max(now + interval * (1 + jitter * chance), earliest + minute * chance);
  // A hair more, so that the interval is longer than what was computed.
  return { due: Math.ceil(due) + 1, slower };
}

/** A person who asks again and again is answered from what was read at least this long ago, in milliseconds. */
export const shortestByHand = minute;

/** Whether a person who asks for a reading now gets one: not twice in a minute, and not while the source asks for quiet. */
export function mayReadByHand(now: Instant, tried: Instant | undefined, failure: HealthFailure | undefined): boolean {
  if (failure?.code === 'throttled' && failure.until > now) return false;
  // Who has just signed in, or has a network again, does not wait: without, nothing was asked that counts.
  if (failure?.code === 'signedOut' || failure?.code === 'unreachable') return true;
  // A clock that was set back must not lock anybody out.
  return tried === undefined || tried > now || now - tried >= shortestByHand;
}
