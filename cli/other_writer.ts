/**
 * The process that writes in place of this one, seen from outside: whoever answers here waits
 * until that one has stored what was written up to now.
 *
 * @module
 */

import { FolderWatch } from "../capture/folder_watch.ts";
import type { Source } from "../capture/platform.ts";
import type { Positions } from "../core/checkpoints.ts";
import { isCounted } from "../core/reports/counted.ts";
import { PresentPositions } from "../core/stored_positions.ts";
import { KeptReader } from "./kept_reader.ts";
import { redisSettings } from "./redis_settings.ts";
import { openSources, type Sources, type Workspace } from "./workspace.ts";

const RECENT_MS = 10 * 60_000;
const LOOK_EVERY_MS = 10;
const STORED_WITHIN_MS = 2000;
/** Stands among paths for what is read and not yet counted. */
const QUEUE = "";

/** Watches files that another process reads, until disposed. */
export class OtherWriter implements Disposable {
  readonly #workspace: Workspace;
  readonly #reader: KeptReader;
  readonly #watch = new FolderWatch();
  readonly #sources: Sources;
  /** When files were last seen to change, by their path. */
  readonly #recent = new Map<string, number>();
  #isScanned = false;
  /** What was awaited in vain, until it is seen done: nobody waits for it again. */
  #late: ReadonlySet<string> = new Set();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#reader = new KeptReader(workspace.home);
    this.#sources = openSources(workspace, { accept: async () => {} }, undefined);
    this.#watch.watch(this.#roots());
  }

  /**
   * Resolves when what was written up to now can be read, or shortly after: the other one may be
   * busy, or be told to read nothing of it.
   */
  async settle(signal: AbortSignal): Promise<void> {
    const { clock } = this.#workspace.io;
    const since = clock.now();
    while (!signal.aborted) {
      const open = new Set(await this.look());
      this.#late = this.#late.intersection(open);
      if (open.isSubsetOf(this.#late)) return;
      // Where the clock was set back, it is time, too.
      if (Math.abs(clock.now() - since) >= STORED_WITHIN_MS) this.#late = open;
      else await clock.sleep(LOOK_EVERY_MS, signal);
    }
  }

  /** What was written a short while ago and is not stored, or not counted: paths, mostly. */
  async look(): Promise<readonly string[]> {
    const paths = this.#workspace.gate.isPaused ? [] : await this.#unread();
    // Not before: what is read a moment later may be in the queue by then.
    const redis = redisSettings(this.#workspace);
    const since = this.#workspace.io.clock.now() - RECENT_MS;
    const outside = redis && { machine: redis.machine, since };
    const isDone = this.#reader.readStored((db) => isCounted(db, outside)) ?? true;
    return isDone ? paths : [...paths, QUEUE];
  }

  [Symbol.dispose](): void {
    this.#watch[Symbol.dispose]();
    this.#reader[Symbol.dispose]();
  }

  async #unread(): Promise<string[]> {
    await this.#noteRecent();
    await this.#rewind(({ platform }) =>
      new PresentPositions(platform, (use) => this.#reader.readStored(use))
    );
    const recent = [...this.#recent.keys()];
    return this.#sources.flatMap((source) => {
      const { roots } = source;
      const own = recent.filter((path) => roots.some((root) => path.startsWith(root)));
      // A folder may be looked at as a whole.
      return source.check([...roots, ...own]).map(({ path }) => path);
    });
  }

  /** The watch names what changes; what changed before it began is found by a look at all. */
  async #noteRecent(): Promise<void> {
    const now = this.#workspace.io.clock.now();
    const roots = this.#roots(), isNew = !this.#watch.isWatching(roots);
    this.#watch.watch(roots);
    if (this.#watch.takeRescan() || isNew || !this.#isScanned) {
      this.#isScanned = true;
      // Also what is read by now may be written on.
      await this.#rewind(() => new Map());
      for (const { path, modifiedAt } of this.#sources.flatMap((source) => source.scan())) {
        this.#recent.set(path, modifiedAt);
      }
    }
    for (const path of this.#watch.takePaths()) this.#recent.set(path, now);
    for (const [path, changedAt] of this.#recent) {
      if (now - changedAt > RECENT_MS) this.#recent.delete(path);
    }
  }

  async #rewind(positionsOf: (source: Source) => Positions): Promise<void> {
    for (const source of this.#sources) await source.rewind(positionsOf(source));
  }

  #roots(): string[] {
    return this.#sources.flatMap(({ roots }) => roots);
  }
}
