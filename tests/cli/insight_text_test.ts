/** Tests of `cli/insight_text.ts`. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { insightsText } from "../../cli/insight_text.ts";
import type { Insight } from "../../core/reports/insights_report.ts";
import { type Paint, visibleWidth } from "../../cli/table.ts";
import { NOON } from "../helpers/events.ts";

const paint: Paint = {
  dim: (text) => text,
  bold: (text) => text,
  green: (text) => text,
  red: (text) => text,
  yellow: (text) => text,
};

const LAPSES: Insight = {
  id: "1a2b3c4d",
  kind: "cost.lapsed_cache",
  type: "cost",
  severity: "high",
  state: "open",
  title: "The context was cached anew after 9 pauses",
  sessions: 7,
  session_id: "01940000-0000-4000-8000-00000000cafe",
  platform: "claude_code",
  project_id: "1c8bbfa69a576471",
  project_label: "engine",
  about: null,
  numbers: { lapses: 9 },
  n: 120,
  n_of: "responses",
  expected_gain: { tokens: 2_400_000, cost_usd: 12.5, duration_ms: null },
  period: { from: "2026-02-01T08:00:00.000Z", to: new Date(NOON - 7_200_000).toISOString() },
  suggestion:
    "Answer while the cache is warm, or compact before a break; for another task begin " +
    "a new session",
};

Deno.test("insightsText() tells what, where, of how many, the gain, and what to do", () => {
  deepEqual(insightsText([LAPSES], { paint, now: NOON, columns: 80 }).split("\n"), [
    "high    The context was cached anew after 9 pauses",
    "        engine, 7 sessions since 2026-02-01, as in session 01940000, the last",
    "        2 h ago",
    "        n = 120 responses, could save $12.50, 2.4M tokens [1a2b3c4d],",
    "        cost.lapsed_cache",
    "        → Answer while the cache is warm, or compact before a break; for another",
    "          task begin a new session",
    "",
  ]);
});

Deno.test("insightsText() says of a hidden one that it is, and tells no gain of nothing", () => {
  const expected_gain = { tokens: null, cost_usd: 0, duration_ms: 0 };
  const none = { project_id: null, project_label: null };
  const text = insightsText(
    [{ ...LAPSES, ...none, state: "muted", sessions: 1, expected_gain }],
    { paint, now: NOON, columns: 80 },
  );

  const [head, place, numbers] = text.split("\n");
  equal(head, "high    The context was cached anew after 9 pauses (muted)");
  equal(place, "        session 01940000, 2 h ago");
  equal(numbers, "        n = 120 responses [1a2b3c4d], cost.lapsed_cache");
});

Deno.test("insightsText() says what to do once, and then where that stands", () => {
  const other = { ...LAPSES, id: "5e6f7a8b", suggestion: "Compact before a break" };
  const first = { ...LAPSES, suggestion: "Answer while the cache is warm" };
  const insights = [first, other, { ...first, id: "9c0d1e2f" }];
  const text = insightsText(insights, { paint, now: NOON, columns: 200 });

  deepEqual(text.split("\n").filter((line) => line.includes("→")).map((line) => line.trim()), [
    "→ Answer while the cache is warm",
    "→ Compact before a break",
    "→ as for [1a2b3c4d]",
  ]);
});

Deno.test("insightsText() fits into the columns, from forty on", () => {
  const insight = { ...LAPSES, title: LAPSES.suggestion };
  for (const columns of [40, 55, 80, 200]) {
    for (const line of insightsText([insight], { paint, now: NOON, columns }).split("\n")) {
      ok(visibleWidth(line) <= Math.min(100, columns), line);
    }
  }
});
