/** Watches on folders that tell nothing but what the simulation wants: the real ones are late. */

/** Takes the place of the system's watches, until it is disposed. */
export class QuietWatch implements Disposable {
  readonly #real = Deno.watchFs;
  readonly #watchers = new Set<QuietWatcher>();

  constructor() {
    Deno.watchFs = () => {
      const watcher = new QuietWatcher(() => this.#watchers.delete(watcher));
      this.#watchers.add(watcher);
      return watcher;
    };
  }

  /** Tells of a change, as the system does when it is not too busy. */
  tell(path: string): void {
    for (const watcher of this.#watchers) watcher.tell({ kind: "modify", paths: [path] });
  }

  [Symbol.dispose](): void {
    Deno.watchFs = this.#real;
  }
}

class QuietWatcher implements Deno.FsWatcher {
  readonly #onClose: () => void;
  readonly #events: Deno.FsEvent[] = [];
  #isClosed = false;
  #news = Promise.withResolvers<void>();

  constructor(onClose: () => void) {
    this.#onClose = onClose;
  }

  tell(event: Deno.FsEvent): void {
    this.#events.push(event);
    this.#news.resolve();
  }

  close(): void {
    this.#isClosed = true;
    this.#onClose();
    this.#news.resolve();
  }

  async *[Symbol.asyncIterator](): AsyncIterableIterator<Deno.FsEvent> {
    while (!this.#isClosed) {
      await this.#news.promise;
      this.#news = Promise.withResolvers();
      yield* this.#events.splice(0);
    }
  }

  return(): Promise<IteratorResult<Deno.FsEvent>> {
    this.close();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
