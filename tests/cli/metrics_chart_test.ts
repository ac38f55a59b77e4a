/** Tests of `cli/metrics_chart.ts`: which chart is drawn of what. */

import { equal, match, ok, throws } from "node:assert/strict";
import { chartedMetrics, metricsChart } from "../../cli/metrics_chart.ts";
import { visibleWidth } from "../../cli/table.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../core/reports/period.ts";
import { keptNowhere, NOON } from "../helpers/events.ts";
import { type FilledHome, filledHome } from "../helpers/filled_home.ts";
import { lookOf } from "./charts/looks.ts";
import { type GroupBy, GROUPINGS } from "../../core/reports/report_choices.ts";

const NOW = NOON + 3_600_000;

function draw(
  { db }: FilledHome,
  period: string,
  { groupBy, metric, width = 80 }: { groupBy?: GroupBy; metric?: string; width?: number } = {},
): string {
  const query = { period: rollingPeriod(period, NOW), now: NOW, groupBy };
  const report = reportMetrics(db, query);
  return metricsChart({ db, report, query, metric, period }, lookOf(width));
}

Deno.test("metricsChart() draws cost and responses over time, each with its sum", async () => {
  await using home = await filledHome();
  const text = draw(home, "24h");
  match(text, /^cost by hour, 24h: ≥\$0\.0\d+$/m);
  match(text, /^responses by hour, 24h: 3$/m);
  match(draw(home, "1h"), /^cost by 5 minutes, 1h/m);
  match(draw(home, "30d"), /^cost by day, 30d/m);
  ok(!draw(home, "30d").includes("Mon"));
});

Deno.test("metricsChart() adds a calendar to a long period, and draws it for days", async () => {
  await using home = await filledHome([]);
  equal(draw(home, "all"), "Nothing in this period.\n");
  await using old = await filledHome();
  match(draw(old, "all", { groupBy: "day" }), /^cost by day, all: .*\n +(2026|[A-Z]).*\n Mon /m);
});

Deno.test("metricsChart() lays weeks over each other, unless there are none", async () => {
  await using home = await filledHome();
  match(draw(home, "7d", { groupBy: "hour" }), /^cost by hour of the week, 7d/m);
  match(draw(home, "24h", { groupBy: "weekday" }), /^cost by hour of the week, 24h/m);
  match(draw(home, "24h", { groupBy: "hour" }), /^cost by hour, 24h/m);
});

Deno.test("metricsChart() draws groups by size, rates with their number", async () => {
  await using home = await filledHome();
  match(
    draw(home, "all", { groupBy: "tool" }),
    /^tool calls by tool, all: \d+\n Bash .*\n Edit .*\n Read /m,
  );
  match(
    draw(home, "all", { groupBy: "tool", metric: "error_rate" }),
    /^ Bash {3}50\.0 % of 2 {2}█/m,
  );
});

Deno.test("metricsChart() draws nothing of what is not known at all", async () => {
  await using home = await filledHome([keptNowhere({ id: "m", platform: "cursor" })]);
  match(draw(home, "24h"), /^cost, 24h: not known\n\nresponses by hour, 24h: 1\n/);
  equal(draw(home, "all", { groupBy: "model", metric: "cost_usd" }), "cost, all: not known\n");
});

Deno.test("metricsChart() refuses what is not told by group", async () => {
  await using home = await filledHome();
  for (const metric of ["tool_ms", "change", "constructor"]) {
    throws(() => draw(home, "all", { metric }), /^UsageError: Cannot draw the metric: /);
  }
  ok(chartedMetrics().includes("cost_usd"));
});

Deno.test("metricsChart() names the nearest number, by its name or its title", async () => {
  await using home = await filledHome();
  for (
    const [metric, told] of [
      ["prompts", "did you mean user_prompts? blueplane metrics --list shows all"],
      ["cost_us", "did you mean cost_usd? blueplane metrics --list shows all"],
      ["xyzzyxyzzy", "told by group; blueplane metrics --list shows all"],
    ] as const
  ) {
    throws(
      () => draw(home, "all", { metric }),
      ({ message }: Error) => message.endsWith(told) && message.length < 150,
    );
  }
});

Deno.test("metricsChart() keeps within its width, whatever is drawn", async () => {
  await using home = await filledHome();
  for (const width of [40, 60, 160]) {
    for (const groupBy of [undefined, ...GROUPINGS]) {
      for (const line of draw(home, "all", { groupBy, width }).split("\n")) {
        ok(visibleWidth(line) <= width, `${groupBy} ${width}: ${line}`);
      }
    }
  }
});
