/** Tests of `core/task_features.ts`. */

import assert from "node:assert/strict";
import { TASK_COMMANDS } from "../../core/task_features.ts";

const FORMS = Deno.readTextFileSync(
  new URL("../../capture/claude_code/call_form.ts", import.meta.url),
);

Deno.test("TASK_COMMANDS() are forms by which commands are told apart", () => {
  assert.deepEqual(TASK_COMMANDS.filter((name) => !FORMS.includes(`literal("${name}")`)), []);
});
