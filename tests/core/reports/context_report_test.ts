/** Tests of `core/reports/context_report.ts`; Opus 4.5 and Haiku 4.5 hold 200,000 tokens. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { reportSession } from "../../../core/reports/session_report.ts";
import { ask, usageHome } from "./usage_story.ts";

Deno.test("readContext() tells what filled the context of a period", async () => {
  await using home = await usageHome();
  const { cache, requests, compactions } = ask(home, 24).report.context!;

  // 129,000 × (5 − 0.5) and 30,000 × (1 − 0.1) dollars a million.
  assert.deepEqual(cache, { saved_usd: 0.6075, reads_saved_usd: 0.6075, writes_extra_usd: 0 });
  assert.equal(requests.count, 3);
  assert.deepEqual([requests.largest_tokens, requests.largest_share], [120_000, 0.6]);
  assert.deepEqual([requests.median_tokens, requests.last_tokens], [30_000, 30_000]);
  assert.deepEqual([requests.median_share, requests.last_share], [0.15, 0.15]);
  assert.deepEqual([requests.over_half?.value, requests.over_half?.n], [0.333333, 3]);
  assert.equal(requests.over_four_fifths?.value, 0);
  assert.deepEqual([compactions.count, compactions.tokens_freed], [1, 100_000]);
  assert.deepEqual([compactions.minutes_between, compactions.operations_after], [null, 1]);
});

Deno.test("readContext() tells the same of a session, with names of servers", async () => {
  await using home = await usageHome();
  const servers = new Map([["claude_code", new Map([["mcp:0badcafe", "weather"]])]]);

  const one = reportSession(home.db, "one", { servers })!.context!;
  const two = reportSession(home.db, "two")!.context!;

  assert.deepEqual(one, { ...ask(home, 24).report.context, servers: one.servers });
  assert.equal(one.servers["mcp:0badcafe"]!.label, "weather");
  assert.deepEqual([two.requests.count, two.requests.last_share], [0, null]);
  assert.equal(two.subagents.tokens_share, 1);
});

Deno.test("readContext() has nothing to tell of a model", async () => {
  await using home = await usageHome();
  const { query } = ask(home);

  assert.equal(reportMetrics(home.db, { ...query, model: "gpt-5" }).context, null);
});
