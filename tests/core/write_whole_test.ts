/** Tests of writing a file whole or not at all. */

import { deepEqual, equal, throws } from "node:assert/strict";
import { writeWhole } from "../../core/write_whole.ts";

function tempFolder() {
  const path = Deno.makeTempDirSync({ prefix: "blueplane_test_" });
  return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
}

Deno.test("writeWhole() replaces a file, for its owner alone, and leaves no other", () => {
  using folder = tempFolder();
  const path = `${folder.path}/a`;
  Deno.writeTextFileSync(path, "a long old text");
  writeWhole(path, "new");
  equal(Deno.readTextFileSync(path), "new");
  deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name), ["a"]);
  if (Deno.build.os !== "windows") equal(Deno.statSync(path).mode! & 0o777, 0o600);
});

Deno.test("writeWhole() leaves nothing behind, when it cannot replace it", () => {
  using folder = tempFolder();
  Deno.mkdirSync(`${folder.path}/a/full`, { recursive: true });
  throws(() => writeWhole(`${folder.path}/a`, "new"));
  deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name), ["a"]);
});
