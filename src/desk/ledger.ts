import * as z from 'zod/mini';
import type { Instant } from '../rules/decision.ts';
import type { CaseDetail, CaseSummary, Person, StoredFile, TimelineEvent } from './case.ts';
import { CaseAction, CaseId, NewCase } from './case.ts';
import type { Wish } from './access.ts';
import { isOutside, refuseAction, refuseWish, visible, visibleChange } from './access.ts';
import type { Admit } from './admission.ts';
import type { Desk, FileSource } from './desk.ts';
import type { DeskError, Result } from './errors.ts';
import { fail, ok } from './errors.ts';
import type { Incident } from './health.ts';
import { NewIncident, NewPost, NewSnapshot, Published, snapshotLife } from './health.ts';
import { parseInput } from './input.ts';
import type { DeskRole } from './lifecycle.ts';
import { allowedActions, transition } from './lifecycle.ts';
import type { Brought, Quota } from './quota.ts';
import { bytesOfAct, bytesOfCase, fileBytes, textsOfCase, uploadWithin } from './quota.ts';
import { record } from './record.ts';
import { cursorOf, invalid, isGrouping, parseFilter, parsePage } from './query.ts';
import type { CaseRecord, Filed, Store, Transaction } from './store.ts';
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

export interface LedgerOptions {
  readonly store: Store;
  readonly actor: Actor;
  readonly admit: Admit;
  readonly now: () => Instant;
  /** A fresh UUID. */
  readonly id: () => string;
  /** How much it takes; anything where it is left out. */
  readonly quota?: Quota;
  /** Names the desk in its capabilities. */
  readonly name?: string;
}

/** Content of a file, to be sent on piece by piece. */
export interface Content {
  readonly bytes: number;
  /** As `Store.read`. */
  read(from: number, to: number): Promise<Result<AsyncIterable<Uint8Array>>>;
}
export interface LedgerDesk extends Desk {
  content(sha256: string): Promise<Result<Content>>;
}

/** Answers to writes are kept this long; a repeat after it counts as a new write. */
export const keptFor = 30 * 24 * 60 * 60 * 1_000;
const boardLimit = 500;

const NewWrite = z.object({ key: z.uuid() });
const Write = z.extend(NewWrite, { revision: z.int() });
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

