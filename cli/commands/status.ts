/**
 * `blueplane status`: what runs, what is stored, what is waiting.
 *
 * @module
 */

import { databaseBytes } from "../../core/database.ts";
import type { Home } from "../../core/home.ts";
import { formatAgo, formatBytes, formatCount, formatCounted } from "../../core/format.ts";
import type { Coverage } from "../../core/reports/coverage.ts";
import { rebuildText } from "../../core/reports/rebuild_text.ts";
import {
  type LastRun,
  reportStatus,
  type StatusQuery,
  type StatusReport,
} from "../../core/reports/status_report.ts";
import { lastRunText } from "../background/log_text.ts";
import { isAlive } from "../background/process_signal.ts";
import { readLastRun } from "../background/run_record.ts";
import { isCaptureHome } from "../capture_home.ts";
import { captureDocument, captureNote } from "../capture_note.ts";
import type { Globals } from "../cli.ts";
import { EXIT_NOT_FOUND } from "../exit.ts";
import { chosenFormat, type ListFormat } from "../formats/chosen_format.ts";
import { factsCsv, factsMarkdown } from "../formats/facts.ts";
import type { Io } from "../io.ts";
import { machineLabel } from "../machine_label.ts";
import { readRedisDepth } from "../redis_depth.ts";
import { redisSettings } from "../redis_settings.ts";
import {
  findServer,
  type FoundServer,
  linkTo,
  NO_CAPTURE,
  readServerNote,
} from "../server_file.ts";
import { silentText } from "../silent_server.ts";
import { VERSION } from "../version.ts";
import { printJson } from "../with_report.ts";
import { wrapBehind } from "../wrap.ts";
import { openHomeReader, openWorkspace } from "../workspace.ts";

/** Columns of what a line is about. */
const LABEL = "storage   ".length;

/** Runs the command; exit code 3 says that neither a server nor a capture worker runs. */
export async function runStatus(
  io: Io,
  globals: Globals,
  options: { format?: ListFormat },
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  const workspace = openWorkspace(io, globals);
  const note = await findServer(workspace.home);
  const redis = await readRedisDepth(redisSettings(workspace));
  const db = openHomeReader(workspace);
  try {
    const report = reportStatus(db, {
      version: VERSION,
      ...runningOf(note),
      lastRun: lastRunOf(workspace.home, note),
      machine: machineLabel(workspace.privacy),
      redis,
      databaseBytes: db ? databaseBytes(workspace.home.database) : 0,
    });
    const { capture } = workspace.config;
    const document = { ...report, capture: captureDocument(capture) };
    if (format === "json") printJson(io, document);
    else if (format === "csv") io.stdout.write(factsCsv(document));
    else if (format === "markdown") io.stdout.write(factsMarkdown(document));
    else {
      const now = io.clock.now();
      const lines = isCaptureHome(workspace.home)
        ? workerLines(report, now)
        : statusLines(report, now, note && linkTo(note));
      const silent = note ? undefined : await silentText(workspace.home);
      if (silent !== undefined) io.stderr.write(`warning: ${silent}\n`);
      if (redis?.trouble !== undefined) io.stderr.write(`warning: ${redis.trouble}\n`);
      const leftOut = captureNote(capture);
      if (leftOut !== undefined) lines.push(`capture   ${leftOut}`);
      const wrapped = lines.flatMap((line) => line.split("\n"))
        .flatMap((line) => wrapBehind(line, LABEL, io.stdout.columns()));
      io.stdout.write(`${wrapped.join("\n")}\n`);
    }
  } finally {
    db?.close();
  }
  return note ? 0 : EXIT_NOT_FOUND;
}

/** One in the foreground is in no record, and leaves its note where it dies. */
function lastRunOf(home: Home, found: FoundServer | undefined): LastRun | undefined {
  const run = readLastRun(home), left = found ? undefined : readServerNote(home);
  if (!left || left.pid === run?.pid || isAlive(left.pid)) return run;
  const { pid, started_at } = left;
  if (run && run.started_at > started_at) return run;
  const unseen = { ended_at: null, exit_code: null, signal: null, last_error: null };
  return { pid, started_at, is_running: false, ...unseen };
}

