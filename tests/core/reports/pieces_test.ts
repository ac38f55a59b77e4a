/** Tests of `core/reports/pieces.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { piecesOf, stretchOf } from "../../../core/reports/pieces.ts";
import { TIERS } from "../../../core/session_counts.ts";
import type { Tier } from "../../../core/tiers.ts";
import { NOON } from "../../helpers/events.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS;
const ALL: readonly Tier[] = TIERS.map((tier) => ({ ...tier, since: -Infinity }));

Deno.test("piecesOf() is the stretch itself, when it is short", () => {
  const stretch = { tier: 60, from: QUARTER_MS + 60_000, to: 9 * QUARTER_MS };
  assert.deepEqual(piecesOf(stretch), [stretch]);
});

Deno.test("piecesOf() has every moment once, its own buckets where no quarter is whole", () => {
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

Deno.test("stretchOf() takes whole sessions, when the period has no bounds", () => {
  assert.equal(stretchOf({ from: undefined, to: NOON + 1 }, NOON, ALL).tier, 0);
});

Deno.test("stretchOf() takes buckets, when a period without a beginning ends in the past", () => {
  const { tier, from } = stretchOf({ from: undefined, to: NOON - DAY_MS }, NOON, ALL);

  assert.deepEqual({ tier, from }, { tier: 900, from: 0 });
});

Deno.test("stretchOf() takes the finest tier that still holds the period", () => {
  const tierSince = (ms: number) => stretchOf({ from: NOON - ms, to: NOON + 1 }, NOON, ALL).tier;

  assert.equal(tierSince(HOUR_MS), 60);
  assert.equal(tierSince(DAY_MS), 60);
  assert.equal(tierSince(2 * DAY_MS), 300);
  assert.equal(tierSince(7 * DAY_MS), 300);
  assert.equal(tierSince(30 * DAY_MS), 900);
});

Deno.test("stretchOf() takes no tier that has not yet all of the period", () => {
  const longer = ALL.map((tier) =>
    tier.seconds === 60 ? { ...tier, keepMs: 30 * DAY_MS, since: NOON - 3 * DAY_MS } : tier
  );
  const tierSince = (ms: number) =>
    stretchOf({ from: NOON - ms, to: NOON + 1 }, NOON, longer).tier;

  assert.equal(tierSince(3 * DAY_MS), 60);
  assert.equal(tierSince(3 * DAY_MS + 1), 300);
  assert.equal(tierSince(20 * DAY_MS), 900);
});

Deno.test("stretchOf() begins with a bucket, at most one before the period", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 * DAY_MS }), (agoMs) => {
      const { tier, from } = stretchOf({ from: NOON - agoMs, to: NOON + 1 }, NOON, ALL);

      assert.equal(from % (tier * 1000), 0);
      assert.ok(from <= NOON - agoMs && NOON - agoMs - from < tier * 1000);
    }),
    fcRuns(),
  );
});
