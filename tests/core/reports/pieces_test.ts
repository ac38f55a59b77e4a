/** Tests of `core/reports/pieces.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { alignedPeriod, byTier, piecesOf, stretchOf } from "../../../core/reports/pieces.ts";
import { TIERS } from "../../../core/session_counts.ts";
import { keptFrom, type Tier } from "../../../core/tiers.ts";
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

Deno.test("stretchOf() moves a moment alike, whether a period begins or ends with it", () => {
  const ago = fc.integer({ min: 1, max: 20 * DAY_MS });
  fc.assert(
    fc.property(fc.tuple(ago, ago, ago), (all) => {
      const [since, cut, until] = all.toSorted((a, b) => b - a).map((ms) => NOON - ms);
      // What is shorter is told by all of its bucket.
      fc.pre(cut! - since! >= QUARTER_MS && until! - cut! >= QUARTER_MS);
      const before = stretchOf({ from: since!, to: cut! }, NOON, ALL);
      const behind = stretchOf({ from: cut!, to: until! }, NOON, ALL);

      assert.equal(before.to, behind.from);
    }),
    fcRuns(),
  );
});

Deno.test("stretchOf() has every moment once, in buckets that are kept", () => {
  const ago = fc.integer({ min: 1, max: 20 * DAY_MS });
  fc.assert(
    fc.property(ago, ago, (a, b) => {
      const stretch = stretchOf(
        { from: NOON - Math.max(a, b) - 1, to: NOON - Math.min(a, b) },
        NOON,
        ALL,
      );

      let at = stretch.from;
      for (const { tier, from, to } of byTier(stretch)) {
        assert.ok(from === at && to > from);
        assert.deepEqual([from % (tier * 1000), to % (tier * 1000)], [0, 0]);
        assert.ok(from >= keptFrom(ALL.find(({ seconds }) => seconds === tier)!, NOON));
        at = to;
      }
      assert.equal(at, stretch.to);
    }),
    fcRuns(),
  );
});

Deno.test("stretchOf() has all of a bucket, when the period is shorter", () => {
  const at = NOON - 16 * DAY_MS;
  const period = { from: at + 60_000, to: at + 12 * 60_000 };

  assert.deepEqual(stretchOf(period, NOON, ALL), { tier: 900, from: at, to: at + QUARTER_MS });
});

Deno.test("byTier() is what of its tail a part of a stretch has", () => {
  const stretch = { tier: 900, from: 0, to: HOUR_MS + 60_000, tail: { tier: 60, from: HOUR_MS } };

  assert.deepEqual(byTier({ ...stretch, to: HOUR_MS }), [{ tier: 900, from: 0, to: HOUR_MS }]);
  assert.deepEqual(byTier({ ...stretch, from: HOUR_MS }), [
    { tier: 60, from: HOUR_MS, to: HOUR_MS + 60_000 },
  ]);
  assert.equal(byTier(stretch).length, 2);
});

Deno.test("alignedPeriod() has no beginning, when the period has none", () => {
  const to = NOON - 16 * DAY_MS;

  assert.deepEqual(alignedPeriod({ from: undefined, to: to + 1 }, NOON, ALL), {
    from: undefined,
    to,
  });
});
