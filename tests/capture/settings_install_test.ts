/** Tests of what all that is put into settings shares; those of each kind have its whole way. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { claudeCode } from "../../capture/claude_code/claude_code.ts";
import { ExportInstall } from "../../capture/export_install.ts";
import { HookInstall } from "../../capture/hook_install.ts";
import { saying, type SettingsChange } from "../../capture/settings_install.ts";
import { SettingsError } from "../../capture/settings_lists.ts";
import { StatusInstall } from "../../capture/status_install.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { jsoncTexts } from "./jsonc_texts.ts";
import { plainPrivacy } from "./plain_source.ts";

const PROGRAM = "/usr/bin/blueplane";
const MINE = '{\r\n  // mine\r\n  "statusLine": { "command": "mine" }\r\n}\r\n';

/** Three kinds of entries in one file. */
function makeStage() {
  const folder = tempFolder();
  Deno.mkdirSync(folder.at("one"));
  const path = folder.at("one/settings.json");
  const context = {
    platform: claudeCode,
    environment: {
      home: "/",
      get: (name: string) => name === "CLAUDE_CONFIG_DIR" ? folder.at("one") : undefined,
    },
    privacy: plainPrivacy,
    notes: folder.at("installs.json"),
  };
  const hooks = new HookInstall(context);
  const line = new StatusInstall(context, claudeCode.status!);
  const exports = new ExportInstall(context, claudeCode.exports!);
  const target = { program: PROGRAM, origin: undefined };
  return {
    path,
    installs: [hooks, line, exports],
    plans: [
      () => hooks.planInstall("2.1.330", target),
      (program = PROGRAM) => line.planInstall(program, true),
      () => exports.planInstall("http://127.0.0.1:7531"),
    ],
    names: () => [...Deno.readDirSync(folder.at("one"))].map(({ name }) => name).sort(),
    read: () => Deno.readTextFileSync(path),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function apply(changes: readonly SettingsChange[]): number {
  for (const change of changes) change.apply(Date.UTC(2026, 10, 9));
  return changes.length;
}

Deno.test("SettingsInstall() gives back what was there, in any order", () => {
  const order = () => fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(jsoncTexts(), order(), order(), ({ text }, puts, takes) => {
      using stage = makeStage();
      Deno.writeTextFileSync(stage.path, text);
      try {
        for (const kind of puts) apply(stage.plans[kind]!());
      } catch (error) {
        // A text may have a value in the place of an object.
        if (!(error instanceof SettingsError)) throw error;
        return;
      }
      for (const kind of takes) apply(stage.installs[kind]!.planUninstall());

      assert.equal(stage.read(), text);
      assert.deepEqual(stage.names(), ["settings.json"]);
      assert.deepEqual(stage.installs.map((install) => install.planUninstall().length), [
        0,
        0,
        0,
      ]);
    }),
    fcRuns(20),
  );
});

Deno.test("SettingsInstall.planUninstall() gives the bytes back, last in first out", () => {
  for (const text of [MINE, "", "{}", '\ufeff{"env": {}}']) {
    using stage = makeStage();
    Deno.writeTextFileSync(stage.path, text);
    for (const plan of stage.plans) apply(plan());

    for (const install of stage.installs.toReversed()) {
      assert.ok(install.isLast());
      apply(install.planUninstall());
    }

    assert.equal(stage.read(), text);
    assert.deepEqual(stage.names(), ["settings.json"]);
  }
});

Deno.test("SettingsInstall() knows the user's own value, though more was changed twice", () => {
  using stage = makeStage();
  Deno.writeTextFileSync(stage.path, MINE);
  const [, line] = stage.installs, [, put] = stage.plans;
  apply(put!());
  Deno.writeTextFileSync(stage.path, stage.read().replace("// mine", "// still mine"));
  apply(put!("/opt/blueplane"));

  apply(line!.planUninstall());

  assert.equal(JSON.parse(stage.read().replace("// still mine", "")).statusLine.command, "mine");
});

Deno.test("SettingsInstall() leaves nothing where nothing was, whichever goes first", () => {
  for (const first of [0, 1, 2]) {
    using stage = makeStage();
    for (const plan of stage.plans) apply(plan());

    const [install] = stage.installs.splice(first, 1);
    apply(install!.planUninstall());
    for (const install of stage.installs) apply(install.planUninstall());

    assert.deepEqual(stage.names(), []);
  }
});

Deno.test("SettingsInstall() keeps what the user changed, whichever goes first", () => {
  for (const first of [0, 1, 2]) {
    using stage = makeStage();
    Deno.writeTextFileSync(stage.path, MINE);
    for (const plan of stage.plans) apply(plan());
    Deno.writeTextFileSync(stage.path, stage.read().replace("// mine", "// still mine"));

    const [install] = stage.installs.splice(first, 1);
    apply(install!.planUninstall());
    for (const install of stage.installs) apply(install.planUninstall());

    const left = stage.read().replace("// still mine", "");
    assert.deepEqual(JSON.parse(left), { statusLine: { command: "mine" } });
  }
});

Deno.test("SettingsInstall() makes no copy of a file that holds nothing but its own", () => {
  using stage = makeStage();
  const [, line] = stage.installs, [, put] = stage.plans;
  apply(put!());
  apply(put!("/opt/blueplane"));

  assert.deepEqual(stage.names(), ["settings.json"]);
  apply(line!.planUninstall());
  assert.deepEqual(stage.names(), []);
});

Deno.test({
  name: "SettingsInstall() touches nothing where it may not write, and follows a link",
  ignore: Deno.build.os === "windows", // Links need rights there.
  fn() {
    using stage = makeStage();
    const real = `${stage.path}.real`;
    Deno.writeTextFileSync(real, MINE, { mode: 0o640 });
    Deno.symlinkSync(real, stage.path);
    const [, line] = stage.installs, [, put] = stage.plans;

    apply(put!());
    assert.equal(Deno.lstatSync(stage.path).isSymlink, true);
    assert.equal(Deno.statSync(real).mode! & 0o777, 0o640);
    apply(line!.planUninstall());
    assert.equal(Deno.readTextFileSync(real), MINE);

    Deno.removeSync(real);
    assert.throws(() => put!(), /a link to a file that is not there \(.*settings\.json\)$/);
  },
});

Deno.test("saying() names the file in an error of settings, and in no other", () => {
  const failing = (error: Error) => () =>
    saying("/settings.json", () => {
      throw error;
    });

  const named = /^SettingsError: Cannot edit \(\/settings/;
  assert.throws(failing(new SettingsError("Cannot edit")), named);
  assert.throws(failing(new RangeError("Cannot count")), /^RangeError: Cannot count$/);
});
