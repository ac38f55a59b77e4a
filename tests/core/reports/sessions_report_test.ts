/** Tests of `core/reports/sessions_report.ts`: names, order, paging, filters and forks. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import {
  reportSessions,
  type Session,
  type SessionsQuery,
} from "../../../core/reports/sessions_report.ts";
import { makeEvent, makePrompt, makeToolUse, NOON } from "../../helpers/events.ts";
import { type FilledHome, filledHome, HAIKU, ONE, OPUS, TWO } from "../../helpers/filled_home.ts";

const NAMES = [
  "session_id platform project_id project_label started_at ended_at duration_ms active_ms models",
  "versions user_prompts queued_prompts slash_commands bash_inputs subagent_prompts",
  "interruptions assistant_messages tool_uses tool_uses_by_name tool_results_by_kind",
  "tool_errors_by_name rejections_by_name tokens tokens_by_model cost_usd cost_is_lower_bound",
  "cost_coverage lines_added lines_removed files_created created_file_lines files_touched",
  "file_extensions compactions clears acceptance kept_rate productivity forked_from inherited",
  "api_errors git_commits git_pushes pull_requests permission_requests permissions_granted",
  "subagents thinking_tokens tool_errors_by_class web_searches inline_prompts modes context",
  "reported reviewed_hunks estimated unknown rewound_turns time cache_saved_usd",
  "cost_by_outcome_usd cost_rejected_usd",
  "cost_failed_usd cost_undone_usd wasted_cost_share cost_per_accepted_line_usd",
  "cost_per_kept_line_usd priced_lines_accepted priced_lines_kept rejected_tokens failed_tokens",
].join(" ").split(" ");

Deno.test("reportSessions() has every name of the contract, and no other", async () => {
  await using home = await filledHome();

  const report = reportSessions(home.db);

  assert.deepEqual(Object.keys(report), ["schema", "sessions", "total", "coverage"]);
  assert.equal(report.schema, "blueplane.sessions/1");
  for (const session of report.sessions) {
    assert.deepEqual(Object.keys(session).sort(), NAMES.toSorted());
    assert.deepEqual(
      Object.keys(session.acceptance).sort(),
      "accepted auto evidence modified rate rejected undone unknown".split(" "),
    );
    assert.deepEqual(Object.keys(session.productivity), ["status", "score", "components"]);
    assert.deepEqual(
      Object.keys(session.tool_results_by_kind!).sort(),
      "cancelled_sibling failed hook_blocked interrupted ok permission_denied rejected".split(
        " ",
      ),
    );
  }
});

Deno.test("reportSessions() has null, never 0, for what nobody counts yet", async () => {
  await using home = await filledHome();

  const alpha = sessionOf(home, "alpha");

  for (
    const name of [
      "permission_requests",
      "permissions_granted",
      "thinking_tokens",
      "forked_from",
      "inherited",
      "inline_prompts",
      "context",
      "reported",
      "reviewed_hunks",
      "rewound_turns",
      "estimated",
    ] as const
  ) assert.equal(alpha[name], null, name);
  assert.equal(alpha.productivity.score, null);
});

Deno.test("reportSessions() tells a session as its events did", async () => {
  await using home = await filledHome();

  const alpha = sessionOf(home, "alpha");

  assert.equal(alpha.platform, "claude_code");
  assert.equal(alpha.project_id, ONE);
  assert.equal(alpha.started_at, "2026-03-01T12:00:00.000Z");
  assert.equal(alpha.ended_at, "2026-03-01T12:01:40.000Z");
  assert.equal(alpha.duration_ms, 100_000);
  assert.deepEqual(alpha.models.toSorted(), [HAIKU, OPUS]);
  assert.deepEqual(alpha.versions, ["2.1.4"]);
  assert.equal(alpha.user_prompts, 2);
  assert.equal(alpha.slash_commands, 1);
  assert.equal(alpha.interruptions, 1);
  assert.equal(alpha.tool_uses, 5);
  assert.deepEqual(alpha.tokens, {
    input: 15,
    output: 140,
    cache_read: 900,
    cache_creation: 110,
  });
  assert.deepEqual([alpha.lines_added, alpha.lines_removed], [5, 2]);
  assert.deepEqual([alpha.files_created, alpha.created_file_lines], [1, 12]);
});

Deno.test("reportSessions() lists the latest first, each once", async () => {
  await using home = await filledHome();

  assert.deepEqual(idsOf(home), ["alpha", "zeta", "beta", "gamma", "delta"]);
});

Deno.test("reportSessions() lists a fork, which adds nothing of what it repeats", async () => {
  await using home = await filledHome();

  const fork = sessionOf(home, "zeta");

  assert.equal(fork.user_prompts, 0);
  assert.equal(fork.assistant_messages, 0);
  assert.equal(fork.tool_uses, 0);
  assert.equal(fork.tokens.output, 0);
  assert.equal(sessionOf(home, "alpha").user_prompts, 2);
});

Deno.test("reportSessions() tells durations that add up to the totals, of forks too", async () => {
  await using home = await filledHome();
  const period = { from: undefined, to: 2 * NOON };

  const { totals } = reportMetrics(home.db, { period, now: NOON });

  // What zeta inherited ends with the call of alpha, five seconds before its result.
  assert.equal(sessionOf(home, "zeta").duration_ms, 5000);
  const sum = reportSessions(home.db).sessions.reduce((all, one) => all + one.duration_ms!, 0);
  assert.equal(sum, totals.duration_ms);
});

for (const type of ["api_error", "turn_end", "context_compact", "interruption"] as const) {
  Deno.test(`reportSessions() lists no session that has nothing but ${type}`, async () => {
    await using home = await filledHome([makeEvent(type, { id: "e1" })]);

    const { sessions, total } = reportSessions(home.db);

    assert.deepEqual([sessions.length, total], [0, 0]);
  });
}

Deno.test("reportSessions() lists a session of one prompt, one command or one call", async () => {
  await using home = await filledHome([
    makePrompt({ id: "e1", session: "a" }),
    makeEvent("slash_command", { id: "e2", session: "b" }),
    makeToolUse({ id: "e3", session: "c", use: "u1" }),
    makeEvent("assistant_response", { id: "e4", session: "d" }),
  ]);

  assert.deepEqual(idsOf(home).sort(), ["a", "b", "c", "d"]);
});

Deno.test("reportSessions() lists a session whose events have no time", async () => {
  await using home = await filledHome([makePrompt({ id: "e1", undated: true })]);

  const [session] = reportSessions(home.db).sessions;

  assert.deepEqual(
    [session!.started_at, session!.ended_at, session!.duration_ms],
    [null, null, null],
  );
});

Deno.test("reportSessions() gives one page, and the total of all", async () => {
  await using home = await filledHome();

  const { total, sessions } = reportSessions(home.db, { limit: 2, offset: 1 });

  assert.deepEqual(sessions.map(({ session_id }) => session_id), ["zeta", "beta"]);
  assert.equal(total, 5);
});

Deno.test("reportSessions() gives all of them, when the limit is 0", async () => {
  await using home = await filledHome(
    // More than are read at once.
    Array.from({ length: 205 }, (_, i) => makePrompt({ id: `p${i}`, session: `s${i}` })),
  );

  assert.equal(reportSessions(home.db).sessions.length, 20);
  const ids = reportSessions(home.db, { limit: 0 }).sessions.map(({ session_id }) => session_id);
  assert.equal(new Set(ids).size, 205);
  assert.equal(reportSessions(home.db, { limit: 0, offset: 204 }).sessions.length, 1);
  assert.equal(reportSessions(home.db, { offset: 999 }).sessions.length, 0);
});

Deno.test("reportSessions() filters, and counts what the filter leaves", async () => {
  await using home = await filledHome();

  assert.deepEqual(idsOf(home, { platform: "cursor" }), ["gamma"]);
  assert.deepEqual(idsOf(home, { project: TWO }), ["beta"]);
  assert.deepEqual(idsOf(home, { session: "delta" }), ["delta"]);
  assert.deepEqual(idsOf(home, { model: HAIKU }), ["alpha", "delta"]);
  assert.deepEqual(idsOf(home, { model: HAIKU, project: TWO }), []);
  assert.deepEqual(idsOf(home, { platform: "nobody" }), []);
  assert.equal(reportSessions(home.db, { project: ONE, limit: 1 }).total, 3);
});

Deno.test("reportSessions() labels projects, where this machine knows the name", async () => {
  await using home = await filledHome();
  const { sessions } = reportSessions(home.db, { labels: new Map([[TWO, "engine"]]) });
  const label = (id: string) =>
    sessions.find(({ session_id }) => session_id === id)!.project_label;

  assert.equal(label("beta"), "engine");
  assert.equal(label("alpha"), null);
  assert.equal(label("gamma"), null);
});

Deno.test("reportSessions() orders versions by number", async () => {
  const versions = ["2.0.9", "10.0.0", "2.0.10"];
  await using home = await filledHome(
    versions.map((version, i) => makePrompt({ id: `p${i}`, version, at: NOON + i })),
  );

  assert.deepEqual(reportSessions(home.db).sessions[0]!.versions, ["2.0.9", "2.0.10", "10.0.0"]);
});

function idsOf(home: FilledHome, query: SessionsQuery = {}): string[] {
  return reportSessions(home.db, query).sessions.map(({ session_id }) => session_id);
}

function sessionOf(home: FilledHome, session: string): Session {
  return reportSessions(home.db, { session }).sessions[0]!;
}
