import * as z from 'zod/mini';
import type { Operation, OperationName } from '../api/operations.ts';
import { Change, heartbeat, keyDays, operations, pageLimit } from '../api/operations.ts';
import type { ProblemCode } from '../api/problem.ts';
import { Problem, statuses } from '../api/problem.ts';
import { limits } from '../desk/text.ts';

const summaries: Readonly<Record<OperationName, string>> = {
  whoAmI: 'Who the caller is to the desk, and what the desk can do for them.',
  listCases: `Cases, newest change first, at most ${pageLimit} at a time.`,
  countCases: 'How many cases fall under each value of a grouping.',
  getCase: 'A case with its timeline and what the caller may do to it now.',
  fileCase: 'Files a case.',
  actOnCase: 'Does one thing to a case.',
  filedAs: 'The case that was filed under a key, if one was.',
  upload: `Keeps content so that a case or a note can name it, at most ${limits.fileBytes} bytes.`,
  download: 'Content by its SHA-256; single ranges are honoured.',
  incidents: 'The board of incidents, active ones first.',
  healthSnapshots:
    'Signed readings of service health that people have published, as they came; each holds for a day at most.',
  publishHealth: 'Publishes a signed reading in place of the one of its source; the newest five are kept for a day.',
  recordIncident: 'Puts an incident on the board.',
  postToIncident: 'Adds a post to an incident.',
  events: `Changes as they happen. A comment comes every ${heartbeat / 1_000} seconds. Resumed by Last-Event-ID; where that is not known any more, the first event is empty and anything may have changed.`,
};

type Json = Readonly<Record<string, unknown>>;

/** `output` is what holds once a text was cleaned: the limits that are told to clients. */
function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output' = 'output'): Json {
  const described: Record<string, unknown> = z.toJSONSchema(schema, { io });
  delete described['$schema'];
  return described;
}

function parametersOf({ params, query, write }: Operation): Json[] {
  const among = (where: 'path' | 'query', schema: z.ZodMiniObject | undefined): Json[] => {
    if (!schema) return [];
    const { properties = {}, required = [] } = schemaOf(schema) as { properties?: Json; required?: string[] };
    return Object.entries(properties).map(([name, property]) => ({
      ...{ name, in: where, required: required.includes(name), schema: property },
    }));
  };
  const key = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', format: 'uuid' } };
  const revision = { name: 'If-Match', in: 'header', required: true, schema: { type: 'string', pattern: '^"\\d+"$' } };
  return [
    ...among('path', params),
    ...among('query', query),
    ...(write
      ? [{ ...key, description: `A repeat within ${keyDays} days answers the same and does nothing twice.` }]
      : []),
    ...(write === 'upon' ? [{ ...revision, description: 'The revision the write was made against.' }] : []),
  ];
}

function codesOf({ body, write, params }: Operation): ProblemCode[] {
  return [
    ...(['unauthenticated', 'tooManyRequests', 'refused', 'invalid', 'busy', 'unavailable', 'failed'] as const),
    ...(params ? (['notFound'] as const) : []),
    ...(write
      ? (['forbidden', 'keyMissing', 'keyReused', 'stillRunning', 'notYours', 'storageFull', 'quotaReached'] as const)
      : []),
    ...(write === 'upon' ? (['revisionMissing', 'conflict', 'impossible', 'alreadyRecorded'] as const) : []),
    ...(body === undefined ? [] : (['notAcceptable', 'fileGone', 'fileTooLarge', 'caseFull'] as const)),
  ];
}

function answersOf(operation: Operation): Json {
  const { answer, status = 200, body } = operation;
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const content =
    answer === 'bytes'
      ? { 'application/octet-stream': {} }
      : answer === 'events'
        ? { 'text/event-stream': { schema: { type: 'string' } } }
        : { 'application/json': { schema: schemaOf(answer, 'input') } };
  const troubles = Map.groupBy(codesOf(operation), code =>
    code === 'invalid' && (body === undefined || body === 'bytes') ? 400 : statuses[code],
  );
  const described = [...troubles].sort(([a], [b]) => a - b);
  return {
    [status]: { description: 'Done.', content },
    ...(answer === 'bytes'
      ? { 206: { description: 'The range.', content }, 416: { description: 'There is no such range.' } }
      : {}),
    ...Object.fromEntries(
      described.map(([number, codes]) => [number, { description: codes.join(', '), content: problem }]),
    ),
  };
}

function operationOf(name: OperationName, operation: Operation): Json {
  const { body } = operation;
  const content =
    body === 'bytes'
      ? { 'application/octet-stream': {} }
      : { 'application/json': { schema: body === undefined ? {} : schemaOf(body) } };
  return {
    operationId: name,
    summary: summaries[name],
    parameters: parametersOf(operation),
    ...(body === undefined ? {} : { requestBody: { required: true, content } }),
    responses: answersOf(operation),
  };
}

/** What can be asked of a team desk, as OpenAPI 3.1, made of the table that the routes are made of. */
export function openApi(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, operation] of Object.entries(operations) as [OperationName, Operation][]) {
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = operationOf(name, operation);
  }
  const text = (type: string): Json => ({
    responses: { 200: { description: 'Done.', content: { [type]: {} } } },
    security: [],
  });
  return {
    openapi: '3.1.0',
    info: { title: 'Casebook team desk', version: '1' },
    security: [{ token: [] }],
    paths: {
      ...paths,
      '/openapi.json': { get: { operationId: 'describe', summary: 'This description.', ...text('application/json') } },
      '/healthz': {
        get: { operationId: 'health', summary: 'Whether the desk can answer.', ...text('application/json') },
      },
      '/metrics': { get: { operationId: 'metrics', summary: 'Counts for Prometheus.', ...text('text/plain') } },
    },
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A personal token of the desk, or an access token of an issuer it knows.',
        },
      },
      schemas: { Problem: schemaOf(Problem, 'input'), Change: schemaOf(Change, 'input') },
    },
  };
}
