/** Tests of `capture/cursor/table_shape.ts`: which tables and columns there are. */

import assert from "node:assert/strict";
import { hasColumns } from "../../../capture/cursor/table_shape.ts";
import { memoryState } from "./memory_state.ts";

Deno.test("hasColumns() tells tables and columns that are there from those that are not", () => {
  using state = memoryState();

  assert.ok(hasColumns(state.db, "ItemTable", ["key", "value"]));
  assert.ok(hasColumns(state.db, "ItemTable", []));
  assert.ok(!hasColumns(state.db, "ItemTable", ["key", "other"]));
  assert.ok(!hasColumns(state.db, "composerHeaders", []));
});
