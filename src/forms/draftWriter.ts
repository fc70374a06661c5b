import type { Draft, DraftContent, DraftError, DraftStore } from '../desk/drafts.ts';
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
  readonly #changed: (state: DraftState) => void;
  readonly #latest = new Latest((content: DraftContent) => this.#write(content));
  readonly #retry = debounced(retryMs, () => this.#latest.set(this.#content));
  #draft: Draft;
  #content: DraftContent;
  #state: DraftState;

  constructor(store: DraftStore, draft: Draft, changed: (state: DraftState) => void) {
    this.#store = store;
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
    if (!this.#isHeld()) this.#latest.set(content);
  }

  /** Waits for the disk; whether the page's content is on it then. */
  async flush(): Promise<boolean> {
    if (this.#state.kind === 'failed') this.#latest.set(this.#content);
    await this.#latest.idle();
    return this.#state.kind === 'saved';
  }

  /** Looks whether another window wrote or ended the draft; the person is told before the next keystroke collides. */
  async look(): Promise<void> {
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
    this.#adopt(found.value);
    return true;
  }

  /** Makes this window's text a draft of its own. */
  async keepAsNew(): Promise<boolean> {
    const kept = this.#content;
    const created = await this.#store.create(kept);
    if (!created.ok) return false;
    const now = this.#content;
    this.#adopt(created.value);
    if (now !== kept) this.set(now);
    return true;
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
    if (this.#isHeld()) return;
    this.#become({ kind: 'saving' });
    const written = await this.#store.write(this.#draft.id, this.#draft.revision, content);
    if (written.ok) {
      this.#draft = written.value;
      this.#become({ kind: 'saved', at: written.value.updatedAt });
      return;
    }
    const { error } = written;
    if (error.code === 'conflict') this.#become({ kind: 'changed' });
    else if (error.code === 'notFound') this.#become({ kind: 'gone' });
    else {
      this.#become({ kind: 'failed', error });
      this.#retry();
    }
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
