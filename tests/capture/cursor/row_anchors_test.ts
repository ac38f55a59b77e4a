/** Tests of `capture/cursor/row_anchors.ts`: by what a table is known again. */

import assert from "node:assert/strict";
import { findAnchor, lastRow, makeAnchors } from "../../../capture/cursor/row_anchors.ts";
import { memoryState, privacy } from "./memory_state.ts";

const TABLE = { table: "cursorDiskKV", says: "key" };

Deno.test("makeAnchors() gives few, ever farther from one another", () => {
  using state = memoryState();
  for (let i = 1; i <= 1000; i++) state.put(`k${i}`, "");

  const anchors = makeAnchors(state.db, TABLE, 1000, privacy);

  assert.deepEqual(
    anchors.map(([row]) => row),
    [1000, 999, 998, 996, 992, 984, 968, 936, 872, 744, 488],
  );
});

Deno.test("makeAnchors() passes over numbers that are free", () => {
  using state = memoryState();
  state.db.exec("insert into cursorDiskKV (rowid, key) values (1, 'a'), (1000000, 'b')");

  const rows = makeAnchors(state.db, TABLE, 1_000_000, privacy).map(([row]) => row);

  assert.deepEqual(rows, [1_000_000, 1]);
});

Deno.test("makeAnchors() gives none of an empty table", () => {
  using state = memoryState();

  assert.equal(lastRow(state.db, TABLE), 0);
  assert.deepEqual(makeAnchors(state.db, TABLE, 0, privacy), []);
  assert.equal(findAnchor(state.db, TABLE, [], privacy), undefined);
});

Deno.test("findAnchor() finds the highest that still holds", () => {
  using state = memoryState();
  for (let i = 1; i <= 20; i++) state.put(`k${i}`, "");
  const anchors = makeAnchors(state.db, TABLE, lastRow(state.db, TABLE), privacy);
  assert.equal(findAnchor(state.db, TABLE, anchors, privacy), 20);

  state.remove("k20");
  state.put("other", "");
  assert.equal(lastRow(state.db, TABLE), 20);
  assert.equal(findAnchor(state.db, TABLE, anchors, privacy), 19);

  state.db.exec("update cursorDiskKV set key = 'x' || key");
  assert.equal(findAnchor(state.db, TABLE, anchors, privacy), undefined);
});
