/**
 * Capture: reads what every platform left, newest first, and follows what is being written.
 *
 * @module
 */

import type { Checkpoint } from "../core/checkpoints.ts";
import type { Clock } from "../core/clock.ts";
import { type Intake, QueueLostError } from "../core/intake.ts";
import { FolderWatch } from "./folder_watch.ts";
import type { Pending, ReadTotals, Source } from "./platform.ts";

/** How far a long read has come. */
export interface ReadProgress {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** How reading goes on after the queue lost what it had accepted. */
export interface Recovery {
  /** Asked without events from time to time, whether what it accepted is still there. */
  readonly intake: Intake;
  /** The positions to go on from, by platform. */
  readonly checkpoints: (platform: string) => ReadonlyMap<string, Checkpoint>;
  /** Called when all sources stand there. */
  readonly onRewound: () => Promise<void>;
}

/** Keeps how many files there are of which nothing is read. */
export interface UnreadNote {
  /** As it was noted last. */
  readonly known: number;
  /** Called after a look at all files, when there are more of them, or fewer. */
  readonly note: (files: number) => Promise<unknown>;
}

/** What {@linkcode Capture} works with. */
export interface CaptureOptions {
  readonly sources: readonly Source[];
  readonly clock: Clock;
  /** How often all files are looked at, if that is more often than usual. */
  readonly pollEveryMs?: number;
  /** Called before all files are looked at. */
  readonly beforeLook?: () => Promise<unknown>;
  /** Whether nothing is to be read now. */
  readonly isPaused?: () => boolean;
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Tells of trouble that is tried again, as a full disk: once, and again when it changes. */
  readonly onTrouble?: (error: unknown) => void;
  /** Tells that reading goes on after trouble. */
  readonly onRecovered?: () => void;
  /** For a queue that can be lost. */
  readonly recovery?: Recovery | undefined;
  readonly unread?: UnreadNote | undefined;
  /** Milliseconds: `readAll` leaves files that were changed before for later. */
  readonly changedSince?: number | undefined;
}

const ACTIVE_MS = 10 * 60_000;
const ACTIVE_EVERY_MS = 1000;
const ALL_EVERY_MS = 30_000;
const RETRY_MS = 2000;

/** Reads sources, once or for as long as it is let. */
export class Capture {
  readonly #sources: readonly Source[];
  readonly #clock: Clock;
  readonly #allEveryMs: number;
  readonly #beforeLook: () => Promise<unknown>;
  readonly #isPaused: () => boolean;
  readonly #onProgress: (progress: ReadProgress) => void;
  readonly #onTrouble: (error: unknown) => void;
  readonly #onRecovered: () => void;
  readonly #recovery: Recovery | undefined;
  readonly #active = new Map<string, { source: Source; changedAt: number }>();
  readonly #unread: UnreadNote | undefined;
  readonly #changedSince: number;
  #unreadKnown: number;
  #trouble: string | undefined;
  /** Something may have been written that nobody looked at, as capture was paused. */
  #isOwed = false;
  /** Those who wait for a look at what is being written. */
  #lookers: (() => void)[] = [];
  #nap = new AbortController();

  constructor(options: CaptureOptions) {
    const { sources, clock, onProgress = () => {} } = options;
    const { onTrouble = () => {}, onRecovered = () => {} } = options;
    this.#sources = sources;
    this.#clock = clock;
    this.#allEveryMs = Math.min(options.pollEveryMs ?? ALL_EVERY_MS, ALL_EVERY_MS);
    this.#beforeLook = options.beforeLook ?? (() => Promise.resolve());
    this.#isPaused = options.isPaused ?? (() => false);
    this.#onProgress = onProgress;
    this.#onTrouble = onTrouble;
    this.#onRecovered = onRecovered;
    this.#recovery = options.recovery;
    this.#unread = options.unread;
    this.#changedSince = options.changedSince ?? -Infinity;
    this.#unreadKnown = options.unread?.known ?? 0;
  }

