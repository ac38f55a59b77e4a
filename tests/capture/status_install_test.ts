/** Tests of `capture/status_install.ts`: into real settings files and out again. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { claudeCode } from "../../capture/claude_code/claude_code.ts";
import { HookInstall } from "../../capture/hook_install.ts";
import type { SettingsChange } from "../../capture/settings_install.ts";
import { SettingsError } from "../../capture/settings_lists.ts";
import { StatusInstall } from "../../capture/status_install.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { jsoncTexts } from "./jsonc_texts.ts";
import { plainPrivacy } from "./plain_source.ts";

const NOW = Date.UTC(2026, 10, 9);
const PROGRAM = "/usr/bin/blueplane";
const OURS = { type: "command", command: `${PROGRAM} statusline`, padding: 0 };
const MINE =
  '{\n  "statusLine": { "type": "command", "command": "mine" }, // mine\n  "a": 1,\n}\n';

function makeStage() {
  const folder = tempFolder();
  Deno.mkdirSync(folder.at("one"));
  const get = (name: string) => name === "CLAUDE_CONFIG_DIR" ? folder.at("one") : undefined;
  const path = folder.at("one/settings.json");
  const context = {
    platform: claudeCode,
    environment: { home: "/", get },
    privacy: plainPrivacy,
    notes: folder.at("installs.json"),
  };
  const status = () => new StatusInstall(context, claudeCode.status!);
  const hooks = () => new HookInstall(context);
  return {
    path,
    status,
    hooks,
    write: (text: string) => Deno.writeTextFileSync(path, text),
    read: () => Deno.readTextFileSync(path),
    names: () => [...Deno.readDirSync(folder.at("one"))].map(({ name }) => name).sort(),
    notes: () =>
      [...Deno.readDirSync(folder.at(""))].map(({ name }) => name)
        .filter((name) => name === "installs.json"),
    put: (force = false, program = PROGRAM) => apply(status().planInstall(program, force)),
    take: () => apply(status().planUninstall()),
    putHooks: () =>
      apply(hooks().planInstall("2.1.330", { program: PROGRAM, origin: undefined })),
    takeHooks: () => apply(hooks().planUninstall()),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function apply(changes: readonly SettingsChange[]): number {
  for (const change of changes) change.apply(NOW);
  return changes.length;
}

Deno.test("StatusInstall.planUninstall() gives the same bytes, whatever they are", () => {
  fc.assert(
    fc.property(jsoncTexts(), fc.boolean(), ({ text }, marked) => {
      using stage = makeStage();
      const before = marked ? `\ufeff${text}` : text;
      stage.write(before);

      assert.equal(stage.put(true), 1);
      assert.equal(stage.put(), 0);
      assert.ok(stage.status().isInstalled());
      assert.equal(stage.take(), 1);

      assert.equal(stage.read(), before);
      assert.deepEqual([stage.names(), stage.notes()], [["settings.json"], []]);
    }),
    fcRuns(40),
  );
});

Deno.test("StatusInstall.planInstall() makes a file, and planUninstall() takes it away", () => {
  using stage = makeStage();

  stage.put();
  assert.deepEqual(JSON.parse(stage.read()), { statusLine: OURS });
  assert.equal(stage.hooks().isInstalled, false);
  stage.take();

  assert.deepEqual(stage.names(), []);
});

Deno.test("StatusInstall.planInstall() keeps a line of the user's own, unless forced", () => {
  using stage = makeStage();
  stage.write(MINE);

  assert.throws(
    () => stage.put(),
    (error: unknown) =>
      error instanceof SettingsError && /there is one already/.test(error.message),
  );
  assert.equal(stage.read(), MINE);
  assert.ok(stage.status().isOther());
  stage.put(true);
  assert.match(stage.read(), /"command":"\/usr\/bin\/blueplane statusline"/);
  assert.match(stage.read(), /\/\/ mine/);
});

Deno.test("StatusInstall.planUninstall() puts the user's line back among later changes", () => {
  using stage = makeStage();
  stage.write(MINE);
  stage.put(true);
  stage.write(stage.read().replace('"a": 1', '"a": 2'));

  stage.take();

  assert.match(
    stage.read(),
    /"statusLine": \{ "type": "command", "command": "mine" \}, \/\/ mine/,
  );
  assert.match(stage.read(), /"a": 2/);
});

Deno.test("StatusInstall.planUninstall() leaves a line that came after ours", () => {
  using stage = makeStage();
  stage.put();
  stage.write(MINE);

  stage.take();

  assert.deepEqual([stage.read(), stage.notes()], [MINE, []]);
  assert.equal(stage.take(), 0);
});

Deno.test("StatusInstall.planInstall() moves with the program, and still undoes itself", () => {
  using stage = makeStage();
  stage.write('{ "a": 1 }');
  stage.put();
  stage.put(false, "/opt/blueplane");

  assert.match(stage.read(), /"\/opt\/blueplane statusline"/);
  stage.take();
  assert.deepEqual([stage.read(), stage.names()], ['{ "a": 1 }', ["settings.json"]]);
});

for (const order of ["hooks first", "the line first"]) {
  Deno.test(`StatusInstall.planUninstall() and hooks give the bytes back, ${order}`, () => {
    const before = '{\n  "model": "opus"\n}\n';
    for (const last of [true, false]) {
      using stage = makeStage();
      stage.write(before);
      const puts = [stage.putHooks, () => stage.put()];
      const takes = [stage.takeHooks, stage.take];
      for (const put of order === "hooks first" ? puts : puts.reverse()) put();
      for (const take of last ? takes : takes.reverse()) take();
      assert.equal(stage.read(), before);
    }
  });
}

Deno.test("StatusInstall.planInstall() touches nothing that it cannot read", () => {
  using stage = makeStage();
  for (const text of ["[]", "{", '{"statusLine": 1, "statusLine": 2}']) {
    stage.write(text);
    assert.throws(() => stage.put(true), SettingsError);
    assert.equal(stage.read(), text);
  }
});
