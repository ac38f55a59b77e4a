/** Tests of `capture/is_folder.ts`. */

import assert from "node:assert/strict";
import { isFolder } from "../../capture/is_folder.ts";
import { tempFolder } from "../core/temp_folder.ts";

Deno.test("isFolder() is true for a folder alone", () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("file"), "");

  const paths = [folder.path, folder.at("file"), folder.at("none"), folder.at("file/below")];

  assert.deepEqual(paths.map(isFolder), [true, false, false, false]);
});
