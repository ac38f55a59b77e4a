/**
 * Holds reports of one database in two time zones against each other. A program of its own, as
 * the zone is the whole process's: the tests beside it have theirs.
 */

import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import type { TelemetryEvent } from "../../../core/event.ts";
import type { GroupBy } from "../../../core/reports/report_choices.ts";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { makePrompt, makeResponse, makeToolResult, makeToolUse } from "../../helpers/events.ts";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";
import { differences } from "../../helpers/told.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const FROM = Date.UTC(2025, 11, 20), TO = Date.UTC(2026, 3, 10);
const QUARTER_MS = 900_000;
const CUTS = ["hour", "day", "week", "month", "weekday", "hour-of-day"] as const;
/** What is counted by days, hours and weekdays of the user's own. */
const CUT_USAGE: ReadonlySet<string> = new Set([
  "active_days",
  "longest_streak_days",
  "current_streak_days",
  "peak_hour",
  "peak_weekday",
  "error_trend",
  "sessions_per_active_day",
]);

/** Two zones of all that there are; every second pair has India or Nepal in it. */
const zones = fc.tuple(
  fc.oneof(
    fc.constantFrom("Asia/Kolkata", "Asia/Kathmandu"),
    fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
  ),
  fc.constantFrom("UTC", ...Intl.supportedValuesOf("timeZone")),
);

/** Moments of turns, many of them right beside a quarter of an hour, where zones cut. */
const moments = fc.array(
  fc.tuple(
    fc.integer({ min: FROM / QUARTER_MS, max: TO / QUARTER_MS - 1 }),
    fc.constantFrom(-2000, 0, 1, 400_000),
    fc.integer({ min: 0, max: 3 }),
  ),
  { minLength: 1, maxLength: 12 },
);

await fc.assert(
  fc.asyncProperty(zones, moments, async (pair, turns) => {
    Deno.env.set("TZ", pair[0]);
    await using home = await filledHome(turns.flatMap(turn));
    const [a, b] = pair.map((zone) => readIn(home, zone));
    deepEqual(differences(a, b), []);
    for (const zone of pair) checkCuts(home, zone, turns.map(([at, by]) => at * QUARTER_MS + by));
  }),
  // The same ones every time, as there is time for few.
  { seed: 6, ...fcRuns(6) },
);

function turn([quarter, by, session]: readonly [number, number, number], i: number) {
  const at = quarter * QUARTER_MS + by;
  const of = (id: string, ms: number) => ({
    id: `${id}${i}`,
    session: `s${session}`,
    at: at + ms,
  });
  return [
    makePrompt(of("p", 0)),
    makeResponse({ ...of("r", 1000), input: 10, output: 20 + i }),
    makeToolUse({ ...of("u", 1500), use: `t${i}` }),
    makeToolResult({
      ...of("x", 3000),
      use: `t${i}`,
      added: i,
      outcome: i % 3 ? "ok" : "failed",
    }),
  ] satisfies TelemetryEvent[];
}

function report(home: FilledHome, groupBy?: GroupBy) {
  const period = { from: FROM - 1, to: TO + 86_400_000 };
  return reportMetrics(home.db, { period, now: period.to, ...(groupBy ? { groupBy } : {}) });
}

/** Everything that no zone may change. */
function readIn(home: FilledHome, zone: string) {
  Deno.env.set("TZ", zone);
  const { usage, ...rest } = report(home);
  const { pace, ...others } = usage!;
  const { tokens_per_active_day: _, ...steady } = pace;
  const kept = Object.entries(others).filter(([name]) => !CUT_USAGE.has(name));
  return {
    ...rest,
    usage: Object.fromEntries(kept),
    pace: steady,
    models: report(home, "model").groups,
  };
}

/** That groups of time are those of the calendar of a zone, and hold all there is. */
function checkCuts(home: FilledHome, zone: string, promptedAt: readonly number[]): void {
  Deno.env.set("TZ", zone);
  for (const by of CUTS) {
    const { groups = [], totals } = report(home, by);
    const sum = (of: (each: typeof totals) => number | null) =>
      groups.reduce((all, group) => all + (of(group.totals) ?? 0), 0);
    equal(sum(({ user_prompts }) => user_prompts), promptedAt.length);
    equal(sum(({ tokens }) => tokens.output), totals.tokens.output);
    equal(sum(({ tool_uses }) => tool_uses), totals.tool_uses);
    equal(sum(({ lines_added }) => lines_added), totals.lines_added);
    if (by !== "day" && by !== "hour") continue;
    const prompts = groups.filter((group) => group.totals.user_prompts)
      .map((group) => [group.key, group.totals.user_prompts]);
    const expected = Map.groupBy(promptedAt, (at) => calendarKey(at, zone, by));
    deepEqual(
      Object.fromEntries(prompts),
      Object.fromEntries([...expected].map(([key, all]) => [key, all.length])),
      `${zone} by ${by}`,
    );
  }
}

/** A local day or hour as the platform's own calendar writes it. */
function calendarKey(at: number, timeZone: string, by: "day" | "hour"): string {
  const [day, hour] = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  }).format(at).split(" ");
  return by === "day" ? day! : `${day}T${hour!.slice(0, 2)}`;
}
