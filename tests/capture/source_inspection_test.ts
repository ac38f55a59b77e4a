/** Tests of `capture/source_inspection.ts`: files there, files closed to us, files gone. */

import assert from "node:assert/strict";
import { inspectFiles, withoutUnreadable } from "../../capture/source_inspection.ts";
import type { Checkpoint } from "../../core/checkpoints.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { makeCheckpoint } from "../pipeline/port_contract.ts";
import { plainLines } from "./plain_source.ts";
import { makeStage, readAll } from "./source_stage.ts";

Deno.test("inspectFiles() finds sessions of which no file is left", () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("a"), "");
  const read = { a: "kept", b: "kept", c: "gone", d: "gone", e: null };

  const { goneSessions } = inspectFiles({
    paths: [folder.at("a")],
    idOf: (path) => path.split("/").at(-1)!,
    checkpoints: checkpointsOf(read),
  });

  assert.deepEqual(goneSessions, ["gone"]);
});

Deno.test({
  name: "inspectFiles() tells of each file that does not open, and goes on",
  ignore: Deno.build.os === "windows", // Links need a right there.
  fn() {
    using folder = tempFolder();
    Deno.symlinkSync("loop", folder.at("loop"));
    Deno.writeTextFileSync(folder.at("a"), "");

    const { files, unreadable } = inspectFiles({
      paths: [folder.at("loop"), folder.at("a")],
      idOf: (path) => path,
      checkpoints: new Map(),
    });

    assert.equal(files, 2);
    assert.deepEqual(unreadable, [{ path: folder.at("loop"), problem: "FilesystemLoop" }]);
  },
});

Deno.test("withoutUnreadable() leaves out what is in a closed folder, or is one", () => {
  const of = (path: string) => ({ path, bytes: 0, modifiedAt: 0 });
  const left = (pending: string, unreadable: string) =>
    withoutUnreadable([of(pending)], {
      files: 1,
      unreadable: [{ path: unreadable, problem: "permission denied" }],
      foldersUnreadable: 1,
      goneSessions: [],
    }).length;

  assert.equal(left("/s/x", "/s/x"), 0);
  assert.equal(left("/s/x", "/s/x/a.jsonl"), 0);
  assert.equal(left("/s/x/state.vscdb", "/s/x"), 0);
  assert.equal(left("/s/x.jsonl", "/s/x.jsonl.old"), 1);
  assert.equal(left("/s/xy/a.jsonl", "/s/x"), 1);
});

Deno.test("JsonlSource.inspect() knows its files again, and what is gone", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  stage.write("b.jsonl", plainLines("b1"));
  await readAll(stage.open().source);

  Deno.removeSync(stage.at("b.jsonl"));

  assert.deepEqual(stage.open().source.inspect(), {
    files: 1,
    unreadable: [],
    foldersUnreadable: 0,
    goneSessions: ["session-of-b1"],
  });
});

function checkpointsOf(read: Record<string, string | null>): Map<string, Checkpoint> {
  return new Map(
    Object.entries(read).map(([id, sessionId]) => [id, makeCheckpoint({ id, sessionId })]),
  );
}
