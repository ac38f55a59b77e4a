/** Tests of `pipeline/packed_block.ts`. */

import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { BATCH_MAX, batchesOf, packBlock } from "../../pipeline/packed_block.ts";
import { fcRuns } from "./fc_runs.ts";

Deno.test("packBlock() packs lines so that they come back, and says how much they were", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue().map((value) => JSON.stringify(value))), (lines) => {
      const { rawBytes, body } = packBlock(lines);

      const raw = inflateSync(body);
      assert.equal(raw.toString(), lines.join("\n"));
      assert.equal(rawBytes, raw.length);
    }),
    fcRuns(),
  );
});

Deno.test("batchesOf() leaves out none, and fills all batches but the last", () => {
  for (const count of [0, 1, BATCH_MAX, BATCH_MAX + 1, 3 * BATCH_MAX]) {
    const events = Array.from({ length: count }, (_, i) => String(i));

    const batches = batchesOf(events);

    assert.deepEqual(batches.flat(), events);
    assert.ok(batches.slice(0, -1).every(({ length }) => length === BATCH_MAX));
    assert.ok(batches.every(({ length }) => length > 0 && length <= BATCH_MAX));
  }
});
