/** Tests of `cli/acceptance_tables.ts`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { costSheet, groupSheet, headlineSheet } from "../../cli/acceptance_tables.ts";
import { type AcceptanceReport, reportAcceptance } from "../../core/reports/acceptance_report.ts";
import { rollingPeriod } from "../../core/reports/period.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import { keptNowhere } from "../helpers/events.ts";
import { filledHome } from "../helpers/filled_home.ts";

async function report(events?: readonly TelemetryEvent[]) {
  await using home = await filledHome(events);
  const now = home.clock.now();
  return reportAcceptance(home.db, { period: rollingPeriod("all", now), now });
}

Deno.test("headlineSheet() tells the rate, its evidence, and what a line cost", async () => {
  const { columns, rows } = headlineSheet(await report(), "all");

  equal(columns[0]!.title, "all");
  deepEqual(rows.map(([, value]) => value).slice(0, 5), [
    "75.0 % of 4 (95 %: 30–95)",
    "ran 3",
    "rejected 1",
    "75.0 % of 4 (95 %: 30–95)",
    "by you 1",
  ]);
  deepEqual(rows.map(([, value]) => value).slice(7), [
    "≥$0.02",
    "≥$0.0006, of 24; kept ≥$0.0006, of 24",
    "53.5 %",
  ]);
});

Deno.test("headlineSheet() tells who let calls run, of those that did", async () => {
  const told = { person: 2, rule: 0, hook: 1, mode: 0, rule_or_mode: 3 };
  const { rows } = headlineSheet({ ...await report(), let_run_by: told }, "all");

  const text = rows.find(([title]) => title === "calls let run")?.[1];
  equal(text, "by you 2, by a hook 1, by a rule or mode 3");
});

Deno.test("headlineSheet() says what tells of decisions, where nothing does", async () => {
  const told = { person: 2, rule: 0, hook: 1, mode: 0, rule_or_mode: 3 };
  const decision_ms = { n: 1, p50: 1, p95: 1, p99: 1, min: 1, mean: 1, max: 1 };
  const untold = { ...await report(), let_run_by: null, decision_ms: null };
  const noteOf = (changes: Partial<AcceptanceReport>) =>
    headlineSheet({ ...untold, ...changes }, "all").note;

  match(noteOf({})!, /^–: only hooks and exports tell /);
  match(noteOf({ let_run_by: told })!, /^–: /);
  equal(noteOf({ let_run_by: told, decision_ms }), undefined);
});

Deno.test("costSheet() has a row for each part that cost something", async () => {
  const { rows } = costSheet(await report())!;

  deepEqual(rows.map(([title]) => title), [
    "edits accepted",
    "edits that you refused",
    "other calls",
    "calls that failed",
    "calls without an end",
    "read before calls named their response",
  ]);
  const share = rows.reduce((sum, [, , share]) => sum + parseFloat(share!), 0);
  equal(Math.round(share), 100);
});

Deno.test("costSheet() is none, where no cost is known", async () => {
  equal(costSheet(await report([keptNowhere()])), undefined);
});

Deno.test("groupSheet() shows so many groups, unknown numbers as dashes", async () => {
  const { by, totals: whole } = await report();

  const { columns, rows } = groupSheet("model", by.model!, { whole, rowsMax: 3 });

  equal(columns[0]!.title, "model");
  deepEqual(rows.length, 3);
  deepEqual(rows[2], ["gpt-5", "–", "–", "0", "0", "0", "0", "0", "$0.003", "–", "–"]);
});

Deno.test("groupSheet() says how many groups there are, when it shows the first", async () => {
  const { by, totals: whole } = await report(), all = by.model!.length;
  const noteOf = (rowsMax: number) => groupSheet("model", by.model!, { whole, rowsMax }).note;

  equal(noteOf(1), `1 of ${all}, the most edits first; --by model shows all`);
  equal(noteOf(all), undefined);
});

Deno.test("groupSheet() has the most edits first, then the dearest; times in order", async () => {
  const { by: { model }, totals: whole } = await report(), [one] = model!;
  const of = (key: string, n: number, cost_usd: number | null) => ({
    ...one!,
    key,
    rates: { ...one!.rates, acceptance: { value: 1, n, low: 0, high: 1 } },
    cost_usd,
  });
  const groups = [of("01", 0, null), of("02", 0, 5), of("03", 7, 1), of("04", 90, 1)];
  const keysOf = (by: "tool" | "hour-of-day") =>
    groupSheet(by, groups, { whole, rowsMax: 9 }).rows.map(([key]) => key);

  deepEqual(keysOf("tool"), ["04", "03", "02", "01"]);
  deepEqual(keysOf("hour-of-day"), ["01:00", "02:00", "03:00", "04:00"]);
});

Deno.test("groupSheet() marks the cost of a tool, when that of all is a lower bound", async () => {
  const { by, totals } = await report();
  const costsOf = (isOpen: boolean) =>
    groupSheet("tool", by.tool!, {
      whole: { ...totals, cost_is_lower_bound: isOpen, cost_coverage: 1 },
      rowsMax: 9,
    }).rows.flatMap((row) => [row[8]!, row[10]!]).filter((cost) => cost !== "–");

  equal(costsOf(true).every((cost) => cost.startsWith("≥$")), true);
  equal(costsOf(false).some((cost) => cost.startsWith("≥")), false);
});
