import * as z from 'zod/mini';
import type { Instant } from '../rules/decision.ts';
import { severities } from '../rules/profile.ts';
import type { CaseDetail, CaseSummary, Person, StoredFile, TimelineEvent } from './case.ts';
import { CaseAction, CaseId, DeskStatus, NewCase } from './case.ts';
import type { CaseQuery, Desk } from './desk.ts';
import { groupings } from './desk.ts';
import type { DeskError, Result } from './errors.ts';
import { fail, ok } from './errors.ts';
import type { Incident } from './health.ts';
import { NewIncident, NewPost } from './health.ts';
import { parseInput } from './input.ts';
import type { DeskRole } from './lifecycle.ts';
import { allowedActions, transition } from './lifecycle.ts';
import { record } from './record.ts';
import type { CaseFilter, CaseRecord, Filed, ListPlace, Store, Transaction } from './store.ts';
import { queryWords } from './store.ts';
import { cleanLine, limits, line } from './text.ts';
import { actionKinds, deskStatuses } from './words.ts';

/** Who uses the desk. Read at each call, so an object with getters may follow settings. */
export interface Actor {
  /** Shown as text beside what they write. */
  readonly name: string;
  readonly roles: readonly DeskRole[];
  /** Who a repeated write must come from, where a desk serves several people; one person's desk leaves it out. */
  readonly caller?: string;
}

/** What the rules are asked: may this case be filed, or have this severity? */
export interface Admission {
  readonly why: 'file' | 'changeSeverity';
  /** The case as it would stand; `severity` is the one asked for. */
  readonly asked: Pick<
    NewCase,
    | 'profile'
    | 'plan'
    | 'category'
    | 'service'
    | 'title'
    | 'text'
    | 'severity'
    | 'impact'
    | 'resource'
    | 'contact'
    | 'details'
    | 'zone'
  >;
  readonly roles: readonly DeskRole[];
  readonly at: Instant;
}
/** Asks the rules; an error refuses. */
export type Admit = (admission: Admission) => DeskError | undefined;

export interface LedgerOptions {
  readonly store: Store;
  readonly actor: Actor;
  readonly admit: Admit;
  readonly now: () => Instant;
  /** A fresh UUID. */
  readonly id: () => string;
  /** Names the desk in its capabilities. */
  readonly name?: string;
}

/** Answers to writes are kept this long; a repeat after it counts as a new write. */
export const keptFor = 30 * 24 * 60 * 60 * 1_000;
const pageLimit = 200;
const boardLimit = 500;

const NewWrite = z.object({ key: z.uuid() });
const Write = z.extend(NewWrite, { revision: z.int() });
const Query = z.object({
  text: z.optional(z.string()),
  status: z.optional(z.array(DeskStatus)),
  severity: z.optional(z.array(z.enum([...severities, 'none']))),
  service: z.optional(line()),
});
const Cursor = z.string().check(z.regex(/^-?[0-9a-z]{1,11}_[0-9a-z]{1,11}$/));
const PageRequest = z.object({ limit: z.int().check(z.positive()), cursor: z.optional(Cursor) });
const By = z.enum(groupings);
const Hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** What is kept of an answer: events and posts never change, so their number brings back the rest. */
interface KeptCase {
  readonly summary: CaseSummary;
  readonly events: number;
}
interface KeptIncident {
  readonly incident: Omit<Incident, 'posts'>;
  readonly posts: number;
}

const invalid = (path: string): Result<never> => fail({ code: 'invalid', issues: [{ path, code: 'invalid' }] });
const given = <Value>(list: readonly Value[] | undefined) => (list?.length ? [...new Set(list)] : undefined);

function parseFilter(query: CaseQuery): Result<CaseFilter> {
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
  });
}

const cursorOf = ({ updatedAt, number }: ListPlace) => `${updatedAt.toString(36)}_${number.toString(36)}`;
function placeOf(cursor: string): Result<ListPlace> {
  const [updatedAt = NaN, number = NaN] = cursor.split('_').map(part => parseInt(part, 36));
  const known = Number.isSafeInteger(updatedAt) && Number.isSafeInteger(number);
  return known ? ok({ updatedAt, number }) : invalid('cursor');
}

