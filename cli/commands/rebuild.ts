/**
 * `blueplane rebuild`: derives everything again from the stored traces.
 *
 * @module
 */

import { formatCounted, formatDuration } from "../../core/format.ts";
import { takeWriterLock } from "../../core/writer_lock.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import type { Globals } from "../cli.ts";
import { EXIT_INTERRUPTED, NotFoundError } from "../exit.ts";
import type { Io } from "../io.ts";
import { ProgressBar } from "../progress.ts";
import { findServer } from "../server_file.ts";
import { printJson } from "../with_report.ts";
import { openWorkspace, ownPrices, type Workspace } from "../workspace.ts";

/** Runs the command. */
export async function runRebuild(
  io: Io,
  globals: Globals,
  { session }: { session?: string },
): Promise<number> {
  const workspace = openWorkspace(io, globals);
  using lock = takeWriterLock(workspace.home.lock);
  if (!lock) throw await busyError(workspace);
  const startedAt = io.clock.now();
  const { home, tables } = workspace;
  const priceFile = await ownPrices(workspace);
  await using pipeline = new Pipeline({
    path: home.database,
    tables,
    priceFile,
    clock: io.clock,
  });
  let isInterrupted = false;
  using _interrupt = io.onInterrupt(() => {
    isInterrupted = true;
    void pipeline[Symbol.asyncDispose]();
  });
  using bar = new ProgressBar(io.stderr, io.clock);
  const say = (text: string) => globals.quiet || io.stderr.write(`note: ${text}\n`);
  say("until this is done, reports show numbers that still grow");
  let rebuild;
  try {
    await pipeline.resume();
    rebuild = await pipeline.rebuild(
      session,
      (done, total) => globals.quiet || bar.updateBlocks(done, total),
    );
  } catch (error) {
    // Closing the pipeline is how it was interrupted.
    if (!isInterrupted) throw error;
    bar[Symbol.dispose]();
    say("the rest is derived when blueplane runs again");
    return EXIT_INTERRUPTED;
  }
  bar[Symbol.dispose]();
  if (!rebuild) throw new NotFoundError("Cannot rebuild: there is no such session");
  const durationMs = io.clock.now() - startedAt;
  if (globals.json) {
    printJson(io, {
      schema: "blueplane.rebuild/1",
      sessions: rebuild.sessions,
      sessions_kept: rebuild.kept,
      blocks: rebuild.blocks,
      events: rebuild.events,
      duration_ms: durationMs,
    });
  } else if (!globals.quiet) {
    io.stdout.write(
      `${formatCounted(rebuild.sessions, "session")} derived again from ` +
        `${formatCounted(rebuild.events, "event")} in ${formatDuration(durationMs)}\n`,
    );
    if (rebuild.kept > 0) {
      io.stdout.write(
        `  ${formatCounted(rebuild.kept, "session")} kept as before: not all traces are left\n`,
      );
    }
  }
  return 0;
}

async function busyError({ home }: Workspace): Promise<Error> {
  const server = await findServer(home);
  return new Error(
    server
      ? `Cannot rebuild: a server is running (pid ${server.pid}); stop it first`
      : "Cannot rebuild: another blueplane is writing; try again when it is done",
  );
}
