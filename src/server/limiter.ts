/** Counts failures by where they come from, in bounded memory. */
export interface Limiter {
  /** Counts one failure; answers how many seconds this place has to wait once it had too many. */
  failed(place: string): number | undefined;
}

export interface LimiterOptions {
  /** Milliseconds. */
  readonly now: () => number;
  /** Failures a place may have within the window. */
  readonly most?: number;
  /** Milliseconds. */
  readonly window?: number;
  /** Places remembered; the one unseen for the longest time is forgotten first. */
  readonly places?: number;
}

export function createLimiter({ now, most = 20, window = 60_000, places = 10_000 }: LimiterOptions): Limiter {
  const seen = new Map<string, { since: number; failures: number }>();
  return {
    failed: place => {
      const at = now();
      const before = seen.get(place);
      const counted = before && at - before.since < window ? before : { since: at, failures: 0 };
      counted.failures++;
      seen.delete(place);
      seen.set(place, counted);
      const [oldest] = seen.keys();
      if (seen.size > places && oldest !== undefined) seen.delete(oldest);
      if (counted.failures <= most) return undefined;
      return Math.max(1, Math.ceil((counted.since + window - at) / 1_000));
    },
  };
}
