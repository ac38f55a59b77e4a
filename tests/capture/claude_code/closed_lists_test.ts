/** Tests of `capture/claude_code/closed_lists.ts`. */

import assert from "node:assert/strict";
import { permissionMode, safeCommand } from "../../../capture/claude_code/closed_lists.ts";
import { privacy, SECRET } from "./lines.ts";

Deno.test("permissionMode() knows the client's modes, and keeps no other word", () => {
  const modes = ["plan", "acceptEdits", SECRET, "", undefined, 5].map(permissionMode);

  assert.deepEqual(modes, ["plan", "acceptEdits", "other", undefined, undefined, undefined]);
});

Deno.test("safeCommand() keeps a built-in command and hashes a user's own", () => {
  assert.equal(safeCommand("compact", privacy), "compact");
  assert.match(safeCommand("deploy-acme", privacy), /^[0-9a-f]{16}$/);
  assert.equal(safeCommand("deploy-acme", privacy), safeCommand("deploy-acme", privacy));
});
