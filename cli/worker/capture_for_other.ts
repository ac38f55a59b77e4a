/**
 * `blueplane worker --role capture`: reads and follows everything on this machine, and publishes
 * it to the Redis from which another machine's server takes it.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import { openReader } from "../../core/database.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import type { RedisIntake } from "../../pipeline/redis_intake.ts";
import type { RedisQueueSettings } from "../../pipeline/redis_queue.ts";
import { isCaptureHome, usualName } from "../capture_home.ts";
import type { Globals } from "../cli.ts";
import { EXIT_INTERRUPTED, UsageError } from "../exit.ts";
import { followVersions } from "../installed_hooks.ts";
import type { Io } from "../io.ts";
import { openCapture } from "../open_capture.ts";
import { ProgressBar } from "../progress.ts";
import { redisSettings } from "../redis_settings.ts";
import { writeServerNote } from "../server_file.ts";
import { awaitTurn } from "../stand_by.ts";
import { Trouble } from "../trouble.ts";
import { untilAborted } from "../until_aborted.ts";
import { openWorkspace, type Workspace } from "../workspace.ts";
import { RoomWait } from "./room_wait.ts";

const RETRY_MS = 2000;
const DRAIN_WITHIN_MS = 1000;

/** What is to be known of it. */
export interface CaptureOptions {
  /** Of this machine; only a hash of it goes anywhere. */
  readonly name?: string | undefined;
  /** Ends when everything that is there is published, as a CI runner wants it. */
  readonly once?: true | undefined;
}

/** Runs it until it is interrupted, or all is published. @returns the exit code */
export async function captureForOther(
  io: Io,
  globals: Globals,
  { name, once }: CaptureOptions,
): Promise<number> {
  const workspace = openWorkspace(io, globals);
  const { home } = workspace;
  const redis = settingsOf(workspace, name);
  const stop = new AbortController();
  using _interrupt = io.onInterrupt(() => stop.abort());
  const turn = await awaitTurn(workspace, stop.signal);
  // Who wanted all of it published did not get that.
  const stopped = once ? EXIT_INTERRUPTED : 0;
  if (!turn) return stopped;
  using _lock = turn.lock;
  // Only now, as nothing of Redis is loaded where it is not used.
  const { RedisIntake } = await import("../../pipeline/redis_intake.ts");
  const wait = new RoomWait(io);
  await using intake = new RedisIntake({
    ...redis,
    path: home.database,
    clock: io.clock,
    signal: stop.signal,
    onFull: (waiting) => wait.tell(waiting),
  });
  using db = openReader(home.database)!;
  using _note = writeServerNote(home, {
    pid: Deno.pid,
    url: "",
    started_at: new Date(io.clock.now()).toISOString(),
    machine: redis.machine,
  });
  const trouble = new Trouble(io, stop.signal);
  if (once) await intake.open();
  else if (!await isOpened(intake, io, trouble, stop.signal)) return 0;
  sayWhoPublishes(workspace, redis.machine);
  using bar = new ProgressBar(io);
  const capture = await openCapture(workspace, {
    intake,
    noteUnread: (files) => intake.noteUnread(files),
    db,
    bar,
    trouble,
    storedPosition: (id) => intake.storedPosition(id),
  });
  const checking = followVersions(workspace, stop.signal);
  const following = once ? capture.readAll(stop.signal) : capture.follow(stop.signal);
  try {
    await within(following, DRAIN_WITHIN_MS, io.clock, stop.signal);
    return stop.signal.aborted ? stopped : 0;
  } finally {
    stop.abort();
    // What is under way and does not get there any more is read again at the next start.
    await intake[Symbol.asyncDispose]();
    await Promise.allSettled([following, checking]);
  }
}

function sayWhoPublishes({ io, globals }: Workspace, machine: string): void {
  const document = { schema: "blueplane.worker/1", pid: Deno.pid, machine };
  const text = `Publishing to Redis as machine ${machine} (Ctrl+C stops it)`;
  io.stdout.write(`${globals.json ? JSON.stringify(document) : text}\n`);
}

/** Waits for work, once `signal` is aborted no longer than `timeoutMs`. */
async function within(
  work: Promise<unknown>,
  timeoutMs: number,
  clock: Clock,
  signal: AbortSignal,
) {
  await untilAborted(work, signal);
  const done = new AbortController();
  try {
    await Promise.race([work, clock.sleep(timeoutMs, done.signal)]);
  } finally {
    done.abort();
  }
}

/** @throws {UsageError} where something is to be done first */
function settingsOf(workspace: Workspace, name: string | undefined): RedisQueueSettings {
  if (!isCaptureHome(workspace.home)) {
    throw new UsageError(
      "Cannot capture for another machine: this data folder did not join it; run blueplane " +
        "worker --invite there and blueplane worker --join here",
    );
  }
  const settings = redisSettings(workspace, name ?? usualName(workspace.home));
  if (settings) return settings;
  throw new UsageError(
    "Cannot capture for another machine: redis.url is not set; set it in config.json or as " +
      "BLUEPLANE_REDIS_URL to what it is there",
  );
}

/** Tries until Redis is there, and the server that processes. @returns false when stopped */
async function isOpened(
  intake: RedisIntake,
  io: Io,
  trouble: Trouble,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    try {
      await intake.open();
      trouble.end("reading");
      return !signal.aborted;
    } catch (error) {
      if (!(error instanceof RedisError)) throw error;
      trouble.tell("reading", error);
    }
    await io.clock.sleep(RETRY_MS, signal);
  }
  return false;
}
