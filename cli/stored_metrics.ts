/**
 * The report of metrics over the database, with what only that tells: charts, how busy each group
 * was, and when the latest session was where there is nothing.
 *
 * @module
 */

import type { Database } from "../core/database.ts";
import { isOfTime } from "../core/reports/group_column.ts";
import {
  type FullMetricsReport,
  lateMetrics,
  type MetricsQuery,
} from "../core/reports/metrics_report.ts";
import type { Period } from "../core/reports/period.ts";
import { readToolServers } from "../core/reports/tool_servers.ts";
import { readTrends } from "../core/reports/trends.ts";
import { barsOf } from "./bars.ts";
import { barSigns, chartLook } from "./charts/chart_look.ts";
import { noteBounds, periodTitle } from "./chosen_period.ts";
import type { Globals } from "./cli.ts";
import type { MetricsOptions } from "./commands/metrics.ts";
import type { Format } from "./formats/chosen_format.ts";
import type { Io } from "./io.ts";
import { isNothing, printMetrics } from "./metrics_print.ts";
import { overDatabase } from "./over_database.ts";
import { namesOfTools, serverNames } from "./tool_names.ts";
import { noteCoverage, type ReportContext } from "./with_report.ts";
import { toolServers } from "./workspace.ts";

/** As many bars as show how busy a group was. */
const BARS = 16;

/** Makes it and prints it. @returns the exit code */
export function runStoredMetrics(
  io: Io,
  globals: Globals,
  options: MetricsOptions,
  { format, period, now }: {
    readonly format: Format;
    readonly period: Period;
    readonly now: number;
  },
): Promise<number> {
  return overDatabase(io, globals, options, async (context, io) => {
    const { workspace, db, filter, coverage } = context, { groupBy } = options;
    // Names are looked for on the disk: only where they are shown.
    const labels = groupBy && context.labels;
    const servers = options.all || format === "json" ? toolServers(workspace) : undefined;
    const query = { ...filter, period, now, groupBy, labels, servers, coverage };
    const report = lateMetrics(db, query);
    const isShown = format === "table" || format === "chart", { metric } = options;
    if (metric !== undefined) (await import("./metrics_chart.ts")).requireCharted(metric);
    if (isShown && isNothing(report)) {
      const { nothingText } = await import("./nothing_text.ts");
      io.stdout.write(nothingText(context, options, now));
    } else if (format === "chart") {
      const { metricsChart } = await import("./metrics_chart.ts");
      const names = groupNames(context, report, options);
      const drawn = { db, report, query, metric, period: periodTitle(options), names };
      io.stdout.write(metricsChart(drawn, chartLook(io, globals)));
    } else {
      // Names of tools are for the eyes of who asks: what is passed on has none.
      const beside = format === "table"
        ? { bars: groupBars(db, query, io, globals), names: groupNames(context, report, options) }
        : {};
      return await printMetrics(io, globals, { report, options, ...beside }, format);
    }
    noteBounds(io, globals, options, report.period);
    noteCoverage(io, globals, report.coverage);
  });
}

function groupBars(db: Database, query: MetricsQuery, io: Io, globals: Globals) {
  const { groupBy } = query;
  if (groupBy === undefined || isOfTime(groupBy)) return undefined;
  const signs = barSigns(chartLook(io, globals).signs);
  const trends = readTrends(db, query, groupBy, BARS);
  return new Map([...trends].map(([key, counts]) => [key, barsOf(counts, signs)]));
}

/** Names of what has no label: of tools that are groups, and of servers where all is shown. */
function groupNames(
  { workspace, db }: ReportContext,
  { groups = [], context }: FullMetricsReport,
  { groupBy, all }: MetricsOptions,
) {
  const tools = groupBy === "tool" ? groups.map(({ key }) => key) : [];
  const nameless = Object.entries(all ? context?.servers ?? {} : {})
    .flatMap(([server, account]) => account.label === undefined ? [server] : []);
  const servers = nameless.length === 0 ? [] : [...readToolServers(db)]
    .filter(([, server]) => nameless.includes(server));
  const names = namesOfTools(workspace, [...tools, ...servers.map(([tool]) => tool)]);
  return new Map([...names, ...serverNames(servers, names)]);
}
