import { notesTeamOnly } from '../desk/access.ts';
import { seenBefore, type CaseAction, type CaseDetail } from '../desk/case.ts';
import type { Desk } from '../desk/desk.ts';
import type { Note, PickedFile } from '../desk/drafts.ts';
import type { DeskError } from '../desk/errors.ts';
import { cleanLine } from '../desk/text.ts';
import { noteText } from '../handoff/handOff.ts';
import { DisposableStore, every, type Disposable } from '../host/disposables.ts';
import type { Settings } from '../host/settingsSchema.ts';
import {
  caseHost,
  caseLabels,
  casePage,
  type CaseCommand,
  type CaseStart,
  type CaseView,
  type Shown,
} from '../protocol/case.ts';
import { Channel } from '../protocol/channel.ts';
import type { CopyPart } from '../protocol/handOff.ts';
import type { PastedContent } from '../protocol/parts.ts';
import { createStrings, type Strings } from '../strings/strings.ts';
import { presentCase, presentCaseTarget } from './caseView.ts';
import { uploadFiles } from './fileCase.ts';
import { Latest } from './latest.ts';
import { addressOf, copiedPart, handedOver } from './handOffView.ts';
import type { CasePorts } from './ports.ts';
import { deskErrorText, draftErrorText, labelTable } from './sentences.ts';
import { titlePart } from './tabTitle.ts';
import { showClock } from './times.ts';

const tickMs = 15_000;

interface Ground {
  readonly strings: Strings;
  readonly settings: Settings;
  readonly desk: Desk | undefined;
  readonly found: { readonly ok: true; readonly value: CaseDetail } | { readonly ok: false; readonly error: DeskError };
}

/** A write under way or in doubt: the same note sent again is the same write, so it is never added twice. */
interface Attempt {
  readonly key: string;
  readonly content: string;
}

interface Written {
  readonly as: 'note' | 'answer';
  readonly teamOnly: boolean;
  readonly revision: number;
  readonly text: string;
}

/** The host side of one Case page: shows the case as it is, keeps the unsent note, sends it. */
export class CaseController implements Disposable {
  readonly caseId: string;
  readonly #ports: CasePorts;
  readonly #channel: Channel<typeof caseHost, typeof casePage>;
  readonly #owned = new DisposableStore();
  readonly #fileProblems = new Map<string, string>();
  readonly #noteWriter = new Latest((note: Note) => this.#writeNote(note));
  readonly #refreshes = new Latest(() => this.#refresh());
  #ground: Ground | undefined;
  #note: Note | undefined;
  /** Whether the page opens with its note box focused. */
  #focusNote = false;
  #picked: readonly PickedFile[] = [];
  #problem: string | undefined;
  #attempt: Attempt | undefined;
  #sending = false;
  /** The sentences of the text to paste, where it is to be in another language than the page. */
  #pasteIn: Strings | undefined;
  #shown = '';
  #target = '';
  #watched: Desk | undefined;

  constructor(ports: CasePorts, caseId: string) {
    this.caseId = caseId;
    this.#ports = ports;
    const wire = {
      session: crypto.randomUUID(),
      post: (message: unknown) => ports.post(message),
      failed: (name: string, error: unknown) => ports.log.error(`case.${name}`, error),
    };
    const asks = {
      start: () => this.start(),
      send: (note: Written) => this.#send(note),
      recordNumber: (said: { revision: number; number: string }) => this.#recordNumber(said),
      copy: (part: CopyPart) => this.#copy(part),
      copyNote: ({ seq }: { seq: number }) => this.#copyNote(seq),
    };
    const tells = {
      write: (note: Note) => this.#write(note),
      pickFiles: () => this.#add(this.#ports.pickFiles('disk')),
      addContent: (content: PastedContent) => this.#add(this.#ports.keepContent(content)),
      addAddresses: ({ uris }: { uris: string[] }) => this.#add(this.#ports.takeAddresses(uris)),
      removeFile: ({ id }: { id: string }) => this.#removeFile(id),
      run: ({ command }: { command: CaseCommand }) => ports.run(command),
      saveFile: ({ id }: { id: string }) => this.#saveFile(id),
      openPlace: ({ index }: { index: number }) => this.#openPlace(index),
      openIncident: async ({ index }: { index: number }) => {
        const seen = this.#ground?.found.ok ? seenBefore(this.#ground.found.value)[index] : undefined;
        if (seen) await ports.openIssue(seen);
      },
      openChannel: ({ index }: { index: number }) => this.#openChannel(index),
      textLanguage: ({ english }: { english: boolean }) => {
        this.#pasteIn = english ? createStrings('en') : undefined;
        this.#show();
      },
      tryAgain: () => this.refresh(),
    };
    this.#channel = new Channel(caseHost, casePage, { asks, tells }, wire);
    this.#owned.add(every(tickMs, () => this.#tick()));
    this.#owned.add({ dispose: () => this.#channel.close() });
  }