/** A desk over a store: parses what comes in, asks lifecycle and rules, keeps every change as an event. */
export function createLedgerDesk(options: LedgerOptions): LedgerDesk {
  const { store, actor, admit, id: newId, quota } = options;
  const now = (): Instant => Math.trunc(options.now());
  const person = (): Person => ({ name: cleanLine(actor.name).slice(0, 100).toWellFormed() });

  function detail({ summary, filed, timeline }: CaseRecord): CaseDetail {
    const allowed = allowedActions(summary, actor.roles);
    // To others it would tell how much there is that they do not see.
    const bytesLeft = quota && !isOutside(actor.roles) && quota.caseBytes - bytesOfCase({ filed, timeline });
    const limited = typeof bytesLeft === 'number' ? { limits: { bytesLeft: Math.max(0, bytesLeft) } } : {};
    return visible({ ...summary, ...filed, timeline: [...timeline], allowed, ...limited }, actor.roles);
  }

  /** Why a case that has `held` bytes cannot take more; who brings nothing is let through. */
  function overfull(held: number, { texts, files }: Brought): DeskError | undefined {
    if (!quota || texts + files === 0 || held + texts + files <= quota.caseBytes) return undefined;
    return { code: 'caseFull', limit: quota.caseBytes };
  }
  /** The same of the whole desk. Files were counted when they were uploaded. */
  const noRoom = async ({ texts }: Brought): Promise<DeskError | undefined> =>
    texts === 0 ? undefined : quota?.room.refusal(texts);

  const refusal = (wish: Wish): Result<never> | undefined => {
    const refused = refuseWish(wish, actor.roles);
    return refused && fail(refused);
  };

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

  const desk: LedgerDesk = {
    capabilities: () => ({
      id: options.name ?? 'local',
      actions: actionKinds.filter(action =>
        deskStatuses.some(status => transition({ status }, action, actor.roles).ok),
      ),
      fileBytes: limits.fileBytes,
      incidents: true,
      teamNotes: !isOutside(actor.roles),
      healthSnapshots: true,
      roles: [...actor.roles],
    }),

    async list(query, page) {
      const refused = refusal('readCases');
      if (refused) return refused;
      const filter = parseFilter(query, actor.roles);
      if (!filter.ok) return filter;
      const asked = parsePage(page);
      if (!asked.ok) return asked;
      const { limit, after } = asked.value;
      const found = await store.list(filter.value, after, limit + 1);
      if (!found.ok) return found;
      const items = found.value.slice(0, limit);
      const last = items.at(-1);
      return ok(found.value.length > limit && last ? { items, next: cursorOf(last) } : { items });
    },

    async count(query, by) {
      const refused = refusal('readCases');
      if (refused) return refused;
      const filter = parseFilter(query, actor.roles);
      if (!filter.ok) return filter;
      return isGrouping(by) ? store.count(filter.value, by) : invalid('by');
    },

    async get(id) {
      const refused = refusal('readCases');
      if (refused) return refused;
      if (!CaseId.safeParse(id).success) return fail({ code: 'notFound' });
      const found = await store.case(id);
      if (!found.ok) return found;
      return found.value ? ok(detail(found.value)) : fail({ code: 'notFound' });
    },

    async file(draft, write) {
      const denied = refusal('file');
      if (denied) return denied;
      const parsed = parseInput(NewCase, draft);
      if (!parsed.ok) return parsed;
      const asked = parsed.value;
      const named = parseInput(NewWrite, write);
      if (!named.ok) return named;
      const missing = await missingFile(asked.files);
      if (missing) return fail(missing);
      const brought = { texts: textsOfCase(asked), files: fileBytes(asked.files) };
      const full = overfull(0, brought) ?? (await noRoom(brought));
      return once(named.value.key, ['file', asked], replayCase, async within => {
        const at = now();
        const refused = admit({ why: 'file', asked, roles: actor.roles, at }) ?? full;
        if (refused) return fail(refused);
        const { profile, plan, category, service, title, severity } = asked;
        const { text, impact, resource, contact, details, zone, places, files, healthSeen = [] } = asked;
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
        const seen = healthSeen.length > 0 ? { healthSeen } : {};
        const timeline: TimelineEvent[] = [{ kind: 'filed', seq: 1, at, by, status: 'open', ...seen }];
        const number = await within.addCase(summary, filed, timeline);
        quota?.room.kept(brought.texts);
        const kept = { ...summary, number };
        return ok({ answer: detail({ summary: kept, filed, timeline }), keep: keptCase(kept, 1) });
      });
    },

    async filedAs(key) {
      const refused = refusal('readCases');
      if (refused) return refused;
      const named = parseInput(NewWrite, { key });
      if (!named.ok) return named;
      return store.transact(async within => {
        const kept = await within.kept(actor.caller ?? '', named.value.key);
        return ok(kept && (JSON.parse(kept.answer) as Partial<KeptCase>).summary?.id);
      });
    },

    async act(id, action, write) {
      const denied = refusal('readCases');
      if (denied) return denied;
      const parsed = parseInput(CaseAction, action);
      if (!parsed.ok) return parsed;
      const asked = parsed.value;
      if (!CaseId.safeParse(id).success) return fail({ code: 'notFound' });
      const named = parseInput(Write, write);
      if (!named.ok) return named;
      const missing = 'files' in asked ? await missingFile(asked.files) : undefined;
      if (missing) return fail(missing);
      const brought = bytesOfAct(asked);
      const full = await noRoom(brought);
      return once(named.value.key, ['act', id, asked], replayCase, async within => {
        const current = await within.case(id);
        if (!current) return fail({ code: 'notFound' });
        const { summary: before, timeline, filed } = current;
        if (before.revision !== named.value.revision) return fail({ code: 'conflict', revision: before.revision });
        const status = transition(before, asked.kind, actor.roles);
        if (!status.ok) return status;
        const at = now();
        const refused = refuseAction(asked, actor.roles) ?? misjudged(current, asked, at);
        if (refused) return fail(refused);
        const tooMuch = overfull(bytesOfCase(current), brought) ?? full;
        if (tooMuch) return fail(tooMuch);
        const change = { at, by: person(), status: status.value, seq: timeline.length + 1 };
        const { summary, events } = record(before, asked, change);
        await within.changeCase(summary, events);
        quota?.room.kept(brought.texts);
        const after = [...timeline, ...events];
        return ok({ answer: detail({ summary, filed, timeline: after }), keep: keptCase(summary, after.length) });
      });
    },

    async upload(source) {
      const refused = refusal('keepFile');
      if (refused) return refused;
      const name = parseInput(z.object({ name: line(limits.fileName, 1) }), { name: source.name });
      if (!name.ok) return name;
      const keep = (from: FileSource): Promise<Result<StoredFile>> => store.upload(from, limits.fileBytes);
      const named = { name: name.value.name, chunks: () => source.chunks() };
      return quota ? uploadWithin(quota.room, named, keep) : keep(named);
    },

    async download(sha256) {
      const refused = refusal('readCases');
      if (refused) return refused;
      return Hash.safeParse(sha256).success ? store.download(sha256) : fail({ code: 'notFound' });
    },

    async content(sha256) {
      const refused = refusal('readCases');
      if (refused) return refused;
      if (!Hash.safeParse(sha256).success) return fail({ code: 'notFound' });
      const bytes = await store.fileBytes(sha256);
      if (!bytes.ok) return bytes;
      if (bytes.value === undefined) return fail({ code: 'notFound' });
      return ok({ bytes: bytes.value, read: (from, to) => store.read(sha256, from, to) });
    },

    incidents: () => store.incidents(boardLimit),

    async recordIncident(incident, write) {
      const refused = refusal('writeToBoard');
      if (refused) return refused;
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
      const refused = refusal('writeToBoard');
      if (refused) return refused;
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

    async healthSnapshots() {
      const found = await store.snapshots(now());
      return found.ok ? ok(found.value.map(text => ({ text }))) : found;
    },

    async publishHealth(snapshot, write) {
      const refused = refusal('writeToBoard');
      if (refused) return refused;
      const parsed = parseInput(NewSnapshot, snapshot);
      if (!parsed.ok) return parsed;
      const named = parseInput(NewWrite, write);
      if (!named.ok) return named;
      const replay = (kept: string): Promise<Published> => Promise.resolve(Published.parse(JSON.parse(kept)));
      return once(named.value.key, ['publishHealth', parsed.value], replay, async within => {
        const answer = { expires: now() + snapshotLife };
        await within.keepSnapshot(parsed.value, answer.expires, now());
        return ok({ answer, keep: answer });
      });
    },

    onDidChange: listener =>
      store.onDidChange(change => {
        const seen = visibleChange(change, actor.roles);
        if (seen) listener(seen);
      }),
    close: () => {
      store.close();
    },
  };

  /** What the lifecycle cannot say: which times make sense, and what the rules say. */
  function misjudged({ summary, filed }: CaseRecord, action: CaseAction, at: Instant): DeskError | undefined {
    if (action.kind === 'recordFirstResponse' && (action.respondedAt < 0 || action.respondedAt > at)) {
      return { code: 'invalid', issues: [{ path: 'respondedAt', code: 'invalid' }] };
    }
    // What support has set is recorded as it is (C-16); only a proposal has to be open to the filer.
    if (action.kind !== 'changeSeverity' || action.side === 'set') return undefined;
    const asked = { ...summary, ...filed, severity: action.severity };
    return admit({ why: 'changeSeverity', asked, roles: actor.roles, at });
  }

  return desk;
}
