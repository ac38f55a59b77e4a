/** Tests of `core/reports/insights_report.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
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
import { findInsights, Story } from "../../helpers/story.ts";
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

Deno.test("reportInsights() lists what was found in a period, when one is asked for", async () => {
  await using home = await filledHome(events);
  const kindsIn = (from: number | undefined, to: number) =>
    reportInsights(home.db, { period: { from, to } }).insights.map(({ kind }) => kind);

  const [first, second] = ["errors.repeated_failures", "context.repeated_compactions"];
  assert.deepEqual(kindsIn(undefined, NOON + 61_000), [second, first]);
  assert.deepEqual(kindsIn(NOON - 1, NOON + 60_000), [first]);
  assert.deepEqual(kindsIn(NOON + 10_000, NOON + 61_000), [second]);
  assert.deepEqual(kindsIn(NOON + 61_000, NOON + 90_000), []);
});

Deno.test("reportInsights() lists what was found, the latest first", async () => {
  await using home = await filledHome(events);

  const report = reportInsights(home.db, { labels: new Map([[ONE, "engine"]]) });

  assert.deepEqual(Object.keys(report), ["schema", "insights", "total", "hidden", "coverage"]);
  assert.equal(report.schema, "blueplane.insights/1");
  const { suggestion, ...last } = report.insights[1]!;
  assert.match(suggestion, /^[A-Z]/);
  assert.deepEqual(last, {
    id: "fc8fa09c",
    kind: "errors.repeated_failures",
    type: "errors",
    severity: "low",
    state: "open",
    title: "Bash failed 3 times in a row",
    sessions: 1,
    session_id: "one",
    platform: "claude_code",
    project_id: ONE,
    project_label: "engine",
    about: "Bash",
    numbers: { streak: 3 },
    n: 3,
    n_of: "calls of the tool",
    expected_gain: { tokens: null, cost_usd: null, duration_ms: 2 },
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
  const all = reportInsights(home.db, { limit: 0 }).insights;
  assert.equal(all.length, 2);
  assert.deepEqual(reportInsights(home.db, { limit: 1, offset: 1 }).insights, [all[1]]);
  assert.deepEqual(reportInsights(home.db, { limit: 0, offset: 1 }).insights, [all[1]]);
});

Deno.test("reportInsights() leaves out what a newer version found", async () => {
  await using home = await filledHome(events);
  {
    using db = openWriter(home.path);
    db.exec(`insert into words (id, text) values (999, 'errors.of_tomorrow');
      insert into insights values (1, 999, 0, 5, 5, 5, 5, 5, 5, 5, 5)`);
  }

  assert.equal(reportInsights(home.db).total, 2);
});

Deno.test("reportInsights() makes one insight of what was found in several sessions", async () => {
  const fail = (session: string, minutes: number, count: number) =>
    new Story(session, { at: NOON + minutes * 60_000 })
      .times(count, (s) => s.call("Bash", { outcome: "failed" }));
  const stories = [fail("a", 0, 3), fail("b", 10, 4), fail("c", 20, 3)];
  const found = await findInsights("errors.repeated_failures", stories);

  const { title, sessions, session_id, expected_gain, period, severity } = found[0]!;
  assert.equal(found.length, 1);
  assert.deepEqual([title, sessions, session_id], ["Bash failed 4 times in a row", 3, "b"]);
  assert.equal(expected_gain!.duration_ms, 7000);
  assert.deepEqual(period, { from: "2026-03-01T12:00:00.000Z", to: "2026-03-01T12:20:02.000Z" });
  assert.equal(severity, "low");

  const [often] = await findInsights("errors.repeated_failures", [
    ...stories,
    fail("d", 30, 3),
    fail("e", 40, 3),
  ]);
  assert.deepEqual([often!.severity, often!.id], ["medium", found[0]!.id]);
});

Deno.test("reportInsights() shows those first that matter most", async () => {
  const stories = [
    new Story("a").times(9, (s) => s.call("Bash", { outcome: "failed" })),
    new Story("b", { at: NOON + 60_000 }).prompt().times(3, (s) => s.input("context_compact")),
  ];
  await using home = await filledHome(stories.flatMap(({ events }) => events));
  const kinds = (query: InsightsQuery) =>
    reportInsights(home.db, query).insights.map(({ kind }) => kind);

  assert.deepEqual(kinds({}), [
    "errors.repeated_failures",
    "context.repeated_compactions",
    "errors.retry_storm",
  ]);
  assert.deepEqual(kinds({ severity: "high" }), ["errors.repeated_failures"]);
});

Deno.test("reportInsights() shows a dismissed one again, when it got clearly worse", async () => {
  await using home = await filledHome(events);
  const { id, severity } = reportInsights(home.db, { type: "errors" }).insights[0]!;
  const dismiss = { id, severity, sessions: 1 };
  await home.pipeline.command("changeInsights", { dismiss });
  const state = () => {
    const { insights, hidden } = reportInsights(home.db, { type: "errors" });
    return [insights.length, hidden.dismissed];
  };
  const before = state();
  const more = (session: string, count: number) =>
    new Story(session, { at: NOON + 3_600_000 })
      .times(count, (s) => s.call("Bash", { outcome: "failed" })).events;

  await home.tell(...more("two-more", 3));
  const alike = state();
  await home.tell(...more("worse", 6));

  assert.deepEqual([before, alike, state()], [[0, 1], [0, 1], [1, 0]]);
});

Deno.test("reportInsights() shows nothing of a muted kind, unless that is asked for", async () => {
  await using home = await filledHome(events);
  await home.pipeline.command("changeInsights", { mute: "errors.repeated_failures" });

  const { insights, hidden } = reportInsights(home.db);
  const all = reportInsights(home.db, { hidden: true });

  assert.deepEqual([insights.length, hidden], [1, { dismissed: 0, muted: 1 }]);
  assert.deepEqual(all.insights.map(({ state }) => state), ["open", "muted"]);
  await home.pipeline.command("rebuild", {});
  assert.equal(reportInsights(home.db).hidden.muted, 1);
});

function ask({ db }: FilledHome, query: InsightsQuery): string[] {
  return reportInsights(db, query).insights.map(({ session_id }) => session_id);
}
