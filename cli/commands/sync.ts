/**
 * `blueplane sync`: reads and processes everything new to the end.
 *
 * @module
 */

import { platformName } from "../../capture/registry.ts";
import { formatBytes, formatCounted, formatDuration } from "../../core/format.ts";
import { type Awaited, awaitServer } from "../await_server.ts";
import { requireOwnHome } from "../capture_home.ts";
import { chosenMoment } from "../chosen_period.ts";
import type { Globals } from "../cli.ts";
import { EXIT_INTERRUPTED } from "../exit.ts";
import type { Io } from "../io.ts";
import { refreshLive } from "../live.ts";
import { withOwnPipeline } from "../open_pipeline.ts";
import { type News, readNews } from "../read_news.ts";
import { findServer, type ServerNote } from "../server_file.ts";
import { printJson } from "../with_report.ts";
import { namedPlatform, openWorkspace, ownPrices, type Workspace } from "../workspace.ts";

/** Runs the command. */
export async function runSync(
  io: Io,
  globals: Globals,
  options: { platform?: string; since?: string; again?: true },
): Promise<number> {
  const changedSince = options.since === undefined ? undefined : chosenMoment(options.since);
  const platform = namedPlatform(options.platform);
  const workspace = openWorkspace(io, globals);
  requireOwnHome(workspace.home, "sync");
  const startedAt = io.clock.now();
  if (options.again) await startAgain(workspace, platform?.id);
  const own = await readNews(workspace, { platform, insists: true, changedSince });
  if (own) await refreshLive(workspace);
  const news = own ?? await besideServer(workspace, { platform, changedSince });
  const durationMs = io.clock.now() - startedAt;
  const platforms = Object.fromEntries([...news.totals].map(([id, totals]) => {
    // What waited since an earlier run is stored too, but was not read now.
    const stored = Math.min(totals.events, news.stored.get(id) ?? 0);
    return [id, {
      files: totals.files,
      bytes: totals.bytes,
      events_new: stored,
      events_known: totals.events - stored,
      lines_malformed: totals.linesMalformed,
      lines_unknown: totals.linesUnknown,
    }];
  }));
  if (globals.json) {
    printJson(io, {
      schema: "blueplane.sync/1",
      platforms,
      dead_letters: news.deadLetters,
      duration_ms: durationMs,
    });
  } else if (!globals.quiet) {
    io.stdout.write(
      Object.entries(platforms).map(([id, read]) => readText(id, read, durationMs)).join(""),
    );
  }
  if (news.interrupted && !globals.quiet) {
    const rest = own ? "the rest is read the next time" : "the server reads on";
    io.stderr.write(`note: it was interrupted; ${rest}\n`);
  }
  const { files_total = 0, files_done = 0 } = news.coverage ?? {};
  const left = files_total - files_done;
  if (changedSince !== undefined && left > 0 && !globals.quiet) {
    const are = left === 1 ? "is" : "are";
    io.stderr.write(`note: ${formatCounted(left, "file")} of before ${are} left for later\n`);
  }
  if (workspace.gate.isPaused && !globals.quiet) {
    io.stderr.write("note: capture is paused, and nothing was read\n");
  }
  if (news.deadLetters > 0 && !globals.quiet) {
    const letters = formatCounted(news.deadLetters, "new dead letter");
    io.stderr.write(`warning: ${letters}; blueplane dlq list says why\n`);
  }
  return news.interrupted ? EXIT_INTERRUPTED : 0;
}

interface ReadHere {
  readonly files: number;
  readonly bytes: number;
  readonly events_new: number;
  readonly lines_malformed: number;
  readonly lines_unknown: number;
}

function readText(id: string, read: ReadHere, durationMs: number): string {
  const were = (lines: number, what: string) => {
    const counted = `${formatCounted(lines, "line")} ${lines === 1 ? "was" : "were"}`;
    return lines > 0 ? `  ${counted} ${what}\n` : "";
  };
  const name = platformName(id);
  if (read.files === 0) return `${name}: nothing new\n`;
  return `${name}: ${formatCounted(read.events_new, "new event")} from ` +
    `${formatCounted(read.files, "file")} (${formatBytes(read.bytes)}) in ` +
    `${formatDuration(durationMs)}\n` +
    were(read.lines_malformed, "broken") + were(read.lines_unknown, "of unknown kinds");
}

/** What is read already is read once more, and what was purged is not refused any longer. */
async function startAgain(workspace: Workspace, platform: string | undefined): Promise<void> {
  const server = await findServer(workspace.home);
  if (server) {
    throw new Error(
      `Cannot sync again: the server ${placeOf(server)} is reading; stop it first`,
    );
  }
  const again = platform === undefined ? {} : { platform };
  await withOwnPipeline(workspace, "sync again", (pipeline) => {
    return pipeline.command("readAgain", again);
  });
}

function placeOf({ url, pid }: ServerNote): string {
  return url === "" ? `with pid ${pid}` : `at ${url}`;
}

/** A running server reads everything by itself: there is nothing to do but to wait. */
async function besideServer(
  workspace: Workspace,
  awaited: Pick<Awaited, "platform" | "changedSince">,
): Promise<News> {
  const server = await findServer(workspace.home);
  if (!server) {
    throw new Error("Cannot sync: another blueplane is reading; try again when it is done");
  }
  // As where none runs: with prices that cannot be understood nothing is in order.
  await ownPrices(workspace);
  const { io, globals, home } = workspace, place = placeOf(server);
  const stop = new AbortController();
  using _interrupt = io.onInterrupt(() => stop.abort());
  const hasWaited = await awaitServer(workspace, place, { ...awaited, signal: stop.signal });
  const interrupted = stop.signal.aborted;
  if (!globals.quiet && !interrupted && !workspace.gate.isPaused) {
    const { trouble } = await findServer(home) ?? server;
    const does = trouble !== undefined
      ? `reads everything after this: ${trouble}`
      : hasWaited
      ? "has read everything"
      : "reads everything already";
    io.stderr.write(`note: the server ${place} ${does}\n`);
  }
  return {
    totals: new Map(),
    stored: new Map(),
    deadLetters: 0,
    coverage: undefined,
    interrupted,
  };
}
