import * as z from 'zod/mini';
import type { FieldIssue, Result } from './errors.ts';
import { fail, ok } from './errors.ts';

const shown = 50;

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[step];
  }
  return value;
}

function issueOf(issue: z.core.$ZodIssue, input: unknown): FieldIssue {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'too_big') return { path, code: 'tooLong', limit: Number(issue.maximum) };
  if (issue.code === 'too_small') return { path, code: issue.origin === 'string' ? 'required' : 'invalid' };
  // The one rule over several fields: a note needs text or files.
  if (issue.code === 'custom' && path === '') return { path: 'text', code: 'required' };
  return { path, code: at(input, issue.path) === undefined ? 'required' : 'invalid' };
}

/** What was parsed, by which schema; nobody changes it after. Two borders that follow one another parse it once. */
const parsedBy = new WeakMap<object, z.core.$ZodType>();

/** Parses what came from outside; what does not hold is told by field and code, never in the words of the parser. */
export function parseInput<Schema extends z.core.$ZodType>(schema: Schema, input: unknown): Result<z.output<Schema>> {
  if (typeof input === 'object' && input !== null && parsedBy.get(input) === schema)
    return ok(input as z.output<Schema>);
  const parsed = z.safeParse(schema, input);
  if (parsed.success) {
    if (typeof parsed.data === 'object' && parsed.data !== null) parsedBy.set(parsed.data, schema);
    return ok(parsed.data);
  }
  return fail({ code: 'invalid', issues: parsed.error.issues.slice(0, shown).map(issue => issueOf(issue, input)) });
}
