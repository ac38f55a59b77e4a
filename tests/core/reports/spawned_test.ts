/** Tests of `core/reports/spawned.ts`, over rows that the real pipeline made. */

import { deepEqual } from "node:assert/strict";
import { readWords } from "../../../core/words.ts";
import { readSpawned } from "../../../core/reports/spawned.ts";
import { branchedStory } from "../../helpers/branched_story.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("readSpawned() tells by type how calls of sub-agents went", async () => {
  await using home = await filledHome(branchedStory());
  const read = (from: number, platform?: string) => {
    const query = { period: { from, to: NOON + 1e9 }, now: NOON + 1e9, filter: { platform } };
    return readSpawned(home.db, query, readWords(home.db));
  };
  const one = { value: 1, n: 1, low: 0.206549, high: 1 };

  deepEqual(read(NOON), {
    Explore: { calls: 1, ok: one, mean_ms: 9000 },
    other: { calls: 1, ok: one, mean_ms: 9000 },
  });
  deepEqual([read(NOON + 1e8), read(NOON, "cursor")], [{}, {}]);
});
