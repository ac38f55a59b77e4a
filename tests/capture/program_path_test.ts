/** Tests of `capture/program_path.ts`. */

import assert from "node:assert/strict";
import { canRun, firstWord } from "../../capture/program_path.ts";
import { tempFolder } from "../core/temp_folder.ts";

Deno.test("firstWord() reads a word as a shell does", () => {
  assert.equal(firstWord("/opt/blueplane hook x"), "/opt/blueplane");
  assert.equal(firstWord("'/o p/it'\\''s/blueplane' --home /x"), "/o p/it's/blueplane");
});

Deno.test("canRun() tells a program from a file that is none, and from what is gone", () => {
  using folder = tempFolder();
  const path = `${folder.path}/blueplane`;
  Deno.writeTextFileSync(path, "", { mode: 0o600 });
  const plain = canRun(path);
  Deno.chmodSync(path, 0o700);

  assert.deepEqual(
    [plain, canRun(path), canRun(folder.path), canRun(`${path}/x`), canRun(`${path}2`)],
    [false, true, false, false, false],
  );
  assert.equal(canRun("blueplane"), true);
});
