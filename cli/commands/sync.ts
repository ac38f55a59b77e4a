/**
 * `blueplane sync`: reads and processes everything new to the end.
 *
 * @module
 */

import { formatBytes, formatCount, formatDuration } from "../../core/format.ts";
import type { Globals } from "../cli.ts";
import { EXIT_INTERRUPTED } from "../exit.ts";
import type { Io } from "../io.ts";
import { readNews } from "../read_news.ts";
import { readServerNote } from "../server_file.ts";
import { printJson } from "../with_report.ts";
import { namedPlatform, openWorkspace } from "../workspace.ts";

/** Runs the command. */
export async function runSync(
  io: Io,
  globals: Globals,
  options: { platform?: string },
): Promise<number> {
  const platform = namedPlatform(options.platform);
  const workspace = openWorkspace(io, globals);
  const startedAt = io.clock.now();
  const news = await readNews(workspace, platform);
  if (!news) {
    const pid = readServerNote(workspace.home)?.pid;
    throw new Error(
      `Cannot sync: another blueplane${pid === undefined ? "" : ` (pid ${pid})`} is reading ` +
        `already; blueplane status tells more`,
    );
  }
  const durationMs = io.clock.now() - startedAt;
  const platforms = Object.fromEntries([...news.totals].map(([id, totals]) => [id, {
    files: totals.files,
    bytes: totals.bytes,
    events_new: Math.max(0, totals.events - news.known),
    events_known: Math.min(totals.events, news.known),
    lines_malformed: totals.linesMalformed,
    lines_unknown: totals.linesUnknown,
  }]));
  if (globals.json) {
    printJson(io, { schema: "blueplane.sync/1", platforms, duration_ms: durationMs });
  } else if (!globals.quiet) {
    for (const [id, read] of Object.entries(platforms)) {
      io.stdout.write(
        `${id}: ${formatCount(read.events_new)} new events from ${formatCount(read.files)} ` +
          `files (${formatBytes(read.bytes)}) in ${formatDuration(durationMs)}\n`,
      );
      if (read.lines_malformed > 0) {
        io.stdout.write(`  ${formatCount(read.lines_malformed)} lines were broken\n`);
      }
      if (read.lines_unknown > 0) {
        io.stdout.write(`  ${formatCount(read.lines_unknown)} lines were of unknown kinds\n`);
      }
    }
  }
  return news.interrupted ? EXIT_INTERRUPTED : 0;
}
