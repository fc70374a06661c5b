import * as z from 'zod/mini';
import { severities } from '../rules/profile.ts';
import { isOutside } from './access.ts';
import { DeskStatus } from './case.ts';
import type { CaseQuery, Grouping, PageRequest } from './desk.ts';
import { groupings } from './desk.ts';
import type { Result } from './errors.ts';
import { fail, ok } from './errors.ts';
import { parseInput } from './input.ts';
import type { DeskRole } from './lifecycle.ts';
import type { CaseFilter, ListPlace } from './store.ts';
import { queryWords } from './store.ts';
import { line } from './text.ts';

const pageLimit = 200;

const Query = z.object({
  text: z.optional(z.string()),
  status: z.optional(z.array(DeskStatus)),
  severity: z.optional(z.array(z.enum([...severities, 'none']))),
  service: z.optional(line()),
});
const Cursor = z.string().check(z.regex(/^-?[0-9a-z]{1,11}_[0-9a-z]{1,11}$/));
const Page = z.object({ limit: z.int().check(z.positive()), cursor: z.optional(Cursor) });
const By = z.enum(groupings);

/** What is refused as a whole by the name of its field. */
export const invalid = (path: string): Result<never> => fail({ code: 'invalid', issues: [{ path, code: 'invalid' }] });
const given = <Value>(list: readonly Value[] | undefined) => (list?.length ? [...new Set(list)] : undefined);

/** What a query means to a store, for a reader with these roles. */
export function parseFilter(query: CaseQuery, roles: readonly DeskRole[]): Result<CaseFilter> {
  const parsed = parseInput(Query, query);
  if (!parsed.ok) return parsed;
  const { text, status, severity, service } = parsed.value;
  const words = given(queryWords(text ?? ''));
  const [statuses, levels] = [given(status), given(severity)];
  return ok({
    ...(words && { words }),
    ...(statuses && { status: statuses }),
    ...(levels && { severity: levels }),
    ...(service && { service }),
    ...(isOutside(roles) && { outside: true }),
  });
}

export const isGrouping = (by: unknown): by is Grouping => By.safeParse(by).success;

export const cursorOf = ({ updatedAt, number }: ListPlace): string =>
  `${updatedAt.toString(36)}_${number.toString(36)}`;

function placeOf(cursor: string): Result<ListPlace> {
  const [updatedAt = NaN, number = NaN] = cursor.split('_').map(part => parseInt(part, 36));
  const known = Number.isSafeInteger(updatedAt) && Number.isSafeInteger(number);
  return known ? ok({ updatedAt, number }) : invalid('cursor');
}

/** Which page is asked for: how many cases, and after which place. */
export function parsePage(page: PageRequest): Result<{ limit: number; after: ListPlace | undefined }> {
  const asked = parseInput(Page, page);
  if (!asked.ok) return asked;
  const { cursor, limit } = asked.value;
  const after = cursor === undefined ? ok(undefined) : placeOf(cursor);
  return after.ok ? ok({ limit: Math.min(limit, pageLimit), after: after.value }) : after;
}
