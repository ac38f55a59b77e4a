/** Tests of `capture/cursor/cursor_hooks.ts`: into a real file and out again. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { cursor } from "../../../capture/cursor/cursor.ts";
import { cursorHooks, isCursorHook } from "../../../capture/cursor/cursor_hooks.ts";
import { HookInstall } from "../../../capture/hook_install.ts";
import type { SettingsChange } from "../../../capture/settings_install.ts";
import { SettingsError } from "../../../capture/settings_lists.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { jsoncTexts } from "../jsonc_texts.ts";
import { plainPrivacy } from "../plain_source.ts";
import { cursorPayload } from "./hook_payloads.ts";

const NOW = Date.UTC(2026, 10, 9);
const TARGET = { program: "/usr/bin/blueplane", origin: "http://127.0.0.1:7531" };
const FOREIGN = '{ // mine\r\n\t"version": 1,\r\n\t"hooks": {\r\n\t\t"stop": [\r\n' +
  '\t\t\t{"command": "./say.sh"}, // loud\r\n\t\t],\r\n\t\t"beforeReadFile": [],\r\n\t},\r\n}\r\n';

function makeStage() {
  const folder = tempFolder();
  Deno.mkdirSync(folder.at(".cursor"));
  const path = folder.at(".cursor/hooks.json");
  const environment = { home: folder.path, get: () => undefined };
  const install = () =>
    new HookInstall({
      platform: cursor,
      environment,
      privacy: plainPrivacy,
      notes: folder.at("installs.json"),
    });
  return {
    folder,
    path,
    environment,
    install,
    write: (text: string) => Deno.writeTextFileSync(path, text),
    read: () => Deno.readTextFileSync(path),
    names: () => [...Deno.readDirSync(folder.at(".cursor"))].map(({ name }) => name).sort(),
    put: () => apply(install().planInstall(undefined, TARGET)),
    take: () => apply(install().planUninstall()),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function apply(changes: readonly SettingsChange[]): number {
  for (const change of changes) change.apply(NOW);
  return changes.length;
}

Deno.test("planInstall() makes a whole file, and planUninstall() takes it away again", () => {
  using stage = makeStage();

  assert.equal(stage.put(), 1);
  const { version, hooks } = JSON.parse(stage.read());
  assert.equal(version, 1);
  assert.equal(Object.keys(hooks).length, 12);
  assert.deepEqual(hooks.stop, [{ command: "/usr/bin/blueplane hook cursor", timeout: 2 }]);
  assert.equal(stage.put(), 0);
  assert.equal(stage.take(), 1);
  assert.deepEqual(stage.names(), []);
});

Deno.test("planInstall() leaves entries and comments of others as they are", () => {
  using stage = makeStage();
  stage.write(FOREIGN);

  stage.put();
  const text = stage.read();
  stage.take();

  assert.match(text, /^\{ \/\/ mine\r\n[^]*"\.\/say\.sh"[^]*\/\/ loud\r\n/);
  assert.ok(!/[^\r]\n/.test(text), "every line ends as those that were there");
  assert.equal(text.match(/"version"/g)?.length, 1);
  assert.equal(stage.read(), FOREIGN);
  assert.deepEqual(stage.names(), ["hooks.json"]);
});

Deno.test("planUninstall() gives the same bytes, whatever they are", () => {
  fc.assert(
    fc.property(jsoncTexts(), fc.boolean(), ({ text }, marked) => {
      using stage = makeStage();
      const before = marked ? `\ufeff${text}` : text;
      stage.write(before);

      const changes = [stage.put(), stage.put()];
      const installed = stage.read();
      changes.push(stage.take());

      assert.deepEqual(changes, [1, 0, 1]);
      assert.match(installed, /"version"\s*:\s*1/);
      assert.equal(stage.read(), before);
    }),
    fcRuns(60),
  );
});

Deno.test("planUninstall() takes out our own alone, when others came since", () => {
  using stage = makeStage();
  stage.put();
  const mine = stage.read().replace('"stop": [', '"stop": [\n      {"command": "mine"},');
  stage.write(mine);

  stage.take();

  assert.deepEqual(JSON.parse(stage.read()), {
    version: 1,
    hooks: { stop: [{ command: "mine" }] },
  });
});

Deno.test("planUninstall() leaves no file that was not there, when it was tidied since", () => {
  using stage = makeStage();
  stage.put();
  stage.write(JSON.stringify(JSON.parse(stage.read())));

  stage.take();

  assert.equal(stage.names().includes("hooks.json"), false);
});

Deno.test({
  name: "planInstall() writes through a link to where the file is",
  ignore: Deno.build.os === "windows", // Links need a privilege there.
  fn() {
    using stage = makeStage();
    Deno.writeTextFileSync(stage.folder.at("dotfiles.json"), '{"version": 1}\n');
    Deno.symlinkSync(stage.folder.at("dotfiles.json"), stage.path);

    stage.put();

    assert.ok(Deno.lstatSync(stage.path).isSymlink);
    assert.match(Deno.readTextFileSync(stage.folder.at("dotfiles.json")), /hook cursor/);
    stage.take();
    assert.equal(Deno.readTextFileSync(stage.folder.at("dotfiles.json")), '{"version": 1}\n');
  },
});

Deno.test("planInstall() refuses a file of a version that it does not know", () => {
  using stage = makeStage();
  stage.write('{"version": 2, "hooks": {}}');

  assert.throws(() => stage.put(), SettingsError);
  assert.equal(stage.read(), '{"version": 2, "hooks": {}}');
});

Deno.test("files() finds none, when Cursor was never started here", () => {
  using folder = tempFolder();

  assert.deepEqual(cursorHooks.files({ home: folder.path, get: () => undefined }), []);
});

Deno.test("isCursorHook() knows Cursor's payloads, and no other assistant's", () => {
  const { cursor_version: _, ...older } = cursorPayload("stop");

  assert.ok(isCursorHook(cursorPayload("stop", { conversation_id: undefined })));
  assert.ok(isCursorHook(older));
  for (const other of [{ session_id: "s", hook_event_name: "Stop" }, null, [], "cursor", 7]) {
    assert.ok(!isCursorHook(other));
  }
});
