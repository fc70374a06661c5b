/** Upper ends of the histogram of durations, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

interface Durations {
  readonly counts: number[];
  sum: number;
  count: number;
}

/** What is counted about requests, as text in the format of Prometheus (version 0.0.4). */
export interface Metrics {
  /** A request that was answered; a stream has no duration. */
  answered(route: string, status: number, seconds: number | undefined): void;
  streams(change: 1 | -1): void;
  /** Something was refused because it was too much. */
  overQuota(what: 'caseFull' | 'quotaReached'): void;
  text(): string;
}

/** `used` answers how many bytes are in use by all tenants. */
export function createMetrics(
  memory: () => { readonly rss: number; readonly heapUsed: number },
  used: () => number,
): Metrics {
  const requests = new Map<string, number>();
  const durations = new Map<string, Durations>();
  const overQuota = { caseFull: 0, quotaReached: 0 };
  let open = 0;
  return {
    answered: (route, status, seconds) => {
      const labels = `route="${route}",status="${status}"`;
      requests.set(labels, (requests.get(labels) ?? 0) + 1);
      if (seconds === undefined) return;
      const held = durations.get(route) ?? { counts: buckets.map(() => 0), sum: 0, count: 0 };
      durations.set(route, held);
      held.sum += seconds;
      held.count++;
      for (const [index, end] of buckets.entries())
        if (seconds <= end) held.counts[index] = (held.counts[index] ?? 0) + 1;
    },
    streams: change => {
      open += change;
    },
    overQuota: what => {
      overQuota[what]++;
    },
    text: () => {
      const { rss, heapUsed } = memory();
      const lines = ['# TYPE casebook_requests_total counter'];
      for (const [labels, count] of requests) lines.push(`casebook_requests_total{${labels}} ${count}`);
      lines.push('# TYPE casebook_request_seconds histogram');
      for (const [route, { counts, sum, count }] of durations) {
        const series = `route="${route}"`;
        for (const [index, end] of buckets.entries()) {
          lines.push(`casebook_request_seconds_bucket{${series},le="${end}"} ${counts[index] ?? 0}`);
        }
        lines.push(`casebook_request_seconds_bucket{${series},le="+Inf"} ${count}`);
        lines.push(
          `casebook_request_seconds_sum{${series}} ${sum}`,
          `casebook_request_seconds_count{${series}} ${count}`,
        );
      }
      lines.push('# TYPE casebook_open_streams gauge', `casebook_open_streams ${open}`);
      lines.push('# TYPE casebook_used_bytes gauge', `casebook_used_bytes ${used()}`);
      lines.push('# TYPE casebook_over_quota_total counter');
      lines.push(`casebook_over_quota_total{quota="case"} ${overQuota.caseFull}`);
      lines.push(`casebook_over_quota_total{quota="tenant"} ${overQuota.quotaReached}`);
      lines.push('# TYPE process_resident_memory_bytes gauge', `process_resident_memory_bytes ${rss}`);
      lines.push('# TYPE process_heap_bytes gauge', `process_heap_bytes ${heapUsed}`);
      return `${lines.join('\n')}\n`;
    },
  };
}
