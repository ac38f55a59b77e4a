/** Tests of `capture/hook_install.ts`: into real settings files and out again. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { claudeCode } from "../../capture/claude_code/claude_code.ts";
import { HookInstall } from "../../capture/hook_install.ts";
import type { SettingsChange } from "../../capture/settings_install.ts";
import type { HookTarget } from "../../capture/hook_settings.ts";
import { SettingsError } from "../../capture/settings_lists.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { jsoncTexts } from "./jsonc_texts.ts";
import { plainPrivacy } from "./plain_source.ts";

const NOW = Date.UTC(2026, 10, 9);
const TARGET = { program: "/usr/bin/blueplane", origin: undefined };
const FIXED = { ...TARGET, origin: "http://127.0.0.1:9000" };
const MINE = '{\n  "model": "opus", // mine\n  "hooks": { "Stop": [] },\n}\n';

function makeStage() {
  const folder = tempFolder();
  Deno.mkdirSync(folder.at("one"));
  Deno.mkdirSync(folder.at("two"));
  const get = (name: string) =>
    name === "CLAUDE_CONFIG_DIR" ? `${folder.at("one")},${folder.at("two")}` : undefined;
  const path = folder.at("one/settings.json");
  const install = () =>
    new HookInstall({
      platform: claudeCode,
      environment: { home: "/", get },
      privacy: plainPrivacy,
      notes: folder.at("installs.json"),
    });
  return {
    folder,
    install,
    path,
    write: (text: string) => Deno.writeTextFileSync(path, text),
    read: () => Deno.readTextFileSync(path),
    names: (name = "one") =>
      [...Deno.readDirSync(folder.at(name))].map((entry) => entry.name).sort(),
    put: (version = "2.1.330", target: HookTarget = TARGET) =>
      apply(install().planInstall(version, target)),
    update: (version: string | undefined, target: HookTarget = TARGET) =>
      apply(install().planUpdate(version, target)),
    take: () => apply(install().planUninstall()),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function apply(changes: readonly SettingsChange[]): number {
  for (const change of changes) change.apply(NOW);
  return changes.length;
}

/** The events whose lists hold an entry of ours. */
function eventsIn(text: string): string[] {
  const { hooks = {} } = JSON.parse(text) as { hooks?: Record<string, unknown[]> };
  return Object.keys(hooks).filter((name) => JSON.stringify(hooks[name]).includes("blueplane"));
}

Deno.test("HookInstall.planUninstall() gives the same bytes, whatever they are", () => {
  fc.assert(
    fc.property(jsoncTexts(), fc.boolean(), ({ text }, marked) => {
      using stage = makeStage();
      const before = marked ? `\ufeff${text}` : text;
      stage.write(before);

      const installed = stage.put(), changed = stage.read(), again = stage.put();
      const uninstalled = stage.take();

      assert.deepEqual([installed, again, uninstalled], [2, 0, 2]);
      assert.notEqual(changed, before);
      assert.equal(stage.read(), before);
      assert.deepEqual(stage.names(), ["settings.json"]);
      assert.deepEqual(stage.names("two"), []);
      assert.deepEqual(stage.names("."), ["one", "two"]);
    }),
    fcRuns(60),
  );
});

Deno.test("HookInstall.planInstall() plans, and changes nothing by itself", () => {
  using stage = makeStage();
  stage.write(MINE);

  const [change, second] = stage.install().planInstall("2.1.330", TARGET);

  assert.equal(stage.read(), MINE);
  assert.deepEqual(stage.names("."), ["one", "two"]);
  assert.deepEqual([change!.path, change!.before], [stage.path, MINE]);
  assert.match(change!.after!, /PermissionDenied/);
  assert.equal(second!.before, undefined);
});

Deno.test("HookInstall.planInstall() keeps a backup of the file as it was", () => {
  using stage = makeStage();
  stage.write(MINE);

  stage.put();

  const [settings, backup] = stage.names();
  assert.equal(settings, "settings.json");
  assert.match(backup!, /^settings\.json\.blueplane-\d{8}-\d{6}\.bak$/);
  assert.equal(Deno.readTextFileSync(stage.folder.at(`one/${backup}`)), MINE);
  assert.deepEqual(stage.names("two"), ["settings.json"]);
});

Deno.test("HookInstall.planUninstall() gives the same bytes, when the backup is gone", () => {
  using stage = makeStage();
  stage.write(MINE);
  stage.put();
  Deno.removeSync(stage.folder.at(`one/${stage.names()[1]}`));

  stage.take();

  assert.equal(stage.read(), MINE);
});

Deno.test("HookInstall.planUninstall() takes out ours alone, when more was changed since", () => {
  using stage = makeStage();
  stage.write(MINE);
  stage.put();
  stage.write(stage.read().replace('"opus"', '"haiku"'));

  stage.take();

  assert.equal(stage.read(), MINE.replace('"opus"', '"haiku"'));
  // What was there before this change is kept, as nothing else remembers it.
  assert.equal(stage.names().length, 3);
});

Deno.test("HookInstall.planUninstall() leaves a file that it made, when more is in it", () => {
  using stage = makeStage();
  stage.put();
  const text = stage.read();
  stage.write(text.replace("{", '{\n  "model": "opus",'));

  stage.take();

  assert.deepEqual(JSON.parse(stage.read()), { model: "opus" });
});

Deno.test("HookInstall.planUninstall() removes its own file, when only its look changed", () => {
  using stage = makeStage();
  stage.put();
  stage.write(JSON.stringify(JSON.parse(stage.read())));

  stage.take();

  assert.equal(stage.names().includes("settings.json"), false);
});

