import * as z from 'zod/mini';
import type { DraftError, DraftStore } from '../desk/drafts.ts';
import { Draft, DraftContent } from '../desk/drafts.ts';
import type { Result } from '../desk/errors.ts';
import { fail, ok } from '../desk/errors.ts';
import type { Instant } from '../rules/decision.ts';
import type { FileSystem } from './files.ts';
import { Folder, codeOf, draftError, realFs } from './files.ts';
import { Notes, parsed } from './notes.ts';
import { Notices } from './notices.ts';
import { watchFolder } from './watch.ts';

export interface DraftStoreOptions {
  readonly now: () => Instant;
  /** A fresh UUID. */
  readonly id: () => string;
  readonly fs?: FileSystem;
  /** Told of failures underneath and of files of a newer format, for the log. */
  readonly report?: (what: 'newerFormat' | 'watch' | 'storage', error?: unknown) => void;
}

const format = 1;
const File = z.extend(Draft, { format: z.literal(format) });
const Newer = z.object({ format: z.int().check(z.gt(format)) });
const Id = z.uuid();
const fileName = /^([0-9a-f-]{36})\.(\d{1,15})\.json$/;
const goneName = /^([0-9a-f-]{36})\.gone$/;
/** How many revisions stay on disk: the newest, and some to fall back on should it be damaged. */
const revisionsKept = 4;
/** How long a discarded draft is remembered, so that no window brings it back. */
const goneFor = 30 * 24 * 60 * 60 * 1_000;

/** What the folder holds of one draft. */
interface Held {
  /** Its revisions on disk, newest first. */
  readonly revisions: number[];
  gone: boolean;
}

const nameOf = (id: string, revision: number): string => `${id}.${revision}.json`;
const gone = (id: string): string => `${id}.gone`;

function withoutFormat({ id, revision, updatedAt, key, content }: Draft): Draft {
  return { id, revision, updatedAt, key, content };
}

/**
 * Drafts in a folder, one file a revision: `<id>.<revision>.json`. A revision is written under another name and then
 * linked to its own, which fails when another window was first: compare-and-swap without a lock. The latest few stay,
 * older ones are removed, oldest first. A discarded draft leaves an empty `<id>.gone`, so that a window that still has
 * it open cannot bring it back.
 */
