/** Tests of `capture/settings_file.ts`: a settings file is replaced whole, or left as it is. */

import assert from "node:assert/strict";
import {
  backUpSettings,
  encodeSettings,
  readBackup,
  readSettings,
  removeBackup,
  replaceSettings,
} from "../../capture/settings_file.ts";
import { SettingsError } from "../../capture/settings_lists.ts";
import { type TempFolder, tempFolder } from "../core/temp_folder.ts";

const isUnix = Deno.build.os !== "windows";
function names(folder: TempFolder): string[] {
  return [...Deno.readDirSync(folder.path)].map(({ name }) => name).sort();
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function refuses(use: () => unknown, why: RegExp): void {
  assert.throws(use, (error) => error instanceof SettingsError && why.test(error.message));
}

Deno.test("readSettings() takes a file that is not there for an empty one", () => {
  using folder = tempFolder();

  const { bytes, text } = readSettings(folder.at("settings.json"));

  assert.deepEqual({ bytes, text }, { bytes: undefined, text: "" });
});

Deno.test("encodeSettings() keeps the byte order mark that a file has", () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("marked.json"), "\ufeff{}");
  Deno.writeTextFileSync(folder.at("plain.json"), "{}");
  const marked = readSettings(folder.at("marked.json"));

  assert.equal(marked.text, "{}");
  assert.deepEqual(encodeSettings(marked, '{"ä":1}'), bytesOf('\ufeff{"ä":1}'));
  assert.deepEqual(encodeSettings(readSettings(folder.at("plain.json")), "{}"), bytesOf("{}"));
});

Deno.test("readSettings() refuses what is no UTF-8, as it could not be written back", () => {
  using folder = tempFolder();
  Deno.writeFileSync(folder.at("settings.json"), new Uint8Array([0x7b, 0xe4, 0x7d]));

  refuses(() => readSettings(folder.at("settings.json")), /no UTF-8/);
});

Deno.test("readSettings() refuses a folder", () => {
  using folder = tempFolder();
  Deno.mkdirSync(folder.at("settings.json"));

  refuses(() => readSettings(folder.at("settings.json")), /^Cannot read the settings: /);
});

Deno.test("replaceSettings() leaves the new bytes and nothing beside them", () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("settings.json"), "old");

  replaceSettings(readSettings(folder.at("settings.json")), bytesOf("new"));

  assert.equal(Deno.readTextFileSync(folder.at("settings.json")), "new");
  assert.deepEqual(names(folder), ["settings.json"]);
});

Deno.test("replaceSettings() makes and removes the file, when that is what is to be", () => {
  using folder = tempFolder();
  const path = folder.at("settings.json");

  replaceSettings(readSettings(path), bytesOf("new"));
  const made = Deno.readTextFileSync(path);
  replaceSettings(readSettings(path), undefined);

  assert.equal(made, "new");
  assert.deepEqual(names(folder), []);
});

Deno.test({
  name: "replaceSettings() keeps the mode of the file",
  ignore: !isUnix, // Windows has no modes.
  fn() {
    using folder = tempFolder();
    for (const mode of [0o600, 0o644, 0o660]) {
      Deno.writeTextFileSync(folder.at("settings.json"), "old");
      Deno.chmodSync(folder.at("settings.json"), mode);

      replaceSettings(readSettings(folder.at("settings.json")), bytesOf("new"));

      assert.equal(Deno.statSync(folder.at("settings.json")).mode! & 0o777, mode);
    }
  },
});

Deno.test({
  name: "replaceSettings() writes to where a link leads, and leaves the link",
  ignore: !isUnix, // Links need rights on Windows.
  fn() {
    using folder = tempFolder();
    Deno.mkdirSync(folder.at("dotfiles"));
    Deno.writeTextFileSync(folder.at("dotfiles/claude.json"), "old");
    Deno.symlinkSync("dotfiles/claude.json", folder.at("settings.json"));

    replaceSettings(readSettings(folder.at("settings.json")), bytesOf("new"));

    assert.equal(Deno.lstatSync(folder.at("settings.json")).isSymlink, true);
    assert.equal(Deno.readTextFileSync(folder.at("dotfiles/claude.json")), "new");
    assert.deepEqual([...Deno.readDirSync(folder.at("dotfiles"))].length, 1);
  },
});

Deno.test({
  name: "readSettings() refuses a link that leads nowhere",
  ignore: !isUnix, // Links need rights on Windows.
  fn() {
    using folder = tempFolder();
    Deno.symlinkSync("gone.json", folder.at("settings.json"));

    refuses(() => readSettings(folder.at("settings.json")), /a link to a file that is not there/);
  },
});

Deno.test("replaceSettings() refuses, when someone else has changed the file since", () => {
  using folder = tempFolder();
  const path = folder.at("settings.json");
  const missing = readSettings(path);
  Deno.writeTextFileSync(path, "old");
  const old = readSettings(path);
  Deno.writeTextFileSync(path, "odd");

  refuses(() => replaceSettings(missing, bytesOf("new")), /someone else/);
  refuses(() => replaceSettings(old, bytesOf("new")), /someone else/);
  refuses(() => replaceSettings(old, undefined), /someone else/);

  assert.equal(Deno.readTextFileSync(path), "odd");
  assert.deepEqual(names(folder), ["settings.json"]);
});

Deno.test("replaceSettings() says why, when it cannot write", () => {
  using folder = tempFolder();
  const file = readSettings(folder.at("gone/settings.json"));

  refuses(() => replaceSettings(file, bytesOf("new")), /^Cannot write the settings: NotFound$/);
});

Deno.test("backUpSettings() keeps a copy beside the file under a dated name", () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("settings.json"), "old");
  const file = readSettings(folder.at("settings.json"));
  const now = new Date(2026, 10, 9, 7, 5, 3).getTime();

  const first = backUpSettings(file, now), second = backUpSettings(file, now);

  assert.equal(first, "settings.json.blueplane-20261109-070503.bak");
  assert.equal(second, "settings.json.blueplane-20261109-070503-2.bak");
  assert.deepEqual(readBackup(file, first), bytesOf("old"));
  if (isUnix) assert.equal(Deno.statSync(folder.at(first)).mode! & 0o777, 0o600);
  removeBackup(file, first);
  assert.equal(readBackup(file, first), undefined);
});
