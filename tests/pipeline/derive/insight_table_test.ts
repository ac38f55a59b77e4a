/** Tests of `pipeline/derive/insight_table.ts`; what is found is tested with each kind. */

import assert from "node:assert/strict";
import { inTransaction } from "../../../core/database.ts";
import { makeToolResult, makeToolUse, NOON } from "../../helpers/events.ts";
import { derivedRows } from "../derived_rows.ts";
import { openParts, type Parts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

Deno.test("InsightTable.derive() takes back what later facts disprove", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await call(parts, [1, 2, 4], "failed");
  const before = derivedRows(parts.db).insights;

  await call(parts, [3], "ok");

  assert.deepEqual(before.map(({ kind, member, count, n }) => [kind, member, count, n]), [
    ["errors.repeated_failures", "Edit", 3, 3],
  ]);
  assert.deepEqual(derivedRows(parts.db).insights, []);
});

/** Calls a tool at these moments. */
async function call(parts: Parts, moments: readonly number[], outcome: string): Promise<void> {
  const events = moments.flatMap((moment) => {
    const place = { use: `u${moment}`, at: NOON + moment };
    return [
      makeToolUse({ ...place, id: `u${moment}` }),
      makeToolResult({ ...place, id: `r${moment}`, outcome }),
    ];
  });
  inTransaction(parts.db, () => parts.fold.apply(events));
  await parts.deriveAll();
}
