/**
 * `blueplane serve`: reads, follows and shows everything, in the foreground.
 *
 * @module
 */

import { randomBytes } from "node:crypto";
import type { Capture } from "../../capture/capture.ts";
import { HeldExports } from "../../capture/held_exports.ts";
import { findPlatform, platformName } from "../../capture/registry.ts";
import { readStoredPosition } from "../../core/checkpoints.ts";
import { type Database, openReader } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { readKey } from "../../core/home.ts";
import { noteSuspect } from "../../pipeline/damage.ts";
import { PipelineThread } from "../../pipeline/pipeline_thread.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import type { WebContext } from "../../web/web_context.ts";
import { answerProof } from "../answer_note.ts";
import { requireOwnHome } from "../capture_home.ts";
import type { Globals } from "../cli.ts";
import { followHome, GONE_TEXT } from "../follow_home.ts";
import { followPrices } from "../follow_prices.ts";
import { followHeld } from "../follow_held.ts";
import { followVersions } from "../installed_hooks.ts";
import { DAMAGED_TEXT, UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { KeptProjectLabels } from "../kept_project_labels.ts";
import { KeptToolNames } from "../kept_tool_names.ts";
import { mendHome } from "../mend_home.ts";
import { openCapture } from "../open_capture.ts";
import { openLive } from "../live.ts";
import { openInBrowser } from "../open_in_browser.ts";
import { pipelineParts } from "../open_pipeline.ts";
import { ownServerNote } from "../own_server_note.ts";
import { ProgressBar } from "../progress.ts";
import { redisSettings } from "../redis_settings.ts";
import { serverCommands } from "../server_commands.ts";
import { linkTo, type ServerNote, writeServerNote } from "../server_file.ts";
import { awaitTurn } from "../stand_by.ts";
import { textOf, Trouble } from "../trouble.ts";
import { untilAborted } from "../until_aborted.ts";
import { captureNote } from "../capture_note.ts";
import { VERSION } from "../version.ts";
import { webFace } from "../web_face.ts";
import {
  openWorkspace,
  projectLabels,
  toolNames,
  toolServers,
  type Workspace,
} from "../workspace.ts";
import { isDamagedError } from "../../core/sqlite_error.ts";

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
const DRAIN_WITHIN_MS = 10_000;

/** Runs the command until it is interrupted. */
export async function runServe(io: Io, globals: Globals, options: ServeOptions): Promise<number> {
  if (options.open && !options.web) {
    throw new UsageError("Cannot open the dashboard: with --no-web there is none");
  }
  const workspace = openWorkspace(io, globals, flagsOf(options));
  requireOwnHome(workspace.home, "serve");
  const stop = new AbortController();
  using _interrupt = io.onInterrupt(() => stop.abort());
  let opened = "";
  const open = (url: string) => {
    if (options.open && url !== opened) openInBrowser(url);
    opened = url;
  };
  const turn = await awaitTurn(
    workspace,
    stop.signal,
    (first) => first.url !== "" && open(linkTo(first)),
  );
  if (!turn) return 0;
  using _lock = turn.lock;
  const portWithinMs = turn.hasWaited ? PORT_WITHIN_MS : 0;
  return await serveNow(workspace, options, { stop, open, portWithinMs });
}

/** Options that are settings. */
function flagsOf({ port, host }: ServeOptions) {
  return { "web.port": port, "web.host": host };
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
  const { io, home } = workspace;
  const { signal } = stop;
  const trouble = new Trouble(io, signal);
  const listeners = new Set<() => void>();
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return { [Symbol.dispose]: () => listeners.delete(listener) };
  };
  const running: Running = { held: new HeldExports(workspace.gate) };
  // Closed after all who read: the last one to close the database empties its log.
  await using last = new AsyncDisposableStack();
  await mendHome(workspace);
  // From here on it is there, and of this version.
  openWriter(home.database).close();
  using db = openReader(home.database)!;
  // Of this run alone: whoever was told it once is asked again after the next start.
  const token = workspace.config.hasToken ? randomBytes(24).toString("base64url") : undefined;
  await using web = options.web
    ? await openWeb(workspace, {
      db,
      commands: serverCommands(workspace, {
        pipeline: () => running.pipeline,
        held: running.held,
        trouble: () => trouble.current,
      }),
      coverage: () => running.capture?.coverage(),
      exportsHeld: () => running.held.counts,
      trouble: () => trouble.current,
      onChange,
      token,
      ...webFace(workspace, {
        db,
        flags: flagsOf(options),
        trouble: () => trouble.current,
      }),
    }, { signal, portWithinMs })
    : undefined;
  if (signal.aborted) return 0;
  const note = ownServerNote(workspace, web?.url, token, options.capture);
  using _note = writeServerNote(home, note);
  if (web) open(linkTo(note));
  const onFolded = () => listeners.forEach((listener) => listener());
  const onTried = () => announce(workspace, note);
  const onDamage = () => endDamaged(home.database, running, stop);
  const opening = { trouble, onFolded, onTried, onDamage, signal };
  const pipeline = await openPipeline(workspace, opening);
  if (!pipeline) return endOf(running);
  running.pipeline = last.use(pipeline);
  await using _live = await openLive(workspace, {
    db,
    onChange,
    onTrouble: (error) => trouble.tell("writing the live picture", error),
    onRecovered: () => trouble.end("writing the live picture"),
  });
  try {
    await work(workspace, options, { pipeline, db, trouble, running, stop });
  } finally {
    running.pipeline = undefined;
  }
  if (running.broken === undefined) await drain(pipeline, io);
  return endOf(running);
}

/** Ends the work: the next start looks at all of the database, and makes it anew. */
function endDamaged(database: string, running: Running, stop: AbortController): void {
  noteSuspect(database);
  endBroken(running, stop, DAMAGED_TEXT);
}

