import * as z from 'zod/mini';
import type { Me, Operation } from '../../api/operations.ts';
import { Counts, Filed, Hash, Key, operations, pageLimit } from '../../api/operations.ts';
import type { CaseSummary } from '../../desk/case.ts';
import { CaseId, StoredFile } from '../../desk/case.ts';
import type { CaseQuery, Desk, Write } from '../../desk/desk.ts';
import type { Result } from '../../desk/errors.ts';
import { fail, ok } from '../../desk/errors.ts';
import { parseInput } from '../../desk/input.ts';
import { invalid, isGrouping, parseFilter } from '../../desk/query.ts';
import { replayable } from '../http/body.ts';
import type { HttpClient, HttpRequest } from '../http/client.ts';
import { usualLimits } from '../http/client.ts';
import type { Time } from '../http/time.ts';
import { sleep } from '../http/time.ts';
import { createChanges } from './changes.ts';
import { sha256Of, watchContent } from './files.ts';
import { deskErrorOf } from './problem.ts';
import { ReadCase, ReadIncident, ReadIncidents, ReadMe, ReadPage } from './reading.ts';

export interface TeamDeskOptions {
  readonly http: HttpClient;
  readonly time: Time;
  /** A fresh UUID. */
  readonly id: () => string;
}

/** A desk behind the API of a team's server. */
export interface TeamDesk extends Desk {
  /** What the desk said last about the one who asks. */
  me(): Me;
  /** Asks again who is asking and what they may do, since roles change. */
  refresh(): Promise<Result<Me>>;
  /** Follows no changes while nobody looks; `resume` tells of what was missed. */
  pause(): void;
  resume(): void;
}

/** Content may take this long in all, in milliseconds, with no word from the desk until all of it is there. */
const contentTime = 10 * 60_000;
/** The first try of the same write is waited for this often, and at first for so many milliseconds. */
const stillRunningWaits = 3;
const firstWait = 250;
/** The longest page a caller of `Desk` gets. */
const longestPage = 200;

const NewWrite = z.object({ key: Key });
const UponWrite = z.extend(NewWrite, { revision: z.int() });

interface Asked extends Pick<HttpRequest, 'signal' | 'body' | 'limits'> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: URLSearchParams;
  readonly write?: { readonly key: string; readonly revision?: number };
}

function requestOf(operation: Operation, { params = {}, query, write, ...rest }: Asked): HttpRequest {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  return {
    ...rest,
    method: operation.method,
    path: query && query.size > 0 ? `${path}?${query.toString()}` : path,
    headers: {
      ...(write && { 'Idempotency-Key': write.key }),
      ...(write?.revision !== undefined && { 'If-Match': `"${String(write.revision)}"` }),
    },
  };
}

/** Asks a desk who is asking; with the answer it can be used. */
export async function openTeamDesk(options: TeamDeskOptions): Promise<Result<TeamDesk>> {
  const answer = await options.http.json(requestOf(operations.whoAmI, {}), ReadMe);
  return answer.ok ? ok(createTeamDesk(options, answer.value.value)) : fail(deskErrorOf(answer.error));
}

