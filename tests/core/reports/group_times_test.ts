/** Tests of times by group. */

import assert from "node:assert/strict";
import { emptyDigest } from "../../../core/reports/digest.ts";
import { groupTimes, NO_TIMES } from "../../../core/reports/group_times.ts";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { GROUPINGS } from "../../../core/reports/report_choices.ts";

const HOUR_MS = 3_600_000;
const ALWAYS = { from: undefined, to: NOON + 1e12 };

/** A session with an hour's call over midnight in UTC, and one of another project. */
function events() {
  const at = NOON + 11.5 * HOUR_MS;
  const result = makeToolResult({ id: "r", use: "u", at: at + HOUR_MS });
  return [
    makePrompt({ id: "p", project: "aa", at: at - 10_000 }),
    makeToolUse({ id: "u", use: "u", tool: "Bash", at }),
    { ...result, payload: { ...result.payload, duration_ms: HOUR_MS } },
    makeResponse({ id: "m", at: at + HOUR_MS + 1000 }),
    makePrompt({ id: "p2", session: "s2", project: "bb", at: NOON }),
    makeResponse({ id: "m2", session: "s2", at: NOON + 5000 }),
  ];
}

Deno.test("groupTimes() gives groups whose states add up to those of the period", async () => {
  await using home = await filledHome(events());
  const timed = GROUPINGS.filter((by) => !["model", "tool", "extension", "mode"].includes(by));
  for (const groupBy of timed) {
    const { groups, time } = reportMetrics(home.db, {
      period: ALWAYS,
      now: NOON + 24 * HOUR_MS,
      groupBy,
    });
    for (const name of ["model_ms", "tool_ms", "user_ms", "duration_ms"] as const) {
      const sum = groups!.reduce((all, group) => all + (group.time![name] ?? 0), 0);
      assert.equal(sum, time![name], `${name} by ${groupBy}`);
    }
    const n = groups!.reduce((all, { latency }) => all + (latency.response_ms?.n ?? 0), 0);
    assert.equal(n, 1, groupBy);
  }
});

Deno.test("groupTimes() knows of tools how long calls took, and no more", async () => {
  await using home = await filledHome(events());

  const { groups } = reportMetrics(home.db, { period: ALWAYS, now: NOON, groupBy: "tool" });

  const [bash] = groups!;
  assert.equal(bash!.key, "Bash");
  assert.equal(bash!.time, null);
  assert.equal(bash!.latency.tool_ms!.n, 1);
  assert.equal(bash!.latency.turn_ms, null);
});

Deno.test("groupTimes() knows nothing of what was not timed", () => {
  assert.deepEqual(groupTimes(emptyDigest(), true), NO_TIMES);
  assert.equal(groupTimes(emptyDigest(), false).time!.duration_ms, 0);
});
