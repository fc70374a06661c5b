import * as vscode from 'vscode';
import { loadRun } from './commands/index.ts';
import type { Desk } from './desk/desk.ts';
import { ok, type Result } from './desk/errors.ts';
import { registerPageRestore } from './forms/restore.ts';
import { registerCommands } from './host/commandMap.ts';
import { DisposableStore } from './host/disposables.ts';
import { openLog } from './host/log.ts';
import { once } from './host/once.ts';
import type { Services } from './host/services.ts';
import { createViews } from './views/index.ts';

let finish: (() => Promise<void>) | undefined;

/**
 * Builds everything and waits for nothing. What is heavy (sentences, settings, desk, drafts, pages) is behind a function
 * and loads when first asked for.
 */
export function activate(context: vscode.ExtensionContext): void {
  const owned = new DisposableStore();
  context.subscriptions.push(owned);
  const log = owned.add(openLog());
  const { extensionUri, globalStorageUri } = context;
  const now = (): number => Date.now();

  const later = () => import('./later.ts');
  const policyChanged = owned.add(new vscode.EventEmitter<void>());
  const teamPolicy = once(async () => {
    const { openTeamPolicy } = await later();
    return owned.add(await openTeamPolicy({ log, strings: () => strings(), changed: () => policyChanged.fire() }));
  });
  const readSettings: Services['settings'] = async () => {
    const own = await later();
    const policy = await teamPolicy();
    return own.withPolicy(own.readSettings(), policy.inForce() ?? {});
  };
  // Kept until they change; whoever else hears of a change asks after it is forgotten here.
  let settings = once(readSettings);
  owned.add(policyChanged.event(() => (settings = once(readSettings))));

  let strings = loadLanguage();
  owned.add(
    vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration('casebook')) settings = once(readSettings);
      if (change.affectsConfiguration('casebook.language')) strings = loadLanguage();
    }),
  );
  function loadLanguage(): Services['strings'] {
    return once(async () => {
      const { chooseLanguage, loadStrings } = await later();
      const { settings: chosen } = await settings();
      return loadStrings(chooseLanguage(chosen.language, vscode.env.language), extensionUri, log);
    });
  }

  const desk = once(openDesk, opened => opened.ok);
  async function openDesk(): Promise<Result<Desk>> {
    const { openSqliteStore, createLedgerDesk, admitByRules, userInfo } = await later();
    const opened = await openSqliteStore(globalStorageUri.fsPath, { now });
    if (!opened.ok) {
      log.info('desk', { code: opened.error.code });
      return opened;
    }
    const { store, movedAside } = opened.value;
    if (movedAside !== undefined) void tellMovedAside(movedAside);
    let { settings: standing } = await settings();
    const stand = async (): Promise<void> => void ({ settings: standing } = await settings());
    owned.add(vscode.workspace.onDidChangeConfiguration(stand));
    owned.add(policyChanged.event(stand));
    const actor = {
      get name() {
        return standing.person || userInfo().username;
      },
      roles: ['requester', 'reviewer', 'agent'] as const,
    };
    const local = createLedgerDesk({
      store,
      actor,
      admit: admitByRules(() => standing),
      now,
      id: () => crypto.randomUUID(),
    });
    owned.add({ dispose: () => local.close() });
    return ok(local);
  }
  async function tellMovedAside(name: string): Promise<void> {
    const { notify, safeText } = await later();
    await notify.warn(safeText(await strings(), 'desk.damagedMovedAside', { name }));
  }

  const drafts = once(async () => {
    const { createDraftStore, endFiledDrafts } = await later();
    const folder = vscode.Uri.joinPath(globalStorageUri, 'drafts').fsPath;
    const store = owned.add(createDraftStore(folder, { now, id: () => crypto.randomUUID() }));
    const ended = await endFiledDrafts(store, desk);
    if (ended > 0) log.info('draft.filedBefore', { ended });
    return store;
  });

  const pages = once(async () => owned.add((await import('./forms/pages.ts')).createPages(services, context)));
  let openPages: Awaited<ReturnType<typeof pages>> | undefined;
  const loadPages = async () => (openPages ??= await pages());
  finish = async () => openPages?.flush();

  const services: Services = {
    log,
    now,
    settings: () => settings(),
    onDidChangePolicy: policyChanged.event,
    strings: () => strings(),
    desk,
    drafts,
    pages: {
      newCase: async prefill => (await loadPages()).newCase(prefill),
      openDraft: async id => (await loadPages()).openDraft(id),
      openCase: async id => (await loadPages()).openCase(id),
      activeCase: () => openPages?.activeCase(),
      activeDraft: () => openPages?.activeDraft(),
    },
    get look() {
      return views.look;
    },
  };
  const views = owned.add(createViews(services, context.workspaceState));
  owned.add(registerCommands(services, loadRun));
  owned.add(registerPageRestore(loadPages));
}

/** Resolves when everything typed is on disk, so that a window can close in the middle of a word. */
export function deactivate(): Promise<void> | undefined {
  return finish?.();
}
