/** Tests of `core/reports/prompt_sizes.ts`. */

import assert from "node:assert/strict";
import { promptSizes } from "../../../core/reports/prompt_sizes.ts";
import { readUsageSums } from "../../../core/reports/usage_sums.ts";
import { makeEvent, NOON } from "../../helpers/events.ts";
import { ask, usageHome } from "./usage_story.ts";

Deno.test("promptSizes() gives median and means, and bands of sizes and gaps", async () => {
  await using home = await usageHome();
  await home.tell(makeEvent("queued_prompt", { id: "q", session: "one", at: NOON + 60_000 }));
  const { db, query } = ask(home);

  assert.deepEqual(promptSizes(db, query, readUsageSums(db, query)), {
    count: 4,
    measured: 3,
    words_median: 30,
    words_mean: 78,
    characters_mean: 340,
    short: 1,
    middling: 1,
    long: 1,
    gaps_under_10s: 1,
    gaps_under_30s: 0,
    gaps_over_30s: 1,
  });
});

Deno.test("promptSizes() knows no median of nothing", async () => {
  await using home = await usageHome();
  const { db, query } = ask(home);
  const none = { ...query, filter: { session: "none" } };

  const { count, words_median, words_mean } = promptSizes(db, none, readUsageSums(db, none));

  assert.deepEqual([count, words_median, words_mean], [0, null, null]);
});