/** A team desk whose answer to who is asking is known already, perhaps from before the network went away. */
export function createTeamDesk({ http, time, id }: TeamDeskOptions, known: Me): TeamDesk {
  let me = known;
  let answers = 0;
  const closing = new AbortController();

  async function ask<Value>(operation: Operation, asked: Asked, schema: z.ZodMiniType<Value>): Promise<Result<Value>> {
    const answer = await http.json(requestOf(operation, { signal: closing.signal, ...asked }), schema);
    if (!answer.ok) return fail(deskErrorOf(answer.error));
    answers++;
    return ok(answer.value.value);
  }
  const bodyOf = (value: unknown): Pick<HttpRequest, 'body'> => ({
    body: { type: 'application/json', content: JSON.stringify(value) },
  });

  function filterOf(query: CaseQuery): Result<URLSearchParams> {
    // Parsed here too: a query that is none has no form in an address.
    const filter = parseFilter(query, me.capabilities.roles);
    if (!filter.ok) return filter;
    const { words = [], status = [], severity = [], service } = filter.value;
    const search = new URLSearchParams();
    if (words.length > 0) search.set('text', words.join(' '));
    for (const word of status) search.append('status', word);
    for (const word of severity) search.append('severity', word);
    if (service !== undefined) search.set('service', service);
    return ok(search);
  }

  async function look(signal: AbortSignal): Promise<string | undefined> {
    const [cases, incidents] = await Promise.all([
      ask(operations.listCases, { query: new URLSearchParams({ limit: '1' }), signal }, ReadPage),
      ask(operations.incidents, { signal }, ReadIncidents),
    ]);
    if (!cases.ok || !incidents.ok) return undefined;
    const marks = [...cases.value.items, ...incidents.value].map(({ id, revision }) => `${id} ${String(revision)}`);
    return marks.join();
  }
  const changes = createChanges({ http, time, answers: () => answers, look });

  /** Checks what is written and its write by the schemas of the desk itself, which is asked only where they hold. */
  async function write<Value>(
    operation: Operation & { readonly body: z.ZodMiniType },
    asked: { readonly body: unknown; readonly write: Partial<Write>; readonly id?: string },
    schema: z.ZodMiniType<Value>,
  ): Promise<Result<Value>> {
    const body = parseInput(operation.body, asked.body);
    if (!body.ok) return body;
    if (asked.id !== undefined && !CaseId.safeParse(asked.id).success) return fail({ code: 'notFound' });
    const named = parseInput(operation.write === 'upon' ? UponWrite : NewWrite, asked.write);
    if (!named.ok) return named;
    const params = asked.id === undefined ? {} : { params: { id: asked.id } };
    for (let waits = 0; ; waits++) {
      const answer = await ask(operation, { ...params, write: named.value, ...bodyOf(body.value) }, schema);
      if (answer.ok || answer.error.code !== 'stillRunning' || waits === stillRunningWaits) return answer;
      await sleep(time, firstWait * 2 ** waits, closing.signal);
    }
  }

  return {
    me: () => me,
    capabilities: () => me.capabilities,

    async refresh() {
      const answer = await ask(operations.whoAmI, {}, ReadMe);
      if (answer.ok) me = answer.value;
      return answer;
    },

    async list(query, { limit, cursor }) {
      const filter = filterOf(query);
      if (!filter.ok) return filter;
      if (!Number.isInteger(limit) || limit < 1) return invalid('limit');
      if (cursor !== undefined && typeof (cursor as unknown) !== 'string') return invalid('cursor');
      const items: CaseSummary[] = [];
      let next = cursor;
      do {
        const search = new URLSearchParams(filter.value);
        const wanted = Math.min(limit, longestPage) - items.length;
        search.set('limit', String(Math.min(wanted, pageLimit)));
        if (next !== undefined) search.set('cursor', next);
        const page = await ask(operations.listCases, { query: search }, ReadPage);
        if (!page.ok) return page;
        items.push(...page.value.items.slice(0, wanted));
        // A page that goes nowhere ends the list, whatever it says.
        next = page.value.next === next || page.value.items.length === 0 ? undefined : page.value.next;
      } while (next !== undefined && items.length < Math.min(limit, longestPage));
      return ok(next === undefined ? { items } : { items, next });
    },

    async count(query, by) {
      const filter = filterOf(query);
      if (!filter.ok) return filter;
      if (!isGrouping(by)) return invalid('by');
      filter.value.set('by', by);
      return ask(operations.countCases, { query: filter.value }, Counts);
    },

    async get(id) {
      if (!CaseId.safeParse(id).success) return fail({ code: 'notFound' });
      return ask(operations.getCase, { params: { id } }, ReadCase);
    },

    file: (draft, named) => write(operations.fileCase, { body: draft, write: named }, ReadCase),
    act: (id, action, named) => write(operations.actOnCase, { id, body: action, write: named }, ReadCase),

    async filedAs(key) {
      const named = parseInput(NewWrite, { key });
      if (!named.ok) return named;
      const filed = await ask(operations.filedAs, { params: named.value }, Filed);
      return filed.ok ? ok(filed.value.id) : filed;
    },

    async upload(source) {
      const named = parseInput(operations.upload.query, { name: source.name });
      if (!named.ok) return named;
      const stop = new AbortController();
      const limit = me.capabilities.fileBytes;
      const content = watchContent({ name: named.value.name, chunks: () => source.chunks() }, limit, () =>
        stop.abort(),
      );
      const stored = await ask(
        operations.upload,
        {
          query: new URLSearchParams(named.value),
          write: { key: id() },
          body: { type: 'application/octet-stream', content: replayable(content.chunks) },
          limits: { ...usualLimits, header: contentTime, total: contentTime },
          signal: AbortSignal.any([stop.signal, closing.signal]),
        },
        StoredFile,
      );
      const trouble = content.trouble();
      if (trouble) return fail(trouble);
      if (!stored.ok) return stored;
      return stored.value.sha256 === content.sha256() ? stored : fail({ code: 'notADesk' });
    },

    async download(sha256) {
      if (!Hash.safeParse(sha256).success) return fail({ code: 'notFound' });
      const limits = { ...usualLimits, total: contentTime, bytes: me.capabilities.fileBytes };
      const request = requestOf(operations.download, { params: { sha256 }, limits, signal: closing.signal });
      const content = await http.bytes(request);
      if (!content.ok) return fail(deskErrorOf(content.error));
      return sha256Of(content.value) === sha256 ? content : fail({ code: 'notADesk' });
    },

    incidents: () => ask(operations.incidents, {}, ReadIncidents),
    recordIncident: (incident, named) =>
      write(operations.recordIncident, { body: incident, write: named }, ReadIncident),
    postToIncident: (id, post, named) =>
      write(operations.postToIncident, { id, body: post, write: named }, ReadIncident),

    async healthSnapshots() {
      if (me.capabilities.healthSnapshots !== true) return ok([]);
      const kept = await ask(operations.healthSnapshots, {}, operations.healthSnapshots.answer);
      return kept.ok ? ok(kept.value.map(text => ({ text }))) : kept;
    },
    publishHealth: (snapshot, named) =>
      write(operations.publishHealth, { body: snapshot, write: named }, operations.publishHealth.answer),

    onDidChange: listener => changes.listen(listener),
    pause: () => changes.pause(),
    resume: () => changes.resume(),
    close() {
      changes.close();
      closing.abort();
    },
  };
}