  /** What would be read now: bytes by source. */
  scan(): ReadonlyMap<Source, readonly Pending[]> {
    this.#isOwed = this.#isPaused();
    if (this.#isOwed) return new Map();
    return new Map(this.#sources.map((source) => [source, source.scan()]));
  }

  /** Files known and files read to their end, over all sources. */
  coverage(): { files_done: number; files_total: number } {
    const all = this.#sources.map((source) => source.coverage());
    return {
      files_done: all.reduce((sum, { filesDone }) => sum + filesDone, 0),
      files_total: all.reduce((sum, { filesTotal }) => sum + filesTotal, 0),
    };
  }

  /**
   * Reads everything that is new, the newest file first; stops early when `signal` is aborted.
   *
   * @param between is called between two files, so that a long read does not hold up the rest
   * @returns what was read, by platform
   */
  async catchUp(
    signal: AbortSignal,
    found = this.scan(),
    between: () => Promise<void> = () => Promise.resolve(),
  ): Promise<Map<string, ReadTotals>> {
    const totals = new Map(this.#sources.map((source) => [source.platform, noTotals()]));
    const queue = [...found].flatMap(([source, pending]) =>
      pending.map((file) => ({ source, ...file }))
    ).sort((a, b) => b.modifiedAt - a.modifiedAt);
    const bytesTotal = queue.reduce((sum, { bytes }) => sum + bytes, 0);
    let filesDone = 0, bytesDone = 0;
    for (const { source, bytes, ...file } of queue) {
      if (signal.aborted) break;
      const tell = (read: number) =>
        this.#onProgress({
          filesDone,
          filesTotal: queue.length,
          bytesDone: bytesDone + Math.min(read, bytes),
          bytesTotal,
        });
      await source.read(file.path, totals.get(source.platform)!, signal, tell);
      this.#activate(source, file);
      bytesDone += bytes;
      filesDone++;
      tell(0);
      await between();
    }
    for (const source of this.#sources) await source.flush();
    return totals;
  }

  /**
   * The same, however often the queue is lost meanwhile.
   *
   * @param onFound is told what will be read, before each try
   */
  async readAll(
    signal: AbortSignal,
    onFound: (found: ReadonlyMap<Source, readonly Pending[]>) => void = () => {},
  ): Promise<Map<string, ReadTotals>> {
    for (;;) {
      const found = this.#changed(this.scan());
      onFound(found);
      try {
        await this.#beforeLook();
        await this.#noteUnread();
        return await this.catchUp(signal, found);
      } catch (error) {
        if (!await this.recover(error)) throw error;
      }
    }
  }

  #changed(found: ReadonlyMap<Source, readonly Pending[]>): Map<Source, readonly Pending[]> {
    return new Map(
      found.entries().map(([source, pending]) => [
        source,
        pending.filter(({ modifiedAt }) => modifiedAt >= this.#changedSince),
      ]),
    );
  }

  /**
   * Reads what is there, then what is written, until `signal` is aborted. The watch is a hint;
   * active files are looked at every second, all of them every thirty, or as often as is asked.
   */
  async follow(signal: AbortSignal): Promise<void> {
    using watch = new FolderWatch();
    let allAt = -Infinity, newsAt = -Infinity;
    const readNews = async () => {
      newsAt = this.#clock.now();
      const lookers = this.#lookers.splice(0);
      this.#nap = new AbortController();
      try {
        await this.#readNews(watch, signal);
      } finally {
        lookers.forEach((done) => done());
      }
    };
    while (!signal.aborted) {
      try {
        const now = this.#clock.now();
        // Who asks for a look may be the first to work in a folder that was just made.
        const isNew = this.#lookers.length > 0 && !watch.isWatching(this.#roots());
        const isOver = this.#isOwed && !this.#isPaused();
        if (isNew || isOver || isDue(now, allAt, this.#allEveryMs) || watch.takeRescan()) {
          allAt = now;
          await this.#recovery?.intake.accept([], []);
          // First, so that nothing is written unseen between the two.
          watch.watch(this.#roots());
          const found = this.scan();
          await this.#beforeLook();
          await this.#noteUnread();
          await this.catchUp(signal, found, async () => {
            const isAsked = this.#lookers.length > 0;
            if (isAsked || isDue(this.#clock.now(), newsAt, ACTIVE_EVERY_MS)) await readNews();
          });
        }
        await readNews();
        if (this.#trouble !== undefined) this.#onRecovered();
        this.#trouble = undefined;
        const either = AbortSignal.any([signal, this.#nap.signal]);
        await watch.wait(this.#clock, ACTIVE_EVERY_MS, either);
      } catch (error) {
        allAt = -Infinity;
        this.#tellTrouble(error);
        if (await this.recover(error)) continue;
        await this.#clock.sleep(RETRY_MS, signal);
      }
    }
  }

  /** Resolves when {@linkcode follow} has read what was written up to now to active files. */
  look(): Promise<void> {
    return new Promise((done) => {
      this.#lookers.push(done);
      this.#nap.abort();
    });
  }

  /**
   * Goes back to what is stored, if the error says that the queue was lost; to be called where
   * nothing is being read.
   *
   * @returns whether reading can go on
   */
  async recover(error: unknown): Promise<boolean> {
    if (!(error instanceof QueueLostError) || !this.#recovery) return false;
    const { checkpoints, onRewound } = this.#recovery;
    this.#active.clear();
    for (const source of this.#sources) await source.rewind(checkpoints(source.platform));
    await onRewound();
    return true;
  }

  /** Reads files that the watch named, and files that changed a short while ago. */
  async #readNews(watch: FolderWatch, signal: AbortSignal): Promise<void> {
    const named = watch.takePaths(), now = this.#clock.now();
    if (this.#isPaused()) {
      this.#isOwed = true;
      return;
    }
    for (const source of this.#sources) {
      const paths = new Set(
        named.filter((path) => source.roots.some((root) => path.startsWith(root))),
      );
      for (const [path, file] of this.#active) {
        if (now - file.changedAt > ACTIVE_MS) this.#active.delete(path);
        else if (file.source === source) paths.add(path);
      }
      for (const file of source.check([...paths])) {
        if (signal.aborted) break;
        await source.read(file.path, noTotals(), signal);
        this.#activate(source, file);
      }
      await source.flush();
    }
  }

  #activate(source: Source, { path, modifiedAt }: Pick<Pending, "path" | "modifiedAt">): void {
    this.#active.set(path, { source, changedAt: modifiedAt });
  }

  #roots(): string[] {
    return this.#sources.flatMap(({ roots }) => roots);
  }

  async #noteUnread(): Promise<void> {
    // Whoever did not look knows of no more and no fewer.
    if (this.#isOwed) return;
    const files = this.#sources.reduce((sum, source) => sum + source.unread(), 0);
    if (files === this.#unreadKnown) return;
    await this.#unread?.note(files);
    this.#unreadKnown = files;
  }

  #tellTrouble(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    if (text !== this.#trouble) this.#onTrouble(error);
    this.#trouble = text;
  }
}

/** The clock may have been set back since: a moment that lies ahead says nothing. */
function isDue(now: number, lastAt: number, everyMs: number): boolean {
  return Math.abs(now - lastAt) >= everyMs;
}

function noTotals(): ReadTotals {
  return { files: 0, bytes: 0, events: 0, linesMalformed: 0, linesUnknown: 0 };
}
