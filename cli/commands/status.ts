/**
 * `blueplane status`: what runs, what is stored, what is waiting.
 *
 * @module
 */

import { databaseBytes } from "../../core/database.ts";
import { formatAgo, formatBytes, formatCount } from "../../core/format.ts";
import { reportStatus, type StatusReport } from "../../core/reports/status_report.ts";
import type { Globals } from "../cli.ts";
import { EXIT_NOT_FOUND } from "../exit.ts";
import type { Io } from "../io.ts";
import { findServer } from "../server_file.ts";
import { VERSION } from "../version.ts";
import { printJson } from "../with_report.ts";
import { openHomeReader, openWorkspace } from "../workspace.ts";

/** Runs the command; exit code 3 says that no server runs. */
export async function runStatus(io: Io, globals: Globals): Promise<number> {
  const workspace = openWorkspace(io, globals);
  const note = await findServer(workspace.home);
  const db = openHomeReader(workspace);
  try {
    const report = reportStatus(db, {
      version: VERSION,
      server: note ? { pid: note.pid, url: note.url, started_at: note.started_at } : null,
      databaseBytes: db ? databaseBytes(workspace.home.database) : 0,
    });
    if (globals.json) printJson(io, report);
    else io.stdout.write(`${statusLines(report, io.clock.now()).join("\n")}\n`);
  } finally {
    db?.close();
  }
  return note ? 0 : EXIT_NOT_FOUND;
}

function statusLines(report: StatusReport, now: number): string[] {
  const { server, queue, storage, coverage, lines } = report;
  const all = [
    server
      ? `server    running (pid ${server.pid}) ${placeOf(server.url)}, started ` +
        formatAgo(Date.parse(server.started_at), now)
      : "server    not running; blueplane serve starts it",
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
    `queue     ${formatCount(queue.events)} events and ${formatCount(queue.changes)} batches ` +
    `waiting, ${formatCount(queue.dead_letters)} dead letters` +
    (queue.dead_letters > 0 ? " (blueplane dlq list)" : ""),
    `coverage  ${formatCount(coverage.files_done)} of ${formatCount(coverage.files_total)} ` +
    `files read, ${formatCount(lines.read)} lines, ${formatCount(lines.malformed)} broken, ` +
    `${formatCount(lines.unknown)} of unknown kinds`,
  ];
}

function placeOf(url: string): string {
  return url === "" ? "without a page" : `at ${url}`;
}
