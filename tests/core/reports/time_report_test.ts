/** Tests of where the time went. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import type { Period } from "../../../core/reports/period.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { countsOf, type SessionFilter } from "../../../core/reports/sums.ts";
import { timeOf, type TimeReport } from "../../../core/reports/time_report.ts";
import { TIME_COUNTS } from "../../../core/session_counts.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { type FilledHome, filledHome, ONE } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

const HOUR_MS = 3_600_000;
const SECOND_MS = 1000;
const ALWAYS = { from: undefined, to: NOON + 1e12 };
const STATES = ["model_ms", "tool_ms", "permission_ms", "user_ms", "idle_ms"] as const;

function ask({ db, clock }: FilledHome, period: Period = ALWAYS, filter: SessionFilter = {}) {
  return reportMetrics(db, { ...filter, period, now: clock.now() });
}

function sumOf(time: TimeReport): number {
  return STATES.reduce((sum, name) => sum + (time[name] ?? 0), 0);
}

Deno.test("readTimeCounts() leaves nothing over of the duration, in any period", async () => {
  await using home = await filledHome();
  const periods = [
    ALWAYS,
    { from: NOON - 41 * 24 * HOUR_MS, to: NOON + HOUR_MS },
    { from: NOON + 20 * SECOND_MS, to: NOON + 95 * SECOND_MS },
    { from: NOON + 60 * SECOND_MS, to: NOON + HOUR_MS + 1 },
  ];
  for (const period of periods) {
    for (const filter of [{}, { project: ONE }, { session: "alpha" }, { platform: "cursor" }]) {
      const { time, totals } = ask(home, period, filter);

      assert.equal(sumOf(time!), time!.duration_ms);
      assert.equal(time!.duration_ms, totals.duration_ms);
    }
  }
  assert.equal(ask(home, ALWAYS, { model: "claude-opus-4-5" }).time, null);
});

Deno.test("readSessionTimes() leaves nothing over of any session", async () => {
  await using home = await filledHome();

  for (const { time, duration_ms, forked_from } of reportSessions(home.db).sessions) {
    assert.equal(sumOf(time!), time!.duration_ms);
    if (forked_from === null) assert.equal(time!.duration_ms, duration_ms);
  }
});

Deno.test("readTimeCounts() tells how long a person was asked, where a hook did", async () => {
  const story = new Story().prompt().response()
    .askedCall("Bash", { tookMs: 30 * SECOND_MS, durationMs: 10 * SECOND_MS })
    .wait(30 * SECOND_MS).response();
  await using home = await filledHome(story.events);

  const { time } = ask(home);

  assert.deepEqual(time, {
    duration_ms: 33 * SECOND_MS,
    model_ms: 3 * SECOND_MS,
    tool_ms: 10 * SECOND_MS,
    permission_ms: 20 * SECOND_MS,
    user_ms: 0,
    idle_ms: 0,
    active_ratio: 1,
    agent_ms: null,
    agents_at_once: null,
  });
});

Deno.test("timeOf() does not know how long tools took, where no call tells its end", async () => {
  const at = (second: number) => NOON + second * SECOND_MS;
  await using home = await filledHome([
    makePrompt({ id: "p", at: at(0) }),
    makeToolUse({ id: "u", use: "u", at: at(5) }),
    makeToolResult({ id: "r", use: "u", at: at(5) }),
    makeResponse({ id: "m", at: at(20) }),
  ]);

  const { time } = ask(home);

  assert.deepEqual([time!.tool_ms, time!.model_ms], [null, 20 * SECOND_MS]);
  assert.equal(timeOf(countsOf(TIME_COUNTS, []), 5, null).tool_ms, 0);
});

Deno.test("timeOf() lasts as long as what is known, where a fork has a past of its own", () => {
  const time = timeOf(countsOf(TIME_COUNTS, [0, 5, 6]), 9, 3);

  assert.deepEqual([time.duration_ms, time.idle_ms], [11, 0]);
});
