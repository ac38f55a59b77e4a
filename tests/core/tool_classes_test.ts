/** Tests of `core/tool_classes.ts`. */

import assert from "node:assert/strict";
import { EDIT_TOOLS } from "../../core/session_counts.ts";
import { TOOL_CLASSES, toolClass } from "../../core/tool_classes.ts";

Deno.test("toolClass() knows tools of different assistants that do the same", () => {
  for (
    const [one, other, expected] of [
      ["Read", "read_file", "read"],
      ["Edit", "search_replace", "edit"],
      ["Write", "create_file", "create"],
      ["Bash", "run_terminal_command", "shell"],
      ["Grep", "ripgrep_raw_search", "search"],
      ["Agent", "task", "agent"],
    ] as const
  ) {
    assert.deepEqual([toolClass(one), toolClass(other)], [expected, expected]);
  }
  assert.deepEqual(["mcp:1a2b3c4d", "NoSuchTool"].map(toolClass), ["mcp", "other"]);
});

Deno.test("toolClass() has every tool that edits change or make a file", () => {
  const classes = EDIT_TOOLS.map(toolClass);

  assert.ok(classes.every((name) => name === "edit" || name === "create"));
  assert.ok(classes.every((name) => TOOL_CLASSES.includes(name)));
});
