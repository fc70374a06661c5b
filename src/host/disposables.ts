/** Something that can be ended; VS Code's own disposables fit. */
export interface Disposable {
  dispose(): unknown;
}

/** Owns disposables; what is added after the store ended is disposed at once. */
export class DisposableStore implements Disposable {
  readonly #owned = new Set<Disposable>();
  #disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#owned.add(item);
    return item;
  }

  dispose(): void {
    this.#disposed = true;
    for (const item of this.#owned) item.dispose();
    this.#owned.clear();
  }
}

/** Runs `work` every `milliseconds` without keeping the process alive. */
export function every(milliseconds: number, work: () => void): Disposable {
  const timer = setInterval(work, milliseconds);
  timer.unref();
  return { dispose: () => clearInterval(timer) };
}

/** Runs `work` once, `milliseconds` after the last call: many calls, one run. */
export function debounced(milliseconds: number, work: () => void): Disposable & { (): void } {
  let timer: NodeJS.Timeout | undefined;
  const call = (): void => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
  return Object.assign(call, { dispose: () => clearTimeout(timer) });
}
