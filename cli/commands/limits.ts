/**
 * `blueplane limits`: how much of an account's limits is used, and where that goes.
 *
 * @module
 */

import { reportLimits } from "../../core/reports/limits_report.ts";
import { limitsCsv, limitsMarkdown, limitsText } from "../advice/limit_lines.ts";
import { chartLook } from "../charts/chart_look.ts";
import type { Globals } from "../cli.ts";
import { chosenFormat, type ListFormat } from "../formats/chosen_format.ts";
import type { Io } from "../io.ts";
import { printJson, withReport } from "../with_report.ts";

/** The options as the user wrote them. */
export interface LimitsOptions {
  readonly format?: ListFormat;
}

/** Runs the command. */
export async function runLimits(
  io: Io,
  globals: Globals,
  options: LimitsOptions,
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  return await withReport(io, globals, {}, ({ db }, io) => {
    const now = io.clock.now();
    const report = reportLimits(db, now);
    if (format === "json") return printJson(io, report);
    if (format === "csv") io.stdout.write(limitsCsv(report));
    else if (format === "markdown") io.stdout.write(limitsMarkdown(report, now));
    else io.stdout.write(limitsText(report, now, chartLook(io, globals)));
  });
}
