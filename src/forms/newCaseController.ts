import type { Draft, DraftContent, PickedFile } from '../desk/drafts.ts';
import type { Desk, DeskMember } from '../desk/desk.ts';
import type { Incident } from '../desk/health.ts';
import { openIssues, type OpenIssue } from '../desk/openIssues.ts';
import { debounced, DisposableStore, every, type Disposable } from '../host/disposables.ts';
import type { Settings } from '../host/settingsSchema.ts';
import { Channel } from '../protocol/channel.ts';
import {
  newCaseHost,
  newCaseLabels,
  newCasePage,
  type Caret,
  type Fill,
  type HintId,
  type NewCaseStart,
  type ProblemView,
} from '../protocol/newCase.ts';
import type { PastedContent, SavedView } from '../protocol/parts.ts';
import type { Strings } from '../strings/strings.ts';
import { advise, type Advice } from './advice.ts';
import { applyChanges, isBlank } from './draftContent.ts';
import { DraftWriter, type DraftState } from './draftWriter.ts';
import { fileCase, type GivenUp, type Outcome } from './fileCase.ts';
import { filledOf, presentNewCase, presentProblems, withHint } from './newCaseView.ts';
import type { PhoneReader } from './phone.ts';
import type { NewCasePorts } from './ports.ts';
import { deskErrorText, draftErrorText, labelTable } from './sentences.ts';
import { titlePart } from './tabTitle.ts';
import { showClock } from './times.ts';
import type { Reader } from './targetView.ts';

const tickMs = 30_000;
/** The store tells of our own writes too: look when typing pauses. */
const lookMs = 400;

/** What the page is made from; read when it starts and again when it changes. */
interface Ground {
  readonly strings: Strings;
  readonly settings: Settings;
  readonly open: readonly OpenIssue[];
  /** Why the desk cannot be used, in words. */
  readonly deskProblem: string | undefined;
  /** The desks it can be filed at, where there are several. */
  readonly desks: readonly DeskMember[];
}

/** The host side of one New case page: keeps the draft, advises while it is written, files it. */
export class NewCaseController implements Disposable {
  readonly #ports: NewCasePorts;
  readonly #writer: DraftWriter;
  readonly #channel: Channel<typeof newCaseHost, typeof newCasePage>;
  readonly #owned = new DisposableStore();
  readonly #fileProblems = new Map<string, string>();
  #ground: Ground | undefined;
  #shown = '';
  #told = '';
  #tried = false;
  #filing = false;
  #ended = false;
  #readPhone: PhoneReader | undefined;
  /** Ends the wait for the desk while a case is being filed. */
  #giveUp: (() => void) | undefined;
  #pageProblem: ProblemView | undefined;
  #caret: Caret | undefined;
  #watched: Desk | undefined;