  receive(message: unknown): Promise<void> {
    return this.#channel.receive(message);
  }

  /** The case, the settings or the language may have changed: reads all again and shows what differs. */
  refresh(): void {
    if (this.#ground) this.#refreshes.set(undefined);
  }

  /** Brings the person to the note box: on a page that is there to be seen, or on one that will be. */
  focusNote(seen: boolean): void {
    if (seen) this.#channel.tell('focusNote', {});
    else this.#focusNote = true;
  }

  /** Shows the unsent note as it is on disk: a command has changed it. */
  async showNote(): Promise<void> {
    await this.flush();
    const { text, teamOnly = false } = (this.#note = await this.#readNote());
    this.#channel.tell('note', { text, teamOnly });
  }

  async #readNote(): Promise<Note> {
    const kept = await this.#ports.drafts.readNote(this.caseId);
    return kept.ok ? kept.value : { text: '' };
  }

  /** The unsent note is on disk when this resolves. */
  flush(): Promise<void> {
    return this.#noteWriter.idle();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #read(): Promise<Ground> {
    const [strings, settings, opened] = await Promise.all([
      this.#ports.strings(),
      this.#ports.settings(),
      this.#ports.desk(),
    ]);
    if (opened.ok) this.#watch(opened.value);
    const found = opened.ok ? await opened.value.get(this.caseId) : opened;
    this.#ground = { strings, settings, found, desk: opened.ok ? opened.value : undefined };
    if (found.ok) this.#setTitle(strings, found.value);
    return this.#ground;
  }

  #watch(desk: Desk): void {
    if (this.#watched === desk) return;
    this.#watched = desk;
    const dispose = desk.onDidChange(({ cases, incidents }) => {
      if (cases ? cases.includes(this.caseId) : !incidents) this.refresh();
    });
    this.#owned.add({ dispose });
  }

  #setTitle(strings: Strings, { number, title }: CaseDetail): void {
    this.#ports.setTitle(strings.t('page.case.tab', { number, title: titlePart(title, strings) }));
  }

  /** What the page shows first: put into its document, and told again when it asks. */
  async start(): Promise<CaseStart> {
    const ground = await this.#read();
    if (this.#note === undefined) {
      const kept = await this.#readNote();
      this.#note ??= kept;
    }
    const { text, teamOnly = false } = this.#note;
    const focusNote = this.#focusNote;
    this.#focusNote = false;
    const shown = this.#view(ground);
    this.#shown = JSON.stringify(shown);
    const labels = labelTable(ground.strings, caseLabels);
    const note = { text, teamOnly };
    return { id: this.caseId, labels, shown, note, focusNote, singleKeys: ground.settings.singleKeys };
  }

