/**
 * `blueplane serve`: reads, follows and shows everything, in the foreground.
 *
 * @module
 */

import type { Capture } from "../../capture/capture.ts";
import { findPlatform } from "../../capture/registry.ts";
import { spoolEvents } from "../../capture/spool.ts";
import { readStoredPosition } from "../../core/checkpoints.ts";
import { openReader } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import type { Intake } from "../../core/intake.ts";
import { PipelineThread } from "../../pipeline/pipeline_thread.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import type { Commands, WebContext } from "../../web/web_context.ts";
import { requireOwnHome } from "../capture_home.ts";
import type { Globals } from "../cli.ts";
import { followVersions } from "../installed_hooks.ts";
import type { Io } from "../io.ts";
import { openCapture } from "../open_capture.ts";
import { openLive } from "../live.ts";
import { openInBrowser } from "../open_in_browser.ts";
import { pipelineParts } from "../open_pipeline.ts";
import { ProgressBar } from "../progress.ts";
import { redisSettings } from "../redis_settings.ts";
import { writeServerNote } from "../server_file.ts";
import { awaitTurn } from "../stand_by.ts";
import { textOf, Trouble } from "../trouble.ts";
import { VERSION } from "../version.ts";
import { openWorkspace, projectLabels, toolServers, type Workspace } from "../workspace.ts";

/** Options of the command. */
export interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
  readonly open?: true;
  readonly capture: boolean;
  readonly web: boolean;
}

/** The port may stay the old server's for a moment after it has ended. */
const PORT_WITHIN_MS = 5000;
const PORT_EVERY_MS = 100;
const REDIS_EVERY_MS = 2000;
const LABELS_EVERY_MS = 30_000;
const DRAIN_WITHIN_MS = 10_000;

/** Runs the command until it is interrupted. */
export async function runServe(io: Io, globals: Globals, options: ServeOptions): Promise<number> {
  const flags = { "web.port": options.port, "web.host": options.host };
  const workspace = openWorkspace(io, globals, flags);
  requireOwnHome(workspace.home, "serve");
  const stop = new AbortController();
  using _interrupt = io.onInterrupt(() => stop.abort());
  let opened = "";
  const open = (url: string) => {
    if (options.open && url !== opened) openInBrowser(url);
    opened = url;
  };
  const turn = await awaitTurn(workspace, stop.signal, ({ url }) => url !== "" && open(url));
  if (!turn) return 0;
  using _lock = turn.lock;
  const portWithinMs = turn.hasWaited ? PORT_WITHIN_MS : 0;
  return await serveNow(workspace, options, { stop, open, portWithinMs });
}

/** What is settled once it is this process's turn. */
interface Turn {
  readonly stop: AbortController;
  /** Shows the page, where that was asked for. */
  readonly open: (url: string) => void;
  readonly portWithinMs: number;
}

async function serveNow(
  workspace: Workspace,
  options: ServeOptions,
  { stop, open, portWithinMs }: Turn,
): Promise<number> {
  const { io } = workspace;
  const listeners = new Set<() => void>();
  const trouble = new Trouble(io, stop.signal);
  const redis = redisSettings(workspace);
  await using pipeline = await openPipeline(workspace, {
    trouble,
    onFolded: () => listeners.forEach((listener) => listener()),
    signal: stop.signal,
  });
  if (!pipeline) return 0;
  using db = openReader(workspace.home.database)!;
  using bar = new ProgressBar(io.stderr, io.clock);
  const capture = openCapture(workspace, {
    intake: pipeline,
    db,
    bar,
    trouble,
    storedPosition: redis && (async (id) => readStoredPosition(db, redis.machine, id)),
  });
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return { [Symbol.dispose]: () => listeners.delete(listener) };
  };
  const onTrouble = (error: unknown) => trouble.tell(error);
  await using _live = await openLive(workspace, { db, onChange, onTrouble });
  await using web = options.web
    ? await openWeb(workspace, {
      db,
      commands: commandsOf(workspace, pipeline),
      coverage: () => capture.coverage(),
      trouble: () => trouble.current,
      onChange,
    }, { signal: stop.signal, portWithinMs })
    : undefined;
  if (stop.signal.aborted) return 0;
  using _note = writeServerNote(workspace.home, {
    pid: Deno.pid,
    url: web?.url ?? "",
    started_at: new Date(io.clock.now()).toISOString(),
  });
  if (web) io.stdout.write(`Blueplane is at ${web.url} (Ctrl+C stops it)\n`);
  if (web) open(web.url);
  const checking = followVersions(workspace, stop.signal);
  try {
    if (options.capture) await followUntil(capture, pipeline, stop.signal);
    else await new Promise((resolve) => stop.signal.addEventListener("abort", resolve));
  } finally {
    stop.abort();
    await checking;
  }
  await drain(pipeline, io);
  return 0;
}

