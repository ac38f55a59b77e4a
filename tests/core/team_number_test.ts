/** Tests of the numbers of an aggregate. */

import assert from "node:assert/strict";
import type { TeamGroup } from "../../core/team_aggregate.ts";
import { teamMean, teamSum, teamTitle } from "../../core/team_number.ts";

Deno.test("teamTitle() calls a number as the catalogue does, or by its own words", () => {
  assert.equal(teamTitle("cost_usd"), "cost");
  assert.equal(teamTitle("user_prompts"), "prompts");
  assert.equal(teamTitle("some_new_number"), "some new number");
});

Deno.test("teamSum() shows money and time as such, and counts as whole numbers", () => {
  const group = groupOf({
    cost_usd: 12.345,
    active_ms: 90_000,
    user_prompts: 59.9,
    new_one: 0.4,
  });
  const shown = (name: string) => teamSum(name, group, group);

  assert.deepEqual(["cost_usd", "active_ms", "user_prompts", "new_one", "other"].map(shown), [
    "$12.35",
    "2 min",
    "60",
    "0",
    "–",
  ]);
});

Deno.test("teamMean() shows a mean of counts with its rest", () => {
  const group = groupOf({ cost_usd: 12.345, user_prompts: 25.4, active_ms: 900_000 });
  const shown = (name: string) => teamMean(name, group, group);

  assert.deepEqual(["cost_usd", "user_prompts", "active_ms", "other"].map(shown), [
    "$1.23",
    "2.5",
    "2 min",
    "–",
  ]);
});

Deno.test("teamSum() marks a cost of which some is open or not known", () => {
  const whole = groupOf({ cost_usd: 5, cost_is_lower_bound: 1, cost_coverage: 10 });
  const told = groupOf({ cost_usd: 5, cost_is_lower_bound: 0, cost_coverage: 10 });
  const unpriced = groupOf({ cost_usd: 5, cost_is_lower_bound: 0, cost_coverage: 9 });
  const silent = groupOf({ cost_usd: 5, user_prompts: 4 });
  const partly = { ...told, rows: 11 };

  assert.deepEqual(
    [whole, told, unpriced, silent, partly].map((one) => teamSum("cost_usd", one, whole)),
    ["≥$5.00", "$5.00", "≥$5.00", "≥$5.00", "≥$5.00"],
  );
  assert.equal(teamMean("cost_usd", partly, whole), "$0.50");
  assert.equal(teamMean("cost_usd", silent, whole), "≥$0.50");
  assert.equal(teamSum("user_prompts", silent, whole), "4");
});

/** Of ten rows that know all of it. */
function groupOf(sums: Record<string, number>): TeamGroup {
  const numbers = Object.fromEntries(
    Object.entries(sums).map(([name, sum]) => [name, { sum, mean: sum / 10, n: 10, members: 4 }]),
  );
  return { key: null, members: 4, rows: 10, numbers };
}
