/**
 * The pipeline: owns the only connection that writes, and runs fast and slow path on it, a
 * waiting fast batch always first.
 *
 * @module
 */

import { PRESSURE } from "../core/back_pressure.ts";
import type { LeasingBroker } from "../core/broker.ts";
import type { Checkpoint } from "../core/checkpoints.ts";
import type { Clock } from "../core/clock.ts";
import {
  type Database,
  emptyLog,
  inTransaction,
  isFullError,
  openWriter,
} from "../core/database.ts";
import type { TelemetryEvent } from "../core/event.ts";
import type { Intake } from "../core/intake.ts";
import { openPrices } from "../core/prices.ts";
import { Words } from "../core/words.ts";
import { DeadLetters } from "./dead_letters.ts";
import { MetricsFold } from "./derive/metrics_fold.ts";
import type { EventQueue, MakeQueue } from "./event_queue.ts";
import { FastPath } from "./fast_path.ts";
import {
  type CommandAnswer,
  type CommandArgument,
  type CommandName,
  type PipelineCommands,
  pipelineCommands,
} from "./pipeline_commands.ts";
import { Repricing } from "./repricing.ts";
import { encodeChange, SlowPath } from "./slow_path.ts";
import { SqliteBroker, type STREAMS } from "./sqlite_broker.ts";
import { SqliteQueue } from "./sqlite_queue.ts";
import { StoredMarks } from "./stored_marks.ts";
import { type StoredBlock, TraceStore, type TraceTables } from "./trace_store.ts";

/** What a {@linkcode Pipeline} is made of. */
export interface PipelineOptions {
  /** Path of the database file. */
  readonly path: string;
  /** The raw-trace table of each platform. */
  readonly tables: TraceTables;
  readonly clock: Clock;
  /** Makes the queue of events; the embedded one by default. */
  readonly makeQueue?: MakeQueue | undefined;
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
  /** Says that all sources stand at what is stored again, after a `QueueLostError`. */
  rewound(): Promise<void>;
  /** Does what {@linkcode PipelineCommands} names. */
  command<Name extends CommandName>(
    name: Name,
    argument: CommandArgument<Name>,
  ): Promise<CommandAnswer<Name>>;
}

const RECENT_BLOCKS_MAX = PRESSURE.changes.orange + 20;
const SLICE_MS = 12;
/** Where much waits, longer slices commit less often. */
const BUSY_SLICE_MS = 150;
const BLOCKS_A_FOLD = 4;
const RETRY_MS = 1000;
const POLL_MS = 100;
const EXPIRE_EVERY_MS = 3_600_000;

