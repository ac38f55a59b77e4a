/**
 * Reads what is new before a report, or for `sync`: only by the one process that may write.
 *
 * @module
 */

import { Capture } from "../capture/capture.ts";
import { SPOOL_ID } from "../capture/spool_source.ts";
import type { Pending, Platform, ReadTotals, Source } from "../capture/platform.ts";
import type { Database } from "../core/database.ts";
import type { Checkpoint } from "../core/checkpoints.ts";
import type { Intake } from "../core/intake.ts";
import { madeWith, priceFileMark } from "../core/made_with.ts";
import type { Coverage } from "../core/reports/coverage.ts";
import { reportStatus } from "../core/reports/status_report.ts";
import { takeWriterLock } from "../core/writer_lock.ts";
import type { PipelinePort } from "../pipeline/pipeline.ts";
import { ProgressBar } from "./progress.ts";
import { openHomeReader, openSources, ownPrices, type Workspace } from "./workspace.ts";

/** What reading gave; undefined where another process reads. */
export interface News {
  readonly totals: ReadonlyMap<string, ReadTotals>;
  /** Events that were already stored before. */
  readonly known: number;
  readonly coverage: Coverage;
  readonly interrupted: boolean;
}

/** From this many bytes on, parsing and storing share the work between two threads. */
const THREAD_FROM_BYTES = 4 * 1024 * 1024;

/** Reads everything new and processes it to the end. */
export async function readNews(
  workspace: Workspace,
  platform?: Platform,
): Promise<News | undefined> {
  using lock = takeWriterLock(workspace.home.lock);
  if (!lock) return undefined;
  const { io } = workspace;
  const stop = new AbortController();
  using _interrupt = io.onInterrupt(() => stop.abort());
  const stored = () => withReader(workspace, (db) => storedOf(db));
  const before = stored();
  const mark = priceFileMark(await ownPrices(workspace));
  await using intake = new DeferredIntake(workspace);
  using bar = new ProgressBar(io.stderr, io.clock);
  const sources = withReader(workspace, (db) => openSources(workspace, intake, db, platform));
  const capture = new Capture({
    sources,
    clock: io.clock,
    onProgress: (progress) => workspace.globals.quiet || bar.update(progress),
  });
  const found = capture.scan();
  intake.expect(bytesOf(found));
  const totals = await capture.catchUp(stop.signal, found);
  const read = totals.values().reduce((sum, { events }) => sum + events, 0);
  // The spool is no platform: its events count for what is new, and are shown nowhere.
  totals.delete(SPOOL_ID);
  const isOwed = read > 0 || before.waiting + before.changes > 0 ||
    (before.priceFile ?? mark) !== mark;
  if (!stop.signal.aborted && isOwed) await intake.drain();
  return {
    totals,
    known: Math.max(0, read + before.waiting - (stored().events - before.events)),
    coverage: capture.coverage(),
    interrupted: stop.signal.aborted,
  };
}

/** An {@linkcode Intake} that opens the pipeline at the first call: nothing new costs nothing. */
class DeferredIntake implements Intake, AsyncDisposable {
  readonly #workspace: Workspace;
  #bytes = 0;
  #pipeline: Promise<PipelinePort> | undefined;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Tells how much will come. */
  expect(bytes: number): void {
    this.#bytes = bytes;
  }

  async accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void> {
    await (await this.#open()).accept(events, checkpoints);
  }

  /** Processes all that waits; without any call before, there is nothing. */
  async drain(): Promise<void> {
    await (await this.#open()).drain();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#pipeline)?.[Symbol.asyncDispose]();
  }

  #open(): Promise<PipelinePort> {
    return this.#pipeline ??= openPipeline(this.#workspace, this.#bytes);
  }
}

async function openPipeline(workspace: Workspace, bytes: number): Promise<PipelinePort> {
  const { home, tables, io } = workspace;
  const priceFile = await ownPrices(workspace);
  if (bytes >= THREAD_FROM_BYTES) {
    const { PipelineThread } = await import("../pipeline/pipeline_thread.ts");
    return new PipelineThread({ path: home.database, tables, priceFile });
  }
  const { Pipeline } = await import("../pipeline/pipeline.ts");
  const pipeline = new Pipeline({ path: home.database, tables, priceFile, clock: io.clock });
  await pipeline.resume();
  return pipeline;
}

function bytesOf(found: ReadonlyMap<Source, readonly Pending[]>): number {
  return found.values().reduce(
    (sum, pending) => sum + pending.reduce((part, { bytes }) => part + bytes, 0),
    0,
  );
}

function withReader<T>(workspace: Workspace, use: (db: Database | undefined) => T): T {
  const db = openHomeReader(workspace);
  try {
    return use(db);
  } finally {
    db?.close();
  }
}

function storedOf(db: Database | undefined) {
  const { queue, storage } = reportStatus(db, { version: "", server: null, databaseBytes: 0 });
  return {
    events: storage?.events ?? 0,
    waiting: queue?.events ?? 0,
    changes: queue?.changes ?? 0,
    priceFile: db && madeWith(db, "price_file"),
  };
}
