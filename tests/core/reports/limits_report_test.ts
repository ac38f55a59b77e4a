/** Tests of `core/reports/limits_report.ts`: what is used of limits now, and before. */

import assert from "node:assert/strict";
import {
  readLimitHistory,
  readLimits,
  reportLimits,
} from "../../../core/reports/limits_report.ts";
import type { SafeText } from "../../../core/privacy.ts";
import { makeEvent, makePrompt, makeResponse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const HOUR_MS = 3_600_000;

function seen(at: number, name: string, used: number, end?: number) {
  const limit = { name: name as SafeText, used_thousandths: used };
  return makeEvent("status_seen", { id: `${name}${at}`, at }, {
    limits: [end === undefined ? limit : { ...limit, resets_at: end }],
  });
}

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

Deno.test("reportLimits() tells where a window goes, and what a percent of it took", async () => {
  const end = NOON + 3 * HOUR_MS, past = NOON - 5 * HOUR_MS;
  await using home = await filledHome([
    ...[100, 200, 300, 400].map((used, i) =>
      seen(NOON - 2 * HOUR_MS + i * HOUR_MS / 2, "five_hour", used, end)
    ),
    seen(past - 2 * HOUR_MS, "five_hour", 0, past),
    seen(past - HOUR_MS, "five_hour", 500, past),
    makePrompt({ id: "p", at: NOON - HOUR_MS }),
    makeResponse({ id: "m", at: NOON - HOUR_MS, input: 60_000 }),
    makeResponse({ id: "n", at: past - 90 * 60_000, input: 50_000 }),
  ]);
  const { schema, limits: [limit, ...more] } = reportLimits(home.db, NOON);

  assert.deepEqual([schema, more], ["blueplane.limits/1", []]);
  assert.deepEqual([limit?.name, limit?.used, limit?.history.length], ["five_hour", 0.4, 4]);
  // 0.2 an hour, and three and a half hours to go from what was seen last.
  assert.deepEqual(limit?.forecast, {
    at_reset: { value: 1.1, low: 1.1, high: 1.1, n: 4 },
    full_at: new Date(NOON - HOUR_MS / 2 + 3 * HOUR_MS).toISOString(),
    full_at_earliest: new Date(NOON - HOUR_MS / 2 + 3 * HOUR_MS).toISOString(),
  });
  // 60,000 for 30 percent of this one, 50,000 for 50 of the one before.
  assert.deepEqual([limit?.tokens_per_percent?.value, limit?.tokens_per_percent?.n], [1500, 2]);
  assert.ok(limit!.cost_usd_per_percent!.value > 0);
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
