/**
 * What every report does over the database, and what it says beside its numbers.
 *
 * @module
 */

import type { Database } from "../core/database.ts";
import type { Coverage, FilesRead } from "../core/reports/coverage.ts";
import { rebuildText } from "../core/reports/rebuild_text.ts";
import type { SessionFilter } from "../core/reports/sums.ts";
import type { Globals } from "./cli.ts";
import type { Io } from "./io.ts";
import type { Workspace } from "./workspace.ts";

/** The filters that reports share, as the user wrote them. */
export interface FilterOptions {
  readonly platform?: string | undefined;
  readonly project?: string | undefined;
  readonly session?: string | undefined;
  readonly model?: string | undefined;
}

/** What a report is made of. */
export interface ReportContext {
  readonly workspace: Workspace;
  readonly db: Database;
  readonly filter: SessionFilter;
  /** Names of projects by their hash, told apart; made when they are asked for. */
  readonly labels: ReadonlyMap<string, string>;
  readonly coverage: FilesRead | undefined;
}

/**
 * Runs `print` over up-to-date data, with an `io` that waits until all is read. What reads them is
 * loaded now: whoever was answered by a server does without.
 *
 * @returns the exit code
 * @throws {NotFoundError} when there is no session that is named
 */
export async function withReport(
  io: Io,
  globals: Globals,
  options: FilterOptions,
  print: (context: ReportContext, io: Io) => void | Promise<void>,
): Promise<number> {
  const { overDatabase } = await import("./over_database.ts");
  return await overDatabase(io, globals, options, print);
}

/** Prints a document of a report as JSON. */
export function printJson(io: Io, document: unknown): void {
  io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** Says on stderr that a report had to answer before everything was read and derived. */
export function noteCoverage(io: Io, globals: Globals, coverage: Coverage): void {
  const { files_done, files_total } = coverage;
  if (globals.quiet) return;
  if (files_done < files_total) {
    io.stderr.write(`note: ${files_done} of ${files_total} files are read so far\n`);
  }
  const rebuild = rebuildText(coverage);
  if (rebuild !== undefined) {
    io.stderr.write(`note: a rebuild is not done: ${rebuild}; until all are, numbers grow\n`);
  }
}
