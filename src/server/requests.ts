import type { IncomingHttpHeaders } from 'node:http';
import type * as z from 'zod/mini';
import { Key, operations, type OperationName } from '../api/operations.ts';
import type { FieldIssue, Result } from '../desk/errors.ts';
import { fail, ok } from '../desk/errors.ts';
import { parseInput } from '../desk/input.ts';
import type { Trouble } from './problems.ts';

type Of<Name extends OperationName> = (typeof operations)[Name];
type Parsed<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : undefined;
type Member<Name extends OperationName, Part extends string> =
  Of<Name> extends { readonly [Key in Part]: infer Schema } ? Parsed<Schema> : undefined;

/** What a request asks for, parsed by the schemas of its operation. */
export interface Asked<Name extends OperationName> {
  readonly params: Member<Name, 'params'>;
  readonly query: Member<Name, 'query'>;
  readonly body: Member<Name, 'body'>;
  /** Of a write: its key, and the revision it was made against; 0 where it needs none. */
  readonly write: { readonly key: string; readonly revision: number };
}

/** A refusal with the status HTTP has for it, where that is not the one of its code. */
export interface Refusal {
  readonly trouble: Trouble;
  readonly status?: number;
}
interface Raw {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
}

const refuse = (trouble: Trouble, status?: number): Result<never, Refusal> =>
  fail({ trouble, ...(status !== undefined && { status }) });
const wrong = (path: string): Trouble => ({ code: 'invalid', issues: [{ path, code: 'invalid' }] });

/** The key of a write: a UUID, in quotes as the draft of the IETF has it, or bare. */
function keyOf(headers: IncomingHttpHeaders): Result<string, Refusal> {
  const header = headers['idempotency-key'];
  if (header === undefined) return refuse({ code: 'keyMissing' });
  const text = typeof header === 'string' ? header : '';
  const key = Key.safeParse(/^"(.*)"$/.exec(text)?.[1] ?? text);
  return key.success ? ok(key.data.toLowerCase()) : refuse(wrong('key'), 400);
}

function revisionOf(headers: IncomingHttpHeaders): Result<number, Refusal> {
  const header = headers['if-match'];
  if (header === undefined) return refuse({ code: 'revisionMissing' });
  const digits = /^"(\d{1,15})"$/.exec(header)?.[1];
  return digits === undefined ? refuse(wrong('revision'), 400) : ok(Number(digits));
}

/** Ids and hashes that cannot be are not found; anything else in an address that does not hold is told. */
function paramTrouble(issues: readonly FieldIssue[]): Result<never, Refusal> {
  const unknown = issues.every(({ path }) => path === 'id' || path === 'sha256');
  return unknown ? refuse({ code: 'notFound' }) : refuse({ code: 'invalid', issues }, 400);
}

/** Parses what came, or says what does not hold. */
export function parseAsked<Name extends OperationName>(name: Name, raw: Raw): Result<Asked<Name>, Refusal> {
  const operation = operations[name];
  const asked: Record<string, unknown> = { write: { key: '', revision: 0 } };
  if ('params' in operation) {
    const params = parseInput(operation.params, raw.params);
    if (!params.ok) return params.error.code === 'invalid' ? paramTrouble(params.error.issues) : refuse(params.error);
    asked['params'] = params.value;
  }
  if ('query' in operation) {
    const query = parseInput(operation.query, raw.query);
    if (!query.ok) return refuse(query.error, 400);
    asked['query'] = query.value;
  }
  if ('write' in operation) {
    const key = keyOf(raw.headers);
    if (!key.ok) return key;
    const revision = operation.write === 'upon' ? revisionOf(raw.headers) : ok(0);
    if (!revision.ok) return revision;
    asked['write'] = { key: key.value, revision: revision.value };
  }
  if ('body' in operation && operation.body !== 'bytes') {
    const body = parseInput(operation.body, raw.body);
    if (!body.ok) return refuse(body.error);
    asked['body'] = body.value;
  }
  return ok(asked as unknown as Asked<Name>);
}
