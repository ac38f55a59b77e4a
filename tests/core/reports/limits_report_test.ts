/** Tests of `core/reports/limits_report.ts`: what is used of limits now, and before. */

import assert from "node:assert/strict";
import {
  readLimitHistory,
  readLimits,
  reportLimits,
} from "../../../core/reports/limits_report.ts";
import { makePrompt, makeResponse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { seenLimit as seen, seenWindow } from "../../helpers/seen_limits.ts";

const HOUR_MS = 3_600_000;

Deno.test("readLimits() tells the last of each window that has not ended", async () => {
  await using home = await filledHome([
    seen(NOON, "five_hour", 100, NOON + HOUR_MS),
    seen(NOON + 5, "five_hour", 250, NOON + HOUR_MS),
    seen(NOON, "seven_day", 600),
    seen(NOON - HOUR_MS, "seven_day_opus", 900, NOON),
  ]);

  assert.deepEqual(readLimits(home.db, NOON + 9), [
    {
      platform: "claude_code",
      name: "five_hour",
      used: 0.25,
      resets_at: NOON + HOUR_MS,
      first_at: NOON + 5,
      last_at: NOON + 5,
    },
    {
      platform: "claude_code",
      name: "seven_day",
      used: 0.6,
      resets_at: null,
      first_at: NOON,
      last_at: NOON,
    },
  ]);
  assert.deepEqual(readLimits(home.db, NOON + HOUR_MS).map(({ name }) => name), ["seven_day"]);
});

Deno.test("readLimitHistory() tells what was seen in a stretch, in its order", async () => {
  await using home = await filledHome([
    seen(NOON + 5, "five_hour", 250, NOON + HOUR_MS),
    seen(NOON, "five_hour", 100, NOON + HOUR_MS),
    seen(NOON + 9, "five_hour", 400, NOON + HOUR_MS),
  ]);

  const used = readLimitHistory(home.db, { from: NOON, to: NOON + 9 }).map((one) => one.used);
  assert.deepEqual(used, [0.1, 0.25]);
  assert.equal(readLimitHistory(home.db, { to: NOON }).length, 0);
});

Deno.test("readLimits() takes the most of a window, whatever was shown after it", async () => {
  const end = NOON + HOUR_MS;
  await using home = await filledHome([
    seen(NOON, "five_hour", 500, end),
    seen(NOON + 60_000, "five_hour", 400, end),
  ]);

  assert.deepEqual(readLimits(home.db, NOON + 60_000).map(({ used }) => used), [0.5]);
});

Deno.test("reportLimits() tells where a window goes, and how surely", async () => {
  await using home = await filledHome(seenWindow());
  const { schema, limits: [limit, ...more] } = reportLimits(home.db, NOON);

  assert.deepEqual([schema, more], ["blueplane.limits/1", []]);
  assert.deepEqual([limit?.name, limit?.used, limit?.history.length], ["five_hour", 0.4, 5]);
  // 0.3 in two hours, and three hours to go.
  const { at_reset, course, full_at, full_at_earliest, full_at_latest } = limit!.forecast!;
  assert.deepEqual([at_reset.value, at_reset.n], [0.85, 4]);
  assert.ok(at_reset.low! > 0.4 && at_reset.low! < 0.85 && at_reset.high! > 1);
  assert.deepEqual(course.at(-1), {
    at: limit!.resets_at,
    used: at_reset.value,
    low: at_reset.low,
    high: at_reset.high,
  });
  assert.deepEqual([full_at, full_at_latest], [null, null]);
  assert.ok(full_at_earliest! > new Date(NOON).toISOString());
});

Deno.test("reportLimits() foretells what is exact as it is", async () => {
  const end = NOON + 3 * HOUR_MS;
  await using home = await filledHome(
    [100, 200, 300, 400].map((used, i) =>
      seen(NOON - 2 * HOUR_MS + i * HOUR_MS / 2, "five_hour", used, end)
    ),
  );
  // 0.2 an hour, and three and a half hours to go from what was seen last.
  const { forecast } = reportLimits(home.db, NOON).limits[0]!;
  assert.deepEqual(forecast!.at_reset, { value: 1.1, low: 1.1, high: 1.1, n: 3 });
  const full = new Date(NOON - HOUR_MS / 2 + 3 * HOUR_MS).toISOString();
  assert.deepEqual([forecast!.full_at, forecast!.full_at_earliest], [full, full]);
});

Deno.test("reportLimits() tells what a percent took, by the steps of one window", async () => {
  const at = NOON - 2 * HOUR_MS;
  await using home = await filledHome([
    ...seenWindow(),
    makePrompt({ id: "p", at }),
    ...[6000, 10_000, 6000, 8000].map((input, i) =>
      makeResponse({ id: `m${i}`, at: at + i * HOUR_MS / 2 + 60_000, input, output: 0 })
    ),
    // Before the window, and at its very end.
    makeResponse({ id: "early", at: at - 60_000, input: 1_000_000, output: 0 }),
    makeResponse({ id: "late", at: NOON + 1, input: 1_000_000, output: 0 }),
  ]);
  const { limits: [limit] } = reportLimits(home.db, NOON);

  // 30,000 for 30 percent, in steps of 6, 12, 4 and 8.
  const tokens = limit!.tokens_per_percent!;
  assert.deepEqual([tokens.value, tokens.n], [1000, 4]);
  assert.ok(tokens.low! < 1000 && tokens.low! > 500 && tokens.high! < 1500);
  assert.equal(limit!.cost_usd_per_percent!.n, 4);
});

Deno.test("reportLimits() foretells nothing of a window whose end is not told", async () => {
  await using home = await filledHome([seen(NOON, "seven_day", 600)]);
  const { limits: [limit] } = reportLimits(home.db, NOON);

  assert.deepEqual([limit?.resets_at, limit?.forecast, limit?.tokens_per_percent], [
    null,
    null,
    null,
  ]);
});
