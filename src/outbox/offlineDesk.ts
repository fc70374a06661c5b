import * as z from 'zod/mini';
import { CaseAction, CaseDetail, CaseId, CaseSummary, NewCase } from '../desk/case.ts';
import type { Capabilities, Counts, Desk, DeskChange, Page } from '../desk/desk.ts';
import type { DeskError, Result } from '../desk/errors.ts';
import { fail, ok } from '../desk/errors.ts';
import { Incident } from '../desk/health.ts';
import { parseInput } from '../desk/input.ts';
import { deskRoles } from '../desk/lifecycle.ts';
import type { Outbox, Unsent } from '../desk/outbox.ts';
import { limits } from '../desk/text.ts';
import { actionKinds } from '../desk/words.ts';
import type { Instant } from '../rules/decision.ts';
import type { Cache } from './cache.ts';
import { unsentOf } from './item.ts';
import { createOutbox } from './outbox.ts';
import type { Queue } from './queue.ts';
import { Sender, type SenderOptions } from './sender.ts';

/** A remote desk that can be worked with while it cannot be reached. */
export interface OfflineDesk extends Desk {
  /** What was written and not confirmed yet. */
  readonly outbox: Outbox;
  /** The person signed in, or the network is back: what waits is sent now. */
  wake(): void;
  /** Resolves when nothing is being sent and what was read is on disk. */
  idle(): Promise<void>;
  asOf(caseId?: string): Instant | undefined;
}

const PageOfCases: z.ZodMiniType<Page<CaseSummary>> = z.object({
  items: z.array(CaseSummary),
  next: z.exactOptional(z.string()),
});
const KeptCounts: z.ZodMiniType<Counts> = z.array(z.object({ value: z.string(), count: z.int() }));
const Board: z.ZodMiniType<readonly Incident[]> = z.array(Incident);
const KeptCapabilities = z.object({
  id: z.string(),
  actions: z.array(z.enum(actionKinds)),
  fileBytes: z.number(),
  incidents: z.boolean(),
  teamNotes: z.boolean(),
  healthSnapshots: z.optional(z.boolean()),
  roles: z.array(z.enum(deskRoles)),
  person: z.exactOptional(z.string()),
});
const Key = z.object({ key: z.uuid() });
const Write = z.extend(Key, { revision: z.int() });

/** A desk that answers so is not there; what was read before is shown in its place. */
const absent: ReadonlySet<DeskError['code']> = new Set([
  ...(['unreachable', 'notADesk', 'untrusted', 'signedOut', 'throttled', 'busy'] as const),
]);
const caseName = (id: string): string => `case ${id}`;

/**
 * A desk over a remote one. Every filing and every act is on disk before it is sent; one that gets no answer is `queued`,
 * which callers treat as accepted. Reading asks the remote desk first and remembers its answers. Incidents are recorded
 * only while the desk can be reached: a board that is out of date misleads.
 */
