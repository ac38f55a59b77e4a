/** Tests of `core/reports/usage/pace.ts`. */

import assert from "node:assert/strict";
import { paceOf } from "../../../../core/reports/usage/pace.ts";
import { readUsageSums } from "../../../../core/reports/usage_sums.ts";
import { ask, usageHome } from "../usage_story.ts";

Deno.test("paceOf() measures work against sessions, active time and tokens", async () => {
  await using home = await usageHome();
  const { db, query, totals } = ask(home, 24);
  // From noon to 71 seconds later.
  assert.equal(totals.active_ms, 71_000);

  assert.deepEqual(paceOf(totals, readUsageSums(db, query), 1), {
    prompts_per_session: 2,
    operations_per_session: 11,
    files_per_session: 2,
    prompts_per_active_minute: 1.690141,
    calls_per_active_minute: 5.070423,
    lines_per_active_hour: 2535.211268,
    operations_a_minute_max: 10,
    tokens_per_active_day: 160_300,
    tokens_per_active_hour: 8_127_887.323944,
    new_input_per_output: 3.333333,
    new_input_per_output_band: "under_10",
    output_tokens_per_line: 6,
    lines_per_1000_tokens: 0.311915,
  });
});

Deno.test("paceOf() knows no pace without time, lines or tokens", async () => {
  await using home = await usageHome();
  const { db, query, totals } = ask(home, 24);
  const tokens = { input: null, output: null, cache_read: null, cache_creation: null };
  const unknown = { ...totals, tokens, active_ms: 59_999, lines_added: null, sessions: 0 };

  const { operations_a_minute_max: _, ...pace } = paceOf(unknown, readUsageSums(db, query), 0);

  assert.deepEqual(new Set(Object.values(pace)), new Set([null]));
});
