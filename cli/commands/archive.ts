/**
 * `blueplane archive`: moves old raw traces out of the database into Parquet files.
 *
 * @module
 */

import { databaseBytes } from "../../core/database.ts";
import { formatBytes, formatCounted } from "../../core/format.ts";
import { withArchiveProgress } from "../archive_progress.ts";
import { askWriter } from "../ask_writer.ts";
import { requireOwnHome } from "../capture_home.ts";
import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { printJson } from "../with_report.ts";
import { openWorkspace } from "../workspace.ts";

/** Options of the command. */
export interface ArchiveOptions {
  readonly olderThan?: string;
}

const DAY_MS = 86_400_000;

/** Runs the command. */
export async function runArchive(
  io: Io,
  globals: Globals,
  { olderThan }: ArchiveOptions,
): Promise<number> {
  const workspace = openWorkspace(io, globals);
  requireOwnHome(workspace.home, "archive");
  const days = olderThan === undefined ? workspace.config.rawDays : daysOf(olderThan);
  if (olderThan === undefined && days === 0) {
    throw new UsageError(
      "Cannot archive: retention.raw_days is 0, so that nothing is too old; say --older-than 90d",
    );
  }
  const before = databaseBytes(workspace.home.database);
  const choice = { before: io.clock.now() - days * DAY_MS };
  const done = await withArchiveProgress(
    workspace,
    () => askWriter(workspace, "archive", "archive", choice),
  );
  const { blocks = 0, events = 0, parts = 0, bytes = 0, unreadable = 0 } = done ?? {};
  const freed = Math.max(0, before - databaseBytes(workspace.home.database));
  if (globals.json) {
    printJson(io, {
      schema: "blueplane.archive/1",
      older_than_days: days,
      events,
      blocks,
      parts,
      bytes,
      blocks_unreadable: unreadable,
      freed_bytes: freed,
    });
  } else if (!globals.quiet) io.stdout.write(archiveText(days, { events, parts, bytes, freed }));
  if (unreadable > 0) {
    const what = formatCounted(unreadable, "block");
    io.stderr.write(`warning: ${what} of events cannot be read, and stay in the database\n`);
  }
  return 0;
}

/** What is said of it, for people. */
export function archiveText(
  days: number,
  { events, parts, bytes, freed }: Record<"events" | "parts" | "bytes" | "freed", number>,
): string {
  if (events === 0) return `Nothing is older than ${formatCounted(days, "day")}.\n`;
  const files = `${formatCounted(parts, "file")} of ${formatBytes(bytes)}`;
  // The last page of few events may hold others, or what came meanwhile took their room.
  const room = freed > 0
    ? `the database is ${formatBytes(freed)} smaller`
    : "the room in the database is free for what comes";
  return `${formatCounted(events, "event")} archived in ${files}; ${room}\n`;
}

/** @throws {UsageError} for what is no number of days */
function daysOf(text: string): number {
  const days = /^(\d{1,5})d?$/.exec(text)?.[1];
  if (days !== undefined) return Number(days);
  throw new UsageError("Cannot archive: --older-than is a number of days, as 90d");
}
