/** Tests of `capture/cursor/state_stamp.ts`: whether a database was written. */

import assert from "node:assert/strict";
import { isFile, readStamp, stampText } from "../../../capture/cursor/state_stamp.ts";
import { tempFolder } from "../../core/temp_folder.ts";

Deno.test("readStamp() changes with the file and with the log beside it", () => {
  using folder = tempFolder();
  const path = folder.at("state.vscdb");
  Deno.writeTextFileSync(path, "a");
  const texts = [stampText(readStamp(path)!)];
  const note = () => texts.push(stampText(readStamp(path)!));
  note();
  Deno.writeTextFileSync(path, "ab");
  note();
  Deno.utimeSync(path, 1, 1);
  note();
  Deno.writeTextFileSync(`${path}-wal`, "a");
  note();
  Deno.utimeSync(`${path}-wal`, 1, 1);
  note();

  assert.equal(texts[0], texts[1]);
  assert.equal(new Set(texts).size, 5);
});

Deno.test("readStamp() gives none, when there is no file", () => {
  using folder = tempFolder();

  assert.equal(readStamp(folder.at("nothing")), undefined);
  assert.equal(readStamp(folder.path), undefined);
  assert.ok(!isFile(folder.path));
});
