import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Draft, DraftContent, DraftStore, PickedFile } from '../desk/drafts.ts';
import { executeCommand } from '../host/commandMap.ts';
import { DisposableStore, type Disposable } from '../host/disposables.ts';
import type { CommandId } from '../host/ids.ts';
import { notify } from '../host/notify.ts';
import type { Package } from '../host/packed.ts';
import { safeText } from '../host/safeText.ts';
import type { IssuePlace, Pages, Services } from '../host/services.ts';
import type { CaseCommand } from '../protocol/case.ts';
import { Subject } from '../protocol/incident.ts';
import type { PastedContent } from '../protocol/parts.ts';
import { CaseController } from './caseController.ts';
import { startingContent } from './draftContent.ts';
import { rescueDoubt } from './draftWriter.ts';
import { measureFile, openPlace, pickFiles, pickOpenFiles, readFile, takeAddresses } from './files.ts';
import { keepContent, sweepContent } from './pasted.ts';
import { IncidentController } from './incidentController.ts';
import { subjectKey } from './incidentView.ts';
import { NewCaseController } from './newCaseController.ts';
import { loadBundles, type PageName } from './pageBundle.ts';
import { Panel, type PageController } from './panel.ts';
import type { CasePorts, IncidentPorts, NewCasePorts, PagePorts } from './ports.ts';
import type { Restorer } from './restore.ts';

const commandOf = {
  requestInformation: 'casebook.recordInformationRequest',
  recordFirstResponse: 'casebook.recordFirstResponse',
  recordVendorNumber: 'casebook.recordVendorNumber',
  changeSeverity: 'casebook.changeSeverity',
  resolve: 'casebook.recordResolved',
  close: 'casebook.closeCase',
  reopen: 'casebook.reopenCase',
  why: 'casebook.why',
  copyAsMarkdown: 'casebook.copyAsMarkdown',
  exportTimeline: 'casebook.exportTimeline',
  copyHandOff: 'casebook.copyHandOff',
} as const satisfies Record<CaseCommand, CommandId>;

const restoreTries = 5;
const restorePauseMs = 200;

/** All a page keeps in the editor's own state: an id, or what it is about as JSON. */
const PageState = z.object({ id: z.uuid() });
const IncidentState = z.object({ id: z.string().check(z.maxLength(1_000)) });

type Create = ReturnType<DraftStore['begin']>['create'];

interface Open<Controller extends PageController> {
  readonly panel: Panel;
  readonly controller: Controller & { refresh(): unknown };
}

/** Where the pages are at home. */
export interface Place {
  readonly installed: Package;
  /** The folder of the desk: its own, or that of the practice desk. */
  readonly storage: vscode.Uri;
  readonly practice: boolean;
}

/** The pages in editor tabs: one for each draft and each case, opened once and shown again after that. */
class OpenPages implements Pages, Restorer, Disposable {
  readonly #services: Services;
  readonly #installed: Package;
  /** Where pasted content is kept until it is filed. */
  readonly #kept: vscode.Uri;
  readonly #practice: boolean;
  #ended = false;
  readonly #owned = new DisposableStore();
  readonly #drafts = new Set<Open<NewCaseController>>();
  readonly #cases = new Set<Open<CaseController>>();
  readonly #incidents = new Set<Open<IncidentController>>();
  // Two requests for one page at once open it once.
  readonly #opening = new Map<string, Promise<void>>();

