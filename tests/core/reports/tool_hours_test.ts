/** Tests of `core/reports/tool_hours.ts`. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { readToolHours } from "../../../core/reports/tool_hours.ts";
import { filledHome, HAIKU, OPUS } from "../../helpers/filled_home.ts";

function hourOf(at: number): number {
  return new Date(at).getHours();
}

Deno.test("readToolHours() has each call in its local hour, and all of the report", async () => {
  await using home = await filledHome();
  const now = home.clock.now(), noon = now - 3_600_000;
  const query = { period: rollingPeriod("all", now), now };

  const hours = readToolHours(home.db, query);

  assert.deepEqual(hours.get("Edit")?.get(hourOf(noon)), { uses: 2, failed: 0, rejected: 1 });
  assert.deepEqual(
    [...hours.get("Edit")!.keys()].sort(),
    [
      hourOf(noon - 7_200_000),
      hourOf(noon),
    ].sort(),
  );
  assert.equal(hours.get("Bash")?.get(hourOf(noon))?.failed, 1);
  const sums = [...hours].map(([tool, of]) => [
    tool,
    of.values().reduce((sum, { uses }) => sum + uses, 0),
  ]);
  const { tool_uses_by_name } = reportMetrics(home.db, query).totals;
  assert.deepEqual(Object.fromEntries(sums), tool_uses_by_name);
  assert.equal([...hours.keys()][0], "Bash");
});

Deno.test("readToolHours() is of the period and the filter alone", async () => {
  await using home = await filledHome();
  const now = home.clock.now();
  const tools = (more: object, period = "24h") =>
    [
      ...readToolHours(home.db, { period: rollingPeriod(period, now), now, ...more }).keys(),
    ].sort();

  assert.deepEqual(tools({}), ["Bash", "Edit", "Read", "Write"]);
  assert.deepEqual(tools({ session: "beta" }), ["Edit", "Read"]);
  assert.deepEqual(tools({ platform: "cursor" }, "all"), ["Bash"]);
  assert.deepEqual(tools({ model: HAIKU }), ["Bash", "Write"]);
  assert.ok(tools({ model: OPUS }).includes("Edit"));
});
