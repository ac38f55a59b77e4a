/** Tests of `core/reports/limits_report.ts`: what is used of limits now, and before. */

import assert from "node:assert/strict";
import { readLimitHistory, readLimits } from "../../../core/reports/limits_report.ts";
import type { SafeText } from "../../../core/privacy.ts";
import { makeEvent, NOON } from "../../helpers/events.ts";
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
