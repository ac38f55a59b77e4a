/** Tests of `capture/hook_inspection.ts`; those of doctor's check see the rest. */

import assert from "node:assert/strict";
import { claudeCode } from "../../capture/claude_code/claude_code.ts";
import { inspectHooks } from "../../capture/hook_inspection.ts";
import { tempFolder } from "../core/temp_folder.ts";

Deno.test("inspectHooks() looks for no program that a shell finds by its name", () => {
  using folder = tempFolder();
  const get = (name: string) => name === "CLAUDE_CONFIG_DIR" ? folder.at("") : undefined;
  const hook = (command: string) => ({ hooks: [{ type: "command", command }] });
  Deno.writeTextFileSync(
    folder.at("settings.json"),
    JSON.stringify({
      hooks: { Stop: [hook("blueplane hook claude-code"), hook("other"), hook("/no/other")] },
    }),
  );

  const [found, ...more] = inspectHooks(claudeCode, { home: "/", get });

  assert.deepEqual([found!.entries, found!.doubled, found!.missing], [1, [], []]);
  assert.deepEqual([found!.switchedOffBy, more], [undefined, []]);
});
