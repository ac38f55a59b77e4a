/**
 * `blueplane stop`: ends the server, wherever it runs, and waits until it is gone.
 *
 * @module
 */

import { type Background, findBackground } from "../background/find_background.ts";
import { isAlive, sendSignal } from "../background/process_signal.ts";
import type { Globals } from "../cli.ts";
import { EXIT_INTERRUPTED, NotFoundError } from "../exit.ts";
import type { Io } from "../io.ts";
import { silentText } from "../silent_server.ts";
import { printJson } from "../with_report.ts";
import { findHome } from "../workspace.ts";

/** What it reads is finished within ten. */
const END_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 25;

/** Runs the command; exit code 3 says that there was nothing to stop. */
export async function runStop(io: Io, globals: Globals): Promise<number> {
  const home = findHome(io, globals);
  const server = await findBackground(home);
  if (!server) {
    const silent = await silentText(home);
    if (silent !== undefined) throw new Error(`Cannot stop the server: ${silent}`);
    throw new NotFoundError("Cannot stop the server: none runs");
  }
  const stop = new AbortController();
  using _interrupt = io.onInterrupt(() => stop.abort());
  const startedAt = io.clock.now();
  sendSignal(server.pid, "SIGTERM");
  for (let waitedMs = 0; isAlive(server.pid); waitedMs += LOOK_EVERY_MS) {
    if (waitedMs >= END_WITHIN_MS) throw new Error(stillThere(server));
    await io.clock.sleep(LOOK_EVERY_MS, stop.signal);
    if (stop.signal.aborted) return EXIT_INTERRUPTED;
  }
  const durationMs = io.clock.now() - startedAt;
  if (globals.json) {
    printJson(io, { schema: "blueplane.stop/1", pid: server.pid, duration_ms: durationMs });
  } else if (!globals.quiet) {
    io.stdout.write(`The ${nameOf(server)} has ended (pid ${server.pid})\n`);
  }
  const next = await findBackground(home);
  if (next && !globals.quiet) {
    io.stderr.write(`note: another ${nameOf(next)} stood by and runs now (pid ${next.pid})\n`);
  }
  return 0;
}

function nameOf({ isWorker }: Background): string {
  return isWorker ? "capture worker" : "server";
}

function stillThere(server: Background): string {
  return `Cannot stop the ${nameOf(server)}: it has not ended within ${END_WITHIN_MS / 1000} ` +
    `seconds; kill -9 ${server.pid} ends it, and loses nothing`;
}