export async function createOfflineDesk(
  remote: () => Promise<Result<Desk>>,
  queue: Queue,
  cache: Cache,
  options: SenderOptions,
): Promise<OfflineDesk> {
  const listeners = new Set<(change: DeskChange) => void>();
  const agedReads = new Map<string, Instant>();
  let capabilities: Capabilities | undefined = (await cache.recall('capabilities', KeptCapabilities))?.value;
  let opened: Desk | undefined;
  let unlisten: (() => void) | undefined;
  let heard = false;
  let turn: Promise<unknown> = Promise.resolve();

  /** The remote desk; its changes are passed on while anybody listens. */
  async function open(): Promise<Result<Desk>> {
    const desk = await remote();
    if (!desk.ok) return desk;
    const known = capabilities;
    capabilities = desk.value.capabilities();
    // Somebody else may have signed in since.
    if (capabilities !== known && JSON.stringify(capabilities) !== JSON.stringify(known))
      cache.keep('capabilities', capabilities);
    if (capabilities.person !== known?.person) sender.wake();
    if (opened !== desk.value) {
      unlisten?.();
      unlisten = undefined;
      opened = desk.value;
    }
    if (listeners.size > 0) unlisten ??= opened.onDidChange(tell);
    return desk;
  }
  const sender = new Sender(queue, open, options);
  const unwatch = queue.onDidChange(() => tell({ cases: [] }));

  function tell(change: DeskChange): void {
    for (const listener of [...listeners]) listener(change);
  }

  async function read<Value>(
    name: string,
    schema: z.ZodMiniType<Value>,
    ask: (desk: Desk) => Promise<Result<Value>>,
  ): Promise<Result<Value>> {
    const desk = await open();
    const answer = desk.ok ? await ask(desk.value) : desk;
    if (answer.ok) {
      agedReads.delete(name);
      cache.keep(name, answer.value);
      // What waits for the desk need not wait for its pause to end.
      if (!heard) sender.wake();
      heard = true;
      return answer;
    }
    if (!absent.has(answer.error.code)) return answer;
    heard = false;
    const kept = await cache.recall(name, schema);
    if (!kept) return answer;
    agedReads.set(name, kept.asOf);
    return ok(kept.value);
  }

  /** Keeps what is written in the order in which it was asked for, and sends it. */
  async function write(key: string, asked: () => Promise<Unsent>): Promise<Result<CaseDetail>> {
    const adding = turn.then(async () => {
      const what = await asked();
      return { what, added: await queue.add(key, what, capabilities?.person) };
    });
    turn = adding;
    const { what, added } = await adding;
    if (!added.ok) return added;
    if ('item' in added.value) return sender.first(added.value);
    // The same write again waits with its first; another under its key is a mistake of the caller.
    const known = unsentOf(added.value.known);
    return same(known, what) ? fail({ code: 'queued', item: key }) : fail({ code: 'keyReused' });
  }

  return {
    capabilities: () =>
      capabilities ?? {
        ...{ id: 'remote', actions: [], fileBytes: limits.fileBytes, incidents: false, teamNotes: false, roles: [] },
      },
    list: (query, page) => read(`list ${JSON.stringify([query, page])}`, PageOfCases, desk => desk.list(query, page)),
    count: (query, by) => read(`count ${JSON.stringify([query, by])}`, KeptCounts, desk => desk.count(query, by)),
    get: id => read(caseName(id), CaseDetail, desk => desk.get(id)),

    async file(draft, named) {
      const content = parseInput(NewCase, draft);
      if (!content.ok) return content;
      const key = parseInput(Key, named);
      if (!key.ok) return key;
      return write(key.value.key, () => Promise.resolve({ kind: 'file', content: content.value }));
    },
    async filedAs(key) {
      const waiting = await queue.guarded(async () => ok(await queue.has(key)));
      if (waiting.ok && waiting.value) return fail({ code: 'queued', item: key });
      const desk = await open();
      return desk.ok ? desk.value.filedAs(key) : desk;
    },
    async act(caseId, asked, named) {
      const action = parseInput(CaseAction, asked);
      if (!action.ok) return action;
      if (!CaseId.safeParse(caseId).success) return fail({ code: 'notFound' });
      const key = parseInput(Write, named);
      if (!key.ok) return key;
      return write(key.value.key, async () => {
        // What the person had before them, for when it has changed by the time the desk answers.
        const shown = (await cache.recall(caseName(caseId), CaseDetail))?.value;
        return {
          ...{ kind: 'act', caseId, action: action.value, revision: key.value.revision },
          ...(shown && { title: shown.title, seen: shown.timeline.at(-1)?.seq }),
        };
      });
    },
    upload: source => queue.guarded(() => queue.contents.keep(source, capabilities?.fileBytes ?? limits.fileBytes)),
    async download(sha256) {
      const own = await queue.guarded(() => queue.contents.read(sha256));
      if (own.ok) return own;
      const desk = await open();
      return desk.ok ? desk.value.download(sha256) : desk;
    },

    incidents: () => read('incidents', Board, desk => desk.incidents()),
    async recordIncident(incident, named) {
      const desk = await open();
      return desk.ok ? desk.value.recordIncident(incident, named) : desk;
    },
    async postToIncident(id, post, named) {
      const desk = await open();
      return desk.ok ? desk.value.postToIncident(id, post, named) : desk;
    },

    async healthSnapshots() {
      const desk = await open();
      return desk.ok ? desk.value.healthSnapshots() : desk;
    },
    async publishHealth(snapshot, named) {
      const desk = await open();
      return desk.ok ? desk.value.publishHealth(snapshot, named) : desk;
    },

    onDidChange(listener) {
      const told = (change: DeskChange): void => listener(change);
      listeners.add(told);
      void open();
      return () => {
        listeners.delete(told);
        if (listeners.size > 0) return;
        unlisten?.();
        unlisten = undefined;
      };
    },
    asOf(caseId) {
      if (caseId !== undefined) return agedReads.get(caseName(caseId));
      const lists = [...agedReads].filter(([name]) => !name.startsWith('case ')).map(([, asOf]) => asOf);
      return lists.length > 0 ? Math.min(...lists) : undefined;
    },
    outbox: createOutbox(queue, sender),
    wake: () => sender.wake(),
    idle: async () => {
      await sender.idle();
      await cache.idle();
      // Something may have begun to be sent meanwhile.
      await sender.idle();
    },
    close() {
      sender.close();
      unwatch();
      unlisten?.();
      listeners.clear();
      queue.close();
      opened?.close();
    },
  };
}

/** Whether two writes say the same; which event was last seen does not count. */
function same(one: Unsent, other: Unsent): boolean {
  const said = (what: Unsent): string =>
    JSON.stringify(what.kind === 'file' ? [what.content] : [what.caseId, what.action]);
  return one.kind === other.kind && said(one) === said(other);
}
