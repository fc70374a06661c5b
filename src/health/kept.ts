import * as z from 'zod/mini';
import { HealthFailure, HealthReading, IssuePost, type HealthIssue } from '../desk/healthReading.ts';
import { parsed } from '../outbox/notes.ts';

type Listed = Omit<HealthIssue, 'posts'>;
type Check = (value: unknown) => boolean;
const isText: Check = value => typeof value === 'string';
const isTime: Check = value => value === undefined || Number.isSafeInteger(value);
/** The fields of the schema of issues, written out: for thousands of issues that takes a quarter of the time. */
const fields: readonly (readonly [string, Check])[] = Object.entries<Check>({
  ...{ id: isText, title: isText, classification: isText, status: isText, feature: isText, impact: isText },
  ...{ startedAt: isTime, updatedAt: isTime, endedAt: isTime },
  services: value => Array.isArray(value) && value.every(isText),
  resolved: value => typeof value === 'boolean',
} satisfies Record<keyof Listed, Check>);
const Listed = z.custom<Listed>(
  (value: unknown) =>
    typeof value === 'object' && value !== null && fields.every(([name, fits]) => fits(Reflect.get(value, name))),
);

/** The first line of the file: all that a list shows. */
const Head = z.object({
  format: z.literal(2),
  source: z.string(),
  /** The last good reading. */
  reading: z.optional(z.extend(HealthReading, { issues: z.array(Listed) })),
  /** Why the last try failed; absent when it did not. */
  failure: z.optional(HealthFailure),
  tried: z.int(),
  due: z.int(),
  slower: z.number().check(z.gte(1)),
});
const Posts = z.array(IssuePost);

/** What is known of a source, shared by all windows as one file. */
export type Kept = Omit<z.infer<typeof Head>, 'reading'> & { readonly reading?: HealthReading };

/** The text of the file: after its first line one of posts for each issue, so that thousands need not be parsed to be listed. */
export function keptText({ reading, ...rest }: Kept): string {
  const issues = reading?.issues ?? [];
  const listed = reading && { ...reading, issues: issues.map(one => ({ ...one, posts: undefined })) };
  return [{ ...rest, reading: listed }, ...issues.map(({ posts }) => posts)]
    .map(line => JSON.stringify(line))
    .join('\n');
}

/** The same from its text; undefined for a file that is damaged, or of another version. */
export function keptOf(text: string): Kept | undefined {
  const [head = '', ...lines] = text.split('\n');
  const read = Head.safeParse(parsed(head));
  if (!read.success) return undefined;
  const { reading, ...rest } = read.data;
  if (lines.length !== (reading?.issues.length ?? 0)) return undefined;
  return { ...rest, ...(reading && { reading: { ...reading, issues: withPosts(reading.issues, lines) } }) };
}

/** Posts are parsed when they are first asked for; there are none where their line is damaged. */
function withPosts(issues: readonly Listed[], lines: readonly string[]): HealthIssue[] {
  const known = new WeakMap<object, string | IssuePost[]>();
  // One for all: thousands of getters of their own would take longer than all else.
  const posts: PropertyDescriptor & ThisType<object> = {
    enumerable: true,
    get() {
      const kept = known.get(this) ?? [];
      const read = typeof kept === 'string' ? (Posts.safeParse(parsed(kept)).data ?? []) : kept;
      known.set(this, read);
      return read;
    },
  };
  return issues.map((issue, at) => {
    known.set(issue, lines[at] ?? '');
    return Object.defineProperty(issue, 'posts', posts) as HealthIssue;
  });
}
