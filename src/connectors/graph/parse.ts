import * as z from 'zod/mini';
import { limits } from '../../desk/text.ts';
import {
  knownStatus,
  type HealthIssue,
  type HealthNotice,
  type IssuePost,
  type ServiceState,
} from '../../desk/healthReading.ts';
import { distinct, flag, id, line, list, text, timed } from '../loose.ts';
import { plainText } from '../plainText.ts';

const Body = z.catch(z.object({ content: text }), { content: '' });
const Post = z.object({ createdDateTime: text, description: Body });
const Issue = z.object({
  ...{ id, title: text, service: text, status: text, classification: text, feature: text, featureGroup: text },
  ...{ impactDescription: text, startDateTime: text, endDateTime: text, lastModifiedDateTime: text },
  isResolved: flag,
  posts: list(Post),
});
const Overview = z.object({ id, service: text, status: text, issues: list(z.unknown()) });
const Message = z.object({
  ...{ id, title: text, category: text, body: Body, actionRequiredByDateTime: text },
  ...{ startDateTime: text, endDateTime: text, lastModifiedDateTime: text },
  isMajorChange: flag,
  services: list(z.string()),
});

/** A page of a list; more of it is at `next`. Anything else is no page, so that it is told from an empty list. */
export const Page = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.optional(z.nullable(z.string())) });

/** Posts kept of one issue; the newest ones. */
const mostPosts = 100;

/** A word of a closed list: documents print it in PascalCase, the service sends camelCase. Others stay as they are. */
function word(written: string, known: (lower: string) => string | undefined): string {
  return known(written.toLowerCase()) ?? line(written);
}
const status = (written: string): string => word(written, knownStatus);
const classification = (written: string): string =>
  word(written, lower => ['incident', 'advisory'].find(one => one === lower));
const category = (written: string): string =>
  word(written, lower =>
    ['preventOrFixIssue', 'planForChange', 'stayInformed'].find(one => one.toLowerCase() === lower),
  );

function postOf({ createdDateTime, description }: z.output<typeof Post>): IssuePost {
  return { ...timed({ at: createdDateTime }), text: plainText(description.content).slice(0, limits.note) };
}

function issueOf(of: z.output<typeof Issue>): HealthIssue {
  const times = { startedAt: of.startDateTime, updatedAt: of.lastModifiedDateTime, endedAt: of.endDateTime };
  const posts = of.posts.slice(-mostPosts).map(postOf);
  return {
    id: line(of.id),
    services: [line(of.service)].filter(name => name !== ''),
    title: line(of.title),
    classification: classification(of.classification),
    status: status(of.status),
    resolved: of.isResolved,
    feature: [...new Set([line(of.feature), line(of.featureGroup)])].filter(name => name !== '').join(', '),
    impact: plainText(of.impactDescription),
    ...timed(times),
    posts: posts.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)),
  };
}

/** What `list` holds of one page. */
function items<Schema extends z.ZodMiniType>(item: Schema, page: readonly unknown[]): z.output<Schema>[] {
  return z.parse(list(item), page);
}

/** Issues as Graph lists them. */
export function issuesOf(page: readonly unknown[]): HealthIssue[] {
  return items(Issue, page).map(issueOf);
}

/** Services, and the issues that came with them, which are still to be read. */
export function overviewsOf(page: readonly unknown[]): {
  readonly services: ServiceState[];
  readonly issues: readonly unknown[];
} {
  const overviews = items(Overview, page);
  const services = overviews.map(of => ({
    id: line(of.id === '' ? of.service : of.id),
    name: line(of.service === '' ? of.id : of.service),
    status: status(of.status),
  }));
  return { services: distinct(services), issues: overviews.flatMap(({ issues }) => issues) };
}

/** Posts of the message center. */
export function noticesOf(page: readonly unknown[]): HealthNotice[] {
  const notices = items(Message, page).map((of): HealthNotice => {
    const { actionRequiredByDateTime: actionBy, lastModifiedDateTime: updatedAt } = of;
    return {
      id: line(of.id),
      services: of.services.map(line),
      title: line(of.title),
      text: plainText(of.body.content),
      category: category(of.category),
      major: of.isMajorChange,
      ...timed({ actionBy, startsAt: of.startDateTime, endsAt: of.endDateTime, updatedAt }),
    };
  });
  return distinct(notices);
}

const Refusal = z.object({ error: z.object({ code: text, message: text }) });
/** What Graph or the sign-in say when it is the permission that is missing, not the role of the person. */
const aboutConsent =
  /AADSTS6500[14]|AADSTS90094|consent|\bscp\b|scopes?\b|Required (?:roles|permissions)|Insufficient privileges/i;

/** Whether a refusal (403) says that the organisation has not agreed to the permission. */
export function saysConsentMissing(body: unknown): boolean {
  const parsed = z.safeParse(Refusal, body);
  return parsed.success && aboutConsent.test(`${parsed.data.error.code} ${parsed.data.error.message}`);
}
