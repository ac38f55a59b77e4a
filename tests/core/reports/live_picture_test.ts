/** Tests that the live picture holds the numbers of all other reports, and no text but words. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { LIVE_PERIODS, SERIES_TIERS } from "../../../core/live_picture.ts";
import { readLivePicture } from "../../../core/reports/live_picture.ts";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { flatten } from "../../../core/reports/live_numbers.ts";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { makeResponse, makeToolResult, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome, HAIKU, ONE, OPUS, TWO } from "../../helpers/filled_home.ts";

Deno.test("readLivePicture() has the numbers of the metrics report, for each period", async () => {
  await using home = await filledHome();
  const now = home.clock.now();

  const { madeAt, periods } = readLivePicture(home.db, now);

  equal(madeAt, now);
  for (const name of LIVE_PERIODS) {
    const report = reportMetrics(home.db, { period: rollingPeriod(name, now), now });
    const { numbers } = periods[name]!;
    const flat = { ...flatten(report.totals, report.rates), ...report.coverage };
    for (const [key, value] of Object.entries(flat)) equal(numbers[key] ?? null, value, key);
    for (const [key, value] of Object.entries(report.change)) {
      equal(numbers[`change_${key}`] ?? null, value, key);
    }
    equal(numbers.error_low ?? null, report.rates.error?.low ?? null);
    equal(numbers.tool_results_ok ?? null, report.totals.tool_results_by_kind?.ok);
    equal(numbers.edits_rejected ?? null, report.totals.acceptance.rejected);
  }
});

Deno.test("readLivePicture() ranks tools, models, projects and sessions of a period", async () => {
  await using home = await filledHome();

  const { periods } = readLivePicture(home.db, home.clock.now());

  const { rankings } = periods["24h"]!;
  deepEqual(rankings.tools, [["Edit", 3], ["Bash", 2], ["Read", 1], ["Write", 1]]);
  deepEqual(rankings.models_by_tokens, [[OPUS, 1320], [HAIKU, 65]]);
  deepEqual(rankings.models_by_cost.map(([model]) => model), [OPUS, HAIKU]);
  deepEqual(rankings.projects, [[ONE, 2], [TWO, 1]]);
  const sessions = reportSessions(home.db, { limit: 0 }).sessions;
  const costs = sessions.filter(({ session_id }) => ["alpha", "beta"].includes(session_id))
    .map(({ session_id, cost_usd }) => [session_id, cost_usd] as const)
    .sort(([, a], [, b]) => b! - a!);
  deepEqual(rankings.sessions, costs);
});

Deno.test("readLivePicture() counts searches of the web in every cost", async () => {
  const of = (id: string) => ({ id, session: "s", at: NOON });
  const use = makeToolUse({ ...of("u"), use: "u1", tool: "WebSearch" });
  const result = makeToolResult({ ...of("r"), use: "u1" });
  const searched = { ...result, payload: { ...result.payload, web_searches: 3 } };
  await using home = await filledHome([makeResponse({ ...of("m"), model: OPUS }), use, searched]);

  const { periods, series } = readLivePicture(home.db, home.clock.now());

  equal(periods["24h"]?.numbers.cost_usd, 0.03);
  deepEqual(periods["24h"]?.rankings.sessions, [["s", 0.03]]);
  deepEqual(series[60]?.cost_usd, [[NOON, 0.03]]);
});

Deno.test("readLivePicture() has series that add up to the totals of their period", async () => {
  await using home = await filledHome();
  const now = home.clock.now();

  const { series, periods } = readLivePicture(home.db, now);

  const pairs = [[60, "24h"], [300, "7d"], [900, "30d"]] as const;
  for (const [tier, period] of pairs) {
    for (const [name, points] of Object.entries(series[tier]!)) {
      const sum = points.reduce((all, [, value]) => all + value, 0);
      const total = periods[period]!.numbers[name]!;
      ok(Math.abs(sum - total) < 1e-9, `${name} of ${tier}: ${sum}, not ${total}`);
      const starts = points.map(([at]) => at);
      deepEqual(starts, starts.toSorted((a, b) => a - b));
      ok(starts.every((at) => at % (tier * 1000) === 0));
    }
  }
  equal(SERIES_TIERS.length, pairs.length);
});

Deno.test("readLivePicture() narrows all of it by a filter", async () => {
  await using home = await filledHome();
  const now = home.clock.now();

  const one = readLivePicture(home.db, now, undefined, { project: ONE });
  const opus = readLivePicture(home.db, now, undefined, { model: OPUS });

  equal(one.periods["24h"]?.numbers.sessions, 2);
  deepEqual(one.periods["24h"]?.rankings.projects, [[ONE, 2]]);
  deepEqual(one.series[60]?.user_prompts.map(([, count]) => count), [1, 1]);
  deepEqual(opus.periods["24h"]?.rankings.models_by_cost.map(([model]) => model), [OPUS]);
  deepEqual([opus.series[60]?.tool_uses, opus.series[60]?.user_prompts], [[], []]);
});

Deno.test("readLivePicture() is empty, when nothing is known", async () => {
  await using home = await filledHome([]);

  const { periods, series } = readLivePicture(home.db, home.clock.now());

  const { numbers, rankings } = periods["7d"]!;
  deepEqual([numbers.sessions, numbers.error_rate], [0, undefined]);
  ok(Object.values(rankings).every((ranks) => ranks.length === 0));
  ok(Object.values(series[300]!).every((points) => points.length === 0));
});
