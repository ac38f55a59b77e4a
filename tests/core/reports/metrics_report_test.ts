/** Tests of `core/reports/metrics_report.ts`: names, numbers, periods, change and filters. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  lateMetrics,
  type MetricsQuery,
  type MetricsReport,
  reportMetrics,
} from "../../../core/reports/metrics_report.ts";
import { flatten } from "../../../core/reports/live_numbers.ts";
import { type Period, rollingPeriod } from "../../../core/reports/period.ts";
import { makePrompt, makeResponse, makeToolUse, NOON } from "../../helpers/events.ts";
import { type FilledHome, filledHome, HAIKU, ONE, OPUS, TWO } from "../../helpers/filled_home.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

Deno.test("reportMetrics() has every name of the contract, null if not known", async () => {
  await using home = await filledHome();

  const report = ask(home, "all");

  assert.deepEqual(Object.keys(report), [
    "schema",
    "period",
    "totals",
    "rates",
    "latency",
    "time",
    "concurrency",
    "change",
    "productivity",
    "daily_lines",
    "tracked_code",
    "coverage",
    "context",
    "usage",
    "exported",
  ]);
  assertNames(report.totals, [
    "sessions user_prompts queued_prompts slash_commands bash_inputs subagent_prompts",
    "interruptions assistant_messages tool_uses tool_uses_by_name tool_results_by_kind",
    "tool_errors_by_name rejections_by_name tokens tokens_by_model cost_usd lines_added",
    "lines_removed files_created created_file_lines compactions",
  ]);
  assertNames(report.totals.tokens, ["input output cache_read cache_creation"]);
  assertNames(report.rates, ["acceptance kept rejection error interruption cache_hit"]);
  assertNames(report.latency, ["tool_ms turn_ms response_ms think_ms"]);
  assertNames(report.time!, [
    "duration_ms model_ms tool_ms permission_ms user_ms idle_ms active_ratio agent_ms",
  ]);
  assertNames(report.concurrency!, ["most average busy_ms overlap_ms"]);
  assertNames(report.totals.tokens_by_model![OPUS]!, [
    "messages messages_without_stop_reason input output cache_read cache_creation",
    "cache_creation_5m cache_creation_1h cache_creation_unsplit",
  ]);
});

Deno.test("reportMetrics() has the other names that add up, null if not counted", async () => {
  await using home = await filledHome();

  const time = "duration_ms active_ms files_touched file_extensions";
  const deeds = "web_searches git_commits git_pushes pull_requests subagents thinking_tokens";
  const rest = "tool_errors_by_class permission_requests permissions_granted acceptance";
  assertNames(ask(home, "all").totals, [time, deeds, rest, "cost_usd cost_coverage"]);
});

Deno.test("reportMetrics() adds up everything, when all is asked for", async () => {
  await using home = await filledHome();

  const { totals } = ask(home, "all");

  assert.deepEqual(numbersOf(totals), {
    user_prompts: 5,
    queued_prompts: 1,
    slash_commands: 1,
    bash_inputs: 0,
    subagent_prompts: 0,
    interruptions: 1,
    compactions: 1,
    clears: 0,
    assistant_messages: 5,
    tool_uses: 9,
    lines_added: 12,
    lines_removed: 3,
    files_created: 1,
    created_file_lines: 12,
    files_touched: 0,
    web_searches: 0,
    git_commits: 0,
    git_pushes: 0,
    pull_requests: 0,
    api_errors: 1,
    duration_ms: 155_000,
    active_ms: 155_000,
    cost_coverage: 1,
    cost_usd: 0.017143,
    cost_rejected_usd: 0.001225,
    cost_failed_usd: 0.006325,
    cost_undone_usd: 0,
    wasted_cost_share: 0.535271,
    cost_per_accepted_line_usd: 0.000587708,
    cost_per_kept_line_usd: 0.000587708,
    priced_lines_accepted: 24,
    priced_lines_kept: 24,
    rejected_tokens: 37,
    failed_tokens: 1136,
    // 900 × 4.5 − 60 × 1.25 − 30 × 5 − 20 × 0.25 dollars a million.
    cache_saved_usd: 0.00382,
  });
  const tokens = { input: 165, output: 1640, cache_read: 900, cache_creation: 110 };
  assert.deepEqual(totals.tokens, tokens);
  assert.deepEqual(totals.tool_uses_by_name, { Edit: 3, Bash: 3, Read: 2, Write: 1 });
  assert.equal(totals.tool_results_by_kind?.ok, 5);
  assert.equal(totals.tool_results_by_kind?.failed, 2);
  assert.equal(totals.tool_results_by_kind?.rejected, 1);
  assert.deepEqual(totals.tool_errors_by_name, { Bash: 1, Edit: 1, Read: 1 });
  assert.deepEqual(totals.rejections_by_name, { Edit: 1 });
});

Deno.test("reportMetrics() tells the last day, and its change against the one b", async () => {
  await using home = await filledHome();

  const { totals, rates, change, period } = ask(home, "24h");

  assert.equal(period.from, "2026-02-28T13:00:00.000Z");
  // The fork is a session of its own, as the list of sessions has it.
  assert.equal(totals.sessions, 3);
  assert.equal(totals.user_prompts, 3);
  assert.equal(totals.tokens.output, 340);
  assert.deepEqual([rates.error?.value, rates.error?.n], [0.2, 5]);
  assert.equal(change.sessions, 2);
  assert.equal(change.user_prompts, 2);
  assert.equal(change.tokens_output, 40);
  assert.equal(change.error_rate, 0.2);
  assert.equal(change.cost_usd, 0.005967);
  assert.equal(change.cache_hit_rate, rates.cache_hit!.value);
});

Deno.test("reportMetrics() knows no change, when a period has none before it", async () => {
  await using home = await filledHome();

  assert.deepEqual(new Set(Object.values(ask(home, "all").change)), new Set([null]));
});

Deno.test("reportMetrics() knows no rate and no cost, when nothing happened", async () => {
  await using home = await filledHome([]);

  const { totals, rates, change } = ask(home, "24h");

  assert.equal(totals.sessions, 0);
  assert.equal(totals.tokens.output, 0);
  assert.equal(totals.cost_usd, 0);
  assert.deepEqual(new Set(Object.values(rates)), new Set([null]));
  assert.equal(change.error_rate, null);
});

Deno.test("reportMetrics() takes a period's first moment, and not its last", async () => {
  const from = NOON, to = NOON + 10 * MINUTE_MS;
  await using home = await filledHome(
    [from - 1, from, to - 1, to].map((at, i) => makePrompt({ id: `p${i}`, at })),
  );

  assert.equal(askPeriod(home, { from, to }).totals.user_prompts, 2);
});

Deno.test("reportMetrics() counts nothing twice, when a period is cut in two", async () => {
  await using home = await filledHome(
    Array.from({ length: 120 }, (_, i) => makePrompt({ id: `p${i}`, at: NOON + i * 10_000 })),
  );
  const prompts = (from: number, to: number) =>
    askPeriod(home, { from, to }).totals.user_prompts!;

  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 * MINUTE_MS }), (cut) => {
      const [from, to] = [NOON - MINUTE_MS, NOON + 20 * MINUTE_MS];
      assert.equal(prompts(from, NOON + cut) + prompts(NOON + cut, to), prompts(from, to));
    }),
    fcRuns(),
  );
});

for (
  const [name, lengthMs] of [["24h", DAY_MS], ["7d", 7 * DAY_MS], ["30d", 30 * DAY_MS]] as const
) {
  Deno.test(`reportMetrics() tells of the ${name} before nothing of the period`, async () => {
    await using home = await filledHome();
    home.clock.advance(7 * MINUTE_MS + 7000);
    const from = home.clock.now() - lengthMs;
    // At the very beginning: in no bucket that both periods may count.
    await home.tell(...promptsAt("edge", from + 1000));

    const { totals, change } = reportMetrics(home.db, {
      period: rollingPeriod(name, home.clock.now()),
      now: home.clock.now(),
      session: "edge",
    });

    assert.equal(totals.user_prompts, 1);
    assert.equal(change.user_prompts, 1);
  });
}

Deno.test("reportMetrics() leaves the fork's repetitions out", async () => {
  await using home = await filledHome();

  const { totals } = ask(home, "all", { session: "zeta" });

  assert.equal(totals.user_prompts, 0);
  assert.equal(totals.assistant_messages, 0);
  assert.equal(totals.tool_uses, 0);
});

Deno.test("reportMetrics() counts the same sessions in all and in a period", async () => {
  await using home = await filledHome();
  const from = NOON - 400 * DAY_MS, to = NOON + DAY_MS;

  assert.equal(askPeriod(home, { from, to }).totals.sessions, ask(home, "all").totals.sessions);
});

Deno.test("reportMetrics() filters by platform, project and session", async () => {
  await using home = await filledHome();
  const prompts = (filter: Partial<MetricsQuery>) => ask(home, "all", filter).totals.user_prompts;

  assert.equal(prompts({ platform: "cursor" }), 1);
  assert.equal(prompts({ platform: "claude_code" }), 4);
  assert.equal(prompts({ project: ONE }), 3);
  assert.equal(prompts({ project: TWO }), 1);
  assert.equal(prompts({ session: "alpha" }), 2);
  assert.equal(prompts({ session: "alpha", project: TWO }), 0);
  assert.equal(prompts({ session: "' or 1=1 --" }), 0);
});

Deno.test("reportMetrics() counts the sessions that a filter leaves", async () => {
  await using home = await filledHome();
  const sessions = (filter: Partial<MetricsQuery>) => ask(home, "7d", filter).totals.sessions;

  assert.equal(sessions({}), 4);
  assert.equal(sessions({ platform: "cursor" }), 1);
  assert.equal(sessions({ project: ONE }), 2);
  assert.equal(sessions({ model: OPUS }), 2);
  assert.equal(sessions({ model: HAIKU }), 1);
  assert.equal(sessions({ model: "gpt-4" }), 0);
});

Deno.test("reportMetrics() knows tools and no prompts, when a model is asked for", async () => {
  await using home = await filledHome();

  const { totals, rates } = ask(home, "all", { model: HAIKU });

  assert.equal(totals.assistant_messages, 2);
  assert.equal(totals.tokens.output, 1040);
  assert.deepEqual(Object.keys(totals.tokens_by_model!), [HAIKU]);
  for (
    const name of [
      "user_prompts",
      "interruptions",
      "files_touched",
      "tool_errors_by_class",
    ] as const
  ) assert.equal(totals[name], null, name);
  assert.deepEqual(totals.tool_uses_by_name, { Bash: 1, Read: 1, Write: 1 });
  assert.deepEqual([totals.created_file_lines, totals.acceptance.accepted], [12, 1]);
  assert.deepEqual([rates.error?.n, rates.interruption], [2, null]);
  assert.notEqual(rates.cache_hit, null);
});

Deno.test("reportMetrics() takes the coverage it is given, if it is", async () => {
  await using home = await filledHome();

  const { coverage } = ask(home, "all", { coverage: { files_done: 3, files_total: 9 } });

  assert.deepEqual([coverage.files_done, coverage.files_total], [3, 9]);
});

Deno.test("reportMetrics() moves a late event into its own time", async () => {
  await using home = await filledHome();
  const before = ask(home, "1h").totals.user_prompts!;

  await home.tell(...promptsAt("late", NOON - 5 * DAY_MS));

  assert.equal(ask(home, "1h").totals.user_prompts, before);
  assert.equal(ask(home, "7d", { session: "late" }).totals.user_prompts, 1);
});

Deno.test("reportMetrics() never counts less, when an event comes on top", async () => {
  await using home = await filledHome();
  const before = flatten(ask(home, "all").totals, ask(home, "all").rates);

  await home.tell(
    makePrompt({ id: "x1", session: "more" }),
    makeResponse({ id: "x2", session: "more", model: OPUS, output: 7 }),
    makeToolUse({ id: "x3", session: "more", use: "x3" }),
  );
  const { totals } = ask(home, "all");

  for (const [name, count] of Object.entries(numbersOf(totals))) {
    assert.ok(count >= before[name]!, name);
  }
  assert.equal(totals.tokens.output, before.tokens_output! + 7);
});

Deno.test("lateMetrics() comes to what reportMetrics() tells at once", async () => {
  const home = await filledHome(), now = home.clock.now();
  const query = { period: rollingPeriod("30d", now), now };
  const [report, late] = [reportMetrics(home.db, query), lateMetrics(home.db, query)];
  const whole = JSON.stringify(late);
  await home[Symbol.asyncDispose]();

  assert.equal(JSON.stringify(report), whole);
  assert.ok(report.context && report.usage);
});

Deno.test("reportMetrics() is of one time, when no sums begin with its period", async () => {
  const old = NOON - 16 * DAY_MS;
  await using home = await filledHome(promptsAt("s", old + 2 * MINUTE_MS, old + 11 * MINUTE_MS));
  const told = (from: number, to: number) => {
    const period = { from: old + from * MINUTE_MS, to: old + to * MINUTE_MS };
    const report = askPeriod(home, period), { sessions, user_prompts } = report.totals;
    const ends = [report.period.from!, report.period.to];
    const minutes = ends.map((end) => (Date.parse(end) - old) / MINUTE_MS);
    return [sessions, user_prompts, report.totals.duration_ms! / MINUTE_MS, ...minutes];
  };

  assert.deepEqual(told(1, 12), [1, 2, 9, 0, 15]);
  assert.deepEqual(told(12, 30), [1, 2, 9, 0, 30]);
  assert.deepEqual(told(-15, 12), [0, 0, 0, -15, 0]);
});

Deno.test("reportMetrics() tells every moment once, when a period follows another", async () => {
  const minutes = Array.from({ length: 60 }, (_, i) => NOON - 30 * MINUTE_MS + i * MINUTE_MS);
  const old = NOON - 16 * DAY_MS, cut = NOON + 7 * MINUTE_MS;
  await using home = await filledHome(promptsAt("s", old, ...minutes));
  const within = minutes.filter((at) => at < cut).length;
  for (const more of [{}, { platform: "claude_code" }]) {
    const prompts = (from: number, to: number) =>
      askPeriod(home, { from, to }, more).totals.user_prompts;

    assert.equal(prompts(old - DAY_MS, cut), 1 + within);
    assert.equal(prompts(cut, NOON + DAY_MS), minutes.length - within);
  }
});

Deno.test("reportMetrics() has all of a session or nothing, when a clock was ahead", async () => {
  const now = NOON + HOUR_MS, soon = now + 6 * MINUTE_MS, late = now + 40 * DAY_MS;
  await using home = await filledHome([
    ...promptsAt("soon", soon - MINUTE_MS, soon),
    ...promptsAt("late", late - 2 * MINUTE_MS, late),
  ]);
  const told = (name: string) => {
    const { totals, time, period, groups } = ask(home, name, { groupBy: "platform" });
    const ofGroups = groups!.map((group) => group.totals.sessions);
    const lengths = [totals.duration_ms!, time!.duration_ms].map((ms) => ms / MINUTE_MS);
    return [totals.sessions, totals.user_prompts, ...lengths, ofGroups, Date.parse(period.to)];
  };

  assert.deepEqual(told("all"), [2, 4, 3, 3, [2], late + 1]);
  assert.deepEqual(told("30d"), [1, 2, 1, 1, [1], now + 15 * MINUTE_MS]);
  assert.deepEqual(told("24h"), [0, 0, 0, 0, [], now + MINUTE_MS]);
});

function ask(home: FilledHome, name: string, more: Partial<MetricsQuery> = {}): MetricsReport {
  return askPeriod(home, rollingPeriod(name, home.clock.now()), more);
}

function askPeriod(home: FilledHome, period: Period, more: Partial<MetricsQuery> = {}) {
  return reportMetrics(home.db, { period, now: home.clock.now(), ...more });
}

function promptsAt(session: string, ...times: readonly number[]) {
  return times.map((at, i) => makePrompt({ id: `${session}-p${i}`, session, at }));
}

/** The counts of totals that are single numbers, without sessions. */
function numbersOf({ sessions: _, ...totals }: MetricsReport["totals"]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(totals).filter(([, value]) => typeof value === "number"),
  ) as Record<string, number>;
}

function assertNames(object: object, lines: readonly string[]): void {
  const missing = lines.flatMap((line) => line.split(" ")).filter((name) => !(name in object));
  assert.deepEqual(missing, []);
}
