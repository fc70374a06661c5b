import * as vscode from 'vscode';
import type { Desk } from './desk/desk.ts';
import type { DraftStore } from './desk/drafts.ts';
import { ok, type Result } from './desk/errors.ts';
import type { createPages } from './forms/pages.ts';
import { setContextKey } from './host/contextKeys.ts';
import { DisposableStore, type Disposable } from './host/disposables.ts';
import { once } from './host/once.ts';
import type { Services } from './host/services.ts';
import type { Instant } from './rules/decision.ts';

type OpenPages = ReturnType<typeof createPages>;

/** What a window works on: a desk in a folder with its drafts, its clock, and the pages that show them and nothing else. */
export interface Workplace extends Disposable {
  now(): Instant;
  /** Opened once. A failure is answered again until a retry succeeds. */
  desk(): Promise<Result<Desk>>;
  drafts(): Promise<DraftStore>;
  pages(): Promise<OpenPages>;
  /** The pages, where some were asked for. */
  openPages(): OpenPages | undefined;
  /** Saves and closes them. */
  closePages(): Promise<void>;
}

export interface WorkplaceOptions {
  readonly folder: vscode.Uri;
  readonly extensionUri: vscode.Uri;
  readonly practice: boolean;
  readonly now: () => Instant;
  readonly services: () => Services;
  /** What must be there before the desk is opened. */
  readonly prepare?: () => Promise<Result<void>>;
  /** Puts the desk together with others; the same answer while they stay the same. */
  readonly join?: (local: () => Promise<Result<Desk>>) => Promise<Result<Desk>>;
}

/** Makes a workplace; nothing is opened before it is asked for. */
export function createWorkplace(options: WorkplaceOptions): Workplace {
  const { folder, extensionUri, practice, now, services, prepare = () => Promise.resolve(ok(undefined)) } = options;
  const join: NonNullable<WorkplaceOptions['join']> = options.join ?? (own => own());
  const owned = new DisposableStore();
  const prepared = once(prepare, done => done.ok);
  const later = () => import('./later.ts');

  const local = once(openDesk, opened => opened.ok);
  let marked: { readonly from: Desk; readonly desk: Desk } | undefined;
  async function desk(): Promise<Result<Desk>> {
    const joined = await join(local);
    if (!joined.ok) return joined;
    if (marked?.from !== joined.value) marked = { from: joined.value, desk: markingSteps(joined.value) };
    return ok(marked.desk);
  }
  async function openDesk(): Promise<Result<Desk>> {
    const { openSqliteStore, createLedgerDesk, admitByRules, userInfo } = await later();
    const all = services();
    const ready = await prepared();
    const opened = ready.ok ? await openSqliteStore(folder.fsPath, { now }) : ready;
    if (!opened.ok) {
      all.log.info('desk', { code: opened.error.code, practice });
      return opened;
    }
    const { store, movedAside } = opened.value;
    if (movedAside !== undefined) void tellMovedAside(movedAside);
    let { settings: standing } = await all.settings();
    const stand = async (): Promise<void> => void ({ settings: standing } = await all.settings());
    owned.add(vscode.workspace.onDidChangeConfiguration(stand));
    owned.add(all.onDidChangePolicy(() => void stand()));
    const actor = {
      get name() {
        return standing.person || userInfo().username;
      },
      roles: ['requester', 'reviewer', 'agent'] as const,
    };
    const ledger = createLedgerDesk({
      store,
      actor,
      admit: admitByRules(() => standing),
      now,
      id: () => crypto.randomUUID(),
    });
    owned.add({ dispose: () => ledger.close() });
    return ok(ledger);
  }
  async function tellMovedAside(name: string): Promise<void> {
    const { notify, safeText } = await later();
    await notify.warn(safeText(await services().strings(), 'desk.damagedMovedAside', { name }));
  }

  const drafts = once(async () => {
    const { createDraftStore, endFiledDrafts } = await later();
    await prepared();
    const { fsPath } = vscode.Uri.joinPath(folder, 'drafts');
    const store = owned.add(createDraftStore(fsPath, { now, id: () => crypto.randomUUID() }));
    const end = async (at: () => Promise<Result<Desk>>): Promise<void> => {
      const ended = await endFiledDrafts(store, at);
      if (ended > 0) services().log.info('draft.filedBefore', { ended });
    };
    await end(local);
    // Nobody waits for desks that are far away.
    void desk().then(async all => {
      if (all.ok && all.value.members !== undefined) await end(desk);
    });
    return store;
  });

  let openPages: OpenPages | undefined;
  owned.add({ dispose: () => openPages?.dispose() });
  const pages = async (): Promise<OpenPages> => {
    if (openPages) return openPages;
    const { createPages } = await import('./forms/pages.ts');
    const { brotliDecompressSync } = await later();
    return (openPages ??= createPages(
      { ...services(), now, desk, drafts },
      { installed: { extensionUri, brotliDecompressSync }, storage: folder, practice },
    ));
  };
  const closePages = async (): Promise<void> => {
    const left = openPages;
    openPages = undefined;
    await left?.end();
  };
  return { now, desk, drafts, pages, openPages: () => openPages, closePages, dispose: () => owned.dispose() };
}

/** The same desk; what a person does on it completes steps of the walkthrough. */
function markingSteps(desk: Desk): Desk {
  return {
    ...desk,
    file: async (...given) => {
      const filed = await desk.file(...given);
      if (filed.ok) setContextKey('casebook.done.filed', true);
      return filed;
    },
    act: async (id, action, write) => {
      const acted = await desk.act(id, action, write);
      if (acted.ok && (action.kind === 'annotate' || action.kind === 'answer')) {
        setContextKey('casebook.done.noted', true);
      }
      return acted;
    },
  };
}