  constructor(ports: NewCasePorts, draft: Draft, created?: Promise<unknown>) {
    this.#ports = ports;
    this.#writer = this.#owned.add(new DraftWriter(ports.drafts, draft, state => this.#onDraftState(state), created));
    const wire = {
      session: crypto.randomUUID(),
      post: (message: unknown) => ports.post(message),
      failed: (name: string, error: unknown) => ports.log.error(`newCase.${name}`, error),
    };
    const asks = { start: () => this.start(), file: () => this.#file() };
    const tells = {
      fill: (fill: Fill) => this.#fill(fill),
      pickFiles: ({ from }: { from: 'disk' | 'editor' }) => this.#add(this.#ports.pickFiles(from)),
      addContent: (content: PastedContent) => this.#add(this.#ports.keepContent(content)),
      addAddresses: ({ uris }: { uris: string[] }) => this.#add(this.#ports.takeAddresses(uris)),
      takeHint: ({ hint }: { hint: HintId }) => this.#takeHint(hint),
      cancel: () => this.#giveUp?.(),
      removeFile: ({ id }: { id: string }) => this.#removeFile(id),
      removePlace: ({ index }: { index: number }) => this.#removePlace(index),
      discard: () => this.#discard(),
      showOther: () => this.#showOther(),
      keepMine: () => this.#keepMine(),
      openSettings: () => ports.openSettings(),
      why: async () => {
        // The draft on disk is what is explained.
        await this.#writer.flush();
        ports.explain(this.#writer.id);
      },
    };
    this.#channel = new Channel(newCaseHost, newCasePage, { asks, tells }, wire);
    const look = this.#owned.add(debounced(lookMs, () => void this.#writer.look()));
    this.#owned.add({ dispose: ports.drafts.onDidChange(look) });
    this.#owned.add(every(tickMs, () => this.#show()));
    this.#owned.add({ dispose: () => this.#channel.close() });
  }

  /** The draft on the page now; "keep mine as a new draft" changes it. */
  get draftId(): string {
    return this.#writer.id;
  }

  receive(message: unknown): Promise<void> {
    return this.#channel.receive(message);
  }

  /** Settings changed: reads them again and shows what follows. */
  async refresh(): Promise<void> {
    if (!this.#ground) return;
    await this.#read();
    this.#show();
  }

  /** Everything typed is on disk when this resolves. */
  async flush(): Promise<void> {
    await this.#writer.flush();
  }

  /** The person closed the page: a draft in which nothing was ever written is not left behind. */
  async closed(): Promise<void> {
    this.dispose();
    await this.#writer.flush();
    // Closing a page never drops a text: what no draft holds becomes one.
    if (!this.#ended && this.#writer.inDoubt) await this.#writer.keepAsNew();
    if (this.#ended || !isBlank(this.#writer.content)) return;
    const onDisk = await this.#ports.drafts.read(this.#writer.id);
    if (onDisk.ok && isBlank(onDisk.value.content)) await this.#ports.drafts.discard(this.#writer.id);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #read(): Promise<Ground> {
    const [strings, settings, desk] = await Promise.all([
      this.#ports.strings(),
      this.#ports.settings(),
      this.#ports.desk(),
    ]);
    let board: readonly Incident[] = [];
    let deskProblem = desk.ok ? undefined : deskErrorText(strings, desk.error);
    if (desk.ok) {
      this.#watch(desk.value);
      const found = await desk.value.incidents();
      if (found.ok) board = found.value;
      else deskProblem = deskErrorText(strings, found.error);
    }
    const desks = (desk.ok ? desk.value.members?.() : undefined) ?? [];
    const open = openIssues(board, await this.#ports.healthReadings());
    this.#ground = { strings, settings, open, deskProblem, desks };
    return this.#ground;
  }

  #watch(desk: Desk): void {
    if (this.#watched === desk) return;
    this.#watched = desk;
    const dispose = desk.onDidChange(change => {
      if (change.incidents || !change.cases) void this.refresh();
    });
    this.#owned.add({ dispose });
  }

  /** What the page shows first: put into its document, and told again when it asks. */
  async start(): Promise<NewCaseStart> {
    const ground = await this.#read();
    const { strings } = ground;
    const advice = this.#advise(ground);
    const view = this.#view(ground, advice);
    this.#shown = JSON.stringify(view);
    this.#setTitle(strings);
    return {
      id: this.#writer.id,
      labels: labelTable(strings, newCaseLabels),
      filled: filledOf(this.#writer.content, advice),
      view,
      saved: this.#savedView(strings),
      singleKeys: ground.settings.singleKeys,
      ...(this.#caret ? { caret: this.#caret } : {}),
    };
  }

  #advise({ settings, open }: Ground, content = this.#writer.content): Advice {
    if (content.details?.phone && !this.#readPhone) void this.#loadPhoneReader();
    return advise(content, settings, open, this.#ports.now(), this.#readPhone);
  }

  async #loadPhoneReader(): Promise<void> {
    if (this.#readPhone) return;
    this.#readPhone = await this.#ports.phoneReader();
    this.#show();
  }

  #view({ strings, settings, deskProblem, desks }: Ground, advice: Advice) {
    const problems = this.#tried ? presentProblems(advice.problems, strings) : [];
    const pageProblem = deskProblem === undefined ? this.#pageProblem : { field: 'page' as const, text: deskProblem };
    const { kind } = this.#writer.state;
    const extras = {
      settings,
      fileProblems: this.#fileProblems,
      problems: pageProblem ? [pageProblem, ...problems] : problems,
      conflict: kind === 'changed' || kind === 'gone' ? kind : undefined,
      desks,
    };
    return presentNewCase(this.#writer.content, advice, extras, this.#reader(strings));
  }

  #reader(strings: Strings): Reader {
    return { strings, zone: this.#ports.zone, now: this.#ports.now() };
  }

  /** Tells the page what changed; what it shows already is not sent again. */
  #show(): void {
    if (!this.#ground || this.#ended) return;
    const view = this.#view(this.#ground, this.#advise(this.#ground));
    const text = JSON.stringify(view);
    if (text === this.#shown) return;
    this.#shown = text;
    this.#channel.tell('view', view);
  }

  #replace(): void {
    if (!this.#ground) return;
    const filled = filledOf(this.#writer.content, this.#advise(this.#ground));
    this.#channel.tell('replace', { id: this.#writer.id, filled });
    this.#show();
  }

  #savedView(strings: Strings): SavedView {
    const { state } = this.#writer;
    if (state.kind === 'failed') return { failed: true, text: draftErrorText(strings, state.error) };
    if (state.kind === 'changed') return { failed: true, text: strings.t('error.draft.conflict') };
    if (state.kind === 'gone') return { failed: true, text: strings.t('error.draft.notFound') };
    if (state.kind === 'saving' || isBlank(this.#writer.content)) {
      return { failed: false, text: strings.t('page.notYetSaved') };
    }
    const time = showClock(state.at, this.#ports.zone, strings.language);
    return { failed: false, text: strings.t('page.saved', { time }) };
  }

  #onDraftState(state: DraftState): void {
    // "Saving" lasts a few milliseconds: telling it would only make the line flicker and a screen reader talk.
    if (!this.#ground || state.kind === 'saving' || this.#ended) return;
    const saved = this.#savedView(this.#ground.strings);
    const text = JSON.stringify(saved);
    if (text !== this.#told) this.#channel.tell('saved', saved);
    this.#told = text;
    this.#setTitle(this.#ground.strings);
    if (state.kind !== 'saved') this.#show();
  }

  #setTitle(strings: Strings): void {
    const title = titlePart(this.#writer.content.title, strings);
    const name = title === '' ? strings.t('page.new.heading') : strings.t('page.new.tab', { title });
    this.#ports.setTitle(this.#writer.state.kind === 'failed' ? `● ${name}` : name);
  }

  #set(content: DraftContent): void {
    this.#pageProblem = undefined;
    this.#writer.set(content);
    this.#show();
  }

  #fill({ changes, caret }: Fill): void {
    if (this.#ended || !this.#ground) return;
    this.#caret = caret ?? this.#caret;
    const before = this.#writer.content;
    const { incidents, healthConfirmed } = this.#advise(this.#ground);
    const content = applyChanges(before, changes, incidents);
    this.#set(content);
    const confirmed = this.#advise(this.#ground).healthConfirmed !== (changes.health ?? healthConfirmed);
    if (content.category !== (changes.category ?? before.category) || confirmed) this.#replaceChoices();
  }

  /** What was filled in changed what the page holds: its category, or whether all that goes on was read. */
  #replaceChoices(): void {
    if (!this.#ground) return;
    const { category, health } = filledOf(this.#writer.content, this.#advise(this.#ground));
    this.#channel.tell('choose', { category, health });
  }

  #takeHint(hint: HintId): void {
    if (this.#ended || !this.#ground) return;
    const { strings } = this.#ground;
    const content = withHint(this.#writer.content, this.#advise(this.#ground), hint, strings);
    this.#set(content);
    const { category, service, severity, health } = filledOf(content, this.#advise(this.#ground));
    this.#channel.tell('choose', { category, health, ...(hint === 'service' ? { service } : { severity }) });
  }

  async #add(coming: Promise<readonly PickedFile[]>): Promise<void> {
    const picked = await coming;
    const { content } = this.#writer;
    const added = picked.filter(({ uri }) => !content.files.some(file => file.uri === uri));
    if (added.length > 0) this.#set({ ...content, files: [...content.files, ...added] });
  }

  #removeFile(uri: string): void {
    const { content } = this.#writer;
    this.#fileProblems.delete(uri);
    this.#set({ ...content, files: content.files.filter(file => file.uri !== uri) });
  }

  #removePlace(index: number): void {
    const { content } = this.#writer;
    this.#set({ ...content, places: content.places.filter((_, place) => place !== index) });
  }

  async #discard(): Promise<void> {
    if (this.#filing || this.#ended) return;
    if (!isBlank(this.#writer.content) && !(await this.#ports.confirmDiscard())) return;
    this.#ended = true;
    await this.#writer.flush();
    const { kind } = this.#writer.state;
    // Where the windows disagree, only this one's text is given up: the other is not this page's to delete.
    if (kind === 'changed' || kind === 'gone') await this.#writer.dropDoubt();
    else await this.#ports.drafts.discard(this.#writer.id);
    this.#ports.closePage();
  }

  async #showOther(): Promise<void> {
    await this.#writer.takeOther();
    this.#replace();
  }

  async #keepMine(): Promise<void> {
    await this.#writer.keepAsNew();
    this.#replace();
  }

  async #file(): Promise<{ filed: boolean }> {
    if (this.#filing || this.#ended) return { filed: false };
    this.#filing = true;
    try {
      const ground = await this.#read();
      this.#tried = true;
      this.#pageProblem = undefined;
      this.#fileProblems.clear();
      const content = this.#writer.content;
      if (content.details?.phone) await this.#loadPhoneReader();
      const advice = this.#advise(ground, content);
      if (advice.problems.length > 0 || ground.deskProblem !== undefined) return { filed: false };
      if (!(await this.#writer.flush())) return this.#refuse(ground.strings.t('page.new.problem.saveFirst'));
      const outcome = await this.#tryFile(content, advice.incidents, ground.strings);
      if (outcome.kind === 'givenUp') return this.#refuse(ground.strings.t('page.new.gaveUp'));
      if (outcome.kind === 'filed' || outcome.kind === 'kept') return await this.#end(outcome);
      if (outcome.kind === 'files') for (const [uri, text] of outcome.problems) this.#fileProblems.set(uri, text);
      if (outcome.kind === 'refused') this.#pageProblem = { field: 'page', text: outcome.text };
      return { filed: false };
    } finally {
      this.#filing = false;
      this.#show();
    }
  }

  /**
   * Files until the person gives up waiting. What was not sent by then is not sent any more; what was may arrive all the
   * same, and its case opens when it does: the draft's key lets it be filed once only.
   */
  async #tryFile(content: DraftContent, shown: readonly OpenIssue[], strings: Strings): Promise<Outcome | GivenUp> {
    const waiting = new AbortController();
    const filing = fileCase(this.#ports, content, { key: this.#writer.key, signal: waiting.signal, shown }, strings);
    const givenUp = new Promise<GivenUp>(resolve => {
      this.#giveUp = () => {
        waiting.abort();
        resolve({ kind: 'givenUp' });
      };
    });
    const outcome = await Promise.race([filing, givenUp]);
    this.#giveUp = undefined;
    if (outcome.kind === 'givenUp') {
      void filing.then(late => {
        if ((late.kind === 'filed' || late.kind === 'kept') && !this.#ended) return this.#end(late);
        return undefined;
      });
    }
    return outcome;
  }

  #refuse(text: string): { filed: false } {
    this.#pageProblem = { field: 'page', text };
    return { filed: false };
  }

  /** Ends the draft of a case that was filed, or is kept to be. */
  async #end(outcome: Extract<Outcome, { kind: 'filed' | 'kept' }>): Promise<{ filed: true }> {
    this.#ended = true;
    const discarded = await this.#ports.drafts.discard(this.#writer.id);
    // Another window that just opened may have ended it, knowing that its case is there.
    if (!discarded.ok && discarded.error.code !== 'notFound')
      this.#ports.log.error('draft.discard', new Error(discarded.error.code));
    if (outcome.kind === 'filed') await this.#ports.openCase(outcome.id);
    else this.#ports.sayKept();
    this.#ports.closePage();
    return { filed: true };
  }
}
