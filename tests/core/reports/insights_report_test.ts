/** Tests of `core/reports/insights_report.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/database.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { type InsightsQuery, reportInsights } from "../../../core/reports/insights_report.ts";
import {
  makeEvent,
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { type FilledHome, filledHome, HAIKU, ONE, TWO } from "../../helpers/filled_home.ts";

const three = [0, 1, 2];

/** Failures in project ONE, compactions a minute later in project TWO and on another platform. */
const events: readonly TelemetryEvent[] = [
  ...three.flatMap((i) => {
    const place = { session: "one", project: ONE, use: `u${i}`, at: NOON + i };
    return [
      makeToolUse({ ...place, id: `u${i}`, tool: "Bash" }),
      makeToolResult({ ...place, id: `r${i}`, outcome: "failed" }),
    ];
  }),
  makeResponse({ id: "m1", session: "one", model: HAIKU }),
  makePrompt({ id: "p1", session: "two", project: TWO, platform: "cursor", at: NOON + 60_000 }),
  ...three.map((i) =>
    makeEvent("context_compact", {
      id: `k${i}`,
      session: "two",
      project: TWO,
      platform: "cursor",
      at: NOON + 60_000 + i,
    })
  ),
];

Deno.test("reportInsights() lists what was found, the latest first", async () => {
  await using home = await filledHome(events);

  const report = reportInsights(home.db, { labels: new Map([[ONE, "engine"]]) });

  assert.deepEqual(Object.keys(report), ["schema", "insights", "total", "coverage"]);
  assert.equal(report.schema, "blueplane.insights/1");
  const { suggestion, ...last } = report.insights[1]!;
  assert.match(suggestion, /^[A-Z]/);
  assert.deepEqual(last, {
    kind: "errors.repeated_failures",
    type: "errors",
    title: "Bash failed 3 times in a row",
    session_id: "one",
    platform: "claude_code",
    project_id: ONE,
    project_label: "engine",
    tool: "Bash",
    numbers: { streak: 3 },
    n: 3,
    period: { from: "2026-03-01T12:00:00.000Z", to: "2026-03-01T12:00:00.002Z" },
  });
});

Deno.test("reportInsights() has a query for every filter", async () => {
  await using home = await filledHome(events);

  assert.deepEqual(ask(home, {}), ["two", "one"]);
  assert.deepEqual(ask(home, { type: "errors" }), ["one"]);
  assert.deepEqual(ask(home, { type: "context" }), ["two"]);
  assert.deepEqual(ask(home, { project: TWO }), ["two"]);
  assert.deepEqual(ask(home, { platform: "claude_code" }), ["one"]);
  assert.deepEqual(ask(home, { session: "two" }), ["two"]);
  assert.deepEqual(ask(home, { model: HAIKU }), ["one"]);
  assert.deepEqual(ask(home, { model: HAIKU, type: "context" }), []);
});

Deno.test("reportInsights() shows a part, and says of how many", async () => {
  await using home = await filledHome(events);

  const report = reportInsights(home.db, { limit: 1 });

  assert.deepEqual([report.insights.length, report.total], [1, 2]);
  assert.equal(reportInsights(home.db, { limit: 0 }).insights.length, 2);
});

Deno.test("reportInsights() leaves out what a newer version found", async () => {
  await using home = await filledHome(events);
  {
    using db = openWriter(home.path);
    db.exec(`insert into words (id, text) values (999, 'errors.of_tomorrow');
      insert into insights values (1, 999, 0, 5, 5, 5, 5)`);
  }

  assert.equal(reportInsights(home.db).total, 2);
});

function ask({ db }: FilledHome, query: InsightsQuery): string[] {
  return reportInsights(db, query).insights.map(({ session_id }) => session_id);
}
