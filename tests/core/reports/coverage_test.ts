/** Tests of `core/reports/coverage.ts`. */

import assert from "node:assert/strict";
import type { Checkpoint } from "../../../core/checkpoints.ts";
import { type Coverage, FILES_QUERY, readCoverage } from "../../../core/reports/coverage.ts";
import { inTransaction } from "../../../core/database.ts";
import { promptTexts } from "../../helpers/events.ts";
import { openParts } from "../../pipeline/open_parts.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const WHOLE: Coverage = {
  files_done: 0,
  files_total: 0,
  rebuild_blocks_done: 0,
  rebuild_blocks_total: 0,
};

Deno.test("readCoverage() asks nothing of files but an index", async () => {
  await using home = await filledHome([]);
  const [step] = home.db.prepare(`explain query plan ${FILES_QUERY}`).all();
  assert.match(String(step!.detail), /COVERING INDEX sources_ends/);
});

Deno.test("readCoverage() counts the files that were read to their end", async () => {
  await using home = await filledHome([]);
  await home.pipeline.accept([], [at("a", 100), at("b", 99), at("c", 0), at("d", 120)]);

  assert.deepEqual(readCoverage(home.db), { ...WHOLE, files_done: 2, files_total: 4 });
});

Deno.test("readCoverage() counts the files that were found and are not begun", async () => {
  await using home = await filledHome([]);
  await home.pipeline.command("noteUnread", 3200);
  await home.pipeline.accept([], [at("a", 100), at("b", 99)]);

  assert.deepEqual(readCoverage(home.db), { ...WHOLE, files_done: 1, files_total: 3200 });
});

Deno.test("readCoverage() knows no files, when nothing was read", async () => {
  await using home = await filledHome([]);

  assert.deepEqual(readCoverage(home.db), WHOLE);
});

Deno.test("readCoverage() tells how far a rebuild is, until all is derived", async () => {
  await using home = await filledHome([]);
  using parts = openParts(home.path);
  for (let block = 0; block < 4; block++) {
    await parts.events.publish(promptTexts(1, block));
    await parts.runToEnd();
  }
  const begun = inTransaction(parts.db, () => parts.groups.beginRebuild())!;
  const told: number[] = [];

  for (; await parts.groups.depth() > 0; await parts.groups.step(true)) {
    const { rebuild_blocks_done, rebuild_blocks_total } = readCoverage(home.db);
    assert.equal(rebuild_blocks_total, begun.blocks);
    told.push(rebuild_blocks_done);
  }

  assert.equal(begun.blocks, 4);
  assert.deepEqual(told.slice(0, 4), [0, 1, 2, 3]);
  assert.ok(told.slice(4).length > 0 && told.slice(4).every((done) => done === 3), `${told}`);
  assert.deepEqual(readCoverage(home.db), WHOLE);
});

Deno.test("readCoverage() takes nothing that came after a rebuild for a part of it", async () => {
  await using home = await filledHome();
  using parts = openParts(home.path);
  await parts.runToEnd();
  inTransaction(parts.db, () => parts.groups.beginRebuild());
  await parts.deriveAll();
  await parts.events.publish(promptTexts(1, 99));
  await parts.fastPath.runBatch();

  assert.deepEqual(readCoverage(home.db), WHOLE);
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
