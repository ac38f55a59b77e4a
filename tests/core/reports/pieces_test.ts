/** Tests of `core/reports/pieces.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { piecesOf } from "../../../core/reports/pieces.ts";
import { fcRuns } from "../../pipeline/fc_runs.ts";

const QUARTER_MS = 900_000;

Deno.test("piecesOf() is the stretch itself, when it is short", () => {
  const stretch = { tier: 60, from: QUARTER_MS + 60_000, to: 9 * QUARTER_MS };
  assert.deepEqual(piecesOf(stretch), [stretch]);
});

Deno.test("piecesOf() has every moment once, and its own buckets where no quarter is whole", () => {
  const minute = fc.integer({ min: -5000, max: 9000 }).map((at) => at * 60_000);
  fc.assert(
    fc.property(minute, minute, fc.constantFrom(60, 300, 900), (a, b, tier) => {
      const [from, to] = a < b ? [a, b] : [b, a + 60_000];
      const pieces = piecesOf({ tier, from, to });

      let at = from;
      for (const piece of pieces) {
        assert.equal(piece.from, at);
        at = piece.to;
        if (piece.tier === tier) continue;
        assert.equal(piece.tier, 900);
        assert.deepEqual([piece.from % QUARTER_MS, piece.to % QUARTER_MS].map(Math.abs), [0, 0]);
      }
      assert.equal(at, to);
      assert.ok(pieces.filter((piece) => piece.tier !== 900).length <= 2);
    }),
    fcRuns(),
  );
});
