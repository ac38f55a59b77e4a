/** Tests of `capture/claude_code/closed_lists.ts`. */

import assert from "node:assert/strict";
import {
  effort,
  permissionMode,
  safeAgentType,
  safeCommand,
  safeSkill,
} from "../../../capture/claude_code/closed_lists.ts";
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

Deno.test("safeAgentType() keeps a built-in agent and hashes a user's own", () => {
  assert.equal(safeAgentType("Explore", privacy), "Explore");
  assert.match(safeAgentType("acme-reviewer", privacy), /^[0-9a-f]{16}$/);
});

Deno.test("safeSkill() hashes a user's own skill, another than an agent of that name", () => {
  assert.equal(safeSkill("simplify", privacy), "simplify");
  assert.notEqual(safeSkill("acme", privacy), safeAgentType("acme", privacy));
});

Deno.test("effort() knows the client's words alone", () => {
  assert.deepEqual(["xhigh", SECRET, "", 3].map(effort), [
    "xhigh",
    "other",
    undefined,
    undefined,
  ]);
});
