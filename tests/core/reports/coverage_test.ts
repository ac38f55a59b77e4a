/** Tests of `core/reports/coverage.ts`. */

import assert from "node:assert/strict";
import type { Checkpoint } from "../../../core/checkpoints.ts";
import { readCoverage } from "../../../core/reports/coverage.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("readCoverage() counts the files that were read to their end", async () => {
  await using home = await filledHome([]);
  await home.pipeline.accept([], [at("a", 100), at("b", 99), at("c", 0), at("d", 120)]);

  assert.deepEqual(readCoverage(home.db), { files_done: 2, files_total: 4 });
});

Deno.test("readCoverage() counts the files that were found and are not begun", async () => {
  await using home = await filledHome([]);
  await home.pipeline.command("noteUnread", 3200);
  await home.pipeline.accept([], [at("a", 100), at("b", 99)]);

  assert.deepEqual(readCoverage(home.db), { files_done: 1, files_total: 3200 });
});

Deno.test("readCoverage() knows no files, when nothing was read", async () => {
  await using home = await filledHome([]);

  assert.deepEqual(readCoverage(home.db), { files_done: 0, files_total: 0 });
});

function at(id: string, position: number): Checkpoint {
  return {
    id,
    platform: "claude_code",
    sessionId: null,
    fileId: "",
    head: "",
    position,
    size: 100,
    modifiedAt: 0,
    lines: 1,
    linesMalformed: 0,
    linesUnknown: 0,
    state: "{}",
    drift: "{}",
  };
}