/**
 * Opens it once Redis is there, where that is on: whoever takes over from one that died with it
 * must not die of that, too.
 *
 * @returns undefined when it was stopped before
 */
async function openPipeline(
  workspace: Workspace,
  { trouble, onFolded, signal }: {
    trouble: Trouble;
    onFolded: () => void;
    signal: AbortSignal;
  },
): Promise<PipelineThread | undefined> {
  const { io } = workspace;
  const parts = await pipelineParts(workspace);
  const onTrouble = (error: unknown) => trouble.tell(error);
  while (!signal.aborted) {
    const pipeline = new PipelineThread({ ...parts, onFolded, onTrouble });
    try {
      // The first answer says that the database is there and of this version.
      await pipeline.accept([], []);
      trouble.end();
      return pipeline;
    } catch (error) {
      await pipeline[Symbol.asyncDispose]();
      if (!(error instanceof RedisError)) throw error;
      trouble.tell(error);
    }
    await io.clock.sleep(REDIS_EVERY_MS, signal);
  }
  return undefined;
}

function commandsOf(workspace: Workspace, pipeline: PipelineThread): Commands {
  // Where the queue can be lost, hooks go to the spool: no file tells again what they told.
  const intake = redisSettings(workspace) ? undefined : pipeline;
  return {
    takeHook: hookTaker(workspace, intake),
    replay: (choice) => pipeline.command("replay", choice),
    drop: (choice) => pipeline.command("drop", choice),
    rebuild: (choice) => pipeline.command("rebuild", choice),
    changeInsights: (change) => pipeline.command("changeInsights", change),
  };
}

function hookTaker(workspace: Workspace, intake: Intake | undefined): Commands["takeHook"] {
  const { io, home } = workspace;
  return async (id, payload) => {
    const now = io.clock.now();
    const events = findPlatform(id)?.readHook(payload, now, workspace) ?? [];
    if (events.length === 0) return;
    if (intake) await intake.accept(events.map(encodeEvent), []);
    else spoolEvents(home.spool, events.map(encodeEvent), now);
  };
}

/** Follows until stopped; a pipeline that died ends it with its error. */
async function followUntil(
  capture: Capture,
  pipeline: PipelineThread,
  signal: AbortSignal,
): Promise<void> {
  const ended = new AbortController();
  const following = capture.follow(AbortSignal.any([signal, ended.signal]));
  try {
    await Promise.race([following, pipeline.failed]);
  } finally {
    ended.abort();
    await following;
  }
}

async function openWeb(
  workspace: Workspace,
  parts: Pick<WebContext, "db" | "commands" | "onChange"> & {
    coverage: () => { files_done: number; files_total: number };
    trouble: () => string | undefined;
  },
  { signal, portWithinMs }: { signal: AbortSignal; portWithinMs: number },
) {
  const { startWeb } = await import("../../web/web_server.ts");
  const { io, config } = workspace;
  let labels = projectLabels(workspace), labelsAt = io.clock.now();
  const context: WebContext = {
    ...parts,
    clock: io.clock,
    version: VERSION,
    pid: Deno.pid,
    labels() {
      if (io.clock.now() - labelsAt > LABELS_EVERY_MS) {
        labels = projectLabels(workspace);
        labelsAt = io.clock.now();
      }
      return labels;
    },
    toolServers: () => toolServers(workspace),
    platformId: (name) => findPlatform(name)?.id,
  };
  for (let waitedMs = 0; !signal.aborted; waitedMs += PORT_EVERY_MS) {
    try {
      return startWeb(context, config);
    } catch (error) {
      if (!isPortTaken(error) || waitedMs >= portWithinMs) throw error;
    }
    await io.clock.sleep(PORT_EVERY_MS, signal);
  }
  return undefined;
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Deno.errors.AddrInUse;
}

/** Finishes what was read; what does not get done in time is done at the next start. */
async function drain(pipeline: PipelineThread, io: Io): Promise<void> {
  const late = new AbortController();
  await Promise.race([
    pipeline.drain().catch((error) => io.stderr.write(`warning: ${textOf(error)}\n`)),
    io.clock.sleep(DRAIN_WITHIN_MS, late.signal),
  ]);
  late.abort();
}