/** A desk over a store: parses what comes in, asks lifecycle and rules, keeps every change as an event. */
export function createLedgerDesk(options: LedgerOptions): Desk {
  const { store, actor, admit, id: newId } = options;
  const now = (): Instant => Math.trunc(options.now());
  const person = (): Person => ({ name: cleanLine(actor.name).slice(0, 100).toWellFormed() });

  function detail({ summary, filed, timeline }: CaseRecord): CaseDetail {
    return { ...summary, ...filed, timeline: [...timeline], allowed: allowedActions(summary, actor.roles) };
  }

  /** Refuses files whose content the desk does not hold. */
  async function missingFile(files: readonly StoredFile[]): Promise<DeskError | undefined> {
    for (const [index, file] of files.entries()) {
      const bytes = await store.fileBytes(file.sha256);
      if (!bytes.ok) return bytes.error;
      if (bytes.value === undefined) return { code: 'fileGone', name: file.name };
      if (bytes.value !== file.bytes) {
        return { code: 'invalid', issues: [{ path: `files.${String(index)}.bytes`, code: 'invalid' }] };
      }
    }
    return undefined;
  }

  /** Does a write once per key: a repeat gets the kept answer, the same key with another payload is refused. */
  function once<Answer>(
    key: string,
    payload: unknown,
    replay: (kept: string, within: Transaction) => Promise<Answer | undefined>,
    work: (within: Transaction) => Promise<Result<{ answer: Answer; keep: unknown }>>,
  ): Promise<Result<Answer>> {
    const caller = actor.caller ?? '';
    const fingerprint = store.fingerprint(JSON.stringify(payload));
    return store.transact(async within => {
      await within.forget(now() - keptFor);
      const kept = await within.kept(caller, key);
      if (kept) {
        if (kept.payload !== fingerprint) return fail({ code: 'keyReused' });
        const answer = await replay(kept.answer, within);
        return answer === undefined ? fail({ code: 'notFound' }) : ok(answer);
      }
      const done = await work(within);
      if (!done.ok) return done;
      await within.keep(caller, key, now(), { payload: fingerprint, answer: JSON.stringify(done.value.keep) });
      return ok(done.value.answer);
    });
  }

  const keptCase = (summary: CaseSummary, events: number): KeptCase => ({ summary, events });
  async function replayCase(kept: string, within: Transaction): Promise<CaseDetail | undefined> {
    const { summary, events } = JSON.parse(kept) as KeptCase;
    const current = await within.case(summary.id);
    return current && detail({ ...current, summary, timeline: current.timeline.slice(0, events) });
  }
  const keptIncident = ({ posts, ...incident }: Incident): KeptIncident => ({ incident, posts: posts.length });
  async function replayIncident(kept: string, within: Transaction): Promise<Incident | undefined> {
    const { incident, posts } = JSON.parse(kept) as KeptIncident;
    const current = await within.incident(incident.id);
    return current && { ...incident, posts: current.posts.slice(0, posts) };
  }

  const desk: Desk = {
    capabilities: () => ({
      id: options.name ?? 'local',
      actions: actionKinds.filter(action =>
        deskStatuses.some(status => transition({ status }, action, actor.roles).ok),
      ),
      fileBytes: limits.fileBytes,
      incidents: true,
      teamNotes: true,
      roles: [...actor.roles],
    }),

    async list(query, page) {
      const filter = parseFilter(query);
      if (!filter.ok) return filter;
      const asked = parseInput(PageRequest, page);
      if (!asked.ok) return asked;
      const limit = Math.min(asked.value.limit, pageLimit);
      const after = asked.value.cursor === undefined ? ok(undefined) : placeOf(asked.value.cursor);
      if (!after.ok) return after;
      const found = await store.list(filter.value, after.value, limit + 1);
      if (!found.ok) return found;
      const items = found.value.slice(0, limit);
      const last = items.at(-1);
      return ok(found.value.length > limit && last ? { items, next: cursorOf(last) } : { items });
    },

    async count(query, by) {
      const filter = parseFilter(query);
      if (!filter.ok) return filter;
      return By.safeParse(by).success ? store.count(filter.value, by) : invalid('by');
    },

    async get(id) {
      if (!CaseId.safeParse(id).success) return fail({ code: 'notFound' });
      const found = await store.case(id);
      if (!found.ok) return found;
      return found.value ? ok(detail(found.value)) : fail({ code: 'notFound' });
    },

    async file(draft, write) {
      const parsed = parseInput(NewCase, draft);
      if (!parsed.ok) return parsed;
      const asked = parsed.value;
      const named = parseInput(NewWrite, write);
      if (!named.ok) return named;
      const missing = await missingFile(asked.files);
      if (missing) return fail(missing);
      return once(named.value.key, ['file', asked], replayCase, async within => {
        const at = now();
        const refused = admit({ why: 'file', asked, roles: actor.roles, at });
        if (refused) return fail(refused);
        const { profile, plan, category, service, title, severity } = asked;
        const { text, impact, resource, contact, details, zone, places, files } = asked;
        const summary: Omit<CaseSummary, 'number'> = {
          ...{ id: newId(), revision: 1, profile, category, service, title, status: 'open', notes: 0 },
          ...{ openedAt: at, updatedAt: at, files: files.length },
          ...(plan && { plan }),
          ...(severity && { severityProposed: severity }),
        };
        const by = person();
        const filed: Filed = {
          ...{ text, impact, resource, contact, zone, places, filedFiles: files, filedBy: by },
          ...(details && { details }),
        };
        const timeline: TimelineEvent[] = [{ kind: 'filed', seq: 1, at, by, status: 'open' }];
        const number = await within.addCase(summary, filed, timeline);
        const kept = { ...summary, number };
        return ok({ answer: detail({ summary: kept, filed, timeline }), keep: keptCase(kept, 1) });
      });
    },

    async filedAs(key) {
      const named = parseInput(NewWrite, { key });
      if (!named.ok) return named;
      return store.transact(async within => {
        const kept = await within.kept(actor.caller ?? '', named.value.key);
        return ok(kept && (JSON.parse(kept.answer) as Partial<KeptCase>).summary?.id);
      });
    },

    async act(id, action, write) {
      const parsed = parseInput(CaseAction, action);
      if (!parsed.ok) return parsed;
      const asked = parsed.value;
      if (!CaseId.safeParse(id).success) return fail({ code: 'notFound' });
      const named = parseInput(Write, write);
      if (!named.ok) return named;
      const missing = 'files' in asked ? await missingFile(asked.files) : undefined;
      if (missing) return fail(missing);
      return once(named.value.key, ['act', id, asked], replayCase, async within => {
        const current = await within.case(id);
        if (!current) return fail({ code: 'notFound' });
        const { summary: before, timeline, filed } = current;
        if (before.revision !== named.value.revision) return fail({ code: 'conflict', revision: before.revision });
        const status = transition(before, asked.kind, actor.roles);
        if (!status.ok) return status;
        const at = now();
        const refused = refusal(current, asked, at);
        if (refused) return fail(refused);
        const change = { at, by: person(), status: status.value, seq: timeline.length + 1 };
        const { summary, events } = record(before, asked, change);
        await within.changeCase(summary, events);
        const after = [...timeline, ...events];
        return ok({ answer: detail({ summary, filed, timeline: after }), keep: keptCase(summary, after.length) });
      });
    },

    async upload(source) {
      const name = parseInput(z.object({ name: line(limits.fileName, 1) }), { name: source.name });
      if (!name.ok) return name;
      return store.upload({ name: name.value.name, chunks: () => source.chunks() }, limits.fileBytes);
    },

    download: async sha256 =>
      Hash.safeParse(sha256).success ? store.download(sha256) : fail<DeskError>({ code: 'notFound' }),

    incidents: () => store.incidents(boardLimit),

    async recordIncident(incident, write) {
      const parsed = parseInput(NewIncident, incident);
      if (!parsed.ok) return parsed;
      const { text, ...asked } = parsed.value;
      const named = parseInput(NewWrite, write);
      if (!named.ok) return named;
      return once(named.value.key, ['recordIncident', asked, text], replayIncident, async within => {
        const at = now();
        const post = { at, by: person(), status: asked.status, text };
        const fresh = { ...asked, id: newId(), revision: 1, startedAt: at, updatedAt: at, posts: [post] };
        const answer: Incident = { ...fresh, number: await within.addIncident(fresh) };
        return ok({ answer, keep: keptIncident(answer) });
      });
    },

    async postToIncident(id, post, write) {
      const parsed = parseInput(NewPost, post);
      if (!parsed.ok) return parsed;
      const asked = parsed.value;
      if (!CaseId.safeParse(id).success) return fail({ code: 'notFound' });
      const named = parseInput(Write, write);
      if (!named.ok) return named;
      return once(named.value.key, ['postToIncident', id, asked], replayIncident, async within => {
        const before = await within.incident(id);
        if (!before) return fail({ code: 'notFound' });
        if (before.revision !== named.value.revision) return fail({ code: 'conflict', revision: before.revision });
        const at = now();
        const posts = [...before.posts, { at, by: person(), ...asked }];
        const answer = { ...before, status: asked.status, revision: before.revision + 1, updatedAt: at, posts };
        await within.changeIncident(answer, before.posts.length);
        return ok({ answer, keep: keptIncident(answer) });
      });
    },

    onDidChange: listener => store.onDidChange(listener),
    close: () => {
      store.close();
    },
  };

  /** What the lifecycle table cannot say: whose side of the severity it is, which times make sense, what the rules say. */
  function refusal({ summary, filed }: CaseRecord, action: CaseAction, at: Instant): DeskError | undefined {
    if (action.kind === 'recordFirstResponse' && (action.respondedAt < 0 || action.respondedAt > at)) {
      return { code: 'invalid', issues: [{ path: 'respondedAt', code: 'invalid' }] };
    }
    if (action.kind !== 'changeSeverity') return undefined;
    const owner: DeskRole = action.side === 'set' ? 'agent' : 'requester';
    if (!actor.roles.includes(owner)) return { code: 'notYours', action: 'changeSeverity' };
    // What support has set is recorded as it is (C-16); only a proposal has to be open to the filer.
    if (action.side === 'set') return undefined;
    const asked = { ...summary, ...filed, severity: action.severity };
    return admit({ why: 'changeSeverity', asked, roles: actor.roles, at });
  }

  return desk;
}
