/** Tests of `capture/claude_code/names.ts`. */

import { equal, ok } from "node:assert/strict";
import { claudeCode } from "../../../capture/claude_code/claude_code.ts";
import { ALIASES, isClaudeCode } from "../../../capture/claude_code/names.ts";
import { findPlatform } from "../../../capture/registry.ts";

Deno.test("ALIASES() each name the platform, as the contract has them", () => {
  for (const name of ALIASES) equal(findPlatform(name), claudeCode);
  equal(ALIASES.join(), "claude,claude-code");
});

Deno.test("isClaudeCode() knows its client by the name of the service, or of the record", () => {
  const record = (name: string, service: string) => ({
    signal: "logs" as const,
    name,
    at: 0,
    attributes: new Map(),
    resource: new Map([["service.name", service]]),
  });

  ok(isClaudeCode(record("api_request", "claude-code")));
  ok(isClaudeCode(record("claude_code.api_request", "renamed")));
  ok(!isClaudeCode(record("api_request", "something")));
});
