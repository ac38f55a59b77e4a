/**
 * Capture for one who serves an assistant: where no server runs it reads and stores what is
 * written, all of it, the newest first, until somebody else wants to.
 *
 * @module
 */

import type { Capture } from "../capture/capture.ts";
import { spoolEvents } from "../capture/spool.ts";
import { readStoredPosition } from "../core/checkpoints.ts";
import { type Database, openReader } from "../core/database.ts";
import { openWriter } from "../core/open_writer.ts";
import { encodeEvent, type TelemetryEvent } from "../core/event.ts";
import type { PipelinePort } from "../pipeline/pipeline.ts";
import { followPrices } from "./follow_prices.ts";
import { isWanted, lendTurn } from "./lent_turn.ts";
import { mendHome } from "./mend_home.ts";
import { openCapture } from "./open_capture.ts";
import { OtherWriter } from "./other_writer.ts";
import { pipelineParts } from "./open_pipeline.ts";
import { ProgressBar } from "./progress.ts";
import { redisSettings } from "./redis_settings.ts";
import { Trouble } from "./trouble.ts";
import { untilAborted } from "./until_aborted.ts";
import type { Workspace } from "./workspace.ts";

const LOOK_EVERY_MS = 250;
/** Who asks waits no longer than that: for the start, for a look at files, and for the fold. */
const KNOWN_WITHIN_MS = 5000;
const LOOKED_WITHIN_MS = 2000;
const FOLDED_WITHIN_MS = 1000;
const DRAIN_WITHIN_MS = 3000;

/** What works while this process has the right to write. */
interface Work {
  readonly capture: Capture;
  readonly pipeline: PipelinePort;
}

/** Captures until disposed, whenever it may. */
export class GuestCapture implements AsyncDisposable {
  readonly #workspace: Workspace;
  readonly #trouble: Trouble;
  readonly #stop = new AbortController();
  /** Resolved once it is known who writes. */
  readonly #known = Promise.withResolvers<void>();
  readonly #running: Promise<void>;
  #work: Work | undefined;
  /** Who works while this process may not. */
  #other: OtherWriter | undefined;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#trouble = new Trouble(workspace.io, this.#stop.signal);
    this.#running = this.#run();
  }

  /**
   * Resolves when what was written up to now can be read, or shortly after: nobody waits for all
   * that a new machine holds. Where another process writes, that one is awaited.
   *
   * @param upTo what is awaited of what derives from it
   */
  async settle(upTo: "facts" | "counts" = "counts"): Promise<void> {
    await this.#atMost(KNOWN_WITHIN_MS, this.#known.promise);
    if (!this.#work) {
      await (this.#other ??= new OtherWriter(this.#workspace)).settle(this.#stop.signal);
    }
    await this.#atMost(LOOKED_WITHIN_MS, this.#work?.capture.look());
    await this.#atMost(FOLDED_WITHIN_MS, this.#work?.pipeline.drain(upTo));
  }

  async #atMost(timeoutMs: number, work: Promise<void> | undefined): Promise<void> {
    if (!work) return;
    const late = new AbortController();
    await Promise.race([
      // Trouble with the pipeline is told by whoever holds it.
      work.catch(() => undefined),
      this.#workspace.io.clock.sleep(
        timeoutMs,
        AbortSignal.any([late.signal, this.#stop.signal]),
      ),
    ]);
    late.abort();
  }

  /** Hands over events, durably: to the own pipeline, or through the spool to whoever writes. */
  async record(events: readonly TelemetryEvent[]): Promise<void> {
    const { home, io } = this.#workspace;
    const texts = events.map(encodeEvent);
    // Where the queue can be lost, no file tells again what was told here.
    const pipeline = redisSettings(this.#workspace) ? undefined : this.#work?.pipeline;
    if (pipeline) await pipeline.accept(texts, []);
    else spoolEvents(home.spool, texts, io.clock.now());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#running;
    this.#other?.[Symbol.dispose]();
  }

  async #run(): Promise<void> {
    const { home, io } = this.#workspace, { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        using turn = lendTurn(home);
        if (turn) await this.#hold();
        this.#trouble.end("storing");
      } catch (error) {
        // Whatever it is: what is stored can be read, and it is tried again.
        if (!(error instanceof Error)) throw error;
        this.#trouble.tell("storing", error);
      }
      this.#known.resolve();
      await io.clock.sleep(LOOK_EVERY_MS, signal);
    }
  }

  /** Works until somebody wants to, or this one ends. */
  async #hold(): Promise<void> {
    const { home, io } = this.#workspace;
    await mendHome(this.#workspace);
    openWriter(home.database).close();
    using db = openReader(home.database)!;
    const ended = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, ended.signal]);
    await using pipeline = await this.#openPipeline();
    const capture = await this.#openCapture(db, pipeline);
    this.#work = { capture, pipeline };
    this.#known.resolve();
    const parts = { pipeline, trouble: this.#trouble };
    const following = Promise.all([
      capture.follow(signal),
      followPrices(this.#workspace, parts, signal),
    ]);
    try {
      const watching = untilWanted(this.#workspace, signal);
      await Promise.race([watching, pipeline.failed]);
    } finally {
      this.#work = undefined;
      ended.abort();
      await following;
    }
    const late = new AbortController();
    await Promise.race([pipeline.drain(), io.clock.sleep(DRAIN_WITHIN_MS, late.signal)]);
    late.abort();
  }

  async #openPipeline() {
    const { PipelineThread } = await import("../pipeline/pipeline_thread.ts");
    await using stack = new AsyncDisposableStack();
    const pipeline = stack.use(
      new PipelineThread({
        ...await pipelineParts(this.#workspace),
        retention: this.#workspace.config,
        onTrouble: (error) => this.#trouble.tell("storing", error),
        onRecovered: () => this.#trouble.end("storing"),
      }),
    );
    await untilAborted(pipeline.accept([], []), this.#stop.signal);
    stack.move();
    return pipeline;
  }

  #openCapture(db: Database, pipeline: PipelinePort) {
    const { io } = this.#workspace;
    const redis = redisSettings(this.#workspace);
    return openCapture(this.#workspace, {
      intake: pipeline,
      noteOff: (categories) => pipeline.command("noteOff", categories),
      noteUnread: (files) => pipeline.command("noteUnread", files),
      db,
      bar: new ProgressBar(io),
      trouble: this.#trouble,
      storedPosition: redis && (async (id) => readStoredPosition(db, redis.machine, id)),
    });
  }
}

async function untilWanted({ home, io }: Workspace, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !isWanted(home)) await io.clock.sleep(LOOK_EVERY_MS, signal);
}
