/** Tests of the names of the live picture's keys. */

import { equal, ok } from "node:assert/strict";
import { numbersKey, rankingKey, seriesKey } from "../../pipeline/live_keys.ts";
import { liveKeys } from "./all_live_keys.ts";

Deno.test("liveKeys() names each key once, and every one of them below live:", () => {
  const keys = liveKeys();

  equal(new Set(keys).size, keys.length);
  ok(keys.every((key) => /^live:[\w:]+$/.test(key)));
  for (
    const key of [
      numbersKey("30d"),
      rankingKey("models_by_cost", "1h"),
      seriesKey(900, "user_prompts"),
    ]
  ) ok(keys.includes(key), key);
});
