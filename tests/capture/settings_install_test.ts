/** Tests of what all that is put into settings shares; those of each kind have its whole way. */

import { deepEqual, equal, throws } from "node:assert/strict";
import { readSettings } from "../../capture/settings_file.ts";
import { planFiles, saying, SettingsNotes } from "../../capture/settings_install.ts";
import { SettingsError } from "../../capture/settings_lists.ts";
import { Privacy } from "../../core/privacy.ts";
import { tempFolder } from "../core/temp_folder.ts";

const NOTE = { platform: "claude_code", after: "abc", kept: [], version: null };

Deno.test("planFiles() plans a file once, whatever its names", () => {
  using folder = tempFolder();
  const [path, link] = [folder.at("settings.json"), folder.at("link.json")];
  Deno.writeTextFileSync(path, "{}");
  Deno.symlinkSync(path, link);

  const changes = planFiles([path, link], (file) => ({
    path: file.path,
    before: file.text,
    after: "",
    apply: () => undefined,
  }));

  deepEqual(changes.map(({ path }) => path), [path]);
});

Deno.test("saying() names the file in an error of settings, and in no other", () => {
  const failing = (error: Error) => () =>
    saying("/settings.json", () => {
      throw error;
    });

  throws(failing(new SettingsError("Cannot edit")), /^SettingsError: Cannot edit \(\/settings/);
  throws(failing(new RangeError("Cannot count")), /^RangeError: Cannot count$/);
});

Deno.test("SettingsNotes.set() keeps the notes of each kind apart", () => {
  using folder = tempFolder();
  const path = folder.at("settings.json");
  Deno.writeTextFileSync(path, "{}");
  const file = readSettings(path);
  const context = { privacy: new Privacy(new Uint8Array(32)), notes: folder.at("installs.json") };
  const [hooks, tools] = ["settings", "tools"].map((kind) => new SettingsNotes(context, kind));

  hooks!.set(file, NOTE);
  deepEqual([hooks!.of(file), tools!.of(file)], [NOTE, undefined]);
  hooks!.set(file, undefined);
  equal(hooks!.of(file), undefined);
});
