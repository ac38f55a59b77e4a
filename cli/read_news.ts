/**
 * Reads what is new before a report, or for `sync`: only by the one process that may write.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { Capture } from "../capture/capture.ts";
import { SPOOL_ID } from "../capture/spool_source.ts";
import type { Pending, Platform, ReadTotals, Source } from "../capture/platform.ts";
import { isArchiveDue } from "../core/archive_due.ts";
import { type Database, DiskFullError } from "../core/database.ts";
import { type Checkpoint, readCheckpoints, readStoredPosition } from "../core/checkpoints.ts";
import { KeyError } from "../core/home.ts";
import { HomeClosedError } from "../core/home_closed.ts";
import { readUnread } from "../core/files_found.ts";
import type { Intake } from "../core/intake.ts";
import { madeWith, priceFileMark, REDIS_OF } from "../core/made_with.ts";
import { readPurgeProgress } from "../core/purge.ts";
import type { FilesRead } from "../core/reports/coverage.ts";
import { areHoursHere } from "../core/reports/digest_store.ts";
import { readOff } from "../core/reports/off.ts";
import { countDeadLetters, lastDeadLetter } from "../core/reports/dead_letters_report.ts";
import { readStoredDepth, readStoredEvents } from "../core/reports/status_report.ts";
import type { PipelinePort } from "../pipeline/pipeline.ts";
import { RedisError } from "../pipeline/redis_error.ts";
import type { RedisQueueSettings } from "../pipeline/redis_queue.ts";
import { withArchiveProgress } from "./archive_progress.ts";
import { openPipeline } from "./open_pipeline.ts";
import { takeLentTurn } from "./lent_turn.ts";
import { mendHome } from "./mend_home.ts";
import { ProgressBar } from "./progress.ts";
import { withRebuildProgress } from "./rebuild_progress.ts";
import { redisSettings } from "./redis_settings.ts";
import { takeHomeLock } from "./home_lock.ts";
import { HomeReader } from "./home_reader.ts";
import { untilAborted } from "./until_aborted.ts";
import { openSources } from "./open_sources.ts";
import { ownPrices, type Workspace } from "./workspace.ts";

const NEVER = new AbortController().signal;
/** For so long old events are archived before what was asked for comes; of one part all. */
const ARCHIVE_WITHIN_MS = { report: 500, sync: 60_000 };

/** Without what this is about nothing new is read. */
const AWAY = [RedisError, KeyError, HomeClosedError, DiskFullError];

/** What reading gave; undefined where another process reads. */
export interface News {
  readonly totals: ReadonlyMap<string, ReadTotals>;
  /** Events that came to be stored, by platform: others of those that were told were before. */
  readonly stored: ReadonlyMap<string, number>;
  /** Entries that could not be handled, and were not known as such. */
  readonly deadLetters: number;
  /** Undefined where nothing was looked at, as capture is paused. */
  readonly coverage: FilesRead | undefined;
  readonly interrupted: boolean;
}

/** How it is read. */
export interface ReadNewsOptions {
  /** Only of this one. */
  readonly platform?: Platform | undefined;
  /** Ends it early. */
  readonly signal?: AbortSignal | undefined;
  /** Whether one that reads for others, as long as nobody wants to, gives way. */
  readonly insists?: boolean;
  /** Milliseconds: files that were changed before are left for later. */
  readonly changedSince?: number | undefined;
  /** With which the caller goes on; closed where anything was written. */
  readonly reader?: HomeReader;
}

