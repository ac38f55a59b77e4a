/** Tests of `core/reports/day_digests.ts`. */

import assert from "node:assert/strict";
import { readDayDigests } from "../../../core/reports/day_digests.ts";
import { makePrompt, makeResponse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS;
const MIDNIGHT = new Date(NOON).setHours(0, 0, 0, 0);

Deno.test("readDayDigests() tells of a day by hour and by place", async () => {
  await using home = await filledHome([
    makePrompt({ id: "a", session: "s1", project: "aa", at: NOON }),
    makeResponse({ id: "b", session: "s1", project: "aa", at: NOON + 60_000 }),
    makePrompt({ id: "c", session: "s2", platform: "cursor", at: NOON + HOUR_MS }),
    makePrompt({ id: "d", session: "s2", platform: "cursor", at: NOON + DAY_MS }),
  ]);

  const { all, hours, places } = readDayDigests(home.db, [MIDNIGHT, MIDNIGHT + DAY_MS]);

  assert.deepEqual(all!.inputs.get(0), [2]);
  assert.equal(all!.activeMs, 60_000);
  assert.deepEqual(all!.overlap, { most: 1, sum_ms: 60_000, busy_ms: 60_000, overlap_ms: 0 });
  const prompts = hours.map(([at, , { inputs }]) => [
    (at - NOON) / HOUR_MS,
    inputs.get(0)?.[0] ?? 0,
  ]);
  assert.deepEqual(prompts.filter(([, count]) => count! > 0), [[0, 1], [1, 1]]);
  assert.deepEqual(places.map(({ project, digest }) => [project > 0, digest.inputs.get(0)]), [
    [true, [1]],
    [false, [1]],
  ]);
  assert.ok(places.every(({ digest }) => digest.words.size === 0));
});

Deno.test("readDayDigests() knows nothing of a day on which nothing was", async () => {
  await using home = await filledHome([makePrompt({ id: "a" })]);
  assert.deepEqual(readDayDigests(home.db, [MIDNIGHT - DAY_MS, MIDNIGHT]), {
    all: undefined,
    hours: [],
    places: [],
  });
});
