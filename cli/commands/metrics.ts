/**
 * `blueplane metrics`: the headline numbers of a period.
 *
 * @module
 */

import { isOfTime } from "../../core/reports/group_column.ts";
import type { FullMetricsReport } from "../../core/reports/metrics_report.ts";
import type { Period } from "../../core/reports/period.ts";
import type { GroupBy } from "../../core/reports/report_choices.ts";
import { askServer, periodQuestion } from "../ask_server.ts";
import { chosenPeriod, type PeriodOptions } from "../chosen_period.ts";
import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";
import { chosenFormat, type Format } from "../formats/chosen_format.ts";
import type { Io } from "../io.ts";
import { isNothing, printMetrics } from "../metrics_print.ts";
import { paintFor } from "../table.ts";
import type { FilterOptions } from "../with_report.ts";

/** Options of the command. */
export interface MetricsOptions extends FilterOptions, PeriodOptions {
  readonly groupBy?: GroupBy;
  readonly format?: Format;
  /** Every number of the sections, too. */
  readonly all?: true;
  readonly metric?: string;
  readonly list?: true;
  readonly watch?: true;
  /** Seconds. */
  readonly interval?: number;
}

/** Runs the command. */
export async function runMetrics(
  io: Io,
  globals: Globals,
  options: MetricsOptions,
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  if (options.list) return await listMetrics(io, globals, options, format);
  if (options.watch) return await watchMetrics(io, globals, options, format);
  if (options.interval !== undefined) {
    throw new UsageError("Cannot use --interval: it goes with --watch");
  }
  if (options.metric !== undefined && format !== "chart") {
    throw new UsageError("Cannot use --metric: it goes with -f chart");
  }
  const now = io.clock.now();
  const period = chosenPeriod(options, now);
  if (format !== "chart") {
    const report = await askForMetrics(io, globals, options, { format, period });
    if (report) {
      await printMetrics(io, globals, { report, options }, format);
      return 0;
    }
  }
  const { runStoredMetrics } = await import("../stored_metrics.ts");
  return await runStoredMetrics(io, globals, options, { format, period, now });
}

/** The report of the server, where that holds all that is shown. */
async function askForMetrics(
  io: Io,
  globals: Globals,
  options: MetricsOptions,
  { format, period }: { readonly format: Format; readonly period: Period },
): Promise<FullMetricsReport | undefined> {
  const { groupBy, all } = options;
  const isTable = format === "table";
  // Beside other groups stands how busy each was.
  if (isTable && groupBy !== undefined && !isOfTime(groupBy)) return undefined;
  // Names of servers are in the files of this machine.
  if (isTable && all) return undefined;
  return await askServer<FullMetricsReport>(io, globals, options, {
    path: "/api/v1/metrics",
    question: { ...periodQuestion(options, period), group_by: groupBy },
    isEnough: (report) => !(isTable && isNothing(report)),
  });
}

async function listMetrics(io: Io, globals: Globals, options: MetricsOptions, format: Format) {
  if (options.watch) throw new UsageError("Cannot watch the list: it stays as it is");
  if (format === "chart") throw new UsageError("Cannot draw the list: it holds no numbers");
  const { printMetricsList } = await import("./metrics_list.ts");
  printMetricsList(io, format, paintFor(io, globals));
  return 0;
}

async function watchMetrics(io: Io, globals: Globals, options: MetricsOptions, format: Format) {
  if (format !== "table" && format !== "json") {
    throw new UsageError(`Cannot watch as ${format}: --watch prints a screen, or JSON`);
  }
  const { runWatch } = await import("../watch.ts");
  return await runWatch(io, { ...globals, json: format === "json" || undefined }, options);
}
