/** Tests of `mcp/metrics_tools.ts`, asked by the official client over known histories. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../core/reports/period.ts";
import { reportSessions } from "../../core/reports/sessions_report.ts";
import { ratesOf } from "../../core/reports/totals.ts";
import { keptNowhere, makePrompt, makeToolResult, makeToolUse, NOON } from "../helpers/events.ts";
import { Story } from "../helpers/story.ts";
import { BY_ALPHA, connectTo } from "./connected.ts";

const CURRENT = "get_current_metrics";

Deno.test("currentMetrics() speaks of the session that calls", async () => {
  await using connected = await connectTo();
  await connected.home.tell(...calls("alpha", 20));

  const answer = await connected.call(CURRENT);

  const [alpha] = reportSessions(connected.home.db, { session: "alpha" }).sessions;
  const rates = ratesOf(alpha!);
  assert.equal(answer.scope, "session");
  assert.deepEqual(answer.session, {
    session_id: "alpha",
    platform: "claude_code",
    known_by: "tool_use_id",
    confidence: 1,
  });
  assert.deepEqual([answer.status, answer.n, answer.needed], ["ok", rates.error!.n, 20]);
  assert.equal(answer.error_rate, rates.error!.value);
  assert.deepEqual([rates.acceptance!.n, answer.acceptance_rate], [3, null]);
  assert.deepEqual(answer.unknown, { acceptance_rate: "insufficient_data: n 3, needed 20" });
  assert.ok(alpha!.productivity.score! > 0);
  assert.equal(answer.productivity_score, alpha!.productivity.score);
  assert.deepEqual(answer.tools_used, alpha!.tool_uses_by_name);
  assert.equal(answer.session_duration_ms, alpha!.duration_ms);
});

Deno.test("currentMetrics() speaks of the last day, when no session is known", async () => {
  await using connected = await connectTo();

  const answer = await connected.call(CURRENT, {}, {});

  const now = connected.home.clock.now();
  const { totals } = reportMetrics(connected.home.db, { period: rollingPeriod("24h", now), now });
  assert.deepEqual([answer.scope, answer.session, answer.trend], ["24h", null, null]);
  assert.deepEqual(answer.tools_used, totals.tool_uses_by_name);
  assert.deepEqual([answer.status, answer.error_rate], ["insufficient_data", null]);
});

Deno.test("currentMetrics() says that acceptance just fell", async () => {
  const edits = (outcome: string, from: number) =>
    calls("s1", 20, { tool: "Edit", outcome, from });
  await using connected = await connectTo([
    makePrompt({ id: "p" }),
    ...edits("ok", 0),
    ...edits("rejected", 20),
  ]);

  const { trend } = await connected.call(CURRENT, {}, { "test/toolUseId": "x-s1-0" });

  const { acceptance, errors } = trend as Record<string, Record<string, unknown>>;
  assert.deepEqual([acceptance!.recent, acceptance!.is_worse], [0, true]);
  assert.equal(errors!.is_worse, false);
});

Deno.test("currentMetrics() says why, when it knows no cost", async () => {
  await using connected = await connectTo([keptNowhere()]);

  const { cost_usd, unknown } = await connected.call(CURRENT, {}, {});

  assert.equal(cost_usd, null);
  const none = "insufficient_data: n 0, needed";
  assert.deepEqual(unknown, {
    tokens: "not_kept_by_platform",
    cost_usd: "not_kept_by_platform",
    acceptance_rate: `${none} 20`,
    productivity_score: `${none} 5`,
    error_rate: `${none} 20`,
    rejection_rate: `${none} 20`,
  });
});

Deno.test("currentMetrics() answers, when nothing happened yet", async () => {
  await using connected = await connectTo([]);

  const { status, n, tools_used } = await connected.call(CURRENT);

  assert.deepEqual([status, n, tools_used], ["insufficient_data", 0, {}]);
});

Deno.test("sessionMetrics() says whether cost may be more", async () => {
  const story = new Story("s1").prompt().response({ output: 5, told: { stop_reason: null } });
  await using connected = await connectTo(story.events);

  const [one, day] = [
    await connected.call("get_session_metrics", { session_id: "s1" }),
    await connected.call("get_session_metrics", { period: "24h" }),
  ];

  assert.deepEqual([one.cost_is_lower_bound, day.cost_is_lower_bound], [true, true]);
});

Deno.test("toolPerformance() has the times that the groups of a report have", async () => {
  const story = new Story("s1").prompt();
  for (const durationMs of [130, 147, 333, 1777, 9000]) story.call("Bash", { durationMs });
  await using connected = await connectTo(story.events);

  const [bash] = (await connected.call("get_tool_performance", { include_latency: true }))
    .tools as Record<string, unknown>[];
  const now = connected.home.clock.now();
  const { groups } = reportMetrics(connected.home.db, {
    period: rollingPeriod("7d", now),
    now,
    groupBy: "tool",
  });

  const { p50, p95 } = groups![0]!.latency.tool_ms!;
  assert.ok(p50 > 300);
  assert.deepEqual([bash!.p50_ms, bash!.p95_ms], [p50, p95]);
});

Deno.test("sessionMetrics() has the numbers of any session, this one by default", async () => {
  await using connected = await connectTo();

  const own = await connected.call("get_session_metrics");
  const named = await connected.call("get_session_metrics", { session_id: "beta" });

  assert.equal((own.session as { session_id: string }).session_id, "alpha");
  assert.equal((own.metrics as { user_prompts: number }).user_prompts, 2);
  assert.equal((named.session as { known_by: string }).known_by, "session_id");
  assert.equal((named.metrics as { lines_added: number }).lines_added, 7);
});

Deno.test("sessionMetrics() has the numbers of a period, and of a platform in it", async () => {
  await using connected = await connectTo();

  const all = await connected.call("get_session_metrics", { period: "30d" });
  const own = await connected.call("get_session_metrics", { period: "30d", platform: "claude" });

  const sessions = (answer: unknown) =>
    (answer as { metrics: { sessions: number } }).metrics.sessions;
  assert.deepEqual([sessions(all), sessions(own)], [4, 3]);
  assert.deepEqual([all.session, all.period], [null, "30d"]);
});

Deno.test("sessionMetrics() says what to do, when there is no such session", async () => {
  await using connected = await connectTo();
  const refusal = (given: Record<string, unknown>, meta = BY_ALPHA as Record<string, unknown>) =>
    connected.refusal("get_session_metrics", given, meta);

  assert.match(
    await refusal({ session_id: "nobody" }),
    /^Cannot find the session: .*search_sess/,
  );
  assert.match(await refusal({}, {}), /^Cannot tell which session this is/);
  assert.match(await refusal({ period: "7d", platform: "rm" }), /^Cannot filter by platform/);
});

Deno.test("sessionMetrics() refuses what cannot be had together", async () => {
  await using connected = await connectTo();
  const refusal = (given: Record<string, unknown>) =>
    connected.refusal("get_session_metrics", given);

  assert.equal(
    await refusal({ session_id: "beta", period: "7d" }),
    "Cannot use period beside session_id: leave one of them out",
  );
  for (const given of [{ platform: "claude" }, { session_id: "beta", platform: "claude" }]) {
    assert.match(await refusal(given), /^Cannot use platform without period: /);
  }
});

Deno.test("toolPerformance() has the tools of a period, the most used first", async () => {
  await using connected = await connectTo();
  const ask = async (given: Record<string, unknown>) =>
    (await connected.call("get_tool_performance", given)).tools as Record<string, unknown>[];

  assert.deepEqual((await ask({})).map(({ tool, uses }) => [tool, uses]), [
    ["Bash", 3],
    ["Edit", 3],
    ["Read", 1],
    ["Write", 1],
  ]);
  assert.deepEqual((await ask({ tool_name: "Write" })).map(({ tool }) => tool), ["Write"]);
});

Deno.test("subscribeMetrics() names the resource, and which metrics there are", async () => {
  await using connected = await connectTo();

  const answer = await connected.call("subscribe_metrics", { metrics: ["cost_usd", "secret"] });

  assert.equal(answer.resource, "telemetry://session/current");
  assert.deepEqual([answer.metrics, answer.unknown_metrics], [["cost_usd"], 1]);
});

/** Calls of a tool, half a minute apart. */
function calls(session: string, count: number, { tool = "Bash", outcome = "ok", from = 0 } = {}) {
  return Array.from({ length: count }, (_, i) => {
    const use = `x-${session}-${from + i}`;
    const of = { use, session, at: NOON + (from + i) * 30_000 };
    return [
      makeToolUse({ ...of, id: use, tool }),
      makeToolResult({ ...of, id: `r-${use}`, outcome }),
    ];
  }).flat();
}
