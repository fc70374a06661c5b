import { keyDays, type OperationName, pageLimit } from '../api/operations.ts';
import type { CaseQuery } from '../desk/desk.ts';
import type { Result } from '../desk/errors.ts';
import { fail, ok } from '../desk/errors.ts';
import type { LedgerDesk } from '../desk/ledger.ts';
import { limits } from '../desk/text.ts';
import type { Caller } from './callers.ts';
import type { Asked } from './requests.ts';
import type { Tenant } from './tenants.ts';

/** Who asks, and the desk as it is for them. */
export interface Visit {
  readonly caller: Caller;
  readonly tenant: Tenant;
  readonly desk: LedgerDesk;
  /** The bytes of the body, where the operation takes a stream. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
  /** How many bytes the body has, by its own word; 0 where it does not say. */
  readonly length: number;
}

/** The operations whose answer is JSON. */
export type JsonName = Exclude<OperationName, 'download' | 'events'>;
type Handlers = { readonly [Name in JsonName]: (asked: Asked<Name>, visit: Visit) => Promise<Result<unknown>> };

type Given = Asked<'countCases'>['query'];
/** Members that were not given are left out. */
function queryOf({ text, status, severity, service }: Pick<Given, keyof CaseQuery>): CaseQuery {
  return {
    ...(text !== undefined && { text }),
    ...(status !== undefined && { status }),
    ...(severity !== undefined && { severity }),
    ...(service !== undefined && { service }),
  };
}

/** What each operation does: it is asked of the desk, which alone decides. */
export const handlers: Handlers = {
  whoAmI: async (_, { caller, tenant, desk }) => {
    const capabilities = desk.capabilities();
    const role = caller.roles.includes('requester') ? 'admin' : 'user';
    const standing = { role, ...(await tenant.standing()) };
    return ok({ capabilities, person: { name: caller.name }, tenant: caller.tenant, keyDays, standing });
  },
  listCases: ({ query }, { desk }) => {
    const { cursor, limit = pageLimit, ...filter } = query;
    return desk.list(queryOf(filter), { limit: Math.min(limit, pageLimit), ...(cursor !== undefined && { cursor }) });
  },
  countCases: ({ query: { by, ...filter } }, { desk }) => desk.count(queryOf(filter), by),
  getCase: ({ params }, { desk }) => desk.get(params.id),
  fileCase: ({ body, write }, { desk }) => desk.file(body, { key: write.key }),
  actOnCase: ({ params, body, write }, { desk }) => desk.act(params.id, body, write),
  filedAs: async ({ params }, { desk }) => {
    const found = await desk.filedAs(params.key.toLowerCase());
    if (!found.ok) return found;
    return ok(found.value === undefined ? {} : { id: found.value });
  },
  upload: async ({ query: { name } }, { desk, chunks, length }) => {
    // Who says that more is coming than is taken need not send it.
    if (length > limits.fileBytes) return fail({ code: 'fileTooLarge', name, limit: limits.fileBytes });
    return desk.upload({ name, chunks });
  },
  incidents: (_, { desk }) => desk.incidents(),
  healthSnapshots: async (_, { desk }) => {
    const kept = await desk.healthSnapshots();
    return kept.ok ? ok(kept.value.map(({ text }) => text)) : kept;
  },
  publishHealth: ({ body, write }, { desk }) => desk.publishHealth(body, { key: write.key }),
  recordIncident: ({ body, write }, { desk }) => desk.recordIncident(body, { key: write.key }),
  postToIncident: ({ params, body, write }, { desk }) => desk.postToIncident(params.id, body, write),
};
