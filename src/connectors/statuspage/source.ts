import * as z from 'zod/mini';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { HealthFailure, HealthIssue, HealthNotice, HealthReading } from '../../desk/healthReading.ts';
import type { HealthSource } from '../healthSource.ts';
import type { Instant } from '../../rules/decision.ts';
import { distinct, flag, id, line, list, text, timed } from '../loose.ts';
import { plainText } from '../plainText.ts';
import { failureOf, type GetJson } from '../source.ts';
import { classificationOf, statusOf } from './words.ts';

const Component = z.object({ id, name: text, status: text, group: flag });
const Update = z.object({ body: text, created_at: text, display_at: text });
const Incident = z.object({
  ...{ id, name: text, status: text, impact: text, created_at: text, started_at: text, updated_at: text },
  ...{ resolved_at: text, scheduled_for: text, scheduled_until: text },
  components: list(z.object({ name: text })),
  incident_updates: list(Update),
});
const Summary = z.object({
  page: z.object({ name: text }),
  components: z.array(z.unknown()),
  incidents: list(Incident),
  scheduled_maintenances: list(Incident),
});

const over = new Set(['resolved', 'postmortem', 'completed']);
const mostPosts = 100;

function issueOf(of: z.output<typeof Incident>): HealthIssue {
  const posts = of.incident_updates.slice(0, mostPosts).map(update => ({
    ...timed({ at: update.display_at || update.created_at }),
    text: plainText(update.body),
  }));
  return {
    id: line(of.id),
    services: of.components.map(({ name }) => line(name)),
    title: line(of.name),
    classification: classificationOf(of.impact),
    status: statusOf(of.status),
    resolved: over.has(of.status.toLowerCase()),
    ...{ feature: '', impact: '' },
    ...timed({
      startedAt: of.started_at || of.scheduled_for || of.created_at,
      updatedAt: of.updated_at,
      endedAt: of.resolved_at,
    }),
    posts: posts.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)),
  };
}

function noticeOf(of: z.output<typeof Incident>): HealthNotice {
  const { id: noticeId, services, title, posts, updatedAt } = issueOf(of);
  return {
    ...{ id: noticeId, services, title, text: posts.at(-1)?.text ?? '', category: 'maintenance', major: false },
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...timed({ startsAt: of.scheduled_for, endsAt: of.scheduled_until }),
  };
}

const planned = ({ status }: z.output<typeof Incident>): boolean => status.toLowerCase() === 'scheduled';

/** A status page that speaks Atlassian's API v2, as those of GitHub, npm and Cloudflare do. No sign-in, no token. */
export function statuspageSource(origin: string, get: GetJson, now: () => Instant): HealthSource {
  const source = `statuspage:${origin}`;
  const ask = (file: string, signal: AbortSignal) => get(`/api/v2/${file}`, {}, signal);
  /** What else a page tells; without it the reading is still one. */
  const more = async (file: string, key: string, signal: AbortSignal) => {
    const got = await ask(file, signal);
    const parsed = z.safeParse(z.record(z.string(), z.unknown()), got.ok ? got.value.body : undefined);
    return parsed.success ? z.parse(list(Incident), parsed.data[key]) : undefined;
  };
  return {
    id: source,
    async read(signal): Promise<Result<HealthReading, HealthFailure>> {
      const got = await ask('summary.json', signal);
      if (!got.ok) return fail(failureOf(got.error, now()));
      const asOf = now();
      const { body, date } = got.value;
      const summary = z.safeParse(Summary, body);
      if (!summary.success) return fail({ code: 'notASource' });
      const [history, maintenances] = [
        await more('incidents.json', 'incidents', signal),
        await more('scheduled-maintenances.json', 'scheduled_maintenances', signal),
      ];
      const { page: about, components, incidents, scheduled_maintenances: announced } = summary.data;
      const works = [...announced, ...(maintenances ?? [])];
      const services = z
        .parse(list(Component), components)
        .filter(({ group }) => !group)
        .map(one => ({ id: line(one.id), name: line(one.name), status: statusOf(one.status) }));
      return ok({
        source,
        name: line(about.name),
        asOf,
        ...(date === undefined ? {} : { clockAhead: date - asOf }),
        partial: history === undefined || maintenances === undefined,
        services: distinct(services),
        issues: distinct([...incidents, ...(history ?? []), ...works.filter(one => !planned(one))].map(issueOf)),
        notices: distinct(works.filter(planned).map(noticeOf)),
      });
    },
  };
}
