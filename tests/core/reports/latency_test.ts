/** Tests of `core/reports/latency.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { openWriter } from "../../../core/database.ts";
import { percentilesOf, readLatency } from "../../../core/reports/latency.ts";
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
import { fcRuns } from "../fc_runs.ts";

const ALWAYS = { from: undefined, to: Number.MAX_SAFE_INTEGER };
const HOUR_MS = 3_600_000;

Deno.test("readLatency() knows nothing, when no time was told", async () => {
  await using home = await filledHome([makePrompt({ id: "p1" })]);

  assert.deepEqual(ask(home), { tool_ms: null, turn_ms: null });
});

Deno.test("readLatency() tells the times of calls and of turns", async () => {
  await using home = await filledHome([
    makePrompt({ id: "p1", at: NOON - 500 }),
    ...calls([300, 100, 200]),
    makeResponse({ id: "m1", at: NOON + 9500 }),
    makePrompt({ id: "p2", at: NOON + 10_000 }),
  ]);

  assert.deepEqual(ask(home), {
    tool_ms: { p50: 200, p95: 300, p99: 300, n: 3 },
    turn_ms: { p50: 10_000, p95: 10_000, p99: 10_000, n: 1 },
  });
});

Deno.test("readLatency() counts what began in the period, with filters", async () => {
  await using home = await filledHome([
    ...calls([10, 20], { session: "s1", project: ONE }),
    ...calls([30, 40], { session: "s2", project: TWO, at: NOON + HOUR_MS }),
  ]);

  const n = (period: Period, filter?: SessionFilter) => ask(home, period, filter).tool_ms?.n ?? 0;
  assert.equal(n(ALWAYS), 4);
  assert.equal(n({ from: NOON, to: NOON + 1 }), 1);
  assert.equal(n({ from: NOON + 1, to: NOON + 1000 }), 0);
  assert.equal(n({ from: NOON + HOUR_MS, to: NOON + 2 * HOUR_MS }), 2);
  assert.equal(n(ALWAYS, { project: TWO }), 2);
  assert.equal(n(ALWAYS, { session: "s1" }), 2);
  assert.equal(n(ALWAYS, { platform: "cursor" }), 0);
});

Deno.test("readLatency() knows no times of a model", async () => {
  await using home = await filledHome(calls([10]));

  assert.equal(ask(home, ALWAYS, { model: "claude-opus-4-5" }).tool_ms, null);
});

Deno.test("readLatency() gives times that are in the list, at their ranks", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1e6 }), { minLength: 1, maxLength: 300 }), (times) => {
      using db = openWriter(":memory:");
      db.exec(`insert into words values (1, 'claude_code');
        insert into sessions (id, platform, session_id) values (1, 1, 's1')`);
      const add = db.prepare("insert into turns values (1, ?, ?, ?, 0, 0, 0, 0)");
      times.forEach((ms, i) => add.run(i, i, ms));

      const { turn_ms } = readLatency(db, ALWAYS, {}, NOON);

      const { n, ...shares } = turn_ms!;
      assert.equal(n, times.length);
      for (const [name, time] of Object.entries(shares)) {
        const share = Number(name.slice(1)) / 100;
        const below = times.filter((ms) => ms < time).length;
        const upTo = times.filter((ms) => ms <= time).length;
        assert.ok(below < share * n && upTo >= share * n, `${name} of ${times}`);
      }
    }),
    fcRuns(),
  );
});

/** Calls with these durations, a second apart. */
function calls(
  durations: readonly number[],
  place: { session?: string; project?: string; at?: number } = {},
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
  assert.deepEqual(percentilesOf([10, 9, 100]), { p50: 10, p95: 100, p99: 100, n: 3 });
  assert.equal(percentilesOf([]), null);
});