function runningOf(note: FoundServer | undefined): Pick<StatusQuery, "server" | "worker"> {
  if (!note) return { server: null };
  const { pid, url, started_at, machine, captures = true, trouble = null } = note;
  return machine === undefined
    ? { server: { pid, url, started_at, captures, trouble } }
    : { server: null, worker: { pid, machine, started_at } };
}

/** What is to be said where nothing is processed. */
function workerLines({ capture_worker: worker, coverage, lines }: StatusReport, now: number) {
  return [
    worker
      ? `worker    capture worker running (pid ${worker.pid}) as machine ${worker.machine}, ` +
        `started ${formatAgo(Date.parse(worker.started_at), now)}`
      : "worker    not running; blueplane worker --role capture starts it",
    ...(coverage && lines ? [coverageLine(coverage, lines)] : []),
    "storage   on the machine that invited this one; look there",
  ];
}

/** @param link opens the page of the server */
function statusLines(report: StatusReport, now: number, link = ""): string[] {
  const { server, queue, storage, coverage, lines } = report;
  const all = [
    server
      // A blank ends the link: a terminal would take a comma along.
      ? `server    running ${placeOf(link)} (pid ${server.pid}, started ` +
        `${formatAgo(Date.parse(server.started_at), now)})`
      : `server    ${notRunningText(report.last_run, now)}`,
    ...(server?.captures === false ? [`capture   it reads nothing (${NO_CAPTURE})`] : []),
    ...(server?.trouble ? [`trouble   ${server.trouble}`] : []),
  ];
  if (!storage || !queue || !coverage || !lines) return [...all, "storage   nothing yet"];
  const ratio = storage.compressed_bytes > 0
    ? `, traces ${(storage.raw_bytes / storage.compressed_bytes).toFixed(1)} times smaller`
    : "";
  return [
    ...all,
    `storage   ${formatBytes(storage.database_bytes)} for ${
      formatCount(storage.events)
    } events ` +
    `of ${formatCount(storage.sessions)} sessions${ratio}`,
    ...queueLines(queue, report.broker),
    coverageLine(coverage, lines),
    ...rebuildLines(coverage, server !== null),
    ...report.machines.map((share) =>
      `machine   ${share.machine || "unnamed"}${share.this_machine ? " (this one)" : ""}: ` +
      [
        formatCounted(share.files, "file"),
        formatCounted(share.lines, "line"),
        formatCounted(share.sessions, "session"),
      ].join(", ")
    ),
  ];
}

function notRunningText(run: StatusReport["last_run"], now: number): string {
  if (run?.is_running) return lastRunText(run, now);
  const hint = "not running; blueplane start starts it";
  return run ? `${hint}\nlast run  ${lastRunText(run, now)}` : hint;
}

function queueLines(
  { events, changes, dead_letters, level, thresholds }: NonNullable<StatusReport["queue"]>,
  broker: StatusReport["broker"],
): string[] {
  const where = broker === "redis" ? " in Redis" : "";
  const { yellow, orange, red } = thresholds.events;
  return [
    `queue     ${formatCount(events)} events${where} and ${formatCount(changes)} batches ` +
    `waiting, ${formatCount(dead_letters)} dead letters` +
    (dead_letters > 0 ? " (blueplane dlq list)" : ""),
    `pressure  ${level ?? "not known"} (events: yellow from ${
      formatCount(yellow)
    }, orange from ` +
    `${formatCount(orange)}: reading waits, red from ${formatCount(red)})`,
  ];
}

function coverageLine(
  coverage: NonNullable<StatusReport["coverage"]>,
  lines: NonNullable<StatusReport["lines"]>,
): string {
  return `coverage  ${formatCount(coverage.files_done)} of ` +
    `${formatCount(coverage.files_total)} files read, ${formatCount(lines.read)} lines, ` +
    `${formatCount(lines.malformed)} broken, ${formatCount(lines.unknown)} of unknown kinds`;
}

function rebuildLines(coverage: Coverage, isServed: boolean): string[] {
  const rebuild = rebuildText(coverage);
  if (rebuild === undefined) return [];
  const next = isServed ? "" : " (blueplane sync does the rest)";
  return [`rebuild   ${rebuild}; until all are, numbers grow${next}`];
}

function placeOf(url: string): string {
  return url === "" ? "without a page" : `at ${url}`;
}
