import * as z from 'zod/mini';
import type { DeskError } from '../desk/errors.ts';
import { severities } from '../rules/profile.ts';

/** Refusals of the border itself, before a desk was asked. */
export const borderCodes = [
  'unauthenticated',
  'forbidden',
  'keyMissing',
  'revisionMissing',
  'notAcceptable',
  'tooManyRequests',
  'unavailable',
] as const;
export type BorderCode = (typeof borderCodes)[number];

/** The errors of a desk that a server can answer with, and the status each has; `invalid` is 400 where no body is at fault. */
export const statuses = {
  notFound: 404,
  conflict: 412,
  impossible: 409,
  alreadyRecorded: 409,
  notYours: 403,
  refused: 403,
  invalid: 422,
  fileTooLarge: 413,
  fileGone: 422,
  caseFull: 413,
  quotaReached: 507,
  keyReused: 422,
  stillRunning: 409,
  busy: 503,
  storageFull: 507,
  storageReadOnly: 507,
  failed: 500,
  unauthenticated: 401,
  forbidden: 403,
  keyMissing: 400,
  revisionMissing: 428,
  notAcceptable: 415,
  tooManyRequests: 429,
  unavailable: 503,
} as const satisfies Partial<Record<DeskError['code'], number>> & Record<BorderCode, number>;
export type ProblemCode = keyof typeof statuses;

/**
 * An error as problem details (RFC 9457) with a stable code and the members of the error that has this code. Words of
 * lists are plain texts here, since a newer server may know more of them.
 */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  action: z.optional(z.string()),
  /** Where the case stands, with `impossible`. */
  caseStatus: z.optional(z.string()),
  facts: z.optional(z.array(z.string())),
  rule: z.optional(z.string()),
  cap: z.optional(z.enum(severities)),
  issues: z.optional(
    z.array(
      z.object({ path: z.string(), code: z.enum(['required', 'tooLong', 'invalid']), limit: z.optional(z.int()) }),
    ),
  ),
  revision: z.optional(z.int()),
  limit: z.optional(z.int()),
  name: z.optional(z.string()),
});
export type Problem = z.infer<typeof Problem>;
