/**
 * `blueplane rebuild`: derives everything again from the stored traces, and makes the live picture
 * in Redis anew.
 *
 * @module
 */

import { formatCounted, formatDuration } from "../../core/format.ts";
import { isOpaqueId } from "../../core/privacy.ts";
import type { Pipeline } from "../../pipeline/pipeline.ts";
import type { Rebuild } from "../../pipeline/rebuild.ts";
import { askWriter } from "../ask_writer.ts";
import { requireOwnHome } from "../capture_home.ts";
import { chosenSession } from "../chosen_session.ts";
import type { Globals } from "../cli.ts";
import { EXIT_INTERRUPTED, NotFoundError, UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { rebuildLive } from "../live.ts";
import { withOwnPipeline } from "../open_pipeline.ts";
import { withRebuildProgress } from "../rebuild_progress.ts";
import { findServer } from "../server_file.ts";
import { printJson } from "../with_report.ts";
import { openHomeReader, openWorkspace, type Workspace } from "../workspace.ts";

/** Options of the command. */
export interface RebuildOptions {
  readonly session?: string;
  readonly live?: true;
}

/** Runs the command. */
export async function runRebuild(
  io: Io,
  globals: Globals,
  { session, live }: RebuildOptions,
): Promise<number> {
  const workspace = openWorkspace(io, globals);
  requireOwnHome(workspace.home, "rebuild");
  const startedAt = io.clock.now();
  if (!live) {
    const rebuild = await rebuildDerived(workspace, session);
    if (rebuild === "interrupted") return EXIT_INTERRUPTED;
    tellRebuild(workspace, rebuild, io.clock.now() - startedAt);
  }
  if (live || workspace.config.redisUrl !== undefined) {
    const keys = await rebuildPicture(workspace);
    if (live && globals.json) printJson(io, { schema: "blueplane.rebuild/1", live: { keys } });
    else if (!globals.json && !globals.quiet) {
      io.stdout.write(`The live picture is written anew: ${formatCounted(keys, "key")}\n`);
    }
  }
  return 0;
}

async function rebuildDerived(
  workspace: Workspace,
  session: string | undefined,
): Promise<Rebuild | "interrupted"> {
  if (session !== undefined && !isOpaqueId(session)) {
    throw new UsageError(
      "Cannot rebuild: an id of a session has up to 64 letters, digits, '-' and '_'",
    );
  }
  const id = session && wholeId(workspace, session);
  const choice = id === undefined ? {} : { session: id };
  let rebuild: Rebuild | undefined;
  if (await findServer(workspace.home)) {
    rebuild = await askWriter(workspace, "rebuild", "rebuild", choice);
  } else {
    try {
      rebuild = await withOwnPipeline(
        workspace,
        "rebuild",
        (pipeline) => rebuildHere(workspace, pipeline, id),
      );
    } catch (error) {
      if (!(error instanceof InterruptedError)) throw error;
      say(workspace, "the rest is derived when blueplane runs again");
      return "interrupted";
    }
  }
  if (!rebuild) throw new NotFoundError("Cannot rebuild: there is no such session");
  return rebuild;
}

function say({ io, globals }: Workspace, text: string): void {
  if (!globals.quiet) io.stderr.write(`note: ${text}\n`);
}

/** Thrown where the user had enough of it. */
class InterruptedError extends Error {
  override name = "InterruptedError";
}

async function rebuildHere(
  workspace: Workspace,
  pipeline: Pipeline,
  session: string | undefined,
): Promise<Rebuild | undefined> {
  let isInterrupted = false;
  using _interrupt = workspace.io.onInterrupt(() => {
    isInterrupted = true;
    void pipeline[Symbol.asyncDispose]();
  });
  try {
    return await withRebuildProgress(workspace, pipeline.rebuild(session));
  } catch (error) {
    // Closing the pipeline is how it was interrupted.
    throw isInterrupted
      ? new InterruptedError("Cannot rebuild: it was interrupted", { cause: error })
      : error;
  }
}

function tellRebuild({ io, globals }: Workspace, rebuild: Rebuild, durationMs: number): void {
  const { sessions, kept, blocks, events } = rebuild;
  if (globals.json) {
    printJson(io, {
      schema: "blueplane.rebuild/1",
      sessions,
      sessions_kept: kept,
      blocks,
      events,
      duration_ms: durationMs,
    });
  } else if (!globals.quiet) {
    io.stdout.write(
      `${formatCounted(sessions, "session")} derived again from ` +
        `${formatCounted(events, "event")} in ${formatDuration(durationMs)}\n`,
    );
    if (kept > 0) {
      io.stdout.write(
        `  ${formatCounted(kept, "session")} kept as before: not all traces are left\n`,
      );
    }
  }
}

/** As reports take it; what is no session for them may have traces all the same. */
function wholeId(workspace: Workspace, text: string): string {
  const db = openHomeReader(workspace);
  try {
    return db === undefined ? text : chosenSession(db, text);
  } catch (error) {
    if (error instanceof NotFoundError) return text;
    throw error;
  } finally {
    db?.close();
  }
}

async function rebuildPicture(workspace: Workspace): Promise<number> {
  const db = openHomeReader(workspace);
  // An empty picture would take the place of that of the machine on which the numbers are.
  if (!db) throw new NotFoundError("Cannot rebuild the live picture: nothing is stored here yet");
  try {
    return await rebuildLive(workspace, db);
  } finally {
    db.close();
  }
}
