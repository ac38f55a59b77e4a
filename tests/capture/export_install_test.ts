/** Tests of `capture/export_install.ts`: into real settings files and out again. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { claudeCode } from "../../capture/claude_code/claude_code.ts";
import { ExportInstall, ExportsElsewhereError } from "../../capture/export_install.ts";
import type { SettingsChange } from "../../capture/settings_install.ts";
import { SettingsError } from "../../capture/settings_lists.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { jsoncTexts } from "./jsonc_texts.ts";
import { plainPrivacy } from "./plain_source.ts";

const NOW = Date.UTC(2026, 10, 9);
const ORIGIN = "http://127.0.0.1:7531";
const OTHER = '{\n  "env": { "MINE": "1" }, // mine\n}\n';

function makeStage() {
  const folder = tempFolder();
  const home = folder.at("user");
  Deno.mkdirSync(`${home}/.claude`, { recursive: true });
  const path = `${home}/.claude/settings.json`;
  const install = () =>
    new ExportInstall({
      platform: claudeCode,
      environment: { home, get: () => undefined },
      privacy: plainPrivacy,
      notes: folder.at("installs.json"),
    }, claudeCode.exports!);
  return {
    install,
    write: (text: string) => Deno.writeTextFileSync(path, text),
    read: () => Deno.readTextFileSync(path),
    names: () => [...Deno.readDirSync(`${home}/.claude`)].map(({ name }) => name).sort(),
    put: (origin = ORIGIN) => apply(install().planInstall(origin)),
    take: () => apply(install().planUninstall()),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function apply(changes: readonly SettingsChange[]): number {
  for (const change of changes) change.apply(NOW);
  return changes.length;
}

Deno.test("ExportInstall.planUninstall() gives the same bytes, whatever they are", () => {
  fc.assert(
    fc.property(jsoncTexts(), fc.boolean(), ({ text }, marked) => {
      using stage = makeStage();
      const original = (marked ? "\ufeff" : "") + text;
      stage.write(original);
      try {
        stage.put();
      } catch (error) {
        // A text may have a value in the place of the object.
        if (!(error instanceof SettingsError)) throw error;
        assert.equal(stage.read(), original);
        return;
      }
      assert.ok(stage.install().isInstalled());

      stage.take();

      assert.equal(stage.read(), original);
      assert.deepEqual(stage.names(), ["settings.json"]);
    }),
    fcRuns(30),
  );
});

Deno.test("ExportInstall.planInstall() sets the variables beside others", () => {
  using stage = makeStage();
  stage.write(OTHER);

  stage.put();

  const { env } = JSON.parse(stage.read().replace(/, \/\/ mine\n/, ""));
  assert.deepEqual(env, {
    MINE: "1",
    CLAUDE_CODE_ENABLE_TELEMETRY: "1",
    OTEL_LOGS_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "otlp",
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_EXPORTER_OTLP_ENDPOINT: ORIGIN,
    OTEL_EXPORTER_OTLP_HEADERS: "Blueplane-Client=otel",
  });
});

Deno.test("ExportInstall.planInstall() does nothing a second time, and follows its server", () => {
  using stage = makeStage();
  stage.write(OTHER);
  stage.put();

  assert.equal(stage.put(), 0);
  assert.equal(stage.put("http://127.0.0.1:9000"), 1);
  assert.match(stage.read(), /:9000/);
  assert.doesNotMatch(stage.read(), /:7531/);
  stage.take();
  assert.equal(stage.read(), OTHER);
});

Deno.test("ExportInstall.planUninstall() takes the variables alone, when more was changed", () => {
  using stage = makeStage();
  stage.write(OTHER);
  stage.put();
  stage.write(stage.read().replace('"MINE": "1"', '"MINE": "2"'));

  stage.take();

  assert.equal(stage.read(), OTHER.replace('"MINE": "1"', '"MINE": "2"'));
});

Deno.test("ExportInstall() makes a file that goes again with its variables", () => {
  using stage = makeStage();

  stage.put();
  assert.ok(stage.install().isLast());
  stage.take();

  assert.deepEqual(stage.names(), []);
  assert.ok(!stage.install().isInstalled());
});

Deno.test("ExportInstall.planInstall() leaves a client alone that exports elsewhere", () => {
  using stage = makeStage();
  const text = '{"env":{"OTEL_EXPORTER_OTLP_ENDPOINT":"http://collector:4318"}}';
  stage.write(text);

  assert.throws(() => stage.put(), ExportsElsewhereError);
  assert.equal(stage.take(), 0);
  assert.equal(stage.read(), text);
});

Deno.test("ExportInstall.planInstall() edits nothing that it would have to guess at", () => {
  for (const text of ["[]", "{", '{"env":[]}', '{"env":{},"env":{}}']) {
    using stage = makeStage();
    stage.write(text);

    assert.throws(() => stage.put(), SettingsError);
    assert.equal(stage.read(), text);
  }
});

Deno.test("ExportInstall() leaves what the user has set anew, and is content with it", () => {
  using stage = makeStage();
  stage.write(OTHER);
  stage.put();
  stage.write(stage.read().replace('"http/json"', '"http/protobuf"'));

  assert.equal(stage.put(), 0);
  assert.equal(stage.put("http://127.0.0.1:9000"), 1);
  assert.match(stage.read(), /:9000/);
  stage.take();

  const left = stage.read();
  assert.match(left, /"OTEL_EXPORTER_OTLP_PROTOCOL": "http\/protobuf"/);
  assert.equal(left.match(/OTEL|TELEMETRY|7531|9000/g)?.length, 1);
  assert.ok(!stage.install().isInstalled());
});
