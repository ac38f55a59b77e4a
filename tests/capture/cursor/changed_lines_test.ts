/** Tests of `capture/cursor/changed_lines.ts`. */

import { deepEqual } from "node:assert/strict";
import { changedLines } from "../../../capture/cursor/changed_lines.ts";

const EMPTY = "composer.content.e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
function lines(...types: string[]) {
  return {
    precomputedDiff: { lines: types.map((type) => ({ type, content: "x" })) },
  };
}

Deno.test("changedLines() counts the lines of a difference that was made before", () => {
  deepEqual(
    changedLines(lines("added", "added", "unchanged", "removed"), {}),
    { lines_added: 2, lines_removed: 1 },
  );
});

Deno.test("changedLines() counts a file that was nothing before as created", () => {
  deepEqual(
    changedLines(lines("added", "unchanged", "removed"), { beforeContentId: EMPTY }),
    { files_created: 1, created_file_lines: 2 },
  );
});

Deno.test("changedLines() adds up the pieces of an older result", () => {
  const chunks = [{ linesAdded: 3, linesRemoved: 1 }, { linesAdded: 2, linesRemoved: -4 }];

  deepEqual(changedLines({}, { diff: { chunks } }), { lines_added: 5, lines_removed: 1 });
});

Deno.test("changedLines() tells nothing, when nothing tells", () => {
  deepEqual(changedLines({}, { beforeContentId: EMPTY }), {});
  deepEqual(changedLines({ precomputedDiff: "x" }, { diff: 1 }), {});
});
