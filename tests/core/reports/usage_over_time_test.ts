/** Tests of `core/reports/usage_over_time.ts`: its parts are what the other reports say. */

import assert from "node:assert/strict";
import { type MetricsQuery, reportMetrics } from "../../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { readUsageOverTime, type Usage } from "../../../core/reports/usage_over_time.ts";
import {
  keptNowhere,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { type FilledHome, filledHome, HAIKU, ONE, OPUS } from "../../helpers/filled_home.ts";

for (const period of ["1h", "24h", "7d", "30d", "all"]) {
  for (const by of ["model", "project", "platform", undefined] as const) {
    Deno.test(`readUsageOverTime() adds up to the headline, by ${by} of ${period}`, async () => {
      await using home = await filledHome();
      const query = queryOf(home, period);

      const parts = [...readUsageOverTime(home.db, query, "day", by).values()]
        .flatMap((members) => [...members.values()]);

      const { totals } = reportMetrics(home.db, query);
      const { input, output, cache_read, cache_creation } = totals.tokens;
      assert.equal(sum(parts, "assistant_messages"), totals.assistant_messages);
      assert.equal(sum(parts, "tokens"), input! + output! + cache_read! + cache_creation!);
      assert.equal(sum(parts, "tokens_output"), output);
      assert.equal(sum(parts, "cost_usd").toFixed(6), (totals.cost_usd ?? 0).toFixed(6));
    });
  }
}

Deno.test("readUsageOverTime() tells days apart as the groups of a report do", async () => {
  await using home = await filledHome();
  const query = queryOf(home, "all");

  const days = [...readUsageOverTime(home.db, query, "day")]
    .map(([key, members]) => [key, members.get("")!.assistant_messages]);

  const groups = reportMetrics(home.db, { ...query, groupBy: "day" }).groups!;
  assert.deepEqual(
    days.sort(),
    groups.filter(({ totals }) => totals.assistant_messages)
      .map(({ key, totals }) => [key, totals.assistant_messages]),
  );
});

Deno.test("readUsageOverTime() passes what the filter lets through alone", async () => {
  await using home = await filledHome();
  const names = (more: Partial<MetricsQuery>, by: "model" | "project" | "platform") => {
    const usage = readUsageOverTime(home.db, { ...queryOf(home, "all"), ...more }, "month", by);
    return [...new Set([...usage.values()].flatMap((members) => [...members.keys()]))].sort();
  };

  assert.deepEqual(names({ model: HAIKU }, "model"), [HAIKU]);
  assert.deepEqual(names({ project: ONE }, "project"), [ONE]);
  assert.deepEqual(names({ platform: "cursor" }, "platform"), ["cursor"]);
});

Deno.test("readUsageOverTime() counts searches that ran beside a response", async () => {
  await using home = await filledHome([]);
  const of = { session: "s", project: ONE, at: NOON };
  const result = makeToolResult({ ...of, id: "r1", use: "t1" });
  await home.tell(
    makeResponse({ ...of, id: "m1", model: OPUS, output: 100 }),
    makeToolUse({ ...of, id: "t1", use: "t1", tool: "WebSearch" }),
    { ...result, payload: { ...result.payload, web_searches: 2 } },
  );
  const query = queryOf(home, "24h");

  for (const by of ["project", "platform", undefined] as const) {
    const [members] = readUsageOverTime(home.db, query, "day", by).values();
    assert.deepEqual([...members!.values()].map(({ cost_usd }) => cost_usd), [0.0225]);
  }
  assert.equal(reportMetrics(home.db, query).totals.cost_usd, 0.0225);
});

Deno.test("readUsageOverTime() knows no tokens where none are kept", async () => {
  await using home = await filledHome([keptNowhere()]);

  const all = [...readUsageOverTime(home.db, queryOf(home, "all"), "day").values()]
    .flatMap((members) => [...members.values()]);

  assert.deepEqual(
    all.filter(({ tokens, cost_usd }) => tokens !== null || cost_usd !== null),
    [],
  );
});

function sum(
  parts: readonly Usage[],
  name: Exclude<keyof Usage, "cost_is_lower_bound" | "output_is_lower_bound">,
): number {
  return parts.reduce((all, part) => all + (part[name] ?? 0), 0);
}

function queryOf(home: FilledHome, period: string): MetricsQuery {
  const now = home.clock.now();
  return { period: rollingPeriod(period, now), now };
}
