/**
 * The pipeline: owns the only connection that writes, and runs fast and slow path on it, a
 * waiting fast batch always first.
 *
 * @module
 */

import type { Checkpoint } from "../core/checkpoints.ts";
import { CheckpointStore } from "../core/checkpoints.ts";
import type { Clock } from "../core/clock.ts";
import {
  type Database,
  emptyLog,
  inTransaction,
  isFullError,
  openWriter,
} from "../core/database.ts";
import type { Intake } from "../core/intake.ts";
import { openPrices } from "../core/prices.ts";
import { Words } from "../core/words.ts";
import { DeadLetters } from "./dead_letters.ts";
import { DirtySessions } from "./derive/dirty_sessions.ts";
import { MetricsFold } from "./derive/metrics_fold.ts";
import { FastPath } from "./fast_path.ts";
import type { Rebuild } from "./rebuild.ts";
import { Repricing } from "./repricing.ts";
import { SESSION_GROUPS, SlowGroups } from "./slow_groups.ts";
import { SqliteBroker, type STREAMS } from "./sqlite_broker.ts";
import { TraceStore, type TraceTables } from "./trace_store.ts";

/** What a {@linkcode Pipeline} is made of. */
export interface PipelineOptions {
  /** Path of the database file. */
  readonly path: string;
  /** The raw-trace table of each platform. */
  readonly tables: TraceTables;
  readonly clock: Clock;
  /** The text of the user's own price file, if there is one. */
  readonly priceFile?: string | undefined;
  /** Called after derived data changed. */
  readonly onFolded?: () => void;
  /** Called with what stopped the work for a moment: it is tried again. */
  readonly onTrouble?: (error: unknown) => void;
}

/** What both forms of the pipeline (in this thread, in a Worker) can do. */
export interface PipelinePort extends Intake, AsyncDisposable {
  /** Resolves when everything that was published is stored and folded. */
  drain(): Promise<void>;
}

const QUEUE_MAX = 5000;
const CHANGES_MAX = 100;
const SLICE_MS = 12;
/** Where much waits, longer slices commit less often. */
const BUSY_SLICE_MS = 150;
const BUSY_FROM = 1000;
const RETRY_MS = 1000;
const POLL_MS = 100;
const EXPIRE_EVERY_MS = 3_600_000;

/** Stores what is published and derives from it, in this thread. */
export class Pipeline implements PipelinePort {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #events: SqliteBroker;
  readonly #fastPath: FastPath;
  readonly #slow: SlowGroups;
  readonly #checkpoints: CheckpointStore;
  readonly #fold: MetricsFold;
  readonly #repricing: Repricing;
  readonly #onFolded: () => void;
  readonly #onTrouble: (error: unknown) => void;
  readonly #stop = new AbortController();
  /** Entries of an earlier run that are still to be handled. */
  #leftOver = 0;
  #isKicked = false;
  #expiredAt = 0;
  #pumping: Promise<void> | undefined;
  #waiters: PromiseWithResolvers<void>[] = [];

