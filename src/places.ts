import * as vscode from 'vscode';
import type { Desk } from './desk/desk.ts';
import { fail, ok, type Result } from './desk/errors.ts';
import type { Outbox } from './desk/outbox.ts';
import { setContextKey } from './host/contextKeys.ts';
import { DisposableStore, type Disposable } from './host/disposables.ts';
import { once } from './host/once.ts';
import { PracticeMode, type Memento } from './host/practiceMode.ts';
import type { HealthSources, Practice, Services } from './host/services.ts';
import type { Instant } from './rules/decision.ts';
import { createWorkplace, type Workplace } from './workplace.ts';

export interface PlacesOptions {
  /** What the editor gives the extension. */
  readonly context: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri' | 'secrets'> & {
    readonly globalState: Memento;
    readonly workspaceState: Memento;
  };
  readonly services: () => Services;
}

/**
 * The two places a window can work at: the person's own desk and the practice desk, one at a time. Changing between them
 * saves and closes the pages of the one that is left, and tells the views.
 */
export class Places implements Disposable {
  readonly #options: PlacesOptions;
  readonly #mode: PracticeMode;
  readonly #own: Workplace;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<void>());
  #practice: Workplace | undefined;
  #sign: Disposable | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #ownId: string | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(options: PlacesOptions) {
    this.#options = options;
    const now = (): number => Date.now();
    const { context, services } = options;
    const { extensionUri, globalStorageUri: folder } = context;
    this.#mode = new PracticeMode(context.workspaceState, now);
    const join = (local: () => Promise<Result<Desk>>): Promise<Result<Desk>> => this.#join(local);
    this.#own = createWorkplace({ folder, extensionUri, services, now, practice: false, join });
    if (!this.#mode.on) return;
    this.#practice = this.#createPractice();
    void this.#showSign();
  }

  /** Where the window works now. */
  get current(): Workplace {
    return this.#practice ?? this.#own;
  }

  readonly practice: Practice = {
    on: () => this.#practice !== undefined,
    open: () => this.#inTurn(() => this.#open()),
    leave: () => this.#inTurn(() => this.#leave()),
    anew: () => this.#inTurn(() => this.#anew()),
    setClock: async at => {
      await this.#mode.setNow(at);
      this.#changed.fire();
      await this.#practice?.openPages()?.refresh();
    },
  };

