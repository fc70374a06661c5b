import * as vscode from 'vscode';
import type { Desk } from '../desk/desk.ts';
import { setContextKey } from '../host/contextKeys.ts';
import { debounced, DisposableStore, type Disposable } from '../host/disposables.ts';
import type { Services } from '../host/services.ts';
import type { HealthModel } from './healthModel.ts';
import type { HealthNode } from './node.ts';
import { treeItemOf, withTooltip } from './treeItem.ts';

const quietMs = 100;
/** After the cases, which say what needs the user. */
const firstReadMs = 800;

/** The Service health view: the local board of incidents. */
export class HealthView implements vscode.TreeDataProvider<HealthNode>, Disposable {
  readonly #services: Services;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<HealthNode | HealthNode[] | undefined>());
  readonly #refreshSoon = this.#owned.add(debounced(quietMs, () => void this.#refresh()));
  readonly #view: vscode.TreeView<HealthNode>;
  #model: Promise<HealthModel> | undefined;
  #firstReading: Promise<unknown> | undefined;
  #desk: Desk | undefined;
  #stopHearing: (() => void) | undefined;
  /** Whether VS Code has asked for the tree; before that there is nothing to show again. */
  #shown = false;
  #disposed = false;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
    setContextKey('casebook.health', 'loading');
    this.#view = this.#owned.add(
      vscode.window.createTreeView('casebook.health', { treeDataProvider: this, showCollapseAll: true }),
    );
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration('casebook')) this.#refreshSoon();
      }),
    );
    this.#owned.add(services.onDidChangePolicy(() => this.#refreshSoon()));
    this.#owned.add(services.onDidChangePlace(() => this.#readAnew()));
    this.#owned.add({ dispose: () => this.#stopHearing?.() });
    const first = setTimeout(() => void this.#readFirst(), firstReadMs);
    this.#owned.add({ dispose: () => clearTimeout(first) });
  }

  /** Reads the board again. */
  refresh(): void {
    void this.#refresh();
  }

  getTreeItem(node: HealthNode): vscode.TreeItem {
    return treeItemOf(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: HealthNode): vscode.TreeItem {
    return withTooltip(item, node);
  }

  getParent(node: HealthNode): HealthNode | undefined {
    return node.kind === 'incident' || node.kind === 'post' ? node.parent : undefined;
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

  #loadModel(): Promise<HealthModel> {
    this.#model ??= import('./models.ts').then(({ HealthModel: Model }) => new Model(this.#services));
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

  async #refresh(): Promise<void> {
    if (this.#disposed) return;
    try {
      const model = await this.#loadModel();
      const changes = await model.refresh();
      await this.#listen();
      const strings = await this.#services.strings();
      // A reading of the desk that was left in the meantime is shown to nobody.
      if (model !== (await this.#model)) return;
      const description = this.#services.practice.on() ? strings.t('practice.label') : '';
      if ((this.#view.description ?? '') !== description) this.#view.description = description;
      if (this.#shown && changes?.length !== 0) this.#changed.fire(changes && [...changes]);
      setContextKey('casebook.health', model.state.empty ? 'empty' : 'some');
      setContextKey('casebook.hasIncidents', model.state.incidents > 0);
    } catch (error) {
      this.#services.log.error('health.refresh', error);
      setContextKey('casebook.health', 'some');
    }
  }

  async #listen(): Promise<void> {
    const opened = await this.#services.desk();
    const desk = opened.ok ? opened.value : undefined;
    if (this.#disposed || desk === this.#desk) return;
    this.#stopHearing?.();
    this.#desk = desk;
    this.#stopHearing = desk?.onDidChange(change => {
      if (change.incidents === true || change.cases === undefined) this.#refreshSoon();
    });
  }
}

/** Opens the Service health view. Nothing is read before the editor had time to start. */
export function createHealthView(services: Services): HealthView {
  return new HealthView(services);
}
