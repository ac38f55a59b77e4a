/**
 * The pipeline: owns the only connection that writes; a waiting fast batch always runs first.
 *
 * @module
 */

import { PRESSURE } from "../core/back_pressure.ts";
import type { Checkpoint } from "../core/checkpoints.ts";
import type { Clock } from "../core/clock.ts";
import { type Database, emptyLog, inTransaction } from "../core/database.ts";
import { openWriter } from "../core/open_writer.ts";
import type { Intake } from "../core/intake.ts";
import { noteMadeWith } from "../core/made_with.ts";
import { openPrices } from "../core/prices.ts";
import { Privacy } from "../core/privacy.ts";
import { noteTiers, type TierDays } from "../core/tiers.ts";
import { Words } from "../core/words.ts";
import { Archive } from "./archive.ts";
import { archiveBeside } from "./archive_parts.ts";
import { DeadLetters, isPoison } from "./dead_letters.ts";
import { DirtySessions } from "./derive/dirty_sessions.ts";
import { MetricsFold } from "./derive/metrics_fold.ts";
import type { MakeQueue } from "./event_queue.ts";
import { FastLane } from "./fast_lane.ts";
import {
  type CommandAnswer,
  type CommandArgument,
  type CommandName,
  type PipelineCommands,
  pipelineCommands,
} from "./pipeline_commands.ts";
import { PurgeRuns } from "./purge_runs.ts";
import { endRebuild, type Rebuild } from "./rebuild.ts";
import { Repricing } from "./repricing.ts";
import { nextTurn, runSlice, type SliceParts } from "./slice.ts";
import { type Derived, SESSION_GROUPS, SlowGroups } from "./slow_groups.ts";
import { Tombstones } from "./tombstones.ts";
import { closedError, explain } from "./store_errors.ts";
import { TraceStore, type TraceTables } from "./trace_store.ts";
import { Waiters } from "./waiters.ts";
import { isFullError } from "../core/sqlite_error.ts";

/** What a {@linkcode Pipeline} is made of. */
export interface PipelineOptions {
  /** Path of the database file. */
  readonly path: string;
  /** The raw-trace table of each platform. */
  readonly tables: TraceTables;
  readonly clock: Clock;
  /** The key of this installation, for what is remembered of a purge; none where none is made. */
  readonly key?: Uint8Array | undefined;
  /** Makes the queue of events; the embedded one by default. */
  readonly makeQueue?: MakeQueue | undefined;
  /** The text of the user's own price file, if there is one. */
  readonly priceFile?: string | undefined;
  /** For how long the finer tiers of sums are kept; as before, if it is not said. */
  readonly tiers?: TierDays;
  /** By what the key is known that all hashes are made with, in every run. */
  readonly keyPrint?: string;
  /** Called after derived data changed. */
  readonly onFolded?: () => void;
  /** Called with what stopped the work for a moment: it is tried again. */
  readonly onTrouble?: (error: unknown) => void;
  /** Called when the work goes on after that. */
  readonly onRecovered?: () => void;
}

/** What both forms of the pipeline (in this thread, in a Worker) can do. */
export interface PipelinePort extends Intake, AsyncDisposable {
  /** Resolves when everything that was published is stored and folded. @default {"insights"} */
  drain(upTo?: Derived): Promise<void>;
  /** Says that all sources stand at what is stored again, after a `QueueLostError`. */
  rewound(): Promise<void>;
  /** Does what {@linkcode PipelineCommands} names. */
  command<Name extends CommandName>(
    name: Name,
    argument: CommandArgument<Name>,
  ): Promise<CommandAnswer<Name>>;
}

const SLICE_MS = 5;
/** Longer slices commit less often. */
const LONG_SLICE_MS = 150;
const RETRY_MS = 1000;
const POLL_MS = 100;
const EXPIRE_EVERY_MS = 3_600_000;

/** Stores what is published and derives from it, in this thread. */
export class Pipeline implements PipelinePort {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #fast: FastLane;
  readonly #slow: SlowGroups;
  readonly #fold: MetricsFold;
  readonly #repricing: Repricing;
  readonly #deadLetters: DeadLetters;
  readonly #tombstones: Tombstones;
  readonly #purges: PurgeRuns;
  readonly #commands: PipelineCommands;
  readonly #sliceParts: SliceParts;
  readonly #onFolded: () => void;
  readonly #onTrouble: (error: unknown) => void;
  readonly #onRecovered: () => void;
  readonly #stop = new AbortController();
  readonly #waiters = new Waiters();
  /** Entries of an earlier run that are still to be handled. */
  #leftOver = 0;
  #isKicked = false;
  /** How many wait for the end of a slice. */
  #wanting = 0;
  #expiredAt = 0;
  #pumping: Promise<void> | undefined;
  #nap = new AbortController();

