import * as vscode from 'vscode';
import { loadRun } from './commands/index.ts';
import { registerPageRestore } from './forms/restore.ts';
import { registerCommands } from './host/commandMap.ts';
import { setContextKey } from './host/contextKeys.ts';
import { debounced, DisposableStore } from './host/disposables.ts';
import { openLog } from './host/log.ts';
import { once } from './host/once.ts';
import type { Services } from './host/services.ts';
import { Places } from './places.ts';
import { createViews } from './views/index.ts';

/**
 * How long the editor may take, in milliseconds, until it knows the steps of the walkthrough. None is ever ticked off for what
 * was true before.
 */
const walkthroughKnownAfter = 6_000;

let finish: (() => Promise<void>) | undefined;

/**
 * Builds everything and waits for nothing. What is heavy (sentences, settings, desk, drafts, pages) is behind a function
 * and loads when first asked for.
 */
export function activate(context: vscode.ExtensionContext): void {
  const owned = new DisposableStore();
  context.subscriptions.push(owned);
  const log = owned.add(openLog());
  const { extensionUri } = context;

  const later = () => import('./later.ts');
  const policyChanged = owned.add(new vscode.EventEmitter<void>());
  const teamPolicy = once(async () => {
    const { openTeamPolicy } = await later();
    const opened = await openTeamPolicy({ log, strings: () => strings(), changed: () => policyChanged.fire() });
    const mark = (): void => setContextKey('casebook.hasPolicy', opened.inForce() !== undefined);
    const begin = (): void => {
      mark();
      owned.add(policyChanged.event(mark));
    };
    owned.add(debounced(walkthroughKnownAfter, begin))();
    return owned.add(opened);
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
      const { brotliDecompressSync, chooseLanguage, loadStrings } = await later();
      const { settings: chosen } = await settings();
      return loadStrings(chooseLanguage(chosen.language, vscode.env.language), {
        extensionUri,
        log,
        brotliDecompressSync,
      });
    });
  }

  const places = owned.add(new Places({ context, services: () => services }));
  const loadPages = async () => places.current.pages();
  finish = async () => places.current.openPages()?.flush();

  const services: Services = {
    log,
    practice: places.practice,
    onDidChangePlace: places.onDidChange,
    now: () => places.current.now(),
    settings: () => settings(),
    onDidChangePolicy: policyChanged.event,
    strings: () => strings(),
    desk: () => places.current.desk(),
    drafts: () => places.current.drafts(),
    outbox: () => places.outbox(),
    connections: () => places.teams(),
    health: () => places.health(),
    healthConnections: () => places.healthConnections(),
    healthPublishing: () => places.shared(),
    suggestedDesk: () => places.suggestedDesk(),
    pages: {
      newCase: async prefill => (await loadPages()).newCase(prefill),
      openDraft: async id => (await loadPages()).openDraft(id),
      openCase: async (id, at) => (await loadPages()).openCase(id, at),
      showNote: async id => places.current.openPages()?.showNote(id),
      openIssue: async of => (await loadPages()).openIssue(of),
      keepFile: async content => (await loadPages()).keepFile(content),
      activeCase: () => places.current.openPages()?.activeCase(),
      activeDraft: () => places.current.openPages()?.activeDraft(),
    },
    get look() {
      return views.look;
    },
    get healthLook() {
      return views.healthLook;
    },
  };
  const views = owned.add(createViews(services, context));
  owned.add(registerCommands(services, loadRun));
  owned.add(registerPageRestore(loadPages));
}

/** Resolves when everything typed is on disk, so that a window can close in the middle of a word. */
export function deactivate(): Promise<void> | undefined {
  return finish?.();
}
