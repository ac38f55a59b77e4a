/**
 * `blueplane similar`: sessions like one or like a task, and what those did that went well.
 *
 * @module
 */

import { Advisor } from "../../core/reports/advisor.ts";
import { reportSimilar } from "../../core/reports/similar_report.ts";
import { similarCsv, similarMarkdown, similarText } from "../advice/similar_lines.ts";
import { chosenSession } from "../chosen_session.ts";
import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";
import { chosenFormat, type ListFormat } from "../formats/chosen_format.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../table.ts";
import { namedSimilar } from "../tool_names.ts";
import { noteCoverage, printJson, withReport } from "../with_report.ts";

/** The options as the user wrote them. */
export interface SimilarOptions {
  readonly task?: string;
  readonly limit: number;
  readonly minSimilarity: number;
  readonly platform?: string;
  readonly project?: string;
  readonly model?: string;
  readonly format?: ListFormat;
}

/** Runs the command. */
export async function runSimilar(
  io: Io,
  globals: Globals,
  options: SimilarOptions,
  session?: string,
): Promise<number> {
  const { task, limit, minSimilarity } = options;
  const format = chosenFormat(globals, options.format);
  if (session !== undefined && task !== undefined) {
    throw new UsageError("Cannot compare with both a session and a task: name one of them");
  }
  return await withReport(
    io,
    globals,
    options,
    ({ workspace, db, filter, labels, coverage }, io) => {
      const like = task === undefined
        ? { session: chosenSession(db, session ?? "last") }
        : { task };
      const { session: _, ...filters } = filter;
      const query = { ...filters, ...like, limit, minSimilarity, labels, coverage };
      const report = reportSimilar(new Advisor(db), query)!;
      if (format === "json") return printJson(io, report);
      if (format === "csv") io.stdout.write(similarCsv(report));
      else if (format === "markdown") io.stdout.write(similarMarkdown(report, io.clock.now()));
      else {
        const look = { paint: paintFor(io, globals), columns: io.stdout.columns() };
        const named = namedSimilar(workspace, report);
        io.stdout.write(similarText(named, { ...look, now: io.clock.now() }));
      }
      noteCoverage(io, globals, report.coverage);
    },
  );
}
