/** Tests of `capture/cursor/project_row.ts`: what a row tells. */

import assert from "node:assert/strict";
import { projectRow } from "../../../capture/cursor/project_row.ts";
import { Privacy } from "../../../core/privacy.ts";

Deno.test("projectRow() tells nothing of what says nothing", () => {
  const privacy = new Privacy(new Uint8Array(32));
  const context = { privacy, workspace: undefined, row: () => undefined };

  assert.deepEqual(
    projectRow({ table: "ItemTable", key: "aiService.prompts", value: "[]" }, context),
    [],
  );
});
