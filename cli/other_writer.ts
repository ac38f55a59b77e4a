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
import { openSources, type Sources } from "./open_sources.ts";
import type { Workspace } from "./workspace.ts";

const RECENT_MS = 10 * 60_000;
const LOOK_EVERY_MS = 10;
const STORED_WITHIN_MS = 2000;
/** Nothing is handed over: who writes does that. */
const NOWHERE = { accept: () => Promise.resolve() };
/** Stands among paths for what is read and not yet counted. */
const QUEUE = "";

/** Watches files that another process reads, from the first look until disposed. */
export class OtherWriter implements Disposable {
  readonly #workspace: Workspace;
  readonly #reader: KeptReader;
  readonly #watch = new FolderWatch();
  #sources: Sources | undefined;
  /** When files were last seen to change, by their path. */
  readonly #recent = new Map<string, number>();
  #isScanned = false;
  /** What was awaited in vain, until it is seen done: nobody waits for it again. */
  #late: ReadonlySet<string> = new Set();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#reader = new KeptReader(workspace.home);
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
    const sources = this.#sources ??= await openSources(this.#workspace, NOWHERE, undefined);
    await this.#noteRecent(sources);
    await rewind(
      sources,
      ({ platform }) => new PresentPositions(platform, (use) => this.#reader.readStored(use)),
    );
    const recent = [...this.#recent.keys()];
    return sources.flatMap((source) => {
      const { roots } = source;
      const own = recent.filter((path) => roots.some((root) => path.startsWith(root)));
      // A folder may be looked at as a whole.
      return source.check([...roots, ...own]).map(({ path }) => path);
    });
  }

  /** The watch names what changes; what changed before it began is found by a look at all. */
  async #noteRecent(sources: Sources): Promise<void> {
    const now = this.#workspace.io.clock.now();
    const roots = sources.flatMap(({ roots }) => roots);
    const isNew = !this.#watch.isWatching(roots);
    this.#watch.watch(roots);
    if (this.#watch.takeRescan() || isNew || !this.#isScanned) {
      this.#isScanned = true;
      // Also what is read by now may be written on.
      await rewind(sources, () => new Map());
      for (const { path, modifiedAt } of sources.flatMap((source) => source.scan())) {
        this.#recent.set(path, modifiedAt);
      }
    }
    for (const path of this.#watch.takePaths()) this.#recent.set(path, now);
    for (const [path, changedAt] of this.#recent) {
      if (now - changedAt > RECENT_MS) this.#recent.delete(path);
    }
  }
}

async function rewind(sources: Sources, positionsOf: (source: Source) => Positions) {
  for (const source of sources) await source.rewind(positionsOf(source));
}