export function createDraftStore(path: string, options: DraftStoreOptions): DraftStore & { dispose(): void } {
  const { now, id: newId, report } = options;
  const folder = new Folder(path, options.fs ?? realFs);
  const quarantined: string[] = [];
  const notes = new Notes(new Folder(folder.at('notes'), folder.fs), name => quarantined.push(name));
  const notices = new Notices(tell => {
    const failed = (error: unknown): void => report?.('watch', error);
    const stops = [watchFolder(folder, tell, failed), notes.watch(tell, failed)];
    return () => stops.forEach(stop => stop());
  });
  let swept: Promise<void> | undefined;

  async function held(): Promise<Map<string, Held>> {
    const drafts = new Map<string, Held>();
    const of = (id: string): Held => {
      const known = drafts.get(id) ?? { revisions: [], gone: false };
      drafts.set(id, known);
      return known;
    };
    for (const name of await folder.names()) {
      const [, id, revision] = fileName.exec(name) ?? [];
      const [, discarded] = goneName.exec(name) ?? [];
      if (id !== undefined && Id.safeParse(id).success) of(id).revisions.push(Number(revision));
      if (discarded !== undefined) of(discarded).gone = true;
    }
    for (const { revisions } of drafts.values()) revisions.sort((a, b) => b - a);
    return drafts;
  }

  /** The newest readable revision. Damaged ones are moved aside; a newer format hides the draft and stays. */
  async function newest(id: string, { revisions, gone }: Held): Promise<Draft | 'newer' | undefined> {
    if (gone) return undefined;
    for (const revision of revisions) {
      const name = nameOf(id, revision);
      let text: string | undefined;
      try {
        text = await folder.read(name);
      } catch (error) {
        if (codeOf(error) !== 'EISDIR') throw error;
        text = '';
      }
      if (text === undefined) continue;
      const json = parsed(text);
      if (Newer.safeParse(json).success) {
        report?.('newerFormat');
        return 'newer';
      }
      const file = File.safeParse(json);
      if (file.success && file.data.id === id && file.data.revision === revision) return withoutFormat(file.data);
      const moved = await folder.quarantine(name);
      if (moved !== undefined) quarantined.push(moved);
    }
    return undefined;
  }

  async function find(id: string): Promise<{ held: Held; draft: Draft | 'newer' | undefined } | undefined> {
    if (!Id.safeParse(id).success) return undefined;
    const found = (await held()).get(id);
    return found && { held: found, draft: await newest(id, found) };
  }

  const textOf = (draft: Draft): string => JSON.stringify({ format, ...draft });

  async function remove(id: string, below: number): Promise<void> {
    const known = (await held()).get(id)?.revisions ?? [];
    // Oldest first: the order by which a late writer sees that it is late.
    for (const revision of known.reverse()) if (revision < below) await folder.remove(nameOf(id, revision));
  }

  async function create(draft: Draft): Promise<Result<Draft, DraftError>> {
    const { success, data: content } = DraftContent.safeParse(draft.content);
    if (!success) return fail({ code: 'failed' });
    const parsedDraft = { ...draft, content };
    return (await folder.create(nameOf(draft.id, 1), textOf(parsedDraft))) ? ok(parsedDraft) : fail({ code: 'failed' });
  }
  const begin: DraftStore['begin'] = content => {
    const draft = { id: newId(), revision: 1, updatedAt: now(), key: newId(), content };
    return { draft, create: () => changing(() => create(draft)) };
  };

  async function write(id: string, revision: number, content: DraftContent): Promise<Result<Draft, DraftError>> {
    const parsedContent = DraftContent.safeParse(content);
    if (!parsedContent.success) return fail({ code: 'failed' });
    const found = await find(id);
    if (!found?.draft) return fail({ code: 'notFound' });
    const [latest = 0] = found.held.revisions;
    if (found.draft === 'newer' || found.draft.revision !== revision) {
      return fail({ code: 'conflict', revision: found.draft === 'newer' ? latest : found.draft.revision });
    }
    const draft = { ...found.draft, revision: revision + 1, updatedAt: now(), content: parsedContent.data };
    const name = nameOf(id, draft.revision);
    const first = await folder.create(name, textOf(draft));
    // Without its base this revision came too late: others had written it and so many more that it was removed since.
    const late = first && !(await folder.has(nameOf(id, revision)));
    const discarded = await folder.has(gone(id));
    if (first && (late || discarded)) await folder.remove(name);
    if (discarded) return fail({ code: 'notFound' });
    if (!first || late) return fail({ code: 'conflict', revision: await latestOf(id, draft.revision) });
    await remove(id, draft.revision - revisionsKept + 1).catch((error: unknown) => report?.('storage', error));
    return ok(draft);
  }

  async function latestOf(id: string, otherwise: number): Promise<number> {
    return (await held()).get(id)?.revisions[0] ?? otherwise;
  }

  async function discard(id: string): Promise<Result<void, DraftError>> {
    const found = Id.safeParse(id).success && (await held()).get(id);
    if (!found || found.gone) return fail({ code: 'notFound' });
    try {
      await folder.create(gone(id), '');
      await remove(id, Infinity);
    } catch (error) {
      // On a full disk the text has to go first to make room for the mark.
      if (draftError(error).code !== 'storageFull') throw error;
      await remove(id, Infinity);
      await folder.create(gone(id), '');
    }
    return ok(undefined);
  }

  /** Once per window: finishes discards that were cut short and forgets old ones. */
  async function sweep(): Promise<void> {
    await folder.sweep(now());
    for (const [id, draft] of await held()) {
      if (!draft.gone) continue;
      await remove(id, Infinity);
      const mark = await folder.fs.stat(folder.at(gone(id)));
      if (mark.mtimeMs < now() - goneFor) await folder.remove(gone(id));
    }
  }

  async function guarded<Value>(work: () => Promise<Result<Value, DraftError>>): Promise<Result<Value, DraftError>> {
    swept ??= sweep().catch(() => undefined);
    await swept;
    try {
      return await work();
    } catch (error) {
      report?.('storage', error);
      return fail(draftError(error));
    }
  }
  async function changing<Value>(work: () => Promise<Result<Value, DraftError>>): Promise<Result<Value, DraftError>> {
    const done = await guarded(work);
    if (done.ok) notices.tell();
    return done;
  }
  return {
    list: () =>
      guarded(async () => {
        const drafts: Draft[] = [];
        let trouble: unknown;
        for (const [id, draft] of await held()) {
          try {
            const found = await newest(id, draft);
            if (found && found !== 'newer') drafts.push(found);
          } catch (error) {
            report?.('storage', error);
            trouble = error;
          }
        }
        // One draft that cannot be read hides no other.
        if (drafts.length === 0 && trouble !== undefined) return fail(draftError(trouble));
        return ok(drafts.sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1)));
      }),
    read: id =>
      guarded(async () => {
        const found = await find(id);
        return found?.draft && found.draft !== 'newer' ? ok(found.draft) : fail({ code: 'notFound' });
      }),
    begin,
    create: content => begin(content).create(),
    write: (id, revision, content) => changing(() => write(id, revision, content)),
    discard: id => changing(() => discard(id)),
    takeQuarantined: () => quarantined.splice(0),
    readNote: caseId => guarded(() => notes.read(caseId)),
    writeNote: async (caseId, note) => {
      const written = await guarded(() => notes.write(caseId, note));
      if (written.ok && written.value) notices.tell();
      return written.ok ? ok(undefined) : written;
    },
    notes: () => guarded(async () => ok(await notes.list(error => report?.('storage', error)))),
    onDidChange: listener => notices.add(listener),
    close: () => notices.close(),
    dispose: () => notices.close(),
  };
}