Deno.test("HookInstall.planUninstall() knows ours, when all notes are lost", () => {
  using stage = makeStage();
  stage.write('{"model": "opus"}');
  stage.put();
  Deno.removeSync(stage.folder.at("installs.json"));

  assert.equal(stage.take(), 2);

  assert.equal(stage.read(), '{"model": "opus"}');
});

Deno.test("HookInstall.planUninstall() does nothing, when nothing of ours is there", () => {
  using stage = makeStage();
  stage.write(MINE);

  assert.equal(stage.take(), 0);

  assert.equal(stage.read(), MINE);
  assert.deepEqual(stage.names(), ["settings.json"]);
});

Deno.test("HookInstall.planUninstall() forgets a file that someone has removed", () => {
  using stage = makeStage();
  stage.write(MINE);
  stage.put();
  Deno.removeSync(stage.path);

  stage.take();

  assert.equal(stage.names().includes("settings.json"), false);
  assert.equal(stage.install().isInstalled, false);
});

Deno.test("HookInstall.planInstall() replaces its own entries, when the program moved", () => {
  using stage = makeStage();
  stage.write(MINE);
  stage.put();

  stage.put("2.1.330", { ...TARGET, program: "/opt/blueplane" });

  assert.ok(!stage.read().includes("/usr/bin"), stage.read());
  assert.equal(stage.names().length, 2);
  stage.take();
  assert.equal(stage.read(), MINE);
});

Deno.test("HookInstall.planUpdate() removes at once what an older version may not know", () => {
  using stage = makeStage();
  stage.write("{}");
  stage.put("2.1.330");

  const changes = stage.update("2.0.77"), again = stage.update("2.0.77");

  assert.deepEqual([changes, again], [2, 0]);
  const events = eventsIn(stage.read());
  assert.ok(!events.includes("PermissionDenied") && events.includes("PermissionRequest"));
  stage.take();
  assert.equal(stage.read(), "{}");
});

Deno.test("HookInstall.planUpdate() keeps the set that is there, when no version is known", () => {
  using stage = makeStage();
  stage.write("{}");
  stage.put("2.0.77");
  const before = stage.read();

  assert.equal(stage.update(undefined), 0);
  stage.write(before.replace(/"Stop"/, '"Other"'));

  assert.equal(stage.update(undefined), 1);
  assert.deepEqual(eventsIn(stage.read()).sort(), eventsIn(before).sort());
});

Deno.test("HookInstall.planUpdate() comes back, when a version that took none is gone", () => {
  using stage = makeStage();
  stage.write("{}");
  stage.put();

  stage.update("1.0.60");
  const none = stage.read();
  stage.update("2.1.330");

  assert.equal(none, "{}");
  assert.equal(eventsIn(stage.read()).length, 10);
});

Deno.test("HookInstall.planUpdate() keeps the program that is called", () => {
  using stage = makeStage();
  stage.write("{}");
  stage.put();

  stage.update("2.0.77", { program: "/tmp/blueplane", origin: undefined });

  assert.ok(!stage.read().includes("/tmp"));
});

Deno.test("HookInstall.planUpdate() follows the address of the server", () => {
  using stage = makeStage();
  stage.write("{}");
  stage.put();

  stage.update("2.1.330", FIXED);
  const fixed = stage.read();
  stage.update("2.1.330", TARGET);

  assert.match(fixed, /"url": "http:\/\/127\.0\.0\.1:9000\/hooks\/claude_code"/);
  assert.ok(!stage.read().includes("http:"));
});

Deno.test("HookInstall.planUpdate() leaves files alone that have nothing of ours", () => {
  using stage = makeStage();
  stage.write(MINE);

  assert.equal(stage.update("2.1.330"), 0);
  stage.put();
  stage.write(MINE);
  Deno.removeSync(stage.folder.at("two/settings.json"));

  assert.equal(stage.update("2.0.77"), 0);
  assert.equal(stage.read(), MINE);
});

Deno.test("HookInstall.planInstall() touches no file, when one of them cannot be edited", () => {
  using stage = makeStage();
  stage.write(MINE);
  Deno.writeTextFileSync(stage.folder.at("two/settings.json"), '{"hooks": []}');

  assert.throws(
    () => stage.put(),
    (error) =>
      error instanceof SettingsError && /is no object \(.*two\/settings/.test(error.message),
  );

  assert.equal(stage.read(), MINE);
  assert.deepEqual(stage.names("."), ["one", "two"]);
});

Deno.test("HookInstall.planInstall() leaves all as it was, when the file changes", () => {
  using stage = makeStage();
  stage.write(MINE);
  const [change] = stage.install().planInstall("2.1.330", TARGET);
  stage.write("{}");

  assert.throws(() => change!.apply(NOW), /someone else has just changed/);

  assert.equal(stage.read(), "{}");
  assert.deepEqual(stage.names(), ["settings.json"]);
  assert.equal(stage.install().isInstalled, false);
});

Deno.test({
  name: "HookInstall.planInstall() edits a file once, when two folders lead to it",
  ignore: Deno.build.os === "windows", // Links need rights there.
  fn() {
    using stage = makeStage();
    stage.write(MINE);
    Deno.symlinkSync(stage.path, stage.folder.at("two/settings.json"));

    assert.equal(stage.put(), 1);
    assert.equal(stage.take(), 1);
    assert.equal(stage.read(), MINE);
  },
});

Deno.test("HookInstall.planInstall() writes no path into its notes", () => {
  using stage = makeStage();
  stage.write(MINE);
  stage.put();

  const notes = Deno.readTextFileSync(stage.folder.at("installs.json"));

  assert.ok(!/one|two|blueplane_test/.test(notes), notes);
});
