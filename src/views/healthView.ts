import * as vscode from 'vscode';
import type { Desk } from '../desk/desk.ts';
import { setContextKey } from '../host/contextKeys.ts';
import { debounced, DisposableStore, type Disposable } from '../host/disposables.ts';
import { HealthMarks, markKey } from '../host/healthMarks.ts';
import type { HealthLook, HealthSources, Services } from '../host/services.ts';
import { arranged, isolatedIn, isolatedPart } from '../strings/bidi.ts';
import type { LookMemento } from './casesView.ts';
import { ofHealth } from './groups.ts';
import type { HealthGround, HealthModel } from './healthModel.ts';
import type { HealthNode } from './node.ts';
import { treeItemOf, withTooltip } from './treeItem.ts';
import { shownLine } from './words.ts';

const quietMs = 100;
/** After the cases, which say what needs the user. */
const firstReadMs = 800;
const filterKey = 'casebook.health.filter';

type HealthServices = HealthGround & Pick<Services, 'onDidChangePolicy' | 'onDidChangePlace'>;

/** The Service health view: the connected sources, and the board of incidents recorded by hand. */
export class HealthView implements vscode.TreeDataProvider<HealthNode>, Disposable {
  readonly #services: HealthServices;
  readonly #state: LookMemento;
  readonly #marks: HealthMarks;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<HealthNode | HealthNode[] | undefined>());
  readonly #refreshSoon = this.#owned.add(debounced(quietMs, () => void this.#refresh()));
  readonly #view: vscode.TreeView<HealthNode>;
  #model: Promise<HealthModel> | undefined;
  #firstReading: Promise<unknown> | undefined;
  #desk: Desk | undefined;
  #stopHearing: (() => void) | undefined;
  #sources: HealthSources | undefined;
  #stopFollowing: (() => void) | undefined;
  /** While the view is seen, its sources are read. */
  #stopLooking: (() => void) | undefined;
  /** Whether VS Code has asked for the tree; before that there is nothing to show again. */
  #shown = false;
  #disposed = false;

  readonly onDidChangeTreeData = this.#changed.event;