  dispose(): void {
    this.#owned.dispose();
    for (const one of [this.#sign, this.#practice, this.#own]) one?.dispose();
  }

  /** The desks the user has connected; they load with the first one. */
  readonly teams = once(async () => {
    const { TeamDesks } = await import('./teamDesks.ts');
    const { secrets, globalState: state, globalStorageUri: folder } = this.#options.context;
    return this.#owned.add(new TeamDesks({ secrets, state, folder, services: this.#options.services }));
  });
  #joined = false;

  async #join(local: () => Promise<Result<Desk>>): Promise<Result<Desk>> {
    const { settings } = await this.#options.services().settings();
    const connected = settings.connections.length > 0;
    setContextKey('casebook.connected', connected);
    // Once loaded they are told that the last one went, too.
    if (!connected && !this.#joined) return local();
    this.#joined = true;
    return (await this.teams()).join(local);
  }

  /** What waits to be sent to the connected desks; nothing without one, or where nothing is real. */
  async outbox(): Promise<Outbox | undefined> {
    if (this.#practice !== undefined) return undefined;
    await this.#own.desk();
    return this.#joined ? (await this.teams()).outbox() : undefined;
  }

  /** The origin of a desk that the team suggests and the user has neither connected nor declined. */
  async suggestedDesk(): Promise<string | undefined> {
    const { settings } = await this.#options.services().settings();
    return settings.suggestedDesk === '' ? undefined : (await this.teams()).suggested(settings.suggestedDesk);
  }

  /** By which this window knows its own marks. Made when first needed: it loads much, and activation must stay light. */
  get #id(): string {
    return (this.#ownId ??= crypto.randomUUID());
  }

  /** What connects sources of health; they load with the first one. */
  readonly healthConnections = once(async () => {
    const { connectHealth } = await import('./connectHealth.ts');
    const { context, services } = this.#options;
    return connectHealth(context, services, this.#owned);
  });

  /** None where none is connected, or nothing is real. */
  async health(): Promise<HealthSources> {
    const { settings } = await this.#options.services().settings();
    if (this.#practice !== undefined) return noHealth;
    const own = settings.healthSources.length === 0 ? noHealth : await this.healthConnections();
    // Where no key is approved, nobody is believed.
    return Object.keys(settings.healthKeys).length === 0 ? own : (await this.shared()).beside(own);
  }

  /** What reads and publishes snapshots; it loads where keys are approved, or one is to be made. */
  readonly shared = once(async () => {
    const { shareHealth } = await import('./shareHealth.ts');
    const { context, services } = this.#options;
    return shareHealth(context.secrets, services, this.#owned);
  });

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  get #folder(): vscode.Uri {
    return vscode.Uri.joinPath(this.#options.context.globalStorageUri, 'practice');
  }

  #createPractice(): Workplace {
    const { context, services } = this.#options;
    const { extensionUri } = context;
    const prepare = () => this.#fill(false);
    return createWorkplace({
      folder: this.#folder,
      extensionUri,
      services,
      now: this.#mode.now,
      practice: true,
      prepare,
    });
  }

  /** Makes the sample cases where there are none, or others in their place. */
  async #fill(anew: boolean): Promise<Result<void>> {
    const { makePractice, markAnew } = await import('./practiceDesk.ts');
    const { fsPath } = this.#folder;
    const made = await makePractice(fsPath, this.#options.services(), anew);
    if (!made.ok) return made;
    if (made.value === undefined) return ok(undefined);
    await this.#mode.setNow(made.value);
    if (anew) await markAnew(fsPath, this.#id, made.value).catch((error: unknown) => this.#failed(error));
    return ok(undefined);
  }

  async #open(): Promise<Result<void>> {
    if (this.#practice !== undefined) return ok(undefined);
    const practice = this.#createPractice();
    const opened = await practice.desk();
    if (!opened.ok) {
      practice.dispose();
      return opened;
    }
    await this.#own.closePages();
    await closeTabs();
    await this.#mode.set(true);
    this.#practice = practice;
    this.#changed.fire();
    await this.#showSign();
    return ok(undefined);
  }

  async #leave(): Promise<void> {
    const left = this.#practice;
    if (left === undefined) return;
    await left.closePages();
    await closeTabs();
    await this.#mode.set(false);
    this.#practice = undefined;
    this.#sign?.dispose();
    this.#sign = undefined;
    this.#changed.fire();
    left.dispose();
  }

  #anew(): Promise<Result<void>> {
    // Closed before its folder goes; what fails leaves the desk as it was, opened again.
    return this.#again(() => this.#fill(true));
  }

  /** Another window has put fresh samples in the place of what this one works on. */
  async #follow(begins: Instant): Promise<void> {
    await this.#again(async () => {
      await this.#mode.setNow(begins);
      return ok(undefined);
    });
  }

  /** Closes the practice desk and opens the one that is there after `change`. */
  async #again(change: () => Promise<Result<void>>): Promise<Result<void>> {
    const left = this.#practice;
    if (left === undefined) return ok(undefined);
    await left.closePages();
    await closeTabs();
    left.dispose();
    const changed = await change();
    this.#practice = this.#createPractice();
    this.#changed.fire();
    return changed;
  }

  #failed(error: unknown): void {
    this.#options.services().log.error('practice.anew', error);
  }

  async #showSign(): Promise<void> {
    const { createPracticeSign, watchAnew } = await import('./practiceDesk.ts');
    this.#sign?.dispose();
    this.#sign = undefined;
    if (this.#practice === undefined) return;
    const sign = new DisposableStore();
    sign.add(createPracticeSign(this.#options.services()));
    const failed = (error: unknown): void => this.#failed(error);
    const follow = (begins: Instant): void => void this.#inTurn(() => this.#follow(begins)).catch(failed);
    sign.add(watchAnew(this.#folder.fsPath, this.#id, follow, failed));
    this.#sign = sign;
  }
}

const nothing = (): void => undefined;
const noHealth: HealthSources = {
  all: () => [],
  onDidChange: () => nothing,
  look: () => nothing,
  refresh: () => Promise.resolve(),
  issue: () => Promise.resolve(fail({ code: 'noService' })),
  link: () => undefined,
};

/** Closes the tabs that a reload brought back and nobody has looked at since: their pages are not there yet. */
async function closeTabs(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
  const ours = tabs.filter(
    ({ input }) =>
      input instanceof vscode.TabInputWebview && /\bcasebook\.(case|newCase|incident)$/.test(input.viewType),
  );
  await vscode.window.tabGroups.close(ours);
}