  constructor(services: Services, { installed, storage, practice }: Place) {
    this.#services = services;
    this.#installed = installed;
    this.#kept = vscode.Uri.joinPath(storage, 'pasted');
    this.#practice = practice;
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration(change => {
        if (!change.affectsConfiguration('casebook')) return;
        void this.#refresh(change.affectsConfiguration('casebook.language'));
      }),
    );
    this.#owned.add(services.onDidChangePolicy(() => void this.#refresh(false)));
    const { log } = services;
    void this.#sweep().catch((error: unknown) => log.error('pasted.sweep', error));
  }

  async #sweep(): Promise<void> {
    await sweepContent(this.#kept, await this.#services.drafts(), Date.now());
  }

  async newCase(prefill: Partial<DraftContent> = {}): Promise<void> {
    const { settings } = await this.#services.settings();
    const drafts = await this.#services.drafts();
    const { draft, create } = drafts.begin(startingContent(settings, prefill));
    // A disk that is slow keeps nobody from reading the page; one that takes nothing ends it.
    const opened = await this.#openDraft(draft, undefined, create);
    const done = await (opened ? opened.created : create());
    if (!done || done.ok) return;
    opened?.panel.dispose();
    void notify.error(safeText(await this.#services.strings(), `error.draft.${done.error.code}`));
  }

  openDraft(id: string): Promise<void> {
    return this.#once(`draft ${id}`, async () => {
      const found = [...this.#drafts].find(({ controller }) => controller.draftId === id);
      if (found) {
        found.panel.reveal();
        return;
      }
      const drafts = await this.#services.drafts();
      const doubt = await rescueDoubt(drafts, id);
      if (doubt) {
        await this.#openDraft(doubt);
        return;
      }
      const draft = await drafts.read(id);
      if (draft.ok) await this.#openDraft(draft.value);
      else await notify.warn(safeText(await this.#services.strings(), `error.draft.${draft.error.code}`));
    });
  }

  openCase(id: string, at?: 'note'): Promise<void> {
    return this.#once(`case ${id}`, async () => {
      const found = this.#pageOf(id);
      if (!found) return this.#openCase(id, at);
      if (at === 'note') found.controller.focusNote(found.panel.visible);
      found.panel.reveal();
    });
  }

  #pageOf(caseId: string): Open<CaseController> | undefined {
    return [...this.#cases].find(({ controller }) => controller.caseId === caseId);
  }

  async showNote(id: string): Promise<void> {
    await this.#pageOf(id)?.controller.showNote();
  }

  openIssue(of: IssuePlace): Promise<void> {
    const key = subjectKey(of);
    return this.#once(key, async () => {
      const found = [...this.#incidents].find(({ controller }) => subjectKey(controller.subject) === key);
      if (found) found.panel.reveal();
      else await this.#openIncident(of);
    });
  }

  async keepFile(content: PastedContent): Promise<readonly PickedFile[]> {
    return keepContent(this.#kept, content, await this.#services.strings());
  }

  activeCase(): string | undefined {
    return [...this.#cases].find(({ panel }) => panel.active)?.controller.caseId;
  }

  activeDraft(): string | undefined {
    return [...this.#drafts].find(({ panel }) => panel.active)?.controller.draftId;
  }

  async restore(page: PageName, panel: vscode.WebviewPanel, raw: unknown): Promise<void> {
    const state = z.safeParse(PageState, raw);
    if (page === 'incident') {
      const subject = subjectOf(raw);
      if (subject) return this.#openIncident(subject, panel);
    } else if (page === 'case') {
      if (state.success && (await this.#mayHold(state.data.id))) return this.#openCase(state.data.id, undefined, panel);
    } else {
      const draft = state.success ? await this.#readAgain(state.data.id) : await this.#newestClosed();
      if (draft) {
        await this.#openDraft(draft, panel);
        return;
      }
    }
    // A draft that was filed or discarded meanwhile has no page any more, nor has a case of another desk.
    this.#services.log.info('page.gone', { page });
    panel.dispose();
  }

  /** Resolves when everything typed is on disk: what `deactivate` waits for. */
  async flush(): Promise<void> {
    await Promise.all([...this.#drafts, ...this.#cases].map(({ controller }) => controller.flush()));
  }

  /** Saves and closes every page, and opens none any more: the window goes on at another desk. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.flush();
    for (const { panel } of this.#all) panel.dispose();
    this.dispose();
  }

  /** Shows everything as it is now: the clock was set. */
  refresh(): Promise<void> {
    return this.#refresh(false);
  }

  dispose(): void {
    this.#owned.dispose();
    for (const { controller } of this.#all) controller.dispose();
  }

  get #all(): readonly Open<NewCaseController | CaseController | IncidentController>[] {
    return [...this.#drafts, ...this.#cases, ...this.#incidents];
  }

  /** A desk that cannot be asked says so on the page. */
  async #mayHold(caseId: string): Promise<boolean> {
    const opened = await this.#services.desk();
    const found = opened.ok ? await opened.value.get(caseId) : opened;
    return found.ok || found.error.code !== 'notFound';
  }

  /** Reads a draft after a reload, when the window before may still be writing its last words. */
  async #readAgain(id: string): Promise<Draft | undefined> {
    const drafts = await this.#services.drafts();
    const doubt = await rescueDoubt(drafts, id);
    if (doubt) return doubt;
    for (let tries = 0; tries < restoreTries; tries++) {
      const draft = await drafts.read(id);
      if (draft.ok) return draft.value;
      await new Promise(resolve => setTimeout(resolve, restorePauseMs));
    }
    return undefined;
  }

  /** The editor loses what a page told it a moment before a reload: the draft written last is the likeliest then. */
  async #newestClosed(): Promise<Draft | undefined> {
    const drafts = await (await this.#services.drafts()).list();
    const open = new Set([...this.#drafts].map(({ controller }) => controller.draftId));
    return drafts.ok
      ? drafts.value.filter(({ id }) => !open.has(id)).toSorted((a, b) => b.updatedAt - a.updatedAt)[0]
      : undefined;
  }

  #once(key: string, open: () => Promise<void>): Promise<void> {
    const opening = this.#opening.get(key) ?? open().finally(() => this.#opening.delete(key));
    this.#opening.set(key, opening);
    return opening;
  }

  async #ports(panel: Panel, label: 'page.new.pickFiles' | 'page.case.pickFiles'): Promise<PagePorts> {
    const { log } = this.#services;
    return {
      log,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      drafts: await this.#services.drafts(),
      now: () => this.#services.now(),
      strings: () => this.#services.strings(),
      settings: async () => (await this.#services.settings()).settings,
      desk: () => this.#services.desk(),
      post: message => panel.post(message),
      pickFiles: async from => {
        const strings = await this.#services.strings();
        return from === 'disk' ? pickFiles(strings, strings.t(label)) : pickOpenFiles(strings, strings.t(label));
      },
      keepContent: content => this.keepFile(content),
      takeAddresses: async uris => takeAddresses(uris, await this.#services.strings()),
      measure: measureFile,
      read: readFile,
      setTitle: title => (panel.title = title),
      closePage: () => panel.dispose(),
    };
  }

  /** `create` puts the draft on the disk; that waits until the page can be seen. */
  async #openDraft(
    draft: Draft,
    restored?: vscode.WebviewPanel,
    create?: Create,
  ): Promise<{ readonly panel: Panel; readonly created: ReturnType<Create> | undefined } | undefined> {
    const [strings, bundles] = await Promise.all([this.#services.strings(), loadBundles(this.#installed)]);
    if (this.#ended) return undefined;
    const panel = new Panel('newCase', bundles.newCase, strings, this.#practice, restored);
    const ports: NewCasePorts = {
      ...(await this.#ports(panel, 'page.new.pickFiles')),
      healthReadings: async () =>
        (await this.#services.health())
          .all()
          .flatMap(({ label, state: { reading } }) => (reading ? [{ ...reading, name: label }] : [])),
      phoneReader: async () => (await import('./phone.ts')).readPhone,
      confirmSeverityA: () => this.#confirm('page.new.confirmA'),
      confirmDiscard: () => this.#confirm('page.new.confirmDiscard'),
      openCase: id => this.openCase(id),
      sayKept: () => void this.#services.strings().then(now => notify.info(safeText(now, 'error.queued'))),
      openSettings: () => void executeCommand('casebook.openSettings'),
      explain: draftId => void executeCommand('casebook.why', { draftId }),
    };
    const created = create && panel.standing.then(create);
    const page = { panel, controller: new NewCaseController(ports, draft, created) };
    this.#drafts.add(page);
    panel.onClosed(() => {
      this.#drafts.delete(page);
      void page.controller.closed();
    });
    await panel.load(page.controller, strings);
    await panel.standing;
    await this.#look(panel, () => void page.controller.refresh());
    return { panel, created };
  }

  /** While a page is open that warns of incidents, sources of health are read, and it hears of it. */
  async #look(panel: Panel, changed: () => void): Promise<void> {
    const health = await this.#services.health();
    const ends = [health.onDidChange(changed), health.look()];
    panel.onClosed(() => ends.forEach(end => end()));
  }

  async #openCase(id: string, at: 'note' | undefined, restored?: vscode.WebviewPanel): Promise<void> {
    const [strings, bundles] = await Promise.all([this.#services.strings(), loadBundles(this.#installed)]);
    if (this.#ended) return;
    const panel = new Panel('case', bundles.case, strings, this.#practice, restored);
    const ports: CasePorts = {
      ...(await this.#ports(panel, 'page.case.pickFiles')),
      run: async command => {
        await executeCommand(commandOf[command], { caseId: id });
      },
      saveFile: async ({ sha256 }) => {
        await executeCommand('casebook.saveAttachment', { caseId: id, sha256 });
      },
      openPlace,
      openIssue: of => this.openIssue(of),
      copy: async text => vscode.env.clipboard.writeText(text),
      openAddress: async url => {
        await vscode.env.openExternal(vscode.Uri.parse(url, true));
      },
      sayPlaceOutside: () =>
        void this.#services.strings().then(now => notify.info(safeText(now, 'page.case.placeOutside'))),
    };
    const page = { panel, controller: new CaseController(ports, id) };
    if (at === 'note') page.controller.focusNote(false);
    this.#cases.add(page);
    panel.onClosed(() => {
      this.#cases.delete(page);
      page.controller.dispose();
    });
    await panel.load(page.controller, strings);
  }

  async #openIncident(subject: Subject, restored?: vscode.WebviewPanel): Promise<void> {
    const [strings, bundles] = await Promise.all([this.#services.strings(), loadBundles(this.#installed)]);
    if (this.#ended) return;
    const panel = new Panel('incident', bundles.incident, strings, this.#practice, restored);
    const ports: IncidentPorts = {
      ...(await this.#ports(panel, 'page.case.pickFiles')),
      health: () => this.#services.health(),
      run: async (command, on) => {
        await executeCommand(command, on);
      },
      newCase: prefill => this.newCase(prefill),
      open: of => this.openIssue(of),
    };
    const page = { panel, controller: new IncidentController(ports, subject) };
    this.#incidents.add(page);
    panel.onClosed(() => {
      this.#incidents.delete(page);
      page.controller.dispose();
    });
    await panel.load(page.controller, strings);
  }

  async #confirm(question: 'page.new.confirmA' | 'page.new.confirmDiscard'): Promise<boolean> {
    const strings = await this.#services.strings();
    const yes = { label: safeText(strings, `${question}Yes`), value: true };
    return (await notify.confirm(safeText(strings, question), strings.t(`${question}Detail`), yes)) === true;
  }

  async #refresh(language: boolean): Promise<void> {
    for (const { panel, controller } of this.#all) {
      if (language) await panel.load(controller, await this.#services.strings());
      else await controller.refresh();
    }
  }
}

/** What a page that a reload brings back was about. */
function subjectOf(raw: unknown): Subject | undefined {
  const state = z.safeParse(IncidentState, raw);
  try {
    return state.success ? z.parse(Subject, JSON.parse(state.data.id)) : undefined;
  } catch {
    return undefined;
  }
}

/** The pages of one desk, and what brings them back after a reload; those of the practice desk say so. */
export function createPages(
  services: Services,
  place: Place,
): Pages & Restorer & Disposable & Pick<OpenPages, 'flush' | 'end' | 'refresh'> {
  return new OpenPages(services, place);
}