  #view({ strings, settings, found, desk }: Ground): Shown {
    if (!found.ok) return { ok: false, text: deskErrorText(strings, found.error) };
    const extras = {
      ...{ picked: this.#picked, fileProblems: this.#fileProblems, problem: this.#problem },
      ...{ teamNotes: this.#teamNotes(desk), asOf: desk?.asOf?.(this.caseId), textIn: this.#pasteIn ?? strings },
    };
    return { ok: true, view: presentCase(found.value, extras, settings, this.#reader(strings)) };
  }

  #teamNotes(desk: Desk | undefined): CaseView['teamNotes'] {
    const can = desk?.capabilities({ caseId: this.caseId });
    if (can?.teamNotes !== true) return 'no';
    return notesTeamOnly(can.roles) ? 'always' : 'can';
  }

  #reader(strings: Strings) {
    return { strings, zone: this.#ports.zone, now: this.#ports.now() };
  }

  async #refresh(): Promise<void> {
    await this.#read();
    this.#show();
  }

  #show(): void {
    if (!this.#ground) return;
    const shown = this.#view(this.#ground);
    const text = JSON.stringify(shown);
    if (text === this.#shown) return;
    this.#shown = text;
    this.#channel.tell('shown', shown);
  }

  #tick(): void {
    if (!this.#ground?.found.ok) return;
    const { strings, settings, found } = this.#ground;
    const target = presentCaseTarget(found.value, settings, this.#reader(strings));
    const text = JSON.stringify(target);
    if (text !== this.#target) this.#channel.tell('target', target);
    this.#target = text;
  }

  #write(note: Note): void {
    this.#note = note;
    this.#noteWriter.set(note);
  }

  async #writeNote(note: Note): Promise<void> {
    const { text } = note;
    const title = this.#ground?.found.ok === true ? this.#ground.found.value.title : '';
    const written = await this.#ports.drafts.writeNote(this.caseId, { ...note, title });
    const strings = this.#ground?.strings;
    if (!strings) return;
    const time = showClock(this.#ports.now(), this.#ports.zone, strings.language);
    const saved = text === '' ? '' : strings.t('page.saved', { time });
    this.#channel.tell('saved', {
      failed: !written.ok,
      text: written.ok ? saved : draftErrorText(strings, written.error),
    });
  }

  async #add(coming: Promise<readonly PickedFile[]>): Promise<void> {
    const picked = await coming;
    const known = new Set(this.#picked.map(({ uri }) => uri));
    this.#picked = [...this.#picked, ...picked.filter(({ uri }) => !known.has(uri))];
    this.#show();
  }

  #removeFile(uri: string): void {
    this.#fileProblems.delete(uri);
    this.#picked = this.#picked.filter(file => file.uri !== uri);
    this.#show();
  }

  async #saveFile(id: string): Promise<void> {
    if (!this.#ground?.found.ok) return;
    const { filedFiles, timeline } = this.#ground.found.value;
    const kept = [...filedFiles, ...timeline.flatMap(event => ('files' in event ? event.files : []))];
    const file = kept.find(({ sha256 }) => sha256 === id);
    if (file) await this.#ports.saveFile(file);
  }

