/**
 * Tests of `pipeline/derive/cost_shares.ts`.
 *
 * Goal: whatever is told in whatever order, the parts of what responses cost sum to what they
 * cost, in every bucket of every tier, by model. Method: made-up histories are folded in batches
 * by the real fold, and the rows of both tables of sums are compared.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../../core/database.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { COST_PARTS } from "../../../core/fates.ts";
import { partOf } from "../../../pipeline/derive/cost_shares.ts";
import { makeResponse, makeToolResult, makeToolUse, NOON } from "../../helpers/events.ts";
import { VirtualClock } from "../../helpers/virtual_clock.ts";
import { type DerivedRows, derivedRows } from "../derived_rows.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { openParts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";
import { inBatches, retold } from "./histories.ts";

Deno.test("CostShares.gather() makes parts that sum to what responses cost, in any order", () => {
  fc.assert(
    fc.property(retold, ({ again, order, batch }) => {
      const { model_sums, call_sums } = fold(inBatches([...again, ...order], batch));

      const whole = sums(model_sums, "member", ({ cost_micros }) => Number(cost_micros));
      assert.deepEqual(sums(call_sums, "model", partsOf), whole);
    }),
    fcRuns(60),
  );
});

Deno.test("CostShares.gather() shares anew, when a second call comes late", () => {
  // 10 × 5 + 1 × 25 millionths of a dollar.
  const response = makeResponse({ id: "m", input: 10, output: 1, calls: 1 });
  const calls = ["u1", "u2"].map((use) => makeToolUse({ id: use, use, message: "m" }));
  const [first, second] = calls as [TelemetryEvent, TelemetryEvent];
  const failed = makeToolResult({ id: "r2", use: "u2", outcome: "failed" });

  const alone = fold([[response, first]]), both = fold([[response, first], [second, failed]]);

  assert.deepEqual(alone.tool_calls.map(({ share_micros }) => share_micros), [75]);
  const shares = both.tool_calls.map(({ share_micros }) => share_micros as number);
  assert.deepEqual(shares.toSorted(), [37, 38]);
  const [whole] = both.call_sums.filter(({ tier }) => tier === 0);
  assert.deepEqual([whole?.cost_unfinished, whole?.cost_calls_failed].sort(), [37, 38]);
});

Deno.test("CostShares.gather() knows no share of a call, until its response is told", () => {
  const use = makeToolUse({ id: "u", use: "u", message: "m" });

  const [before] = fold([[use]]).tool_calls;
  const [after] = fold([[use], [makeResponse({ id: "m", output: 1, calls: 1 })]]).tool_calls;

  assert.deepEqual([before?.model, before?.share_micros], [null, null]);
  assert.deepEqual([after?.model, after?.share_micros], ["claude-opus-4-5", 25]);
});

Deno.test("partOf() gives whole parts that sum to the whole, at most one apart", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 20 }), (whole, count) => {
      const parts = Array.from({ length: count }, (_, place) => partOf(whole, count, place));

      assert.equal(parts.reduce((sum, part) => sum + part, 0), whole);
      assert.ok(Math.max(...parts) - Math.min(...parts) <= 1);
    }),
  );
});

type Row = Record<string, unknown>;

function partsOf(row: Row): number {
  return COST_PARTS.reduce((sum, part) => sum + Number(row[`cost_${part}`]), 0);
}

/** Millionths of a dollar by tier, bucket, session and model. */
function sums(rows: readonly Row[], model: string, micros: (row: Row) => number) {
  const all = new Map<string, number>();
  for (const row of rows) {
    const name = [row.tier, row.bucket, row.session, row[model]].join(" ");
    if (micros(row) !== 0) all.set(name, (all.get(name) ?? 0) + micros(row));
  }
  return Object.fromEntries([...all].sort());
}

function fold(batches: readonly (readonly TelemetryEvent[])[]): DerivedRows {
  using folder = tempDatabase();
  using parts = openParts(folder.path, new VirtualClock(NOON));
  for (const batch of batches) inTransaction(parts.db, () => parts.fold.apply(batch));
  return derivedRows(parts.db);
}
