/** Tests of `capture/claude_code/names.ts`. */

import { equal } from "node:assert/strict";
import { claudeCode } from "../../../capture/claude_code/claude_code.ts";
import { ALIASES } from "../../../capture/claude_code/names.ts";
import { findPlatform } from "../../../capture/registry.ts";

Deno.test("ALIASES() each name the platform, as the contract has them", () => {
  for (const name of ALIASES) equal(findPlatform(name), claudeCode);
  equal(ALIASES.join(), "claude,claude-code");
});
