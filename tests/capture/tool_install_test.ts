/** Tests of `capture/tool_install.ts`: into real settings files and out again. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { claudeCode } from "../../capture/claude_code/claude_code.ts";
import { cursor } from "../../capture/cursor/cursor.ts";
import type { SettingsChange } from "../../capture/settings_install.ts";
import { SettingsError } from "../../capture/settings_lists.ts";
import { ToolInstall } from "../../capture/tool_install.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { jsoncTexts } from "./jsonc_texts.ts";
import { plainPrivacy } from "./plain_source.ts";

const NOW = Date.UTC(2026, 10, 9);
const WORDS = ["/usr/bin/blueplane", "mcp"];
const OTHER = '{\n  "numStartups": 3, // mine\n  "mcpServers": { "x": { "command": "x" } },\n}\n';
const FOREIGN = '{"mcpServers":{"blueplane":{"command":"npx","args":["blueplane-proxy"]}}}';

function makeStage(platform = claudeCode) {
  const folder = tempFolder();
  const home = folder.at("user");
  Deno.mkdirSync(`${home}/.claude`, { recursive: true });
  Deno.mkdirSync(`${home}/.cursor`);
  const path = platform === cursor ? `${home}/.cursor/mcp.json` : `${home}/.claude.json`;
  const install = () =>
    new ToolInstall({
      platform,
      environment: { home, get: () => undefined },
      privacy: plainPrivacy,
      notes: folder.at("installs.json"),
    });
  return {
    path,
    install,
    write: (text: string) => Deno.writeTextFileSync(path, text),
    read: () => Deno.readTextFileSync(path),
    names: () =>
      [...Deno.readDirSync(path.slice(0, path.lastIndexOf("/")))]
        .filter(({ isFile }) => isFile).map(({ name }) => name).sort(),
    put: (words = WORDS) => apply(install().planInstall(words)),
    take: () => apply(install().planUninstall()),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function apply(changes: readonly SettingsChange[]): number {
  for (const change of changes) change.apply(NOW);
  return changes.length;
}

Deno.test("ToolInstall.planUninstall() gives the same bytes, whatever they are", () => {
  fc.assert(
    fc.property(jsoncTexts(), fc.boolean(), ({ text }, marked) => {
      using stage = makeStage();
      const original = (marked ? "\ufeff" : "") + text;
      stage.write(original);
      try {
        stage.put();
      } catch (error) {
        // A text may have a value in the place of the list.
        if (!(error instanceof SettingsError)) throw error;
        assert.equal(stage.read(), original);
        return;
      }
      assert.match(stage.read(), /blueplane/);

      stage.take();

      assert.equal(stage.read(), original);
      assert.deepEqual(stage.names(), [".claude.json"]);
    }),
    fcRuns(30),
  );
});

Deno.test("ToolInstall.planInstall() lists the server beside others, and keeps a backup", () => {
  using stage = makeStage();
  stage.write(OTHER);

  stage.put();

  const entry = '{"type":"stdio","command":"/usr/bin/blueplane","args":["mcp"],"env":{}}';
  assert.ok(stage.read().replace(/\s/g, "").includes(`"blueplane":${entry}`));
  assert.ok(stage.read().startsWith(OTHER.slice(0, OTHER.indexOf(" }"))));
  const [, backup] = stage.names();
  assert.match(backup!, /^\.claude\.json\.blueplane-2026\d{4}-\d{6}\.bak$/);
});

Deno.test("ToolInstall.planInstall() does nothing a second time, and follows its program", () => {
  using stage = makeStage();
  stage.write(OTHER);
  stage.put();

  assert.equal(stage.put(), 0);
  assert.equal(stage.put(["/opt/blueplane", "--home", "/h", "mcp"]), 1);
  assert.match(stage.read(), /"\/opt\/blueplane"/);
  assert.doesNotMatch(stage.read(), /usr\/bin/);
  stage.take();
  assert.equal(stage.read(), OTHER);
});

Deno.test("ToolInstall.planInstall() makes a file that goes again with its entry", () => {
  using stage = makeStage(cursor);

  stage.put();
  assert.deepEqual(JSON.parse(stage.read()), {
    mcpServers: { blueplane: { command: "/usr/bin/blueplane", args: ["mcp"] } },
  });
  stage.take();

  assert.deepEqual(stage.names(), []);
});

Deno.test("ToolInstall.planUninstall() takes the entry alone, when more was changed since", () => {
  using stage = makeStage();
  stage.write(OTHER);
  stage.put();
  stage.write(stage.read().replace('"numStartups": 3', '"numStartups": 4'));

  stage.take();

  assert.equal(stage.read(), OTHER.replace('"numStartups": 3', '"numStartups": 4'));
});

Deno.test("ToolInstall() leaves alone what somebody else listed under our name", () => {
  using stage = makeStage();
  stage.write(FOREIGN);

  assert.throws(() => stage.put(), /another is listed as "blueplane".*\.claude\.json\)/);
  assert.equal(stage.take(), 0);
  assert.equal(stage.read(), FOREIGN);
});

Deno.test("ToolInstall.planInstall() edits nothing that it would have to guess at", () => {
  for (const text of ["[]", "{", '{"mcpServers":[]}', '{"mcpServers":{},"mcpServers":{}}']) {
    using stage = makeStage();
    stage.write(text);

    assert.throws(() => stage.put(), SettingsError);
    assert.equal(stage.read(), text);
  }
});

Deno.test("ToolInstall.planInstall() lists no program that it would not know again", () => {
  using stage = makeStage();

  assert.throws(() => stage.put(["/usr/bin/node", "mcp"]), /must be called blueplane/);
});
