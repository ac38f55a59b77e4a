/** Tests of `capture/cursor/row_page.ts`: how much is read in one step. */

import assert from "node:assert/strict";
import { PageMaker, textOfValue, VALUE_COLUMNS } from "../../../capture/cursor/row_page.ts";
import { memoryState } from "./memory_state.ts";

Deno.test("PageMaker() is full of rows, of bytes or of looks", () => {
  const rows = new PageMaker(), bytes = new PageMaker(), looks = new PageMaker();
  for (let i = 0; i < 499; i++) rows.add("ItemTable", `${i}`, ["", 0]);
  bytes.add("ItemTable", "a", ["", 1024 * 1024 - 1]);
  for (let i = 0; i < 4999; i++) looks.look();
  assert.deepEqual([rows, bytes, looks].map(({ isFull }) => isFull), [false, false, false]);

  rows.add("ItemTable", "b", ["", 0]);
  bytes.add("ItemTable", "b", ["x", 1]);
  looks.look();
  assert.deepEqual([rows, bytes, looks].map(({ isFull }) => isFull), [true, true, true]);
  assert.equal(rows.take(0, 0).rows.length, 500);
  assert.deepEqual([rows.isFull, rows.take(0, 0).rows.length], [false, 0]);
});

Deno.test("textOfValue() takes text and bytes, and nothing else", () => {
  using state = memoryState();
  state.db.exec(`insert into ItemTable values ('a', 'text'), ('b', x'7465787a'), ('c', null),
    ('d', 1.5), ('e', cast(x'ff41' as text))`);
  const rows = state.db.prepare(`select ${VALUE_COLUMNS} from ItemTable order by key`).all()
    .map((row) => textOfValue(Object.values(row) as [string, number]));

  assert.deepEqual(rows, ["text", "texz", undefined, undefined, "\ufffdA"]);
});
