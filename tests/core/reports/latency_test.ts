/** Tests of `core/reports/latency.ts`. */

import assert from "node:assert/strict";
import { latencyOf, percentilesOf, readLatency } from "../../../core/reports/latency.ts";
import type { Period } from "../../../core/reports/period.ts";
import type { SessionFilter } from "../../../core/reports/sums.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { type FilledHome, filledHome, ONE, TWO } from "../../helpers/filled_home.ts";

const ALWAYS = { from: undefined, to: Number.MAX_SAFE_INTEGER };
const HOUR_MS = 3_600_000;

Deno.test("readLatency() knows nothing, when no time was told", async () => {
  await using home = await filledHome([makePrompt({ id: "p1" })]);

  assert.deepEqual(ask(home), {
    tool_ms: null,
    turn_ms: null,
    response_ms: null,
    first_call_ms: null,
    think_ms: null,
  });
});

Deno.test("readLatency() tells the times of calls, turns, answers and prompts", async () => {
  await using home = await filledHome([
    makePrompt({ id: "p1", at: NOON - 500 }),
    makeResponse({ id: "m0", at: NOON - 450 }),
    ...calls([30, 10, 20]),
    makeResponse({ id: "m1", at: NOON + 9500 }),
    makePrompt({ id: "p2", at: NOON + 9580 }),
  ]);

  const { turn_ms, ...others } = ask(home);

  assert.deepEqual(others, {
    tool_ms: { p50: 20, p95: 30, p99: 30, min: 10, mean: 20, max: 30, n: 3 },
    response_ms: { p50: 50, p95: 50, p99: 50, min: 50, mean: 50, max: 50, n: 1 },
    think_ms: { p50: 80, p95: 80, p99: 80, min: 80, mean: 80, max: 80, n: 1 },
    first_call_ms: { p50: 500, p95: 500, p99: 500, min: 500, mean: 500, max: 500, n: 1 },
  });
  assert.ok(Math.abs(turn_ms!.p50 - 10_000) <= 100);
});

Deno.test("readLatency() counts what began in the period, with filters", async () => {
  await using home = await filledHome([
    ...calls([10, 20], { session: "s1", project: ONE }),
    ...calls([30, 40], { session: "s2", project: TWO, at: NOON + HOUR_MS }),
  ]);

  const n = (period: Period, filter?: SessionFilter) => ask(home, period, filter).tool_ms?.n ?? 0;
  assert.equal(n(ALWAYS), 4);
  assert.equal(n({ from: NOON, to: NOON + 60_000 }), 2);
  assert.equal(n({ from: NOON + 60_000, to: NOON + HOUR_MS }), 0);
  assert.equal(n({ from: NOON + HOUR_MS, to: NOON + 2 * HOUR_MS }), 2);
  assert.equal(n(ALWAYS, { project: TWO }), 2);
  assert.equal(n(ALWAYS, { session: "s1" }), 2);
  assert.equal(n(ALWAYS, { platform: "cursor" }), 0);
});

Deno.test("readLatency() knows no times of a model", async () => {
  await using home = await filledHome(calls([10]));

  assert.equal(ask(home, ALWAYS, { model: "claude-opus-4-5" }).tool_ms, null);
});

Deno.test("readLatency() gives the same for whole days as for their quarters", async () => {
  const DAY_MS = 24 * HOUR_MS;
  await using home = await filledHome(
    [0, 20, 21, 22, 40].flatMap((day) =>
      calls([day + 1, day + 2], { session: `s${day}`, at: NOON - day * DAY_MS })
    ),
  );
  const period = { from: NOON - 30 * DAY_MS, to: NOON + HOUR_MS };

  const ofAll = ask(home, period), ofPlatform = ask(home, period, { platform: "claude_code" });

  assert.equal(ofAll.tool_ms!.n, 8);
  assert.deepEqual(ofAll, ofPlatform);
  assert.deepEqual(ask(home), ask(home, ALWAYS, { platform: "claude_code" }));
});

Deno.test("latencyOf() tells percentiles by measure, and nothing of tools", () => {
  const { tool_ms, turn_ms, think_ms } = latencyOf(
    new Map([[0, [[-1, 1, 1, 2]]], [-1, [[0, 1]]], [7, [[1, 9]]]]),
  );

  assert.deepEqual([tool_ms?.n, turn_ms?.n, think_ms], [3, 1, null]);
  assert.deepEqual([tool_ms?.p50, tool_ms?.p95], [1, 1]);
});

/** Calls with these durations, a second apart. */
function calls(
  durations: readonly number[],
  place: { session?: string; project?: string; at?: number; tool?: string } = {},
) {
  return durations.flatMap((duration, i) => {
    const name = `${place.session ?? ""}${i}`, at = (place.at ?? NOON) + i * 1000;
    const result = makeToolResult({ ...place, id: `r${name}`, use: `u${name}`, at: at + 1 });
    return [
      makeToolUse({ ...place, id: `u${name}`, use: `u${name}`, at }),
      { ...result, payload: { ...result.payload, duration_ms: duration } },
    ];
  });
}

function ask({ db }: FilledHome, period: Period = ALWAYS, filter: SessionFilter = {}) {
  return readLatency(db, period, filter, NOON + HOUR_MS);
}

Deno.test("percentilesOf() takes the nearest rank, and knows nothing of no times", () => {
  assert.deepEqual(percentilesOf([10, 9, 100]), {
    p50: 10,
    p95: 100,
    p99: 100,
    min: 9,
    mean: 40,
    max: 100,
    n: 3,
  });
  assert.equal(percentilesOf([]), null);
});
