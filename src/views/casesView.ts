import * as vscode from 'vscode';
import type { Desk } from '../desk/desk.ts';
import type { DraftStore } from '../desk/drafts.ts';
import { actionKinds } from '../desk/words.ts';
import { setContextKey } from '../host/contextKeys.ts';
import { debounced, DisposableStore, type Disposable } from '../host/disposables.ts';
import type { CasesLook, Practice, Services } from '../host/services.ts';
import type { CasesModel, Changes } from './casesModel.ts';
import { isolatedPart } from '../strings/bidi.ts';
import type { Strings } from '../strings/strings.ts';
import type { Sources } from './casesReading.ts';
import { isFiltered, parseFilter, parseLook, type Look } from './look.ts';
import type { CasesNode } from './node.ts';
import type { Standing } from './standing.ts';
import { statusText } from './statusBar.ts';
import { treeItemOf, withTooltip } from './treeItem.ts';
import { joined } from './words.ts';

export type CasesServices = Sources &
  Pick<Services, 'onDidChangePolicy' | 'onDidChangePlace'> & { readonly practice: Pick<Practice, 'on'> };

/** Where the look of the view is kept: the state of the workspace. */
export type LookMemento = Pick<vscode.Memento, 'get' | 'update'>;

const lookKey = 'casebook.look';
/** Many changes at once are one reading. */
const quietMs = 100;
/** The first reading waits until the editor has started, unless the view is looked at before. */
const firstReadMs = 500;
const longestTimer = 2_147_483_647;

/** The Cases view: tree, message, badge, status bar item and the context keys that follow from the cases. */
export class CasesView implements vscode.TreeDataProvider<CasesNode>, Disposable {
  readonly #services: CasesServices;
  readonly #memento: LookMemento;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<CasesNode | CasesNode[] | undefined>());
  readonly #refreshed = this.#owned.add(new vscode.EventEmitter<void>());
  readonly #view: vscode.TreeView<CasesNode>;
  readonly #refreshSoon = this.#owned.add(debounced(quietMs, () => void this.#refresh()));
  /** A setting can change what every row says, its tooltip too. */
  readonly #refreshAllSoon = this.#owned.add(debounced(quietMs, () => void this.#refresh(true)));
  #statusItem: vscode.StatusBarItem | undefined;
  #look: Look;
  #model: Promise<CasesModel> | undefined;
  #firstReading: Promise<unknown> | undefined;
  #desk: Desk | undefined;
  #drafts: DraftStore | undefined;
  #heard: DisposableStore | undefined;
  /** Whether VS Code has asked for the tree; before that there is nothing to show again. */
  #shown = false;
  #boundary: NodeJS.Timeout | undefined;
  #disposed = false;

  readonly onDidChangeTreeData = this.#changed.event;
  /** The user asked to read everything again; the board listens too. */
  readonly onDidRefresh = this.#refreshed.event;

