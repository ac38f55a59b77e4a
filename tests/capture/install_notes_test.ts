/** Tests of `capture/install_notes.ts`: what is remembered of installed hooks. */

import assert from "node:assert/strict";
import {
  type InstallNote,
  readInstallNotes,
  writeInstallNotes,
} from "../../capture/install_notes.ts";
import { tempFolder } from "../core/temp_folder.ts";

const NOTE: InstallNote = {
  platform: "claude_code",
  before: null,
  after: "abc",
  backup: "settings.json.bak",
  kept: ["hooks"],
  version: "2.1.330",
};

Deno.test("readInstallNotes() gives back what was written, for its user alone", () => {
  using folder = tempFolder();
  const path = folder.at("installs.json");

  writeInstallNotes(path, new Map([["k1", NOTE], ["k2", { ...NOTE, version: null }]]));

  assert.deepEqual([...readInstallNotes(path)], [["k1", NOTE], ["k2", {
    ...NOTE,
    version: null,
  }]]);
  if (Deno.build.os !== "windows") {
    assert.equal(Deno.statSync(path).mode! & 0o777, 0o600);
  }
  assert.deepEqual([...Deno.readDirSync(folder.path)].length, 1);
});

Deno.test("writeInstallNotes() removes the file, when there is nothing to remember", () => {
  using folder = tempFolder();
  writeInstallNotes(folder.at("installs.json"), new Map([["k1", NOTE]]));

  writeInstallNotes(folder.at("installs.json"), new Map());
  writeInstallNotes(folder.at("installs.json"), new Map());

  assert.deepEqual([...Deno.readDirSync(folder.path)], []);
});

for (const text of ["", "{", "null", "[]", '{"files": 7}', '{"files": {"k": {"after": 1}}}']) {
  Deno.test(`readInstallNotes() knows nothing, when the file holds '${text}'`, () => {
    using folder = tempFolder();
    Deno.writeTextFileSync(folder.at("installs.json"), text);

    assert.equal(readInstallNotes(folder.at("installs.json")).size, 0);
  });
}

Deno.test("readInstallNotes() knows nothing, when there is no file", () => {
  using folder = tempFolder();

  assert.equal(readInstallNotes(folder.at("installs.json")).size, 0);
});
