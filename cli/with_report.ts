/**
 * What every report does first: read what is new unless a server does, then open a reader.
 *
 * @module
 */

import { type Database, openWriter } from "../core/database.ts";
import type { Coverage, FilesRead } from "../core/reports/coverage.ts";
import { rebuildText } from "../core/reports/rebuild_text.ts";
import { namedProjects, type SessionFilter } from "../core/reports/sums.ts";
import { requireOwnHome } from "./capture_home.ts";
import { chosenSession } from "./chosen_session.ts";
import type { Globals } from "./cli.ts";
import { EXIT_INTERRUPTED } from "./exit.ts";
import type { Io } from "./io.ts";
import { RIGHTS } from "./rights.ts";
import { findServer } from "./server_file.ts";
import {
  namedPlatform,
  openHomeReader,
  openWorkspace,
  projectLabels,
  type Workspace,
} from "./workspace.ts";

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
  /** Names of projects by their hash; made when they are asked for. */
  readonly labels: ReadonlyMap<string, string>;
  readonly coverage: FilesRead | undefined;
}

/**
 * Runs `print` over up-to-date data.
 *
 * @returns the exit code
 * @throws {NotFoundError} when there is no session that is named
 */
export async function withReport(
  io: Io,
  globals: Globals,
  options: FilterOptions,
  print: (context: ReportContext) => void | Promise<void>,
): Promise<number> {
  const platform = namedPlatform(options.platform);
  const workspace = openWorkspace(io, globals);
  requireOwnHome(workspace.home, "make a report");
  let coverage: FilesRead | undefined;
  if (globals.sync && await findServer(workspace.home) === undefined) {
    // Whose server reads, or who asks not to, does not wait for what reads.
    const { tryReadNews } = await import("./read_news.ts");
    const news = await tryReadNews(workspace, ({ message }) => {
      io.stderr.write(`warning: ${message}; what follows is what was stored before\n`);
    });
    if (news?.interrupted) return EXIT_INTERRUPTED;
    coverage = news?.coverage;
  }
  let labels: ReadonlyMap<string, string> | undefined;
  // To make them, every project's newest transcript is looked into.
  const labelsNow = () => labels ??= projectLabels(workspace);
  // Before the first event there is no file, and the report is an empty one.
  const db = openHomeReader(workspace, "once") ?? openWriter(":memory:");
  // Not before: who has not all of them may not have a file of SQLite written anew.
  io.giveUp(RIGHTS);
  try {
    const filter: SessionFilter = {
      platform: platform?.id,
      project: options.project && namedProjects(options.project, labelsNow()),
      session: chosenSession(db, options.session),
      model: options.model,
    };
    await print({
      workspace,
      db,
      filter,
      get labels() {
        return labelsNow();
      },
      coverage,
    });
  } finally {
    db.close();
  }
  return 0;
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
