/** Tests of `core/reports/pieces.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { piecesOf } from "../../../core/reports/pieces.ts";
import { fcRuns } from "../../pipeline/fc_runs.ts";

const DAY_MS = 86_400_000;

Deno.test("piecesOf() is one total, when whole sessions are meant", () => {
  const pieces = piecesOf({ tier: 0, from: 0, to: 1 });
  assert.deepEqual(pieces, [{ isTotal: true, tier: 0, from: 0, to: 1 }]);
});

Deno.test("piecesOf() is the stretch itself, when no day is whole", () => {
  const stretch = { tier: 60, from: DAY_MS + 60_000, to: 3 * DAY_MS - 60_000 };
  assert.deepEqual(piecesOf(stretch), [{ isTotal: false, ...stretch }]);
});

Deno.test("piecesOf() has every moment once, and totals of whole days alone", () => {
  const minute = fc.integer({ min: -5000, max: 9000 }).map((at) => at * 60_000);
  fc.assert(
    fc.property(minute, minute, fc.constantFrom(60, 300, 900), (a, b, tier) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      const pieces = piecesOf({ tier, from, to });

      let at = from;
      for (const piece of pieces) {
        assert.equal(piece.from, at);
        at = piece.to;
        assert.equal(piece.tier, piece.isTotal ? 86_400 : tier);
        if (!piece.isTotal) continue;
        assert.equal(Math.abs(piece.from % DAY_MS), 0);
        assert.equal(Math.abs(piece.to % DAY_MS), 0);
      }
      assert.equal(at, to);
    }),
    fcRuns(),
  );
});