  constructor(options: PipelineOptions) {
    const { path, tables, clock, onFolded = () => {} } = options;
    const { onTrouble = () => {}, onRecovered = () => {} } = options;
    using stack = new DisposableStack();
    const db = stack.use(openWriter(path));
    this.#db = db;
    this.#clock = clock;
    if (options.keyPrint !== undefined) noteMadeWith(db, "key", options.keyPrint);
    if (options.tiers) noteTiers(db, options.tiers, clock.now());
    this.#onFolded = onFolded;
    this.#onTrouble = onTrouble;
    this.#onRecovered = onRecovered;
    const words = new Words(db), archive = archiveBeside(path);
    const traces = new TraceStore(db, words, tables, new Archive(db, archive));
    const deadLetters = this.#deadLetters = new DeadLetters(db, clock);
    const prices = openPrices(options.priceFile);
    const dirty = new DirtySessions(db, SESSION_GROUPS);
    const sessionNumber = traces.session.bind(traces);
    const fold = new MetricsFold({ db, words, clock, prices, sessionNumber, dirty });
    this.#fold = fold;
    const repricing = this.#repricing = new Repricing(db, fold, prices, options.priceFile);
    const parts = { db, clock, words, traces, deadLetters };
    const slow = this.#slow = new SlowGroups({ ...parts, dirty, fold, prices });
    const privacy = new Privacy(options.key ?? new Uint8Array());
    const tombstones = this.#tombstones = new Tombstones(db, privacy);
    const announce = slow.announce.bind(slow), forget = () => this.#forget();
    const { makeQueue } = options, fresh = { tombstones, announce, makeQueue, forget };
    this.#fast = new FastLane({ ...parts, ...fresh });
    this.#sliceParts = {
      db,
      clock,
      slow,
      step: () => this.#step(),
      isWanted: () => this.#wanting > 0 || this.#stop.signal.aborted,
    };
    const again = slow.announceAgain.bind(slow), { queue, path: fastPath } = this.#fast;
    const turns = {
      whenFree: <T>(act: () => T | Promise<T>) => this.#whenFree(act),
      giveWay: () => this.#giveWay(),
      letIn: async () => {
        await nextTurn();
        if (await this.#fast.depth() > 0) await this.#giveWay();
      },
      untilStored: () => this.#untilNone(() => this.#fast.depth(), "counts"),
      untilDerived: () => this.#untilNone(() => this.#slow.depth()),
    };
    const places = { path, archive, privacy, tables, tombstones };
    const purge = { ...parts, ...places, announce: again, forget };
    const purges = this.#purges = new PurgeRuns({ ...turns, purge, queue });
    this.#commands = pipelineCommands({
      ...{ ...turns, db, clock, path, archive, letters: deadLetters, fastPath, slow, purges },
      ...{ tombstones, forget, repricing, rebuild: ({ session }) => this.rebuild(session) },
    });
    stack.move();
  }

  async accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void> {
    await this.#whenFree(() => this.#fast.queue.accept(events, checkpoints));
    // Nothing needs no room.
    if (events.length === 0) return;
    this.#kick();
    while (await this.#isDeep()) await this.#progress();
  }

  async drain(upTo?: Derived): Promise<void> {
    await this.#untilNone(() => this.#depth(upTo), upTo);
  }

  async command<Name extends CommandName>(
    name: Name,
    argument: CommandArgument<Name>,
  ): Promise<CommandAnswer<Name>> {
    this.#checkOpen();
    const perform = this.#commands[name] as (given: typeof argument) => Promise<unknown>;
    return await perform(argument) as CommandAnswer<Name>;
  }

  /** Goes on with what an earlier run left in the queues; to be called before anything else. */
  async resume(): Promise<void> {
    this.#leftOver = await this.#fast.open(this.#stop.signal) + await this.#slow.backlog();
    this.#expire();
    while (!this.#stop.signal.aborted && inTransaction(this.#db, () => this.#repricing.step())) {
      this.#onFolded();
      await nextTurn();
    }
    this.#kick();
    await this.#purges.finish();
  }

  async rewound(): Promise<void> {
    this.#fast.queue.rewound();
  }

  /**
   * Derives all sessions again, or one, and resolves when that is done. What is interrupted goes
   * on at the next start.
   *
   * @returns undefined when there is no such session
   */
  async rebuild(sessionId?: string): Promise<Rebuild | undefined> {
    // What an earlier run left goes first, step by step.
    await this.#untilNone(() => this.#slow.depth());
    const begun = await this.#whenFree(() =>
      inTransaction(this.#db, () => this.#slow.beginRebuild(sessionId))
    );
    await this.#untilNone(() => this.#slow.depth());
    return begun && endRebuild(this.#db, begun);
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
    this.#waiters.tell(closedError());
    try {
      await this.#fast[Symbol.asyncDispose]();
    } finally {
      if (this.#db.isOpen) this.#db.close();
    }
  }

  async #isDeep(): Promise<boolean> {
    return await this.#fast.depth() > PRESSURE.events.orange || !await this.#hasRoom();
  }

  async #hasRoom(): Promise<boolean> {
    return !this.#stop.signal.aborted && await this.#slow.backlog() <= PRESSURE.changes.orange;
  }

  async #depth(upTo?: Derived): Promise<number> {
    return await this.#fast.depth() + await this.#slow.depth(upTo);
  }

  /** In the middle of a slice the depth is not yet that of the file. */
  async #untilNone(depth: () => Promise<number>, upTo?: Derived): Promise<void> {
    this.#checkOpen();
    using _hurry = (upTo ?? "insights") === "insights" ? this.#slow.hurry() : undefined;
    try {
      if (await depth() > 0) this.#kick();
      while (this.#db.isTransaction || await depth() > 0) await this.#progress();
    } catch (error) {
      // Whatever a closed database says, this is why.
      this.#checkOpen();
      throw error;
    }
  }

  #checkOpen(): void {
    if (this.#stop.signal.aborted) throw closedError();
  }

  #kick(): void {
    this.#nap.abort();
    this.#isKicked = true;
    this.#pumping ??= this.#pump();
  }

  /** Works until both queues are empty; one that others publish to is looked at for ever. */
  async #pump(): Promise<void> {
    let isBusy = false, wasFull = false, isTroubled = false;
    while (!this.#stop.signal.aborted) {
      let isEmpty = false, worked = false;
      this.#isKicked = false;
      try {
        if (wasFull) emptyLog(this.#db);
        wasFull = false;
        worked = await this.#round(isBusy);
        isBusy = await this.#fast.depth() >= PRESSURE.events.yellow;
        isEmpty = !worked && await this.#depth() === 0;
        if (isTroubled) this.#onRecovered();
        isTroubled = false;
        this.#waiters.tell();
      } catch (error) {
        wasFull = isFullError(error);
        isTroubled = true;
        this.#waiters.tell(explain(error));
        this.#onTrouble(explain(error));
        await this.#clock.sleep(RETRY_MS, this.#stop.signal);
        continue;
      }
      if (isEmpty && this.#fast.queue.isEmbedded && !this.#isKicked) break;
      if (worked || this.#isKicked) await nextTurn();
      else await this.#rest();
    }
    this.#pumping = undefined;
  }

  async #rest(): Promise<void> {
    this.#nap = new AbortController();
    await this.#clock.sleep(POLL_MS, AbortSignal.any([this.#stop.signal, this.#nap.signal]));
  }

  async #round(isBusy: boolean): Promise<boolean> {
    if (this.#fast.queue.isEmbedded) return await this.#slice(LONG_SLICE_MS, isBusy);
    await this.#fast.queue.tend();
    const until = this.#clock.now() + (isBusy ? LONG_SLICE_MS : SLICE_MS);
    const taken = await this.#fast.takeBatches(until, () => this.#hasRoom());
    return await this.#slice(SLICE_MS, isBusy) || taken;
  }

  /**
   * Works for a while in one transaction. What an earlier run left, or what stopped such a
   * transaction, goes step by step instead, each committed: it may hold what killed that run,
   * and only a lease that is on disk counts the attempts.
   */
  async #slice(lengthMs: number, isBusy: boolean): Promise<boolean> {
    if (this.#leftOver > 0) return await this.#step();
    const now = this.#clock.now();
    if (now - this.#expiredAt > EXPIRE_EVERY_MS) {
      inTransaction(this.#db, () => this.#expire());
      this.#expiredAt = now;
    }
    try {
      const steps = await runSlice(this.#sliceParts, lengthMs, isBusy);
      // Who is told of facts alone would be told of the rest a moment later.
      if (steps > 0 && !this.#slow.hasFactsAlone) this.#onFolded();
      return steps > 0;
    } catch (error) {
      if (!isPoison(error)) throw error;
      this.#leftOver = PRESSURE.changes.red;
      return true;
    }
  }

  async #step(): Promise<boolean> {
    const taken = this.#fast.queue.isEmbedded ? await this.#fast.path.runBatch() : 0;
    const worked = taken > 0 || await this.#slow.step(this.#leftOver > 0);
    if (this.#leftOver > 0) {
      this.#leftOver = worked ? this.#leftOver - Math.max(1, taken) : 0;
      this.#onFolded();
    }
    return worked;
  }

  #forget(): void {
    this.#slow.forget();
    this.#tombstones.forget();
  }

  #expire(): void {
    this.#slow.expire();
    this.#deadLetters.expire();
  }

  /** Runs `act` outside of a slice, in the middle of which nothing of it would be durable. */
  async #whenFree<T>(act: () => T | Promise<T>): Promise<T> {
    this.#checkOpen();
    this.#wanting++;
    try {
      while (this.#db.isTransaction) await this.#progress();
    } finally {
      this.#wanting--;
    }
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
    // Where nothing waits the pump ends at once, and what is said to this thread is not heard.
    await new Promise((resolve) => setImmediate(resolve));
    do await this.#progress(); while (await this.#isDeep());
  }

  /** Waits for the pump's next step; rejects when it failed, or when there comes none. */
  async #progress(): Promise<void> {
    this.#checkOpen();
    const next = this.#waiters.wait();
    // No kick: where all that is left waits for another attempt, the pump may rest.
    this.#pumping ??= this.#pump();
    await next;
  }
}
