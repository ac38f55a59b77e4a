/** Tests of `core/reports/hour_digests.ts`. */

import assert from "node:assert/strict";
import { readHourDigests } from "../../../core/reports/hour_digests.ts";
import { makePrompt, makeResponse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const HOUR_MS = 3_600_000, MINUTE_MS = 60_000;

Deno.test("readHourDigests() cuts what goes on where an hour begins", async () => {
  const [one, other] = [{ session: "s1", project: "aa" }, { session: "s2", platform: "cursor" }];
  await using home = await filledHome([
    makePrompt({ ...one, id: "a", at: NOON - 3 * MINUTE_MS }),
    makeResponse({ ...one, id: "b", at: NOON + MINUTE_MS }),
    makePrompt({ ...other, id: "c", at: NOON + 30_000 }),
    makePrompt({ ...other, id: "d", at: NOON + 2 * HOUR_MS }),
  ]);

  const hours = readHourDigests(home.db, {
    tier: 900,
    from: NOON - HOUR_MS,
    to: NOON + 4 * HOUR_MS,
  });

  const told = hours.map(({ at, all, places }) => ({
    hour: (at - NOON) / HOUR_MS,
    prompts: all.inputs.get(0)?.[0] ?? 0,
    activeMs: all.activeMs,
    most: all.overlap.most,
    places: places.length,
  }));
  assert.deepEqual(told, [
    { hour: -1, prompts: 1, activeMs: 3 * MINUTE_MS, most: 1, places: 1 },
    { hour: 0, prompts: 1, activeMs: MINUTE_MS, most: 2, places: 2 },
    // Between its prompts the other one goes on, and nothing is done.
    { hour: 1, prompts: 0, activeMs: 0, most: 0, places: 1 },
    { hour: 2, prompts: 1, activeMs: 0, most: 1, places: 1 },
  ]);
});