  constructor(services: CasesServices, memento: LookMemento) {
    this.#services = services;
    this.#memento = memento;
    this.#look = parseLook(memento.get(lookKey));
    setContextKey('casebook.cases', 'loading');
    setContextKey('casebook.filtered', isFiltered(this.#look.filter));
    this.#view = this.#owned.add(
      vscode.window.createTreeView('casebook.cases', { treeDataProvider: this, showCollapseAll: true }),
    );
    // Times may have passed unseen; but the view shows itself first, and is told again after that.
    const retellSoon = this.#owned.add(debounced(quietMs, () => void this.#retell()));
    this.#owned.add(this.#view.onDidChangeVisibility(() => retellSoon()));
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration('casebook')) this.#refreshAllSoon();
      }),
    );
    this.#owned.add(services.onDidChangePolicy(() => this.#refreshAllSoon()));
    this.#owned.add(services.onDidChangePlace(() => this.#readAnew()));
    this.#owned.add({ dispose: () => this.#heard?.dispose() });
    const first = setTimeout(() => void this.#readFirst(), firstReadMs);
    this.#owned.add({ dispose: () => clearTimeout(first) });
    this.#owned.add({ dispose: () => clearTimeout(this.#boundary) });
  }

  readonly look: CasesLook = {
    filter: () => this.#look.filter,
    setFilter: filter => this.#setLook({ ...this.#look, filter: parseFilter(filter) }),
    grouping: () => this.#look.grouping,
    setGrouping: grouping => this.#setLook({ ...this.#look, grouping }),
    showMore: group => void this.#showMore(group),
    refresh: () => {
      this.#desk?.retry?.();
      this.#refreshed.fire();
      void this.#refresh();
    },
  };

  getTreeItem(node: CasesNode): vscode.TreeItem {
    return treeItemOf(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: CasesNode): vscode.TreeItem {
    return withTooltip(item, node);
  }

  async getChildren(node?: CasesNode): Promise<CasesNode[]> {
    await this.#readFirst();
    const model = await this.#loadModel();
    if (node === undefined) {
      this.#shown = true;
      return [...model.roots];
    }
    const children = node.kind === 'group' ? await model.children(node) : [];
    this.#scheduleRetelling(model);
    return [...children];
  }

  dispose(): void {
    this.#disposed = true;
    this.#owned.dispose();
  }

  /** The rules, the words and the reading of desks load with the model, long after activation. */
  #loadModel(): Promise<CasesModel> {
    this.#model ??= import('./models.ts').then(({ CasesModel: Model }) => new Model(this.#services, () => this.#look));
    return this.#model;
  }

  #readFirst(): Promise<unknown> {
    this.#firstReading ??= this.#loadParts().then(() => this.#refresh());
    return this.#firstReading;
  }

  /** One heavy part after another: whoever else waits for the extension host gets a turn in between. */
  async #loadParts(): Promise<void> {
    const services = this.#services;
    const parts: readonly (() => Promise<unknown>)[] = [
      () => this.#loadModel(),
      () => services.settings(),
      () => services.strings(),
      () => services.desk(),
      () => services.drafts(),
    ];
    for (const load of parts) {
      // What fails here fails again in the reading, which says so.
      await load().catch(() => undefined);
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  #setLook(look: Look): void {
    this.#look = look;
    setContextKey('casebook.filtered', isFiltered(look.filter));
    void this.#memento.update(lookKey, look);
    void this.#refresh();
  }

  async #showMore(group: string): Promise<void> {
    await this.#attempt('showMore', async model => this.#show(model, await model.showMore(group)));
  }

  async #refresh(everything = false): Promise<void> {
    await this.#attempt('refresh', async model => {
      // What changes while it is read is heard, and read after it.
      await this.#listen();
      const changes = await model.refresh();
      // A desk that could not be opened a moment ago may be there now.
      await this.#listen();
      await this.#show(model, everything ? undefined : changes);
    });
  }

  async #retell(): Promise<void> {
    // Not before something was read: a view that was never looked at has nothing to tell again.
    if (this.#firstReading === undefined) return;
    await this.#attempt('retell', model => {
      this.#fire(model.retell());
      this.#scheduleRetelling(model);
      return Promise.resolve();
    });
  }

  async #attempt(event: string, work: (model: CasesModel) => Promise<void>): Promise<void> {
    if (this.#disposed) return;
    try {
      await work(await this.#loadModel());
    } catch (error) {
      this.#services.log.error(`cases.${event}`, error);
      // An endless "loading" would hide that something failed; the log has the rest.
      setContextKey('casebook.cases', 'some');
    }
  }

  /** Another desk, or another time: nothing that was shown holds any more. */
  #readAnew(): void {
    this.#model = undefined;
    void this.#refresh(true);
  }

  /** Hears of changes by this and other windows, from the desk and the drafts in use. */
  async #listen(): Promise<void> {
    const [opened, drafts] = await Promise.all([this.#services.desk(), this.#services.drafts()]);
    const desk = opened.ok ? opened.value : undefined;
    if (this.#disposed || (desk === this.#desk && drafts === this.#drafts)) return;
    this.#heard?.dispose();
    const heard = (this.#heard = new DisposableStore());
    this.#desk = desk;
    this.#drafts = drafts;
    const stop = desk?.onDidChange(change => {
      if (change.cases !== undefined || change.incidents !== true) this.#refreshSoon();
    });
    if (stop !== undefined) heard.add({ dispose: stop });
    heard.add({ dispose: drafts.onDidChange(() => this.#refreshSoon()) });
  }

  #fire(changes: Changes): void {
    if (this.#shown && changes?.length !== 0) this.#changed.fire(changes && [...changes]);
  }

  async #show(model: CasesModel, changes: Changes): Promise<void> {
    const { state } = model;
    // A reading of the desk that was left in the meantime is shown to nobody.
    if (this.#disposed || state === undefined || model !== (await this.#model)) return;
    this.#fire(changes);
    this.#scheduleRetelling(model);

    const strings = await this.#services.strings();
    const { standing, drafts, unsent, message, empty } = state;
    if ((this.#view.message ?? '') !== (message ?? '')) this.#view.message = message ?? '';
    const practice = this.#services.practice.on() ? strings.t('practice.label') : undefined;
    const description = joined(' · ', [practice, state.nothingFound]);
    if ((this.#view.description ?? '') !== description) this.#view.description = description;
    setContextKey('casebook.cases', empty ? 'empty' : 'some');
    setContextKey('casebook.hasCases', standing.total > 0);
    setContextKey('casebook.hasDrafts', drafts > 0);
    setContextKey('casebook.hasUnsent', unsent > 0);
    for (const action of actionKinds) setContextKey(`casebook.can.${action}`, standing.possible.has(action));
    this.#showCounts(standing, strings);
  }

  #showCounts(standing: Standing, strings: Strings): void {
    const value = standing.needsYou;
    const badge =
      value > 0 ? { value, tooltip: isolatedPart(strings.plural('view.badge', value), strings) } : undefined;
    if (this.#view.badge?.tooltip !== badge?.tooltip) this.#view.badge = badge;

    const shown = statusText(standing, strings);
    if (shown === undefined) {
      this.#statusItem?.hide();
      return;
    }
    this.#statusItem ??= this.#owned.add(
      vscode.window.createStatusBarItem('casebook.cases', vscode.StatusBarAlignment.Left),
    );
    const item = this.#statusItem;
    item.name = shown.name;
    item.text = shown.text;
    item.tooltip = shown.tooltip;
    item.accessibilityInformation = { label: shown.accessibility, role: 'button' };
    item.command = 'casebook.cases.focus';
    item.show();
  }

  /** One timer for the nearest target that passes, and none while nobody looks. */
  #scheduleRetelling(model: CasesModel): void {
    clearTimeout(this.#boundary);
    const next = this.#view.visible ? model.nextChange : undefined;
    if (next === undefined) return;
    const wait = Math.min(Math.max(next - this.#services.now(), 0), longestTimer);
    this.#boundary = setTimeout(() => void this.#retell(), wait);
    this.#boundary.unref();
  }
}

/** Opens the Cases view. Nothing is read before the editor had time to start. */
export function createCasesView(services: CasesServices, memento: LookMemento): CasesView {
  return new CasesView(services, memento);
}
