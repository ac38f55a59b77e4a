/**
 * Properties of rebuild over made-up histories.
 *
 * Goal: whatever was told, in whatever order, a rebuild ends with the rows that were there before,
 * of all sessions or of one; and after damage by hand with the rows of a first import. Method: a
 * made-up history goes through fast and slow path in batches; all derived tables are compared row
 * by row.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import { type DerivedRows, derivedRows } from "./derived_rows.ts";
import { inBatches, retold } from "./derive/histories.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { openParts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

const session = fc.constantFrom(undefined, "s0", "s1", "s2");
const DAMAGED = [
  "responses",
  "tool_calls",
  "inputs",
  "input_lines",
  "model_sums",
  "call_sums",
  "input_sums",
  "active_spans",
  "agent_spans",
  "time_sums",
  "duration_sums",
  "session_versions",
  "turns",
  "conversations",
  "insights",
] as const;

Deno.test("beginRebuild() ends with the rows of before, whatever was told", async () => {
  await fc.assert(
    fc.asyncProperty(retold, session, async ({ again, order, batch }, session) => {
      const { before, after } = await rebuilt(inBatches([...again, ...order], batch), session);

      assert.deepEqual(after, before);
    }),
    fcRuns(40),
  );
});

Deno.test("beginRebuild() ends with the rows of an import, whatever was damaged", async () => {
  const damage = fc.subarray([...DAMAGED], { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(retold, damage, async ({ order, batch }, tables) => {
      const { before, after } = await rebuilt(
        inBatches(order, batch),
        undefined,
        tables.map((table) => `delete from ${table} where session % 2 = 0`),
      );

      assert.deepEqual(after, before);
    }),
    fcRuns(40),
  );
});

/** Rows of an import, and those after damage and a rebuild. */
async function rebuilt(
  batches: readonly (readonly Parameters<typeof encodeEvent>[0][])[],
  session: string | undefined,
  damage: readonly string[] = [],
): Promise<{ before: DerivedRows; after: DerivedRows }> {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  for (const batch of batches) {
    await parts.events.publish(batch.map(encodeEvent));
    await parts.runToEnd();
  }
  const before = derivedRows(parts.db);
  for (const sql of damage) parts.db.exec(sql);
  inTransaction(parts.db, () => parts.groups.beginRebuild(session));
  await parts.deriveAll();
  return { before, after: derivedRows(parts.db) };
}
