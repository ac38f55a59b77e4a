/**
 * `blueplane errors`: how tools fail, what worked next, and what to do.
 *
 * @module
 */

import { reportErrorPatterns } from "../../core/reports/error_patterns_report.ts";
import { errorsCsv, errorsMarkdown, errorsText } from "../advice/error_lines.ts";
import { chosenPeriod } from "../chosen_period.ts";
import type { Globals } from "../cli.ts";
import { chosenFormat, type ListFormat } from "../formats/chosen_format.ts";
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
  return await withReport(io, globals, options, ({ db, filter, coverage }) => {
    const { tool, minFrequency, limit } = options;
    const query = { ...filter, period, tool, minFrequency, limit, coverage };
    const report = reportErrorPatterns(db, query);
    if (format === "json") return printJson(io, report);
    if (format === "csv") io.stdout.write(errorsCsv(report));
    else if (format === "markdown") io.stdout.write(errorsMarkdown(report));
    else {
      const look = { paint: paintFor(io, globals), columns: io.stdout.columns() };
      io.stdout.write(errorsText(report, look));
    }
    noteCoverage(io, globals, report.coverage);
  });
}
