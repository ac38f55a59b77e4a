/**
 * `blueplane errors`: how tools fail, what worked next, and what to do.
 *
 * @module
 */

import type { ErrorPatternsReport } from "../../core/reports/error_patterns_report.ts";
import { errorsCsv, errorsMarkdown, errorsText } from "../advice/error_lines.ts";
import { askServer, periodQuestion } from "../ask_server.ts";
import { chosenPeriod } from "../chosen_period.ts";
import type { Globals } from "../cli.ts";
import { chosenFormat, type ListFormat } from "../formats/chosen_format.ts";
import { failedTools, isHashed } from "../hashed_tools.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../table.ts";
import { type FilterOptions, noteCoverage, printJson, withReport } from "../with_report.ts";

/** The options as the user wrote them. */
export interface ErrorsOptions extends FilterOptions {
  readonly period: string;
  readonly since?: string;
  readonly until?: string;
  readonly tool?: string;
  readonly minFrequency: number;
  readonly limit: number;
  readonly format?: ListFormat;
}

/** Runs the command. */
export async function runErrors(
  io: Io,
  globals: Globals,
  options: ErrorsOptions,
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  const period = chosenPeriod(options, io.clock.now());
  const { tool, minFrequency, limit } = options;
  const asked = await askServer<ErrorPatternsReport>(io, globals, options, {
    path: "/api/v1/analysis/errors",
    question: {
      ...periodQuestion(options, period),
      tool,
      min_frequency: minFrequency,
      limit,
    },
    // Where there is nothing, what was named may be called otherwise; what tools are called
    // stands nowhere but in a table.
    isEnough: (report) =>
      (report.n > 0 || tool === undefined && options.model === undefined) &&
      (format !== "table" || !failedTools(report).some(isHashed)),
  });
  if (asked) {
    printErrors(io, globals, asked, format);
    return 0;
  }
  return await withReport(io, globals, options, async (context, io) => {
    const { workspace, db, filter, coverage } = context;
    const [{ reportErrorPatterns }, { namedErrors }] = await Promise.all([
      import("../../core/reports/error_patterns_report.ts"),
      import("../tool_names.ts"),
    ]);
    if (tool !== undefined) {
      const [{ noteUnseen }, { seenTools }] = await Promise.all([
        import("../filter_notes.ts"),
        import("../../core/reports/filter_choices.ts"),
      ]);
      noteUnseen(io, globals, { tool }, seenTools(db));
    }
    const query = { ...filter, period, tool, minFrequency, limit, coverage };
    const report = reportErrorPatterns(db, query);
    // Names of tools are for the eyes of who asks: what is passed on has none.
    printErrors(
      io,
      globals,
      format === "table" ? namedErrors(workspace, report) : report,
      format,
    );
  });
}

function printErrors(
  io: Io,
  globals: Globals,
  report: ErrorPatternsReport,
  format: ListFormat,
): void {
  if (format === "json") return printJson(io, report);
  if (format === "csv") io.stdout.write(errorsCsv(report));
  else if (format === "markdown") io.stdout.write(errorsMarkdown(report));
  else {
    const look = { paint: paintFor(io, globals), columns: io.stdout.columns() };
    io.stdout.write(errorsText(report, look));
  }
  noteCoverage(io, globals, report.coverage);
}
