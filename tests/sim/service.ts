/**
 * What runs on a machine of the simulation, put together as the commands do it: `serve` without
 * its page and its thread, and `worker --role capture`.
 */

import { openCapture } from "../../cli/open_capture.ts";
import { ProgressBar } from "../../cli/progress.ts";
import { openPipelineHere } from "../../cli/open_pipeline.ts";
import { redisSettings } from "../../cli/redis_settings.ts";
import { takeHomeLock } from "../../cli/home_lock.ts";
import { Trouble } from "../../cli/trouble.ts";
import type { Workspace } from "../../cli/workspace.ts";
import { readStoredPosition } from "../../core/checkpoints.ts";
import { openReader } from "../../core/database.ts";
import type { Pipeline } from "../../pipeline/pipeline.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import { RedisIntake } from "../../pipeline/redis_intake.ts";
import type { SimProcess } from "./sim_process.ts";

/** A process that was started. */
export interface Service {
  readonly process: SimProcess;
  /** What stores; only a server has it. */
  readonly pipeline?: Pipeline;
  /** Ends it in order, or cleans up after it was killed. */
  end(): Promise<void>;
}

const RETRY_MS = 2000;

/** Starts what `serve` starts. @throws what stops the start */
export async function startServer(workspace: Workspace, process: SimProcess): Promise<Service> {
  await using stack = new AsyncDisposableStack();
  const stop = new AbortController();
  stack.use(requireLock(workspace));
  let expiring = Promise.resolve();
  stack.defer(() => expiring);
  const pipeline = stack.use(await openPipelineHere(workspace));
  // It ends when the pipeline is closed.
  expiring = pipeline.expireHourly();
  const db = stack.use(openReader(workspace.home.database)!);
  const redis = redisSettings(workspace);
  const capture = await openCapture(workspace, {
    ...partsOf(workspace, stop.signal),
    intake: pipeline,
    noteUnread: (files) => pipeline.command("noteUnread", files),
    db,
    storedPosition: redis && (async (id) => readStoredPosition(db, redis.machine, id)),
  });
  const following = capture.follow(stop.signal);
  return { process, pipeline, end: ender(process, stop, following, stack.move()) };
}

/** Starts what `worker --role capture` starts. @throws what stops the start */
export async function startWorker(workspace: Workspace, process: SimProcess): Promise<Service> {
  await using stack = new AsyncDisposableStack();
  const stop = new AbortController();
  stack.use(requireLock(workspace));
  const { clock } = workspace.io;
  const redis = redisSettings(workspace, "laptop")!;
  const path = workspace.home.database;
  const intake = stack.use(new RedisIntake({ ...redis, path, clock }));
  const db = stack.use(openReader(path)!);
  const follow = async () => {
    while (!await isOpened(intake)) {
      await clock.sleep(RETRY_MS, stop.signal);
      if (stop.signal.aborted) return;
    }
    const capture = await openCapture(workspace, {
      ...partsOf(workspace, stop.signal),
      intake,
      noteUnread: (files) => intake.noteUnread(files),
      db,
      storedPosition: (id) => intake.storedPosition(id),
    });
    await capture.follow(stop.signal);
  };
  return { process, end: ender(process, stop, follow(), stack.move()) };
}

function partsOf({ io }: Workspace, signal: AbortSignal) {
  return { bar: new ProgressBar(io), trouble: new Trouble(io, signal) };
}

function requireLock({ home }: Workspace): Disposable {
  const lock = takeHomeLock(home);
  if (!lock) throw new Error("Cannot start: the one before still runs");
  return lock;
}

async function isOpened(intake: RedisIntake): Promise<boolean> {
  try {
    await intake.open();
    return true;
  } catch (error) {
    if (!(error instanceof RedisError)) throw error;
    return false;
  }
}

function ender(
  process: SimProcess,
  stop: AbortController,
  work: Promise<void>,
  parts: AsyncDisposable,
): () => Promise<void> {
  // It ends with what it asked for in vain; all else is told at its end.
  work.catch(() => process.hasFailed && process.kill());
  return async () => {
    stop.abort();
    const [ended] = await Promise.allSettled([work]);
    try {
      await parts[Symbol.asyncDispose]();
      if (ended.status === "rejected") throw ended.reason;
    } catch (error) {
      if (!process.hasFailed) throw error;
    }
  };
}
