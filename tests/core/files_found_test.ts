/** Tests of `core/files_found.ts`. */

import assert from "node:assert/strict";
import { filesFound, noteUnread, readUnread } from "../../core/files_found.ts";
import { openWriter } from "../../core/open_writer.ts";
import { CheckpointStore } from "../../core/checkpoints.ts";
import { Words } from "../../core/words.ts";
import { makeCheckpoint } from "../pipeline/port_contract.ts";

Deno.test("filesFound() counts what was found, while it is being read", () => {
  using db = openWriter(":memory:");
  const positions = new CheckpointStore(db, new Words(db));
  const numbers = () => [filesFound(db), readUnread(db)];
  assert.deepEqual(numbers(), [0, 0]);
  positions.save(makeCheckpoint({ id: "a" }));
  assert.deepEqual(numbers(), [1, 0]);

  noteUnread(db, 3);

  assert.deepEqual(numbers(), [4, 3]);
  for (const id of ["b", "a"]) positions.save(makeCheckpoint({ id }));
  assert.deepEqual(numbers(), [4, 2]);
  for (const id of ["c", "d", "e"]) positions.save(makeCheckpoint({ id }));
  assert.deepEqual(numbers(), [5, 0]);
});

Deno.test("filesFound() forgets files that are gone before they were read", () => {
  using db = openWriter(":memory:");
  noteUnread(db, 3);
  noteUnread(db, 1);
  assert.deepEqual([filesFound(db), readUnread(db)], [1, 1]);
});
