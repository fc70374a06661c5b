const debounceMilliseconds = 30;

/** Tells listeners, at most once per moment, of own changes and of those a watcher sees. It watches only while heard. */
export class Notices {
  readonly #watch: (tell: () => void) => () => void;
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #unwatch: (() => void) | undefined;

  constructor(watch: (tell: () => void) => () => void) {
    this.#watch = watch;
  }

  readonly tell = (): void => {
    if (this.#listeners.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const listener of [...this.#listeners]) listener();
    }, debounceMilliseconds);
  };

  add(listener: () => void): () => void {
    const told = (): void => listener();
    this.#listeners.add(told);
    this.#unwatch ??= this.#watch(this.tell);
    return () => {
      this.#listeners.delete(told);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    this.#listeners.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#unwatch?.();
    this.#unwatch = undefined;
  }
}
