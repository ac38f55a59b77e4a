/**
 * `blueplane logs`: what the server said in the background.
 *
 * @module
 */

import { type LogLine, readLog } from "../../core/log_file.ts";
import { LogFollower } from "../background/log_follower.ts";
import { logLineText } from "../background/log_text.ts";
import type { Globals } from "../cli.ts";
import { NotFoundError } from "../exit.ts";
import type { Io } from "../io.ts";
import { printJson } from "../with_report.ts";
import { findHome } from "../workspace.ts";

const LOOK_EVERY_MS = 200;

/** Runs the command; exit code 3 says that nothing ever was logged. */
export async function runLogs(
  io: Io,
  globals: Globals,
  { follow, lines: count }: { follow?: true; lines: number },
): Promise<number> {
  const { log: path } = findHome(io, globals);
  const stop = new AbortController();
  using _interrupt = io.onInterrupt(() => stop.abort());
  using follower = follow ? new LogFollower(path) : undefined;
  const lines = follower ? follower.read() : readLog(path);
  if (lines.length === 0 && !follower) {
    throw new NotFoundError("Cannot show the log: there is none yet; blueplane start makes one");
  }
  const shown = count === 0 ? lines : lines.slice(-count);
  if (globals.json && !follower) {
    printJson(io, { schema: "blueplane.logs/1", lines: shown });
    return 0;
  }
  const print = (line: LogLine) =>
    io.stdout.write(globals.json ? jsonLine(line) : `${logLineText(line)}\n`);
  shown.forEach(print);
  while (follower && !stop.signal.aborted && !io.stdout.isBroken()) {
    await io.clock.sleep(LOOK_EVERY_MS, stop.signal);
    follower.news().forEach(print);
  }
  return 0;
}

function jsonLine(line: LogLine): string {
  return `${JSON.stringify({ schema: "blueplane.log/1", ...line })}\n`;
}
