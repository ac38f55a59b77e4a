/** Tests of `core/reports/acceptance_report.ts`: every dimension tells parts of the same whole. */

import assert from "node:assert/strict";
import {
  type AcceptanceQuery,
  readAcceptanceOverTime,
  reportAcceptance,
} from "../../../core/reports/acceptance_report.ts";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { makeToolResult, makeToolUse } from "../../helpers/events.ts";
import { type FilledHome, filledHome, HAIKU, ONE, OPUS } from "../../helpers/filled_home.ts";
import { ACCEPTANCE_DIMENSIONS } from "../../../core/reports/report_choices.ts";

function ask(home: FilledHome, more: Partial<AcceptanceQuery> = {}) {
  const now = home.clock.now();
  return reportAcceptance(home.db, { period: rollingPeriod("all", now), now, ...more });
}

Deno.test("reportAcceptance() has all dimensions, or the one that is asked for", async () => {
  await using home = await filledHome();

  const all = ask(home), one = ask(home, { by: "hour-of-day" });

  assert.equal(all.schema, "blueplane.acceptance/1");
  const names = ACCEPTANCE_DIMENSIONS.map((name) => name.replaceAll("-", "_"));
  assert.deepEqual(Object.keys(all.by), names);
  assert.deepEqual(Object.keys(one.by), ["hour_of_day"]);
  assert.deepEqual(one.by.hour_of_day, all.by.hour_of_day);
});

Deno.test("reportAcceptance() has the same edits and cost in every dimension", async () => {
  await using home = await filledHome();
  const ofCalls = ["tool", "mode"];

  const { totals, by } = ask(home);

  for (const [name, groups] of Object.entries(by)) {
    // A call that names no file has no extension.
    if (name === "extension") continue;
    const sum = (of: (group: typeof groups[number]) => number | null) =>
      groups.reduce((all, group) => all + (of(group) ?? 0), 0);
    assert.equal(sum(({ edits }) => edits.accepted), totals.edits.accepted, name);
    assert.equal(sum(({ edits }) => edits.rejected), totals.edits.rejected, name);
    assert.equal(sum(({ tool_uses }) => tool_uses), totals.tool_uses, name);
    // What made no call, or names none, is of no tool.
    const unlinked = ofCalls.includes(name) ? totals.cost_by_outcome_usd!.unlinked! : 0;
    const cost = totals.cost_usd! - unlinked;
    assert.equal(Math.round(sum(({ cost_usd }) => cost_usd) * 1e6), Math.round(cost * 1e6), name);
  }
});

Deno.test("readAcceptanceOverTime() cuts the same edits into steps of time", async () => {
  await using home = await filledHome();
  const now = home.clock.now(), query = { period: rollingPeriod("all", now), now };

  const { step, points } = readAcceptanceOverTime(home.db, query, 60);

  assert.equal(step, "day");
  assert.equal(points.length, 41);
  const { totals } = reportAcceptance(home.db, query);
  for (const verdict of ["accepted", "rejected", "unknown"] as const) {
    const sum = points.reduce((all, point) => all + (point.numbers?.edits[verdict] ?? 0), 0);
    assert.equal(sum, totals.edits[verdict], verdict);
  }
  assert.deepEqual(points.at(-1)!.numbers!.rates.acceptance, totals.rates.acceptance);
  assert.equal(points[20]!.numbers!.rates.acceptance, null);
});

Deno.test("reportAcceptance() tells rates with n and interval, by model too", async () => {
  await using home = await filledHome();

  const { by } = ask(home, { by: "model" });

  const rates = by.model!.map(({ key, rates }) => [key, rates.acceptance]);
  assert.deepEqual(rates, [
    [HAIKU, { value: 1, n: 1, low: 0.206549, high: 1 }],
    [OPUS, { value: 0.666667, n: 3, low: 0.20766, high: 0.938508 }],
    ["gpt-5", null],
    ["unknown", null],
  ]);
});

Deno.test("reportAcceptance() keeps what a rule or hook refused apart from a person", async () => {
  const outcomes = ["rejected", "permission_denied", "permission_denied", "hook_blocked"];
  await using home = await filledHome(outcomes.flatMap((outcome, i) => [
    makeToolUse({ id: `u${i}`, use: `u${i}`, tool: "Edit", mode: "plan" }),
    makeToolResult({ id: `r${i}`, use: `u${i}`, outcome }),
  ]));

  const { totals, by } = ask(home);

  assert.deepEqual(totals.refused_by, { person: 1, rule: 2, hook: 1 });
  assert.deepEqual([totals.edits.rejected, totals.edits.unknown], [1, 3]);
  assert.equal(totals.rates.acceptance!.n, 1);
  assert.deepEqual(by.mode!.map(({ key, refused_by }) => [key, refused_by.rule]), [["plan", 2]]);
});

Deno.test("reportAcceptance() filters, and labels what this machine has a name for", async () => {
  await using home = await filledHome();

  const { by, totals } = ask(home, { project: ONE, labels: new Map([[ONE, "engine"]]) });

  assert.deepEqual(by.project!.map(({ key, label }) => [key, label]), [[ONE, "engine"]]);
  assert.equal(by.project![0]!.cost_usd, totals.cost_usd);
});

Deno.test("reportAcceptance() is of nothing, and never 0, where nothing is known", async () => {
  await using home = await filledHome([]);

  const { totals, by, decision_ms } = ask(home);

  assert.ok(Object.values(by).every((groups) => groups.length === 0));
  assert.deepEqual(new Set(Object.values(totals.rates)), new Set([null]));
  assert.deepEqual([decision_ms, totals.cost_per_accepted_line_usd], [null, null]);
});
