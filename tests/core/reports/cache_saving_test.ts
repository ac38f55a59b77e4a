/** Tests of `core/reports/cache_saving.ts`. */

import assert from "node:assert/strict";
import { cacheSavingOf } from "../../../core/reports/cache_saving.ts";
import { MODEL_COUNTS } from "../../../core/session_counts.ts";
import type { Counts } from "../../../core/reports/sums.ts";

function counts(told: Partial<Counts<typeof MODEL_COUNTS[number]>>) {
  const nothing = Object.fromEntries(MODEL_COUNTS.map((name) => [name, 0]));
  return { ...nothing, ...told } as Counts<typeof MODEL_COUNTS[number]>;
}

Deno.test("cacheSavingOf() can be less than nothing, and is null without a price", () => {
  const written = { priced_tokens: 5, cache_write_extra_micros: 2000 };
  const read = { priced_tokens: 5, cache_read_saved_micros: 500 };

  assert.deepEqual(cacheSavingOf([counts(written), counts(read)]), {
    saved_usd: -0.0015,
    reads_saved_usd: 0.0005,
    writes_extra_usd: 0.002,
  });
  assert.equal(cacheSavingOf([counts({ messages: 3 })]), null);
});
