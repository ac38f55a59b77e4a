/** Tests of `capture/cursor/private_copy.ts`: whose a copy is, and that it goes. */

import assert from "node:assert/strict";
import { copyDatabase, removeLeftCopies } from "../../../capture/cursor/private_copy.ts";
import { tempFolder } from "../../core/temp_folder.ts";

Deno.test("copyDatabase() copies file and log for their owner alone, until disposed", async () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("state"), "main", { mode: 0o644 });
  Deno.writeTextFileSync(folder.at("state-wal"), "log", { mode: 0o644 });

  {
    using copy = (await copyDatabase(folder.at("state"), folder.at("tmp")))!;
    assert.equal(Deno.readTextFileSync(copy.path), "main");
    assert.equal(Deno.readTextFileSync(`${copy.path}-wal`), "log");
    if (Deno.build.os !== "windows") {
      for (const path of [copy.path, `${copy.path}-wal`]) {
        assert.equal(Deno.statSync(path).mode! & 0o777, 0o600);
      }
    }
  }

  assert.deepEqual([...Deno.readDirSync(folder.at("tmp"))], []);
});

Deno.test("copyDatabase() leaves nothing, when it cannot copy", async () => {
  using folder = tempFolder();

  assert.equal(await copyDatabase(folder.at("gone"), folder.at("tmp")), undefined);
  Deno.writeTextFileSync(folder.at("file"), "");
  await assert.rejects(copyDatabase(folder.at("file"), folder.at("file")));

  assert.deepEqual([...Deno.readDirSync(folder.at("tmp"))], []);
});

Deno.test("removeLeftCopies() removes what a killed process left, and nothing else", async () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("state"), "main");
  await copyDatabase(folder.at("state"), folder.at("tmp"));
  Deno.writeTextFileSync(folder.at("tmp/other"), "");

  assert.ok(removeLeftCopies(folder.at("tmp")));
  assert.ok(removeLeftCopies(folder.at("nowhere")));
  assert.ok(removeLeftCopies(folder.at("state")));

  assert.deepEqual([...Deno.readDirSync(folder.at("tmp"))].map(({ name }) => name), ["other"]);
});

Deno.test({
  name: "removeLeftCopies() says so, when it cannot look",
  ignore: Deno.build.os === "windows",
  fn() {
    using folder = tempFolder();
    Deno.symlinkSync(folder.at("loop"), folder.at("loop"));

    assert.ok(!removeLeftCopies(folder.at("loop")));
  },
});
