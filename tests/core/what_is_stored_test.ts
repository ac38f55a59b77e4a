/** Tests of `core/what_is_stored.ts`. */

import assert from "node:assert/strict";
import { readStoredColumns } from "../../core/what_is_stored.ts";
import { filledHome } from "../helpers/filled_home.ts";

Deno.test("readStoredColumns() tells of every column why it is safe", async () => {
  await using home = await filledHome();

  const columns = readStoredColumns(home.db);

  assert.ok(columns.length > 100);
  assert.deepEqual(columns.filter(({ why }) => why === null), []);
  const session = columns.find(({ table, column }) =>
    table === "sessions" && column === "session_id"
  );
  assert.match(session!.why!, /opaque id/);
});
