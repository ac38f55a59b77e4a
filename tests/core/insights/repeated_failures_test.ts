/** Tests of `core/insights/repeated_failures.ts`, over the real facts. */

import assert from "node:assert/strict";
import type { TelemetryEvent } from "../../../core/event.ts";
import { reportInsights } from "../../../core/reports/insights_report.ts";
import { makeToolResult, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("repeatedFailures() finds a tool that failed three times in a row", async () => {
  const [found] = await find(calls("Bash", "ok failed failed failed ok"));

  assert.equal(found!.kind, "errors.repeated_failures");
  assert.equal(found!.title, "Bash failed 3 times in a row");
  assert.equal(found!.about, "Bash");
  assert.deepEqual([found!.numbers, found!.n], [{ streak: 3 }, 5]);
  assert.deepEqual(found!.period, {
    from: new Date(NOON + 1000).toISOString(),
    to: new Date(NOON + 3000).toISOString(),
  });
});

Deno.test("repeatedFailures() finds nothing, when something else came between", async () => {
  for (const between of ["ok", "rejected", "interrupted", "none"]) {
    assert.deepEqual(await find(calls("Bash", `failed failed ${between} failed failed`)), []);
  }
});

Deno.test("repeatedFailures() tells the longest row of each tool, the first of two", async () => {
  const found = await find([
    ...calls("Bash", "failed failed failed ok failed failed failed failed"),
    ...calls("Edit", "failed failed failed ok failed failed failed"),
    ...calls("Read", "failed failed ok"),
  ]);

  assert.deepEqual(
    found.map(({ about, numbers, period }) => [about, numbers.streak, period.from]).sort(),
    [
      ["Bash", 4, new Date(NOON + 4000).toISOString()],
      ["Edit", 3, new Date(NOON).toISOString()],
    ],
  );
});

Deno.test("repeatedFailures() lets other tools come between", async () => {
  const [a, b] = [calls("Bash", "failed failed failed"), calls("Read", "ok ok ok")];

  assert.equal((await find(a.flatMap((event, i) => [event, b[i]!]))).length, 1);
});

Deno.test("repeatedFailures() makes no row of what sub-agents did beside each other", async () => {
  const side = calls("Bash", "failed failed failed").map((event) => ({
    ...event,
    payload: { ...event.payload, sidechain: true },
  }));

  assert.deepEqual(await find(side), []);
});

/** Calls of a tool a second apart, with their ends; `none` is a call without an end. */
function calls(tool: string, ends: string): TelemetryEvent[] {
  return ends.split(" ").flatMap((outcome, i) => {
    const place = { use: `${tool}${i}`, at: NOON + i * 1000 };
    const use = makeToolUse({ ...place, id: `u${tool}${i}`, tool });
    if (outcome === "none") return [use];
    return [use, makeToolResult({ ...place, id: `r${tool}${i}`, outcome })];
  });
}

async function find(events: readonly TelemetryEvent[]) {
  await using home = await filledHome(events);
  return reportInsights(home.db).insights
    .filter(({ kind }) => kind === "errors.repeated_failures");
}