/** Ends the work, as it cannot go on. */
function endBroken(running: Running, stop: AbortController, broken: string): void {
  running.broken = broken;
  stop.abort();
}

/** The exit code. @throws {Error} for who is started by the system, to be started again */
function endOf({ broken }: Running): number {
  if (broken !== undefined) throw new Error(broken);
  return 0;
}

/** What runs by now: the page is there before. */
interface Running {
  readonly held: HeldExports;
  pipeline?: PipelineThread | undefined;
  capture?: Capture;
  /** What is wrong with the database, so that nothing can go on. */
  broken?: string;
}

interface WorkParts {
  readonly pipeline: PipelineThread;
  readonly db: Database;
  readonly trouble: Trouble;
  readonly running: Running;
  readonly stop: AbortController;
}

/** Works until it is stopped. */
async function work(
  workspace: Workspace,
  { capture: isCapturing }: ServeOptions,
  parts: WorkParts,
) {
  const { pipeline, db, trouble, running, stop } = parts;
  const { io } = workspace;
  const redis = redisSettings(workspace);
  using bar = new ProgressBar(io);
  const capture = await openCapture(workspace, {
    intake: pipeline,
    noteOff: (categories) => pipeline.command("noteOff", categories),
    noteUnread: (files) => pipeline.command("noteUnread", files),
    db,
    bar,
    trouble,
    storedPosition: redis && (async (id) => readStoredPosition(db, redis.machine, id)),
  });
  running.capture = capture;
  const checking = Promise.all([
    followVersions(workspace, stop.signal),
    followHeld(workspace, { held: running.held, trouble }, stop.signal),
    followPrices(workspace, { pipeline, trouble }, stop.signal),
    followHome(workspace, stop.signal, () => endBroken(running, stop, GONE_TEXT)),
  ]);
  try {
    if (isCapturing) await followUntil(capture, pipeline, stop.signal);
    else await untilAborted(pipeline.failed, stop.signal);
  } finally {
    stop.abort();
    await checking;
  }
}

/** Says where it is. */
function announce({ io, globals }: Workspace, note: ServerNote): void {
  if (globals.json) {
    const { answers: _, ...told } = note;
    io.stdout.write(`${JSON.stringify({ schema: "blueplane.serve/1", ...told })}\n`);
  } else if (note.url === "") {
    io.stdout.write("Blueplane reads, without a dashboard (Ctrl+C stops it)\n");
  } else {
    // What is kept of the output holds no token.
    const place = io.stdout.isTerminal ? linkTo(note) : note.url;
    io.stdout.write(`Blueplane is at ${place} (Ctrl+C stops it)\n`);
  }
}

interface OpeningParts {
  readonly trouble: Trouble;
  readonly onFolded: () => void;
  /** Called once, when it is open or known to wait for Redis. */
  readonly onTried: () => void;
  /** Called when the database makes no sense. */
  readonly onDamage: () => void;
  readonly signal: AbortSignal;
}

/**
 * Opens it once Redis is there, where that is on: whoever takes over from one that died with it
 * must not die of that, too.
 *
 * @returns undefined when it was stopped before
 */
async function openPipeline(
  workspace: Workspace,
  parts: OpeningParts,
): Promise<PipelineThread | undefined> {
  const { trouble, onTried, signal } = parts;
  for (let tries = 0; !signal.aborted; tries++) {
    try {
      const pipeline = await tryOpenPipeline(workspace, parts);
      if (pipeline && tries === 0) onTried();
      return pipeline;
    } catch (error) {
      if (!(error instanceof RedisError)) throw error;
      trouble.tell("storing", error);
    }
    if (tries === 0) onTried();
    await workspace.io.clock.sleep(REDIS_EVERY_MS, signal);
  }
  return undefined;
}

async function tryOpenPipeline(
  workspace: Workspace,
  { trouble, onFolded, onDamage, signal }: OpeningParts,
): Promise<PipelineThread | undefined> {
  await using stack = new AsyncDisposableStack();
  const pipeline = stack.use(
    new PipelineThread({
      ...await pipelineParts(workspace),
      retention: workspace.config,
      onFolded,
      onTrouble: (error) => isDamagedError(error) ? onDamage() : trouble.tell("storing", error),
      onRecovered: () => trouble.end("storing"),
    }),
  );
  // Whoever is stopped waits for no answer.
  await untilAborted(pipeline.accept([], []), signal);
  if (signal.aborted) return undefined;
  trouble.end("storing");
  stack.move();
  return pipeline;
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
  parts: Omit<
    WebContext,
    | "clock"
    | "version"
    | "pid"
    | "proofOf"
    | "labels"
    | "toolServers"
    | "toolNames"
    | "platformId"
    | "platformName"
  >,
  { signal, portWithinMs }: { signal: AbortSignal; portWithinMs: number },
) {
  const { startWeb } = await import("../../web/web_server.ts");
  const { io, config } = workspace;
  const labels = new KeptProjectLabels(() => projectLabels(workspace), parts.db, io.clock);
  const names = new KeptToolNames((wanted) => toolNames(workspace, wanted), io.clock);
  const context: WebContext = {
    ...parts,
    clock: io.clock,
    version: VERSION,
    pid: Deno.pid,
    proofOf(challenge) {
      // Whoever asks would tell of what stops the work.
      const key = parts.trouble() === undefined ? readKey(workspace.home, false) : undefined;
      return key && answerProof(key, Deno.pid, challenge);
    },
    labels: () => labels.read(),
    toolServers: () => toolServers(workspace),
    toolNames: (wanted) => names.of(wanted),
    captureNote: () => captureNote(workspace.gate.choices),
    platformId: (name) => findPlatform(name)?.id,
    platformName,
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
