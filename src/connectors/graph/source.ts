import { setImmediate } from 'node:timers/promises';
import * as z from 'zod/mini';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { HealthFailure, HealthIssue, HealthReading } from '../../desk/healthReading.ts';
import type { HealthSource } from '../healthSource.ts';
import type { Instant } from '../../rules/decision.ts';
import { distinct } from '../loose.ts';
import { failureOf, type GetFailure, type GetJson, type Got } from '../source.ts';
import type { CloudId } from '../../desk/words.ts';
import type { Cloud } from './clouds.ts';
import { issuesOf, noticesOf, overviewsOf, Page, saysConsentMissing } from './parse.ts';

const root = '/v1.0/admin/serviceAnnouncement';
/** The service gives 100 without being asked, and at most 1000. */
const pageSize = 100;
/** Pages of one list; who has more issues than that sees the first of them and is told so. */
const mostPages = 20;
const mostMessagePages = 1;
/** Posts of the message center change by the day; asked for once in an hour they cost little. */
const messagesHold = 61 * 60_000;

/** What reads service health of one organisation. */
export interface GraphSource extends HealthSource {
  /** One issue with all its posts, for the page about it. */
  issue(id: string, signal: AbortSignal): Promise<Result<HealthIssue, HealthFailure>>;
}

interface Ground {
  readonly id: CloudId;
  readonly cloud: Pick<Cloud, 'graph'>;
  /** Asks the Graph of this cloud. */
  readonly get: GetJson;
  readonly now: () => Instant;
}

/** Issues that are read at a stretch, so that nobody waits long for the process. */
const stretch = 200;
async function gradually(issues: readonly unknown[]): Promise<HealthIssue[]> {
  const read: HealthIssue[] = [];
  for (let from = 0; from < issues.length; from += stretch) {
    if (from > 0) await setImmediate();
    read.push(...issuesOf(issues.slice(from, from + stretch)));
  }
  return distinct(read);
}

interface Listed {
  readonly items: readonly unknown[];
  readonly partial: boolean;
  readonly date: Instant | undefined;
}

/**
 * Microsoft Graph's service communications. A reading is one request where the answer is small enough, and once in an
 * hour one more. Nothing is asked of another origin, whatever an answer says.
 */
export function graphSource({ id, cloud, get, now }: Ground): GraphSource {
  const meaning = (failure: GetFailure): HealthFailure => {
    if (failure.code !== 'status' || failure.status !== 403) return failureOf(failure, now());
    return { code: saysConsentMissing(failure.body) ? 'consentMissing' : 'noAdminRole' };
  };

  const told = (failure: GetFailure | HealthFailure): HealthFailure =>
    failure.code === 'status' || failure.code === 'unreadable' ? meaning(failure) : failure;
  const ask = (path: string, signal: AbortSignal) =>
    get(`${root}/${path}`, { Prefer: `odata.maxpagesize=${pageSize}` }, signal);

  /** Where a list goes on: on the same service of the same origin, or it is none of Graph's. */
  const nextOf = (link: string): string | undefined => {
    const next = URL.parse(link);
    if (next?.origin !== cloud.graph || next.username !== '' || next.password !== '') return undefined;
    const path = next.pathname + next.search;
    return path.toLowerCase().startsWith(`${root.toLowerCase()}/`) ? path.slice(root.length + 1) : undefined;
  };

  const list = async (
    first: string,
    signal: AbortSignal,
    most: number,
  ): Promise<Result<Listed, GetFailure | HealthFailure>> => {
    const items: unknown[] = [];
    const seen = new Set<string>();
    let date: Instant | undefined;
    let path: string | undefined = first;
    while (path !== undefined) {
      if (seen.size >= most || seen.has(path)) return ok({ items, partial: true, date });
      seen.add(path);
      const got: Result<Got, GetFailure> = await ask(path, signal);
      if (!got.ok) return got;
      const page = z.safeParse(Page, got.value.body);
      if (!page.success) return fail({ code: 'notASource' });
      for (const item of page.data.value) items.push(item);
      date ??= got.value.date;
      const link = page.data['@odata.nextLink'];
      path = link ? nextOf(link) : undefined;
      if (link && path === undefined) return fail({ code: 'notASource' });
    }
    return ok({ items, partial: false, date });
  };

  /** Services with their issues in one answer; where that is too large, issues page by page. */
  const overviews = async (signal: AbortSignal) => {
    const whole = await list('healthOverviews?$expand=issues', signal, mostPages);
    if (whole.ok)
      return ok({ ...overviewsOf(whole.value.items), partial: whole.value.partial, date: whole.value.date });
    if (whole.error.code !== 'unreadable') return whole;
    const services = await list('healthOverviews', signal, mostPages);
    if (!services.ok) return services;
    const issues = await list('issues?$orderby=lastModifiedDateTime%20desc', signal, mostPages);
    if (!issues.ok) return issues;
    const partial = services.value.partial || issues.value.partial;
    const { date } = services.value;
    return ok({
      services: overviewsOf(services.value.items).services,
      issues: issues.value.items,
      partial,
      date,
    });
  };

  /** The message center; health is worth showing also to those who may not read it. */
  const messages = async (
    signal: AbortSignal,
    at: Instant,
    before: HealthReading | undefined,
  ): Promise<Pick<HealthReading, 'notices' | 'noticesAsOf'>> => {
    const { notices = [], noticesAsOf = -Infinity } = before ?? {};
    if (at >= noticesAsOf && at - noticesAsOf < messagesHold) return { notices, noticesAsOf };
    const posts = await list('messages?$orderby=lastModifiedDateTime%20desc', signal, mostMessagePages);
    if (posts.ok) return { notices: noticesOf(posts.value.items), noticesAsOf: at };
    return { notices, ...(before?.noticesAsOf === undefined ? {} : { noticesAsOf }) };
  };

  return {
    id: `graph:${id}`,

    async read(signal, before): Promise<Result<HealthReading, HealthFailure>> {
      const health = await overviews(signal);
      if (!health.ok) return fail(told(health.error));
      const asOf = now();
      const { services, date, partial } = health.value;
      const issues = await gradually(health.value.issues);
      const notices = await messages(signal, asOf, before);
      return ok({
        ...{ source: `graph:${id}`, name: '', asOf, services, issues, ...notices },
        ...(date === undefined ? {} : { clockAhead: date - asOf }),
        partial: partial || notices.noticesAsOf === undefined,
      });
    },

    async issue(issueId, signal): Promise<Result<HealthIssue, HealthFailure>> {
      const got = await ask(`issues/${encodeURIComponent(issueId)}`, signal);
      if (!got.ok) return fail(told(got.error));
      const [issue] = issuesOf([got.value.body]);
      return issue === undefined ? fail({ code: 'notASource' }) : ok(issue);
    },
  };
}