  async #openPlace(index: number): Promise<void> {
    const place = this.#ground?.found.ok ? this.#ground.found.value.places[index] : undefined;
    if (place && !(await this.#ports.openPlace(place))) this.#ports.sayPlaceOutside();
  }

  /** Adds the note or the answer; whatever goes wrong, text and files stay on the page and on disk. */
  async #send(written: Written): Promise<{ sent: boolean; toPaste?: number; said?: string }> {
    if (this.#sending || !this.#ground) return { sent: false };
    const teamOnly = written.teamOnly || this.#teamNotes(this.#ground.desk) === 'always';
    const note = { ...written, teamOnly };
    this.#sending = true;
    this.#problem = undefined;
    this.#fileProblems.clear();
    try {
      const { strings, desk } = this.#ground;
      const sent = desk ? await this.#trySend(desk, note, strings) : strings.t('error.failed');
      if (typeof sent === 'string') {
        this.#problem = sent;
        return { sent: false };
      }
      await this.#sent();
      if (sent === undefined) return { sent: true, said: strings.t('error.queued') };
      // Where support has the case already, it sees the note only once that is pasted.
      const toPaste = note.teamOnly || sent.vendorNumber === undefined ? undefined : sent.timeline.at(-1)?.seq;
      return toPaste === undefined ? { sent: true } : { sent: true, toPaste };
    } finally {
      this.#sending = false;
      await this.#refresh();
    }
  }

  async #recordNumber(said: { revision: number; number: string }): Promise<{ problem?: string }> {
    if (!this.#ground) return {};
    const { strings, desk } = this.#ground;
    const vendorNumber = cleanLine(said.number);
    if (vendorNumber === '') return { problem: strings.t('page.handOff.numberMissing') };
    if (!desk) return { problem: strings.t('error.failed') };
    const write = { key: crypto.randomUUID(), revision: said.revision };
    const done = await desk.act(this.caseId, { kind: 'recordVendorNumber', vendorNumber }, write);
    await this.#refresh();
    return done.ok ? {} : { problem: deskErrorText(strings, done.error) };
  }

  async #copy(part: CopyPart): Promise<{ copied: boolean }> {
    if (!this.#ground?.found.ok) return { copied: false };
    const { strings, settings, found } = this.#ground;
    const reader = this.#reader(this.#pasteIn ?? strings);
    const text = copiedPart(part, handedOver(found.value, settings, reader));
    if (text !== undefined) await this.#ports.copy(text);
    return { copied: text !== undefined };
  }

  async #copyNote(seq: number): Promise<{ copied: boolean }> {
    if (!this.#ground?.found.ok) return { copied: false };
    const { strings, found } = this.#ground;
    const event = found.value.timeline.find(one => one.seq === seq);
    if (event?.kind !== 'annotated' && event?.kind !== 'answered') return { copied: false };
    // What is only for the team is never made ready to be pasted elsewhere.
    if (event.kind === 'annotated' && event.teamOnly) return { copied: false };
    await this.#ports.copy(noteText(found.value, event, this.#pasteIn ?? strings));
    return { copied: true };
  }

  async #openChannel(index: number): Promise<void> {
    if (!this.#ground?.found.ok) return;
    const { strings, settings, found } = this.#ground;
    const channel = handedOver(found.value, settings, this.#reader(strings)).channels[index];
    const address = channel && addressOf(found.value, channel.id, settings);
    if (address !== undefined) await this.#ports.openAddress(address);
  }

  /** The case with the note in it, nothing where it is kept and will be sent, or why it was not taken. */
  async #trySend(
    desk: Desk,
    { as, teamOnly, revision, text }: Written,
    strings: Strings,
  ): Promise<CaseDetail | undefined | string> {
    if (text.trim() === '' && (as === 'answer' || this.#picked.length === 0)) return strings.t('error.field.required');
    const uploaded = await uploadFiles(this.#ports, desk, this.#picked, strings, { caseId: this.caseId });
    if (uploaded.kind === 'refused') return uploaded.text;
    if (uploaded.kind === 'files') {
      for (const [uri, problem] of uploaded.problems) this.#fileProblems.set(uri, problem);
      return [...uploaded.problems.values()].join(' ');
    }
    const files = [...uploaded.files];
    const action: CaseAction =
      as === 'answer'
        ? { kind: 'answer', text, files }
        : { kind: 'annotate', text, files, ...(teamOnly ? { teamOnly } : {}) };
    const content = JSON.stringify(action);
    this.#attempt = this.#attempt?.content === content ? this.#attempt : { key: crypto.randomUUID(), content };
    const done = await desk.act(this.caseId, action, { key: this.#attempt.key, revision });
    if (done.ok) return done.value;
    return done.error.code === 'queued' ? undefined : deskErrorText(strings, done.error);
  }

  async #sent(): Promise<void> {
    this.#attempt = undefined;
    this.#picked = [];
    this.#write({ text: '' });
    await this.#noteWriter.idle();
  }
}