  /** Marks are of the person, in every window; the filter is of the workspace. */
  constructor(
    services: HealthServices,
    { workspaceState, globalState }: { readonly workspaceState: LookMemento; readonly globalState: LookMemento },
  ) {
    this.#services = services;
    this.#state = workspaceState;
    this.#marks = new HealthMarks(globalState);
    setContextKey('casebook.health', 'loading');
    this.#view = this.#owned.add(
      vscode.window.createTreeView('casebook.health', { treeDataProvider: this, showCollapseAll: true }),
    );
    this.#owned.add(this.#view.onDidChangeVisibility(() => this.#look()));
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration('casebook')) this.#refreshSoon();
      }),
    );
    this.#owned.add(services.onDidChangePolicy(() => this.#refreshSoon()));
    this.#owned.add(services.onDidChangePlace(() => this.#readAnew()));
    this.#owned.add({
      dispose: () => {
        this.#stopHearing?.();
        this.#stopFollowing?.();
        this.#stopLooking?.();
      },
    });
    const first = setTimeout(() => void this.#readFirst(), firstReadMs);
    this.#owned.add({ dispose: () => clearTimeout(first) });
  }

  readonly look: HealthLook = {
    filter: () => this.#filter(),
    setFilter: filter => {
      void this.#state.update(filterKey, filter);
      void this.#refresh();
    },
    mark: async (mark, source, id, on) => {
      await this.#marks.set(mark, markKey(source, id), on);
      await this.#refresh();
    },
  };

  /** Reads the board again, and the sources where that was not done a moment ago. */
  refresh(): void {
    void this.#sources?.refresh();
    void this.#refresh();
  }

  /** Shows more of a group, where it is one of this view. */
  showMore(group: string): boolean {
    if (!group.startsWith(ofHealth)) return false;
    void this.#attempt(model => model.showMore(group.slice(ofHealth.length)));
    return true;
  }

  getTreeItem(node: HealthNode): vscode.TreeItem {
    return treeItemOf(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: HealthNode): vscode.TreeItem {
    return withTooltip(item, node);
  }

  async getChildren(node?: HealthNode): Promise<HealthNode[]> {
    await this.#readFirst();
    const model = await this.#loadModel();
    if (node === undefined) this.#shown = true;
    return [...(node === undefined ? model.roots : model.children(node))];
  }

  dispose(): void {
    this.#disposed = true;
    this.#owned.dispose();
  }

  #filter(): string {
    const kept = this.#state.get(filterKey);
    return typeof kept === 'string' ? kept.slice(0, 200) : '';
  }

  #loadModel(): Promise<HealthModel> {
    const wanted = { marks: this.#marks, filter: () => this.#filter() };
    this.#model ??= import('./models.ts').then(({ HealthModel: Model }) => new Model(this.#services, wanted));
    return this.#model;
  }

  #readFirst(): Promise<unknown> {
    this.#firstReading ??= this.#refresh();
    return this.#firstReading;
  }

  /** Another desk, or another time: nothing that was shown holds any more. */
  #readAnew(): void {
    this.#model = undefined;
    void this.#refresh();
  }

  #refresh(): Promise<void> {
    return this.#attempt(model => model.refresh());
  }

  async #attempt(read: (model: HealthModel) => Promise<readonly HealthNode[] | undefined>): Promise<void> {
    if (this.#disposed) return;
    try {
      const model = await this.#loadModel();
      // What changes while it is read is heard, and read after it.
      await this.#listen();
      const changes = await read(model);
      // A desk that could not be opened a moment ago may be there now.
      await this.#listen();
      await this.#show(model, changes);
    } catch (error) {
      this.#services.log.error('health.refresh', error);
      setContextKey('casebook.health', 'some');
    }
  }

  async #show(model: HealthModel, changes: readonly HealthNode[] | undefined): Promise<void> {
    const strings = await this.#services.strings();
    // A reading of the desk that was left in the meantime is shown to nobody.
    if (this.#disposed || model !== (await this.#model)) return;
    const { empty, incidents, badge, only, asOf, filtered } = model.state;
    const practice = this.#services.practice.on() ? strings.t('practice.label') : undefined;
    const clock = new Intl.DateTimeFormat(strings.language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const read = asOf === undefined ? undefined : strings.t('view.health.asOf', { time: clock.format(asOf) });
    const description = arranged(' · ', [practice, only, read], strings);
    if ((this.#view.description ?? '') !== description) this.#view.description = description;
    const filter = isolatedIn(shownLine(this.#filter()), strings);
    const message = filtered ? isolatedPart(strings.t('view.filter.shown', { filter, ...filtered }), strings) : '';
    if ((this.#view.message ?? '') !== message) this.#view.message = message;
    const tooltip = isolatedPart(strings.plural('view.health.badge', badge), strings);
    const shown = badge > 0 ? { value: badge, tooltip } : undefined;
    if (this.#view.badge?.tooltip !== shown?.tooltip) this.#view.badge = shown;
    if (this.#shown && changes?.length !== 0) this.#changed.fire(changes && [...changes]);
    setContextKey('casebook.health', empty ? 'empty' : 'some');
    setContextKey('casebook.hasIncidents', incidents > 0);
    setContextKey('casebook.hasSources', (this.#sources?.all().length ?? 0) > 0);
  }

  /** Hears of what changes at the desk and the sources in use. */
  async #listen(): Promise<void> {
    const [opened, sources] = await Promise.all([this.#services.desk(), this.#services.health()]);
    if (this.#disposed) return;
    if (sources !== this.#sources) {
      this.#stopFollowing?.();
      this.#stopLooking?.();
      this.#stopLooking = undefined;
      this.#sources = sources;
      this.#stopFollowing = sources.onDidChange(() => this.#refreshSoon());
      // What is kept is known also where nobody looks: the badge rests on it.
      sources.look()();
      this.#look();
    }
    const desk = opened.ok ? opened.value : undefined;
    if (desk === this.#desk) return;
    this.#stopHearing?.();
    this.#desk = desk;
    this.#stopHearing = desk?.onDidChange(change => {
      if (change.incidents === true || change.cases === undefined) this.#refreshSoon();
    });
  }

  #look(): void {
    if (!this.#view.visible) {
      this.#stopLooking?.();
      this.#stopLooking = undefined;
    } else this.#stopLooking ??= this.#sources?.look();
  }
}
