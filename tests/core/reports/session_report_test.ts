/** Tests of `core/reports/session_report.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { reportSession } from "../../../core/reports/session_report.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { makeEvent, makePrompt, NOON } from "../../helpers/events.ts";
import { filledHome, ONE } from "../../helpers/filled_home.ts";

const labels = new Map([[ONE, "engine"]]);

Deno.test("reportSession() is the session as the list has it, and what is in it", async () => {
  await using home = await filledHome();
  const report = reportSession(home.db, "alpha", { labels })!;
  assert.deepEqual(Object.keys(report), [
    "schema",
    "session",
    "turns",
    "tools",
    "files",
    "insights",
    "activity",
    "critical_path",
    "context",
    "usage",
    "exported",
    "coverage",
  ]);
  assert.equal(report.schema, "blueplane.analyze/1");
  const [listed] = reportSessions(home.db, { session: "alpha", labels }).sessions;
  assert.deepEqual(report.session, listed);
  assert.equal(report.session.project_label, "engine");
});

Deno.test("reportSession() adds up to what other reports say", async () => {
  await using home = await filledHome();
  for (const id of ["alpha", "beta", "gamma", "delta", "zeta"]) {
    const { session, turns, tools } = reportSession(home.db, id)!;
    const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
    assert.equal(sum(tools.map(({ uses }) => uses)), session.tool_uses);
    assert.equal(sum(tools.map((one) => one.results.failed)), sum(turns.map((t) => t.failed)));
    assert.equal(turns.at(-1)?.cost_so_far_usd ?? 0, session.cost_usd);
    const period = { from: undefined, to: NOON + 3_600_000 };
    const { totals } = reportMetrics(home.db, { period, session: id, now: NOON });
    assert.equal(totals.lines_added, sum(tools.map(({ lines_added }) => lines_added ?? 0)));
  }
});

Deno.test("reportSession() counts over the time of the session", async () => {
  await using home = await filledHome();
  const { activity } = reportSession(home.db, "alpha")!;
  // 100,001 ms in 60 stretches: a response at 10 s, calls at 20, 30 and 40 s, …
  assert.equal(activity!.stretch_ms, 1667);
  assert.equal(activity!.counts.length, 60);
  const places = activity!.counts.flatMap((count, i) => count > 0 ? [[i, count]] : []);
  assert.deepEqual(places, [[5, 1], [11, 1], [17, 1], [23, 1], [41, 1], [47, 1], [53, 1]]);
});

Deno.test("reportSession() takes a session of one moment, and one without any", async () => {
  await using home = await filledHome([
    makePrompt({ id: "p1", session: "short" }),
    makePrompt({ id: "p2", session: "undated", undated: true }),
  ]);
  assert.deepEqual(reportSession(home.db, "short")!.activity, {
    stretch_ms: 1,
    counts: [0],
    tokens_so_far: [0],
    cost_so_far_usd: [0],
  });
  assert.equal(reportSession(home.db, "undated")!.activity, null);
});

Deno.test("reportSession() has the insights of that session alone", async () => {
  const compactions = ["one", "two"].flatMap((session) => [
    makePrompt({ id: `${session}-p`, session }),
    ...[0, 1, 2, 3].map((i) =>
      makeEvent("context_compact", { id: `${session}-${i}`, session, at: NOON + i })
    ),
  ]);
  await using home = await filledHome(compactions);
  const { insights } = reportSession(home.db, "two")!;
  assert.ok(insights.length > 0);
  assert.deepEqual([...new Set(insights.map(({ session_id }) => session_id))], ["two"]);
});

Deno.test("reportSession() knows no session that is none", async () => {
  await using home = await filledHome();
  assert.equal(reportSession(home.db, "notes"), undefined);
  using db = openWriter(":memory:");
  assert.equal(reportSession(db, "alpha"), undefined);
});