/** Stores what is published and derives from it, in this thread. */
export class Pipeline implements PipelinePort {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #queue: EventQueue;
  readonly #embedded: SqliteBroker;
  readonly #fastPathOf: (queue: LeasingBroker) => FastPath;
  readonly #changes: SqliteBroker;
  readonly #fastPath: FastPath;
  readonly #slowPath: SlowPath;
  readonly #fold: MetricsFold;
  readonly #repricing: Repricing;
  readonly #deadLetters: DeadLetters;
  readonly #commands: PipelineCommands;
  readonly #onFolded: () => void;
  readonly #onTrouble: (error: unknown) => void;
  readonly #stop = new AbortController();
  readonly #recent = new Map<number, readonly TelemetryEvent[]>();
  readonly #forget: () => void;
  /** Entries of an earlier run that are still to be handled. */
  #leftOver = 0;
  #isKicked = false;
  #expiredAt = 0;
  #pumping: Promise<void> | undefined;
  #nap = new AbortController();
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
    const deadLetters = new DeadLetters(db, clock);
    this.#deadLetters = deadLetters;
    const stored = new StoredMarks(db, words);
    const { makeQueue = (parts) => new SqliteQueue(parts) } = options;
    this.#queue = makeQueue({ db, words, clock, stored });
    this.#changes = broker("cdc:events", "metrics");
    // The lock makes this the one consumer: what a dead one had taken is free again.
    this.#changes.releaseAll();
    const prices = openPrices(options.priceFile);
    this.#fold = new MetricsFold({
      db,
      words,
      clock,
      prices,
      sessionNumber: (platform, id) => traces.session(platform, id),
    });
    this.#repricing = new Repricing(db, this.#fold, prices, options.priceFile);
    this.#embedded = broker("telemetry:events", "processors");
    this.#fastPathOf = (queue) =>
      new FastPath({
        db,
        queue,
        traces,
        deadLetters,
        stored,
        noteStored: (marks) => this.#queue.noteStored(marks),
        announce: (blocks) => this.#announce(blocks),
      });
    this.#fastPath = this.#fastPathOf(this.#queue.broker);
    this.#slowPath = new SlowPath({
      db,
      name: "metrics",
      changes: this.#changes,
      readBlock: (block) => this.#recent.get(block) ?? traces.read(block),
      fold: (events) => this.#fold.apply(events),
      release: (ids, delayMs) => this.#changes.release(ids, delayMs),
      deadLetters,
      forget: () => traces.forget(),
    });
    this.#forget = () => {
      this.#recent.clear();
      traces.forget();
    };
    this.#commands = pipelineCommands({
      db,
      letters: deadLetters,
      fastPath: this.#fastPath,
      slowPaths: [this.#slowPath],
      forget: this.#forget,
      whenFree: (act) => this.#whenFree(act),
      giveWay: () => this.#giveWay(),
    });
    stack.move();
  }

  async accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void> {
    await this.#whenFree(() => this.#queue.accept(events, checkpoints));
    if (events.length > 0) this.#kick();
    while (await this.#isDeep()) await this.#progress();
  }

  async drain(): Promise<void> {
    this.#checkOpen();
    this.#kick();
    // In the middle of a slice the depth is not yet that of the file.
    while (this.#db.isTransaction || await this.#depth() > 0) await this.#progress();
  }

  async command<Name extends CommandName>(
    name: Name,
    argument: CommandArgument<Name>,
  ): Promise<CommandAnswer<Name>> {
    this.#checkOpen();
    return await this.#commands[name](argument) as CommandAnswer<Name>;
  }

  /** Goes on with what an earlier run left in the queues; to be called before anything else. */
  async resume(): Promise<void> {
    await this.#queue.open();
    this.#leftOver = await this.#changes.depth();
    if (this.#queue.isEmbedded) this.#leftOver += await this.#queue.broker.depth();
    else await this.#takeEmbedded();
    this.#expire();
    while (!this.#stop.signal.aborted && inTransaction(this.#db, () => this.#repricing.step())) {
      this.#onFolded();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#kick();
  }

  async rewound(): Promise<void> {
    this.#queue.rewound();
  }

  /** Removes what is too old, each hour until it is closed, even where nothing comes for days. */
  async expireHourly(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#expiredAt = 0;
      this.#kick();
      await this.#clock.sleep(EXPIRE_EVERY_MS, this.#stop.signal);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#pumping;
    this.#tellWaiters(closedError());
    await this.#queue[Symbol.asyncDispose]();
    if (this.#db.isOpen) this.#db.close();
  }

  #announce(blocks: readonly StoredBlock[]): void {
    this.#changes.append(blocks.map(({ id, events }) => encodeChange(id, events.length)));
    for (const { id, events } of blocks) {
      this.#recent.set(id, events);
      if (this.#recent.size > RECENT_BLOCKS_MAX) {
        this.#recent.delete(this.#recent.keys().next().value!);
      }
    }
  }

  async #isDeep(): Promise<boolean> {
    return await this.#queue.broker.depth() > PRESSURE.events.orange ||
      await this.#changes.depth() > PRESSURE.changes.orange;
  }

  async #depth(): Promise<number> {
    const depths = await Promise.all([
      this.#queue.broker.depth(),
      this.#changes.depth(),
    ]);
    return depths[0] + depths[1];
  }

  #checkOpen(): void {
    if (this.#stop.signal.aborted) throw closedError();
  }

  #kick(): void {
    this.#nap.abort();
    this.#keepGoing();
  }

  #keepGoing(): void {
    this.#isKicked = true;
    this.#pumping ??= this.#pump();
  }

  /** Works until both queues are empty; one that others publish to is looked at for ever. */
  async #pump(): Promise<void> {
    let isBusy = false;
    while (!this.#stop.signal.aborted) {
      let isEmpty = false, worked = false;
      this.#isKicked = false;
      try {
        worked = await this.#round(isBusy ? BUSY_SLICE_MS : SLICE_MS);
        isBusy = await this.#queue.broker.depth() >= PRESSURE.events.yellow;
        isEmpty = !worked && await this.#depth() === 0;
        this.#tellWaiters();
      } catch (error) {
        if (isFullError(error)) emptyLog(this.#db);
        this.#tellWaiters(explain(error));
        this.#onTrouble(explain(error));
        await this.#clock.sleep(RETRY_MS, this.#stop.signal);
        continue;
      }
      if (isEmpty && this.#queue.isEmbedded && !this.#isKicked) break;
      if (worked || this.#isKicked) await new Promise((resolve) => setImmediate(resolve));
      else await this.#rest();
    }
    this.#pumping = undefined;
  }

  async #rest(): Promise<void> {
    this.#nap = new AbortController();
    await this.#clock.sleep(POLL_MS, AbortSignal.any([this.#stop.signal, this.#nap.signal]));
  }

  async #round(lengthMs: number): Promise<boolean> {
    if (this.#queue.isEmbedded) return await this.#slice(lengthMs);
    await this.#queue.tend();
    const taken = await this.#takeBatches(lengthMs);
    return await this.#slice(SLICE_MS) || taken;
  }

  /** Each batch is a transaction of its own: what waits for another program holds none open. */
  async #takeBatches(lengthMs: number): Promise<boolean> {
    const until = this.#clock.now() + lengthMs;
    let taken = 0;
    try {
      while (await this.#changes.depth() <= PRESSURE.changes.orange) {
        const batch = await this.#fastPath.runBatch();
        taken += batch;
        if (batch === 0 || this.#clock.now() >= until || this.#stop.signal.aborted) break;
      }
    } catch (error) {
      // In their order again, before anything that came later.
      await this.#queue.broker.releaseAll();
      throw error;
    }
    return taken > 0;
  }

  /** Stores what the embedded queue still held when another one took its place. */
  async #takeEmbedded(): Promise<void> {
    this.#embedded.releaseAll();
    const fastPath = this.#fastPathOf(this.#embedded);
    while (!this.#stop.signal.aborted && await this.#embedded.depth() > 0) {
      if (await fastPath.runBatch() === 0) await this.#clock.sleep(POLL_MS, this.#stop.signal);
    }
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
        this.#expire();
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
      this.#forget();
      throw error;
    }
  }

  async #step(): Promise<boolean> {
    const taken = this.#queue.isEmbedded ? await this.#fastPath.runBatch() : 0;
    const worked = taken > 0 ||
      await this.#slowPath.runSlice(this.#leftOver > 0 ? 1 : BLOCKS_A_FOLD);
    if (this.#leftOver > 0) {
      this.#leftOver = worked ? this.#leftOver - Math.max(1, taken) : 0;
      this.#onFolded();
    }
    return worked;
  }

  #expire(): void {
    this.#fold.expire();
    this.#deadLetters.expire();
  }

  /** Runs `act` outside of a slice, in the middle of which nothing of it would be durable. */
  async #whenFree<T>(act: () => T | Promise<T>): Promise<T> {
    this.#checkOpen();
    while (this.#db.isTransaction) await this.#progress();
    try {
      return await act();
    } catch (error) {
      this.#forget();
      throw explain(error);
    }
  }

  /** Tells of what was derived, and lets what waits in the queues go before. */
  async #giveWay(): Promise<void> {
    this.#onFolded();
    do await this.#progress(); while (await this.#isDeep());
  }

  /** Waits for the pump's next step; rejects when it failed. */
  #progress(): Promise<void> {
    const waiter = Promise.withResolvers<void>();
    this.#waiters.push(waiter);
    this.#keepGoing();
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
