/** Tests of `capture/claude_code/error_class.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { errorClass } from "../../../capture/claude_code/error_class.ts";
import { readSafeText } from "../../../core/privacy.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

for (
  const [text, expected] of [
    ["<tool_use_error>File has not been read yet. Read it first.", "file_not_read"],
    ["File has not been read yet", "file_not_read"],
    ["<tool_use_error>File has been modified since read", "file_modified"],
    ["<tool_use_error>String to replace not found in file.\nString: x", "text_not_found"],
    ["<tool_use_error>Found 2 matches of the string to replace, but", "text_ambiguous"],
    ["<tool_use_error>No changes to make: old_string and", "no_change"],
    ["<tool_use_error>File does not exist.</tool_use_error>", "not_found"],
    ["<tool_use_error>InputValidationError: Edit failed", "invalid_input"],
    ["<tool_use_error>Unknown skill: x</tool_use_error>", "unknown_skill"],
    ["Agent type 'x' not found. Available agents: y", "unknown_agent"],
    ["<tool_use_error>Error: No such tool available: Foo", "unknown_tool"],
    ["File content (26000 tokens) exceeds maximum allowed tokens", "too_large"],
    ["Command timed out after 2m 0.0s", "timeout"],
    ["Exit code 127\n/bin/bash: line 1: foo: command not found", "command_not_found"],
    ["Exit code 1\nError: listen EADDRINUSE: address already in use", "port_in_use"],
    ["Exit code 1\nrm: cannot remove 'x': Permission denied", "os_permission"],
    ["Exit code 1\ncat: x: No such file or directory", "not_found"],
    ["Exit code 1\n(eval):1: parse error near `('", "syntax"],
    ["Request failed with status code 403", "network"],
    ["Exit code 2\nsomething else", "exit_code"],
    ["Error: Exit code 2", "exit_code"],
    ["it broke", "other"],
    ["", "other"],
  ] as const
) {
  Deno.test(`errorClass() is ${expected} for '${text.slice(0, 40).replaceAll("\n", " ")}'`, () => {
    assert.equal(errorClass(text), expected);
  });
}

Deno.test("errorClass() looks only at how a text begins", () => {
  assert.equal(errorClass(`Exit code 1\n${"x".repeat(500)} command not found`), "exit_code");
});

Deno.test("errorClass() is a safe word of the program itself, for any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const word = errorClass(text);
      assert.equal(readSafeText(word), word);
      assert.match(word, /^[a-z_]+$/);
    }),
    fcRuns(),
  );
});
