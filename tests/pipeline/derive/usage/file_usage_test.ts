/** Tests of `pipeline/derive/usage/file_usage.ts`. */

import assert from "node:assert/strict";
import { watchFiles } from "../../../../pipeline/derive/usage/file_usage.ts";
import { call, shownTo } from "./shown.ts";

Deno.test("watchFiles() counts edits of a file again, and files worked over", () => {
  const wait = call("Bash");
  const edit = call("Edit", { file: 1 });
  const { counts, session } = shownTo(watchFiles, [
    ...[edit, wait, wait, wait, wait, edit],
    ...[wait, wait, wait, wait, wait, edit],
    call("Edit", { file: 2 }),
  ]);

  // The second edit is five minutes behind the first, the third is six behind that.
  assert.deepEqual(counts, { edits: 4, edits_again: 1, files_edited: 2 });
  assert.deepEqual(session, { files_edited: 2, files_churned: 1 });
});

Deno.test("watchFiles() knows a file that was read or made before", () => {
  const { counts } = shownTo(watchFiles, [
    call("Read", { file: 1 }),
    call("Edit", { file: 1 }),
    call("Write", { file: 2, created: true }),
    call("Edit", { file: 2 }),
    call("Read", { file: 3, outcome: "failed" }),
    call("Edit", { file: 3, outcome: "failed" }),
    call("Edit", { file: 3 }),
    call("Edit"),
  ]);

  assert.deepEqual(counts, { edits: 4, edits_again: 1, files_edited: 2, files_read_first: 1 });
});
