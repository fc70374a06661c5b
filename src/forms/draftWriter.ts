import * as z from 'zod/mini';
import { DraftContent, type Draft, type DraftError, type DraftStore } from '../desk/drafts.ts';
import { debounced, type Disposable } from '../host/disposables.ts';
import { Latest } from './latest.ts';

/** How the draft on the page stands to the one on disk. */
export type DraftState =
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'saving' }
  /** Not on disk; it is tried again until it is. */
  | { readonly kind: 'failed'; readonly error: DraftError }
  /** Another window wrote it first, or ended it; nothing more is written until the person has chosen. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'gone' };

const retryMs = 2_000;

/** Keeps one draft on disk as it is typed, and never writes over what another window wrote. */
export class DraftWriter implements Disposable {
  readonly #store: DraftStore;
  readonly #created: Promise<unknown>;
  readonly #changed: (state: DraftState) => void;
  readonly #latest = new Latest((content: DraftContent) => this.#write(content));
  // What is typed while the windows disagree is no draft yet: it waits beside the other text, so that no crash takes it.
  readonly #doubt = new Latest((content: DraftContent) => this.#keepDoubt(content));
  readonly #retry = debounced(retryMs, () => this.#latest.set(this.#content));
  #draft: Draft;
  #content: DraftContent;
  #state: DraftState;

  /** `created` settles when the draft is on disk; until then nothing is written. */
  constructor(
    store: DraftStore,
    draft: Draft,
    changed: (state: DraftState) => void,
    created: Promise<unknown> = Promise.resolve(),
  ) {
    this.#store = store;
    this.#created = created;
    this.#draft = draft;
    this.#content = draft.content;
    this.#state = { kind: 'saved', at: draft.updatedAt };
    this.#changed = changed;
  }

  get id(): string {
    return this.#draft.id;
  }
  /** The idempotency key of its filing. */
  get key(): string {
    return this.#draft.key;
  }
  get state(): DraftState {
    return this.#state;
  }
  /** What is on the page, on disk or not. */
  get content(): DraftContent {
    return this.#content;
  }

  set(content: DraftContent): void {
    this.#content = content;
    if (this.#isHeld()) this.#doubt.set(content);
    else this.#latest.set(content);
  }

  /** Waits for the disk; whether the page's content is on it then. */
  async flush(): Promise<boolean> {
    await this.#created;
    if (this.#state.kind === 'failed') this.#latest.set(this.#content);
    await this.#latest.idle();
    await this.#doubt.idle();
    return this.#state.kind === 'saved';
  }

  /** Whether something was typed that no draft holds. */
  get inDoubt(): boolean {
    return this.#isHeld() && this.#content !== this.#draft.content;
  }

  /** Looks whether another window wrote or ended the draft; the person is told before the next keystroke collides. */
  async look(): Promise<void> {
    await this.#created;
    await this.#latest.idle();
    if (this.#isHeld()) return;
    const { revision, id } = this.#draft;
    const found = await this.#store.read(id);
    // A keystroke or a choice meanwhile makes this answer an old one; writing finds out by itself.
    if (this.#draft.revision !== revision || this.#draft.id !== id || this.#isHeld()) return;
    if (found.ok && found.value.revision > revision) this.#become({ kind: 'changed' });
    if (!found.ok && found.error.code === 'notFound') this.#become({ kind: 'gone' });
  }

  /** Takes the text of the other window in place of this one's. */
  async takeOther(): Promise<boolean> {
    const found = await this.#store.read(this.id);
    if (!found.ok) {
      this.#become(found.error.code === 'notFound' ? { kind: 'gone' } : { kind: 'failed', error: found.error });
      return false;
    }
    await this.#forgetDoubt(this.id);
    this.#adopt(found.value);
    return true;
  }

  /** Makes this window's text a draft of its own. */
  async keepAsNew(): Promise<boolean> {
    const kept = this.#content;
    const created = await this.#store.create(kept);
    if (!created.ok) return false;
    await this.#forgetDoubt(this.id);
    const now = this.#content;
    this.#adopt(created.value);
    if (now !== kept) this.set(now);
    return true;
  }

  /** Gives up what was typed while the windows disagreed; the other text stays. */
  async dropDoubt(): Promise<void> {
    await this.#forgetDoubt(this.id);
    this.#content = this.#draft.content;
  }

  /** Stops writing; what waits for the disk is still written. */
  dispose(): void {
    this.#retry.dispose();
  }

  /** Whether the person has to choose first. */
  #isHeld(): boolean {
    return this.#state.kind === 'changed' || this.#state.kind === 'gone';
  }

  async #write(content: DraftContent): Promise<void> {
    await this.#created;
    if (this.#isHeld()) return;
    this.#become({ kind: 'saving' });
    const written = await this.#store.write(this.#draft.id, this.#draft.revision, content);
    if (written.ok) {
      this.#draft = written.value;
      this.#become({ kind: 'saved', at: written.value.updatedAt });
      return;
    }
    const { error } = written;
    if (error.code === 'conflict' || error.code === 'notFound') {
      this.#become({ kind: error.code === 'conflict' ? 'changed' : 'gone' });
      this.#doubt.set(this.#content);
      return;
    }
    this.#become({ kind: 'failed', error });
    this.#retry();
  }

  async #keepDoubt(content: DraftContent): Promise<void> {
    await this.#store.writeNote(this.#draft.id, { text: JSON.stringify(content) });
  }

  async #forgetDoubt(id: string): Promise<void> {
    await this.#doubt.idle();
    await this.#store.writeNote(id, { text: '' });
  }

  #adopt(draft: Draft): void {
    this.#draft = draft;
    this.#content = draft.content;
    this.#become({ kind: 'saved', at: draft.updatedAt });
  }

  #become(state: DraftState): void {
    this.#state = state;
    this.#changed(state);
  }
}

/**
 * What was typed into this draft while the windows disagreed, and was neither kept nor given up before its window went
 * away: it becomes a draft of its own.
 */
export async function rescueDoubt(store: DraftStore, id: string): Promise<Draft | undefined> {
  const kept = await store.readNote(id);
  if (!kept.ok || kept.value.text === '') return undefined;
  const content = parseContent(kept.value.text);
  const created = content && (await store.create(content));
  if (!created?.ok) return undefined;
  await store.writeNote(id, { text: '' });
  return created.value;
}

function parseContent(text: string): DraftContent | undefined {
  try {
    const parsed = z.safeParse(DraftContent, JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
