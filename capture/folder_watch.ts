/**
 * A watch on folders, as a hint: it may miss changes, so nobody may rely on it alone.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { isFolder } from "./is_folder.ts";

const PATHS_MAX = 1000;

/** Collects the JSONL files that changed below some folders. */
export class FolderWatch implements Disposable {
  readonly #paths = new Set<string>();
  #roots = "";
  #watcher: Deno.FsWatcher | undefined;
  #rescan = false;
  #news = Promise.withResolvers<void>();

  /**
   * Watches these folders from now on; nothing when there is none, or the system has no watches
   * left: then only the sweeps of the follower find what is new.
   */
  watch(roots: readonly string[]): void {
    if (this.isWatching(roots)) return;
    this.#roots = roots.join("\n");
    this.#watcher?.close();
    this.#watcher = roots.length === 0 ? undefined : openWatcher(roots);
    if (this.#watcher) this.#collect(this.#watcher);
  }

  /** Whether these are the folders that are watched. */
  isWatching(roots: readonly string[]): boolean {
    return roots.join("\n") === this.#roots;
  }

  /** The files that changed since the last call. */
  takePaths(): string[] {
    const paths = [...this.#paths];
    this.#paths.clear();
    this.#news = Promise.withResolvers();
    return paths;
  }

  /** Whether changes were missed, or folders came, so that all must be looked at. */
  takeRescan(): boolean {
    const rescan = this.#rescan;
    this.#rescan = false;
    return rescan;
  }

  /** Resolves at the next change, after `timeoutMs`, or when aborted. */
  async wait(clock: Clock, timeoutMs: number, signal: AbortSignal): Promise<void> {
    const waiting = new AbortController();
    const either = AbortSignal.any([signal, waiting.signal]);
    await Promise.race([this.#news.promise, clock.sleep(timeoutMs, either)]);
    waiting.abort();
  }

  [Symbol.dispose](): void {
    this.#watcher?.close();
  }

  async #collect(watcher: Deno.FsWatcher): Promise<void> {
    for await (const event of watcher) {
      if (event.kind === "access") continue;
      if (event.flag === "rescan" || this.#paths.size >= PATHS_MAX) this.#rescan = true;
      for (const path of event.paths) {
        if (path.endsWith(".jsonl")) this.#paths.add(path);
        else if (event.kind === "create") this.#rescan = true;
      }
      if (this.#rescan || this.#paths.size > 0) this.#news.resolve();
    }
  }
}

function openWatcher(roots: readonly string[]): Deno.FsWatcher | undefined {
  try {
    return Deno.watchFs(roots.filter(isFolder), { recursive: true });
  } catch (error) {
    // "OS file watch limit reached" and its like have no class of their own.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