/** Reads everything new and processes it to the end, or until the signal is aborted. */
export async function readNews(
  workspace: Workspace,
  options: ReadNewsOptions = {},
): Promise<News | undefined> {
  const { platform, signal = NEVER, insists = false, changedSince } = options;
  using lock = insists ? await takeLentTurn(workspace) : takeHomeLock(workspace.home);
  if (!lock) return undefined;
  using own = new HomeReader(workspace, "once");
  const { reader = own } = options;
  await mendHome(workspace, reader);
  const { io } = workspace;
  const stop = new AbortController();
  using _interrupt = io.onInterrupt(() => stop.abort());
  const ended = AbortSignal.any([stop.signal, signal]);
  const mark = priceFileMark(await ownPrices(workspace));
  await using intake = new DeferredIntake(workspace);
  // Closed before the pipeline is: the last to close empties the log, and a reader cannot.
  using _closing = { [Symbol.dispose]: () => intake.isOpen && reader.close() };
  const { before, redis, sources } = await openStored(workspace, intake, reader, platform);
  using bar = new ProgressBar(io);
  const capture = new Capture({
    sources,
    clock: io.clock,
    changedSince,
    beforeLook: () => noteOff(workspace, intake, before.off),
    isPaused: () => workspace.gate.isPaused,
    onProgress: (progress) => workspace.globals.quiet || bar.update(progress),
    // Who looks for the files of one platform knows nothing of the others'.
    unread: platform === undefined
      ? { known: before.unread, note: (files) => intake.noteUnread(files) }
      : undefined,
    recovery: redis && {
      intake,
      checkpoints: (id) => readCheckpoints(reader.db!, id),
      onRewound: () => intake.rewound(),
    },
  });
  const totals = await capture.readAll(ended, (found) => intake.expect(bytesOf(found)));
  const read = totals.values().reduce((sum, { events }) => sum + events, 0);
  // The spool is no platform: its events count for what is new, and are shown nowhere.
  totals.delete(SPOOL_ID);
  // Other machines may have published, too.
  const isOwed = redis !== undefined || read > 0 || isWaiting(before) ||
    (before.priceFile ?? mark) !== mark;
  // What waits in a queue is safe there.
  if (!ended.aborted && isOwed) {
    await untilAborted(withRebuildProgress(workspace, intake.drain()), ended);
  }
  for (const source of sources) await source.flush();
  const stored = read + before.waiting > 0
    ? storedSince(before.stored, reader.db)
    : new Map<string, number>();
  if (before.isArchiveDue ?? isOwed) await archive(workspace, intake, insists, ended);
  return {
    totals,
    stored,
    deadLetters: isOwed && reader.db ? countDeadLetters(reader.db, before.lastLetter) : 0,
    coverage: workspace.gate.isPaused ? undefined : capture.coverage(),
    interrupted: ended.aborted,
  };
}

/** Has archived what is too old. What was asked for comes, whatever stands in the way of that. */
async function archive(
  workspace: Workspace,
  intake: DeferredIntake,
  insists: boolean,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const withinMs = ARCHIVE_WITHIN_MS[insists ? "sync" : "report"];
  try {
    const work = withArchiveProgress(workspace, () => intake.archive(withinMs));
    await untilAborted(work, signal);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Whoever has the key no more is told so when there is something new.
    if (signal.aborted || error instanceof KeyError) return;
    workspace.io.stderr.write(`warning: Old events stay in the database: ${error.message}\n`);
  }
}

function storedSince(before: Stored["stored"], db: Database | undefined) {
  const now = db ? readStoredEvents(db) : before;
  return new Map([...now].map(([id, events]) => [id, events - (before.get(id) ?? 0)]));
}

/** What is stored, and the sources of it. */
async function openStored(
  workspace: Workspace,
  intake: DeferredIntake,
  reader: HomeReader,
  platform?: Platform,
) {
  const redis = redisSettings(workspace);
  // An older version's is brought to this one's schema first: it tells what was read.
  if (!reader.db && existsSync(workspace.home.database)) await intake.open();
  const before = storedOf(reader.db, workspace.io.clock.now());
  // It may find that what was read before is to be read again.
  if (redis || before.wasRedis) await intake.open();
  const stored = redis && storedIn(reader, redis);
  return {
    before,
    redis,
    sources: await openSources(workspace, intake, reader.db, platform, stored),
  };
}

/** Whether an earlier run left something to do. */
function isWaiting({ waiting, changes, underived, isPurging, areHoursHere }: Stored): boolean {
  return waiting + changes + underived > 0 || isPurging || !areHoursHere;
}