  constructor(options: PipelineOptions) {
    const { path, tables, clock, onFolded = () => {}, onTrouble = () => {} } = options;
    using stack = new DisposableStack();
    const db = stack.use(openWriter(path));
    const broker = (stream: keyof typeof STREAMS, group: string) =>
      new SqliteBroker({ db, clock, stream, group });
    this.#db = db;
    this.#clock = clock;
    this.#onFolded = onFolded;
    this.#onTrouble = onTrouble;
    const words = new Words(db);
    const traces = new TraceStore(db, words, tables);
    const deadLetters = new DeadLetters(broker("telemetry:dlq", "inspection"), clock);
    this.#checkpoints = new CheckpointStore(db, words);
    this.#events = broker("telemetry:events", "processors");
    // The lock makes this the one consumer: what a dead one had taken is free again.
    this.#events.releaseAll();
    const prices = openPrices(options.priceFile);
    const dirty = new DirtySessions(db, SESSION_GROUPS);
    this.#fold = new MetricsFold({
      db,
      words,
      clock,
      prices,
      sessionNumber: (platform, id) => traces.session(platform, id),
      dirty,
    });
    this.#repricing = new Repricing(db, this.#fold, prices, options.priceFile);
    this.#fastPath = new FastPath({
      db,
      queue: this.#events,
      traces,
      deadLetters,
      announce: (blocks) => this.#slow.announce(blocks),
      release: (ids, delayMs) => this.#events.release(ids, delayMs),
    });
    const fold = this.#fold;
    this.#slow = new SlowGroups({ db, clock, words, traces, deadLetters, dirty, fold });
    stack.move();
  }

  async accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void> {
    this.#checkOpen();
    // In the middle of a slice nothing would be durable when this resolves.
    while (this.#db.isTransaction) await this.#progress();
    try {
      inTransaction(this.#db, () => {
        this.#events.append(events);
        for (const checkpoint of checkpoints) this.#checkpoints.save(checkpoint);
      });
    } catch (error) {
      this.#slow.forget();
      throw explain(error);
    }
    if (events.length > 0) this.#kick();
    while (await this.#isDeep()) await this.#progress();
  }

  async drain(): Promise<void> {
    this.#checkOpen();
    this.#kick();
    // In the middle of a slice the depth is not yet that of the file.
    while (this.#db.isTransaction || await this.#depth() > 0) await this.#progress();
  }

  /** Goes on with what an earlier run left in the queues; to be called before anything else. */
  async resume(): Promise<void> {
    this.#leftOver = await this.#events.depth() + await this.#slow.backlog();
    this.#fold.expire();
    while (!this.#stop.signal.aborted && inTransaction(this.#db, () => this.#repricing.step())) {
      this.#onFolded();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#kick();
  }

  /**
   * Derives all sessions again, or one, and resolves when that is done. What is interrupted goes
   * on at the next start.
   *
   * @param onProgress called with the blocks that are done, now and then
   * @returns undefined when there is no such session
   */
  async rebuild(
    sessionId?: string,
    onProgress: (blocksDone: number, blocks: number) => void = () => {},
  ): Promise<Rebuild | undefined> {
    this.#checkOpen();
    // What an earlier run left goes first, step by step.
    await this.drain();
    while (this.#db.isTransaction) await this.#progress();
    const rebuild = inTransaction(this.#db, () => this.#slow.beginRebuild(sessionId));
    const blocks = rebuild?.blocks ?? 0;
    while (this.#db.isTransaction || await this.#depth() > 0) {
      await this.#progress();
      onProgress(blocks - Math.min(blocks, await this.#slow.backlog()), blocks);
    }
    return rebuild;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#pumping;
    this.#tellWaiters(closedError());
    if (this.#db.isOpen) this.#db.close();
  }

  async #isDeep(): Promise<boolean> {
    return await this.#events.depth() > QUEUE_MAX || await this.#slow.backlog() > CHANGES_MAX;
  }

  async #depth(): Promise<number> {
    return await this.#events.depth() + await this.#slow.depth();
  }

  #checkOpen(): void {
    if (this.#stop.signal.aborted) throw closedError();
  }

  #kick(): void {
    this.#isKicked = true;
    this.#pumping ??= this.#pump();
  }

  /** Works until both queues are empty. */
  async #pump(): Promise<void> {
    let isBusy = false;
    while (!this.#stop.signal.aborted) {
      let isEmpty = false, worked = false;
      this.#isKicked = false;
      try {
        worked = await this.#slice(isBusy ? BUSY_SLICE_MS : SLICE_MS);
        isBusy = await this.#events.depth() >= BUSY_FROM;
        isEmpty = !worked && await this.#depth() === 0;
        this.#tellWaiters();
      } catch (error) {
        if (isFullError(error)) emptyLog(this.#db);
        this.#tellWaiters(explain(error));
        this.#onTrouble(explain(error));
        await this.#clock.sleep(RETRY_MS, this.#stop.signal);
        continue;
      }
      if (isEmpty && !this.#isKicked) break;
      const goesOn = worked || isEmpty || this.#isKicked;
      if (goesOn) await new Promise((resolve) => setImmediate(resolve));
      else await this.#clock.sleep(POLL_MS, this.#stop.signal);
    }
    this.#pumping = undefined;
  }

  /**
   * Works for a few milliseconds in one transaction: a commit costs more than a step. What an
   * earlier run left goes step by step instead, each committed: it may hold what killed that
   * run, and only a lease that is on disk counts the attempts.
   */
  async #slice(lengthMs: number): Promise<boolean> {
    if (this.#leftOver > 0) return await this.#step();
    const until = this.#clock.now() + lengthMs;
    this.#db.exec("begin immediate");
    try {
      if (until - this.#expiredAt > EXPIRE_EVERY_MS) {
        this.#fold.expire();
        this.#expiredAt = until;
      }
      let steps = 0;
      while (await this.#step()) {
        steps++;
        if (this.#clock.now() >= until) break;
      }
      this.#db.exec("commit");
      if (steps > 0) this.#onFolded();
      return steps > 0;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec("rollback");
      this.#slow.forget();
      throw error;
    }
  }

  async #step(): Promise<boolean> {
    const taken = await this.#fastPath.runBatch();
    const worked = taken > 0 || await this.#slow.step(this.#leftOver > 0);
    if (this.#leftOver > 0) {
      this.#leftOver = worked ? this.#leftOver - Math.max(1, taken) : 0;
      this.#onFolded();
    }
    return worked;
  }

  /** Waits for the pump's next step; rejects when it failed. */
  #progress(): Promise<void> {
    const waiter = Promise.withResolvers<void>();
    this.#waiters.push(waiter);
    this.#kick();
    return waiter.promise;
  }

  #tellWaiters(error?: unknown): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) error ? waiter.reject(error) : waiter.resolve();
  }
}

function closedError(): Error {
  return new Error("Cannot store events: the pipeline is closed");
}

function explain(error: unknown): unknown {
  if (!isFullError(error)) return error;
  return new Error(
    "Cannot store events: the disk is full; free some space, reading goes on then",
    {
      cause: error,
    },
  );
}
