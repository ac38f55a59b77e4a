/** Tests of `pipeline/derive/usage/tally.ts`. */

import assert from "node:assert/strict";
import { USAGE_COLUMNS, UsageTally } from "../../../../pipeline/derive/usage/tally.ts";
import { NOON } from "../../../helpers/events.ts";

const MINUTE_MS = 60_000;

Deno.test("UsageTally.rows() adds up counts by bucket, and takes the greatest of peaks", () => {
  const tally = new UsageTally();
  for (const minute of [0, 0, 4, 16]) tally.add(NOON + minute * MINUTE_MS, "operations");
  tally.peak(NOON, "largest_request", 7);
  tally.peak(NOON + MINUTE_MS, "largest_request", 5);

  const numbers = (row: readonly number[] | undefined) =>
    ["operations", "largest_request", "operations_a_minute"].map((name) =>
      row?.[USAGE_COLUMNS.indexOf(name as "operations")]
    );
  const quarters = [...tally.rows(900)].map(([bucket, row]) => [bucket, ...numbers(row)]);

  assert.deepEqual(numbers(tally.rows(0).get(0)), [4, 7, 2]);
  assert.deepEqual(quarters, [[NOON, 3, 7, 2], [NOON + 15 * MINUTE_MS, 1, 0, 1]]);
  assert.equal(tally.rows(60).size, 4);
  assert.equal(tally.sum("operations"), 4);
});
