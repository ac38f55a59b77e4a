/** Tests of `capture/cursor/tool_names.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { toolOf } from "../../../capture/cursor/tool_names.ts";
import { privacy } from "./state_rows.ts";

function named(name: string, params = {}) {
  const { tool, kind } = toolOf(name, params, privacy);
  return [tool, kind];
}

Deno.test("toolOf() gives a tool one name over all versions, and its kind", () => {
  deepEqual(
    ["edit_file_v2", "edit_file", "search_replace", "write", "delete_file"].map((n) => named(n)),
    [["edit_file", "edit"], ["edit_file", "edit"], ["search_replace", "edit"], [
      "write",
      "edit",
    ], ["delete_file", "edit"]],
  );
  deepEqual(named("run_terminal_cmd"), named("run_terminal_command_v2"));
  deepEqual(named("read_file_v2"), ["read_file", "read"]);
  deepEqual(named("glob_file_search"), ["glob_file_search", "search"]);
  deepEqual(named("todo_write"), ["todo_write", "other"]);
});

Deno.test("toolOf() hides the names of served tools, the same as other assistants'", () => {
  const params = { tools: [{ name: "read_page", serverName: "notes" }] };

  deepEqual(named("mcp-notes-read_page", params), [
    privacy.tool("mcp__notes__read_page"),
    "other",
  ]);
  deepEqual(named("mcp_notes", params), [privacy.tool("mcp__notes__read_page"), "other"]);
  equal(/^mcp:[0-9a-f]{8}$/.test(named("mcp-notes-read_page")[0]!), true);
});

Deno.test("toolOf() keeps no name of another shape", () => {
  for (const name of ["My Tool", "Secret", "a-b", "x".repeat(80), "toString1", "é"]) {
    deepEqual(named(name), ["other", "other"], name);
  }
});