/** Has it noted what is not captured now, where that is not what was noted last. */
async function noteOff({ gate }: Workspace, intake: DeferredIntake, before: string) {
  const off = gate.choices.off.join(" ");
  if (off !== before) await intake.noteOff(off);
}

/**
 * The same for whoever can do with what is stored: that Redis or the key is away, the data folder
 * closed to us, or the disk full, is told, and no error.
 *
 * @param onAway is told why
 */
export async function tryReadNews(
  workspace: Workspace,
  onAway: (error: Error) => void,
  options: Pick<ReadNewsOptions, "signal" | "reader"> = {},
): Promise<News | undefined> {
  try {
    return await readNews(workspace, options);
  } catch (error) {
    if (!AWAY.some((kind) => error instanceof kind)) throw error;
    onAway(error as Error);
    return undefined;
  }
}

function storedIn(reader: HomeReader, { machine }: RedisQueueSettings) {
  return async (id: string) => reader.db ? readStoredPosition(reader.db, machine, id) : 0;
}

/** An {@linkcode Intake} that opens the pipeline at the first call: nothing new costs nothing. */
class DeferredIntake implements Intake, AsyncDisposable {
  readonly #workspace: Workspace;
  #bytes = 0;
  #pipeline: Promise<PipelinePort> | undefined;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Whether there is a pipeline, which may have written. */
  get isOpen(): boolean {
    return this.#pipeline !== undefined;
  }

  /** Tells how much will come. */
  expect(bytes: number): void {
    this.#bytes = bytes;
  }

  async accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void> {
    await (await this.#open()).accept(events, checkpoints);
  }

  /** Opens the pipeline now. */
  async open(): Promise<void> {
    await this.#open();
  }

  async rewound(): Promise<void> {
    await (await this.#open()).rewound();
  }

  async noteOff(categories: string): Promise<void> {
    await (await this.#open()).command("noteOff", categories);
  }

  async noteUnread(files: number): Promise<void> {
    await (await this.#open()).command("noteUnread", files);
  }

  /** Archives what is too old, if it is time. */
  async archive(withinMs: number): Promise<void> {
    const { rawDays, archiveDays } = this.#workspace.config;
    await (await this.#open()).command("archive", { rawDays, archiveDays, withinMs });
  }

  /** Processes all that waits; without any call before, there is nothing. */
  async drain(): Promise<void> {
    await (await this.#open()).drain();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Whoever opened it heard why it cannot be opened.
    const pipeline = await this.#pipeline?.catch(() => undefined);
    await pipeline?.[Symbol.asyncDispose]();
  }

  #open(): Promise<PipelinePort> {
    return this.#pipeline ??= openPipeline(this.#workspace, this.#bytes);
  }
}

function bytesOf(found: ReadonlyMap<Source, readonly Pending[]>): number {
  return found.values().reduce(
    (sum, pending) => sum + pending.reduce((part, { bytes }) => part + bytes, 0),
    0,
  );
}

type Stored = ReturnType<typeof storedOf>;

function storedOf(db: Database | undefined, now: number) {
  return {
    ...db ? readStoredDepth(db) : { waiting: 0, changes: 0, underived: 0 },
    stored: db ? readStoredEvents(db) : new Map<string, number>(),
    unread: db ? readUnread(db) : 0,
    lastLetter: db ? lastDeadLetter(db) : 0,
    off: db ? readOff(db).join(" ") : "",
    priceFile: db && madeWith(db, "price_file"),
    isArchiveDue: db && isArchiveDue(db, now),
    // Digests of another zone's hours are made anew by whoever may write.
    areHoursHere: !db || areHoursHere(db),
    // One that was broken off is finished by whoever may write.
    isPurging: db !== undefined && readPurgeProgress(db) !== undefined,
    wasRedis: db !== undefined && madeWith(db, "queue")?.startsWith(REDIS_OF) === true,
  };
}
