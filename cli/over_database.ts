/**
 * A report over the database of this home: first what is new is read, unless a server does.
 *
 * @module
 */

import type { Database } from "../core/database.ts";
import type { FilesRead } from "../core/reports/coverage.ts";
import { labelsApart, namedProjects } from "../core/reports/project_names.ts";
import type { SessionFilter } from "../core/reports/sums.ts";
import { requireOwnHome } from "./capture_home.ts";
import { chosenSession } from "./chosen_session.ts";
import type { Globals } from "./cli.ts";
import { EXIT_INTERRUPTED } from "./exit.ts";
import { HeldOutput } from "./held_output.ts";
import { HomeReader } from "./home_reader.ts";
import type { Io } from "./io.ts";
import type { News } from "./read_news.ts";
import { RIGHTS } from "./rights.ts";
import { findServer, type FoundServer, NO_CAPTURE } from "./server_file.ts";
import type { FilterOptions, ReportContext } from "./with_report.ts";
import { namedPlatform, openWorkspace, projectLabels, type Workspace } from "./workspace.ts";

/** What a report is of, where nothing new could be read before it. */
const AS_STORED = "what follows is what was stored before";

/**
 * Runs `print` over up-to-date data. What it writes to the `io` it is given goes out once nothing
 * is read any more: a pager left open would keep the database from ever clearing its log.
 *
 * @returns the exit code
 * @throws {NotFoundError} when there is no session that is named
 */
export async function overDatabase(
  io: Io,
  globals: Globals,
  options: FilterOptions,
  print: (context: ReportContext, io: Io) => void | Promise<void>,
): Promise<number> {
  const platform = namedPlatform(options.platform);
  const workspace = openWorkspace(io, globals);
  requireOwnHome(workspace.home, "make a report");
  using reader = new HomeReader(workspace, "once");
  let coverage: FilesRead | undefined;
  const server = globals.sync ? await findServer(workspace.home) : undefined;
  if (server) tellOfServer(io, globals, server);
  if (globals.sync && !server) {
    const news = await readFirst(workspace, reader);
    if (news?.interrupted) return EXIT_INTERRUPTED;
    coverage = news?.coverage;
  }
  let labels: ReadonlyMap<string, string> | undefined;
  // To make them, every project's newest transcript is looked into.
  const labelsNow = () => labels ??= projectLabels(workspace);
  let apart: ReadonlyMap<string, string> | undefined;
  // Before the first event there is no file, and the report is an empty one.
  using empty = reader.db ? undefined : await openEmpty();
  const db = reader.db ?? empty!;
  // Not before: who has not all of them may not have a file of SQLite written anew.
  io.giveUp(RIGHTS);
  // All of a report is of one state of the database, whoever writes meanwhile.
  db.exec("begin");
  const filter: SessionFilter = {
    platform: platform?.id,
    project: options.project && namedProjects(options.project, labelsNow()),
    session: chosenSession(db, options.session),
    model: options.model,
  };
  if (options.project !== undefined || options.model !== undefined) {
    const { noteFilters } = await import("./filter_notes.ts");
    noteFilters(io, globals, { db, options, filter, labels: labelsNow });
  }
  const context: ReportContext = {
    workspace,
    db,
    filter,
    get labels() {
      return apart ??= labelsApart(labelsNow());
    },
    coverage,
  };
  const held = new HeldOutput(io.stdout);
  held.hold();
  await print(context, { ...io, stdout: held });
  db.exec("commit");
  held.release();
  return 0;
}

/** Says so, where what is stored may not be all that there is, or not as it is to be. */
function tellOfServer(io: Io, { quiet }: Globals, { captures, trouble }: FoundServer): void {
  if (trouble !== undefined) {
    io.stderr.write(`warning: ${trouble}; ${AS_STORED}\n`);
  } else if (captures === false && !quiet) {
    const idle = `the server that runs reads nothing (${NO_CAPTURE})`;
    io.stderr.write(`note: ${idle}; ${AS_STORED}\n`);
  }
}

/** Whose server reads, or who asks not to, does not wait for what this loads. */
async function readFirst(workspace: Workspace, reader: HomeReader): Promise<News | undefined> {
  const { tryReadNews } = await import("./read_news.ts");
  let isAway = false;
  const read = () =>
    tryReadNews(workspace, ({ message }) => {
      isAway = true;
      const { stderr } = workspace.io;
      stderr.write(`warning: ${message}; ${AS_STORED}\n`);
    }, { reader });
  const news = await read();
  if (news || isAway) return news;
  const { besideReader } = await import("./beside_reader.ts");
  return await besideReader(workspace, reader, read);
}

async function openEmpty(): Promise<Database> {
  const { openWriter } = await import("../core/open_writer.ts");
  return openWriter(":memory:");
}
